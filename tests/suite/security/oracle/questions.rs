//! Everything that a reader can ask, made of the schema.

use super::HIDDEN;
pub use crate::security::asking::values::Breadth;
use crate::security::asking::{
    Schema,
    schema::{Field, Input},
    values::{Arguments, Values},
};
use std::collections::BTreeMap;

/// How far a tree goes from one thing with an id to the next: from all there is, and from one of them.
const STEPS: [usize; 2] = [2, 1];

/// How much is tried as an argument: of relations in a filter, their text operators are the fifth level.
pub const BREADTH: Breadth = Breadth { found: 2, levels: 5, with_parts: true };

/// Of so many questions about a list one asks for all that is told of it.
const WHOLE: usize = 7;

/// More values than this are not all tried everywhere.
const MANY: usize = 100;

/// A selection of the root, and what it is about.
#[derive(Clone, Debug)]
pub struct Question {
    /// Type, field and argument, e.g. `Tag.articles(where)`.
    pub about: String,
    /// One root field.
    pub text: String,
}

/// Makes questions.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    pub schema: &'a Schema,
    pub values: &'a Values,
}

impl<'a> Asker<'a> {
    /// Every root field: every field of every type that it leads to, where nothing that can be left out is given; and by every name
    /// of one thing, of which two are asked for everything too.
    pub fn trees(self) -> Vec<Question> {
        let mut trees = Vec::new();
        for field in self.schema.roots() {
            let about = format!("tree of {}", field.name);
            let (ty, steps) = (&field.ty.name, STEPS[usize::from(!field.is_free())]);
            let (whole, short) = (self.schema.everything(ty, steps), self.schema.ids(ty));
            for (number, arguments) in self.required(field).iter().enumerate() {
                let selection = if number < 2 { &whole } else { &short };
                trees.push(Question { about: about.clone(), text: format!("{}{arguments}{selection}", field.name) });
            }
        }
        trees
    }

    /// Every argument of every field of every type with each of its values, at everything of the type.
    pub fn arguments(self) -> Vec<Question> {
        let mut questions = Vec::new();
        for (name, ty) in self.schema.objects() {
            for field in ty.fields.iter().filter(|field| !field.arguments.is_empty()) {
                let way = self.schema.way_to(name).unwrap_or_else(|| panic!("nothing leads to a `{name}`"));
                for argument in &field.arguments {
                    questions.extend(self.with_argument(name, field, argument, &way));
                }
            }
        }
        questions
    }

    fn with_argument(self, ty: &str, field: &Field, argument: &Input, way: &str) -> Vec<Question> {
        let is_root = ty == self.schema.query;
        let breadth = if is_root { BREADTH } else { Breadth { found: 1, with_parts: false, ..BREADTH } };
        let about = format!("{ty}.{}({})", field.name, argument.name);
        let literals = self.given().literals(argument, &argument.name, breadth);
        if argument.is_required() {
            // These are asked as trees.
            return Vec::new();
        }
        let selections = [self.schema.ids(&field.ty.name), self.schema.briefly(&field.ty.name)];
        let required = self.required(field).swap_remove(0);
        let required = required.trim_start_matches('(').trim_end_matches(')');
        let combined = self.combined(argument, &literals);
        // A list within a thing takes the way of the others of its kind; a part of the questions tells whether it does.
        let is_many = !is_root && literals.len() > MANY;
        let given = literals.iter().chain(&combined).enumerate().step_by(if is_many { 9 } else { 1 });
        given
            .map(|(number, literal)| {
                let separator = if required.is_empty() { "" } else { ", " };
                let selection = &selections[usize::from(!number.is_multiple_of(WHOLE) && literals.len() > WHOLE)];
                let asked = format!("{}({required}{separator}{}: {literal}){selection}", field.name, argument.name);
                Question { about: about.clone(), text: way.replace('@', &asked) }
            })
            .collect()
    }

    /// Filters in the branches of others.
    fn combined(self, argument: &Input, literals: &[String]) -> Vec<String> {
        let inputs = &self.schema.get(&argument.ty.name).inputs;
        let own: BTreeMap<&str, bool> = inputs
            .iter()
            .filter(|input| input.ty.name == argument.ty.name)
            .map(|input| (input.name.as_str(), input.ty.is_list))
            .collect();
        let mut combined = Vec::new();
        for (branch, is_list) in own {
            for (at, literal) in literals.iter().enumerate().step_by(if is_list { 20 } else { 6 }) {
                let other = &literals[(at * 7 + 3) % literals.len()];
                combined.push(if is_list {
                    format!("{{{branch}: [{literal}, {other}]}}")
                } else {
                    format!("{{{branch}: {literal}}}")
                });
            }
        }
        combined
    }

    /// Each value of what has to be given, in brackets; one empty text where nothing has.
    pub fn required(self, field: &Field) -> Vec<String> {
        let required: Vec<&Input> = field.arguments.iter().filter(|argument| argument.is_required()).collect();
        match required[..] {
            [] => vec![String::new()],
            [argument] => {
                // A text alone is the name of something: all names are tried.
                let found = if argument.ty.name == "String" { usize::MAX } else { 4 };
                let breadth = Breadth { found, with_parts: false, ..BREADTH };
                let literals = self.given().literals(argument, &argument.name, breadth);
                literals.iter().map(|literal| format!("({}: {literal})", argument.name)).collect()
            }
            _ => panic!("`{}` has several arguments that must be given; how are they combined?", field.name),
        }
    }

    /// Every filter of articles, of what is hidden alone; a preview reader may ask that.
    pub fn filters_of_hidden(self) -> Vec<Question> {
        let list = self.schema.roots().iter().find(|field| field.name == "articles").expect("articles are listed");
        let filter = list.arguments.iter().find(|argument| argument.name == "where").expect("lists are filtered");
        let literals = self.given().literals(filter, &filter.name, BREADTH);
        let asked = literals.iter().filter(|literal| *literal != "{}").map(|literal| {
            let field = literal.trim_start_matches('{').split(':').next().expect("a field stands first");
            let about = format!("{}.{field}", filter.ty.name);
            let text = format!("articles(where: {{and: [{HIDDEN}, {literal}]}}){}", self.schema.ids(&list.ty.name));
            Question { about, text }
        });
        asked.collect()
    }

    /// Makes arguments of what is known.
    pub fn given(self) -> Arguments<'a> {
        Arguments { schema: self.schema, values: self.values }
    }
}
