//! What arguments are given: values that stand somewhere, those of what is hidden first.

use super::schema::{Input, Schema};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tests::app::Answer;

/// Values by the name of the field where they were found, and by that of its type and its own, e.g. `Tag.name`.
#[derive(Default)]
pub struct Values {
    by_field: BTreeMap<String, Vec<Value>>,
}

impl Values {
    /// Adds what an answer holds.
    pub fn collect(&mut self, answer: &Answer) {
        let json = answer.json();
        assert!(json.get("errors").is_none(), "{json:#}");
        self.walk("data", &json["data"]);
    }

    /// Adds a value of a field.
    pub fn add(&mut self, field: &str, value: Value) {
        let known = self.by_field.entry(field.to_owned()).or_default();
        if !known.contains(&value) {
            known.push(value);
        }
    }

    /// Those of a field.
    pub fn of(&self, field: &str) -> &[Value] {
        self.by_field.get(field).map_or(&[], Vec::as_slice)
    }

    fn walk(&mut self, field: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                let ty = fields.get("__typename").and_then(Value::as_str).unwrap_or_default();
                for (name, value) in fields {
                    self.walk(name, value);
                    if !value.is_object() && !value.is_array() {
                        self.walk(&format!("{ty}.{name}"), value);
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.walk(field, value)),
            Value::Null => {}
            scalar => self.add(field, scalar.clone()),
        }
    }
}

/// How much is tried in one place.
#[derive(Clone, Copy)]
pub struct Breadth {
    /// How many of the values that stand somewhere.
    pub found: usize,
    /// How many levels of input objects are filled.
    pub levels: usize,
    /// Whether parts of texts and the edges of numbers are tried too.
    pub with_parts: bool,
}

impl Breadth {
    const fn below(self) -> Self {
        Self { levels: self.levels - 1, ..self }
    }

    /// What belongs to something else is tried with one value.
    fn narrowed(self) -> Self {
        if self.levels < 3 { Self { found: self.found.min(1), with_parts: false, ..self } } else { self }
    }
}

/// Makes arguments of any type.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    /// Tells which types there are.
    pub schema: &'a Schema,
    /// What scalars are taken from.
    pub values: &'a Values,
}

impl Arguments<'_> {
    /// Everything that is tried as this argument, as GraphQL writes it. Scalars are like the field of this name.
    pub fn literals(self, input: &Input, name: &str, breadth: Breadth) -> Vec<String> {
        let ty = self.schema.get(&input.ty.name);
        let single = match ty.kind.as_str() {
            "ENUM" => ty.values.clone(),
            "INPUT_OBJECT" => self.objects(&input.ty.name, name, breadth),
            "SCALAR" => self.scalars(&input.ty.name, name, breadth),
            kind => panic!("`{name}` is a {kind}; how is one given?"),
        };
        if !input.ty.is_list {
            return single;
        }
        let all = single.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
        let each = single.iter().take(if ty.kind == "SCALAR" { 1 } else { single.len() });
        let lists: BTreeSet<String> =
            each.map(|one| format!("[{one}]")).chain([format!("[{all}]"), "[]".to_owned()]).collect();
        lists.into_iter().collect()
    }

    fn scalars(self, ty: &str, name: &str, breadth: Breadth) -> Vec<String> {
        let Breadth { found, with_parts, .. } = breadth.narrowed();
        let json = |values: Vec<&Value>| values.iter().map(ToString::to_string).collect::<Vec<_>>();
        match ty {
            "Boolean" => vec!["true".to_owned(), "false".to_owned()],
            "Int" => {
                let edges = if with_parts { &["0", "1", "1001", "-1"][..] } else { &["1"] };
                let found = json(self.found([name, "wordCount"], Value::is_i64, found));
                found.into_iter().chain(edges.iter().map(ToString::to_string)).collect()
            }
            "ID" => json(each_kind(self.found([name, "id"], Value::is_string, usize::MAX), found)),
            "DateTime" => json(self.found([name, "publishedAt"], Value::is_string, usize::MAX)),
            "String" => {
                let texts = self.found([name, "title"], Value::is_string, found);
                let parts = texts.iter().filter_map(|text| text.as_str()).flat_map(|text| parts(text, with_parts));
                let parts: BTreeSet<String> = parts.collect();
                parts.into_iter().map(|part| Value::from(part).to_string()).collect()
            }
            other => panic!("`{name}` is a `{other}`; how is one given?"),
        }
    }

    /// Values of the first of these fields that has any.
    fn found(&self, fields: [&str; 2], is_kind: fn(&Value) -> bool, most: usize) -> Vec<&Value> {
        let of = |field| self.values.of(field).iter().filter(|value| is_kind(value)).collect::<Vec<_>>();
        let mut values = fields.into_iter().map(of).find(|values| !values.is_empty()).unwrap_or_default();
        if most < values.len() && most > 2 {
            // The last ones are public.
            values.drain(most - 1..values.len() - 1);
        }
        values.truncate(most);
        values
    }

    /// Like which field a field of an input object is: what says nothing by its own name is like what it stands in.
    fn name_of(self, ty: &str, field: &str, outer: &str) -> String {
        let of = ty.trim_end_matches("Where").trim_end_matches("By");
        let names = [format!("{of}.{field}"), field.to_owned()];
        names.into_iter().find(|name| !self.values.of(name).is_empty()).unwrap_or_else(|| outer.to_owned())
    }

    /// Each field alone, with each of its values and in each of its modes.
    fn objects(self, ty: &str, name: &str, breadth: Breadth) -> Vec<String> {
        let of = self.schema.get(ty);
        if breadth.levels == 0 {
            return if of.is_one_of { Vec::new() } else { vec!["{}".to_owned()] };
        }
        let tried = |input: &Input| {
            let below = breadth.below();
            // `not` and its like hold what they stand in.
            let below =
                if input.ty.name == ty { Breadth { found: 1, levels: below.levels.min(1), ..below } } else { below };
            let literals = self.literals(input, &self.name_of(ty, &input.name, name), below).into_iter();
            literals.map(|literal| format!("{}: {literal}", input.name)).collect::<Vec<_>>()
        };
        let mut required: Vec<Vec<String>> = vec![Vec::new()];
        for input in of.inputs.iter().filter(|input| input.is_required()) {
            required = pairs(&required, &tried(input));
        }
        let is_mode = |input: &Input| input.default.is_some() && self.schema.get(&input.ty.name).kind == "ENUM";
        let is_new = |input: &Input, mode: &str| {
            Some(mode) != input.default.as_ref().map(|default| format!("{}: {default}", input.name)).as_deref()
        };
        let modes: Vec<String> = of
            .inputs
            .iter()
            .filter(|input| breadth.with_parts && is_mode(input))
            .flat_map(|input| tried(input).into_iter().filter(|mode| is_new(input, mode)).collect::<Vec<_>>())
            .collect();
        let mut objects: Vec<Vec<String>> = Vec::new();
        for input in of.inputs.iter().filter(|input| !input.is_required() && !is_mode(input)) {
            let tried = tried(input);
            objects.extend(pairs(&required, &tried));
            objects.extend(tried.iter().flat_map(|one| modes.iter().map(|mode| vec![one.clone(), mode.clone()])));
        }
        if !of.is_one_of {
            objects.extend(required);
        }
        objects.into_iter().map(|fields| format!("{{{}}}", fields.join(", "))).collect()
    }
}

fn pairs(with: &[Vec<String>], each: &[String]) -> Vec<Vec<String>> {
    with.iter().flat_map(|of| each.iter().map(|one| [&of[..], std::slice::from_ref(one)].concat())).collect()
}

/// So many ids of each kind: the letters at their beginning tell them apart.
fn each_kind(ids: Vec<&Value>, most: usize) -> Vec<&Value> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let is_wanted = |id: &&Value| {
        let kind: String = id.as_str().unwrap_or_default().chars().take(4).collect();
        let taken = kinds.entry(kind).or_default();
        *taken += 1;
        *taken <= most
    };
    ids.into_iter().filter(is_wanted).collect()
}

/// A text, and its beginning.
fn parts(text: &str, with_parts: bool) -> Vec<String> {
    let letters: Vec<char> = text.chars().take(200).collect();
    let start = &letters[..letters.len().div_ceil(2)];
    let parts = [&letters[..], start].map(|part| part.iter().collect::<String>());
    parts.into_iter().take(if with_parts { 2 } else { 1 }).collect()
}
