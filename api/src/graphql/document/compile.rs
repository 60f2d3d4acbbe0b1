//! From the validator's document to ours.

use super::{
    Argument, Condition, Document, Field, Fragment, Inline, Operation, Selection, Spread, Template, Variable,
    positions::Positions,
};
use apollo_compiler::{
    ExecutableDocument, Name as SourceName, Node, ast, collections::IndexMap, executable, parser::SourceSpan,
    validation::Valid,
};
use async_graphql::{Name, Number, Pos, Value, parser::types::OperationType};
use std::{cell::Cell, collections::HashMap};

/// Compiles a document that fits the schema. `source` is what it was parsed from.
#[must_use]
pub fn compile(document: &Valid<ExecutableDocument>, source: &str) -> Document {
    let order = callees_first(&document.fragments);
    let places = order.iter().enumerate().map(|(place, name)| ((*name).clone(), place)).collect();
    let compiler = Compiler { positions: Positions::new(source), places, fields: Cell::new(0) };
    let fragments = order.iter().filter_map(|name| document.fragments.get(*name)).map(|it| compiler.fragment(it));
    let operations = document.operations.iter().map(|it| compiler.operation(it));
    let (fragments, operations) = (fragments.collect(), operations.collect());
    Document { operations, fragments, fields: compiler.fields.get() }
}

/// The fragments, each behind those that it spreads. There are no cycles in a document that fits.
fn callees_first(fragments: &IndexMap<SourceName, Node<executable::Fragment>>) -> Vec<&SourceName> {
    let mut callers: HashMap<&SourceName, Vec<&SourceName>> = HashMap::new();
    let mut missing: HashMap<&SourceName, usize> = HashMap::new();
    for (name, fragment) in fragments {
        let mut spreads = Vec::new();
        collect_spreads(&fragment.selection_set, &mut spreads);
        missing.insert(name, spreads.len());
        for spread in spreads {
            callers.entry(spread).or_default().push(name);
        }
    }
    let mut order: Vec<&SourceName> = fragments.keys().filter(|name| missing.get(name) == Some(&0)).collect();
    let mut next = 0;
    while let Some(name) = order.get(next) {
        next += 1;
        for caller in callers.remove(name).unwrap_or_default() {
            if let Some(missing) = missing.get_mut(caller) {
                *missing -= 1;
                if *missing == 0 {
                    order.push(caller);
                }
            }
        }
    }
    order
}

fn collect_spreads<'a>(selections: &'a executable::SelectionSet, into: &mut Vec<&'a SourceName>) {
    for selection in &selections.selections {
        match selection {
            executable::Selection::Field(field) => collect_spreads(&field.selection_set, into),
            executable::Selection::InlineFragment(inline) => collect_spreads(&inline.selection_set, into),
            executable::Selection::FragmentSpread(spread) => into.push(&spread.fragment_name),
        }
    }
}

struct Compiler<'a> {
    positions: Positions<'a>,
    places: HashMap<SourceName, usize>,
    /// How many there were so far.
    fields: Cell<usize>,
}

impl Compiler<'_> {
    fn operation(&self, operation: &Node<executable::Operation>) -> Operation {
        Operation {
            name: operation.name.as_ref().map(name),
            ty: match operation.operation_type {
                ast::OperationType::Query => OperationType::Query,
                ast::OperationType::Mutation => OperationType::Mutation,
                ast::OperationType::Subscription => OperationType::Subscription,
            },
            variables: operation.variables.iter().map(|variable| self.variable(variable)).collect(),
            directives: operation.directives.len(),
            selections: self.selections(&operation.selection_set),
            pos: self.pos(operation.location()),
        }
    }

    fn variable(&self, variable: &Node<ast::VariableDefinition>) -> Variable {
        Variable {
            name: name(&variable.name),
            ty: variable.ty.clone(),
            default: variable.default_value.as_ref().map(|default| constant(default)),
            pos: self.pos(variable.location()),
        }
    }

    fn fragment(&self, fragment: &Node<executable::Fragment>) -> Fragment {
        Fragment {
            name: name(&fragment.name),
            on: name(&fragment.selection_set.ty),
            directives: fragment.directives.len(),
            selections: self.selections(&fragment.selection_set),
            pos: self.pos(fragment.location()),
        }
    }

    fn selections(&self, set: &executable::SelectionSet) -> Vec<Selection> {
        set.selections.iter().filter_map(|selection| self.selection(selection, &set.ty)).collect()
    }

    fn selection(&self, selection: &executable::Selection, parent: &SourceName) -> Option<Selection> {
        Some(match selection {
            executable::Selection::Field(field) => Selection::Field(Box::new(self.field(field, parent))),
            executable::Selection::InlineFragment(inline) => Selection::Inline(Inline {
                on: inline.type_condition.as_ref().map(name),
                conditions: conditions(&inline.directives),
                directives: inline.directives.len(),
                selections: self.selections(&inline.selection_set),
                pos: self.pos(inline.location()),
            }),
            executable::Selection::FragmentSpread(spread) => Selection::Spread(Spread {
                fragment: *self.places.get(&spread.fragment_name)?,
                conditions: conditions(&spread.directives),
                directives: spread.directives.len(),
                pos: self.pos(spread.location()),
            }),
        })
    }

    fn field(&self, field: &Node<executable::Field>, parent: &SourceName) -> Field {
        let first = field.definition.argument_by_name("first").and_then(|first| first.default_value.as_ref());
        let number = self.fields.get();
        self.fields.set(number + 1);
        Field {
            number,
            alias: field.alias.as_ref().map(name),
            name: name(&field.name),
            parent: name(parent),
            ty: Node::new(field.definition.ty.clone()),
            arguments: field.arguments.iter().filter_map(|argument| self.argument(argument, field)).collect(),
            default_first: first.and_then(|first| first.to_i32()).and_then(|first| usize::try_from(first).ok()),
            conditions: conditions(&field.directives),
            directives: field.directives.len(),
            selections: self.selections(&field.selection_set),
            pos: self.pos(field.location()),
        }
    }

    fn argument(&self, argument: &Node<ast::Argument>, field: &executable::Field) -> Option<Argument> {
        Some(Argument {
            name: name(&argument.name),
            ty: field.definition.argument_by_name(&argument.name)?.ty.clone(),
            value: template(&argument.value),
            pos: self.pos(argument.location()),
        })
    }

    fn pos(&self, location: Option<SourceSpan>) -> Pos {
        location.map_or_else(Pos::default, |location| self.positions.at(location.offset()))
    }
}

fn conditions(directives: &executable::DirectiveList) -> Vec<Condition> {
    let condition = |directive: &Node<executable::Directive>| {
        let wanted = match directive.name.as_str() {
            "skip" => false,
            "include" => true,
            _ => return None,
        };
        Some(Condition { wanted, value: template(directive.specified_argument_by_name("if")?) })
    };
    directives.iter().filter_map(condition).collect()
}

fn name(name: &SourceName) -> Name {
    Name::new(name.as_str())
}

fn template(value: &ast::Value) -> Template {
    match value {
        ast::Value::Variable(it) => Template::Variable(name(it)),
        ast::Value::List(items) if items.iter().any(|item| has_variable(item)) => {
            Template::List(items.iter().map(|item| template(item)).collect())
        }
        ast::Value::Object(fields) if fields.iter().any(|(_, field)| has_variable(field)) => {
            Template::Object(fields.iter().map(|(key, field)| (name(key), template(field))).collect())
        }
        constant => Template::Constant(self::constant(constant)),
    }
}

fn has_variable(value: &ast::Value) -> bool {
    match value {
        ast::Value::Variable(_) => true,
        ast::Value::List(items) => items.iter().any(|item| has_variable(item)),
        ast::Value::Object(fields) => fields.iter().any(|(_, field)| has_variable(field)),
        _ => false,
    }
}

fn constant(value: &ast::Value) -> Value {
    match value {
        ast::Value::Null | ast::Value::Variable(_) => Value::Null,
        ast::Value::Enum(it) => Value::Enum(name(it)),
        ast::Value::String(text) => Value::String(text.clone()),
        ast::Value::Float(number) => {
            number.try_to_f64().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
        }
        ast::Value::Int(number) => integer(number),
        ast::Value::Boolean(is) => Value::Boolean(*is),
        ast::Value::List(items) => Value::List(items.iter().map(|item| constant(item)).collect()),
        ast::Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, field)| (name(key), constant(field))).collect())
        }
    }
}

/// A whole number of any length; where it is an Int, the validator has seen to its range.
fn integer(number: &ast::IntValue) -> Value {
    let whole = number.as_str().parse::<i64>().map(Number::from).ok();
    let number = whole.or_else(|| number.try_to_f64().ok().and_then(Number::from_f64));
    number.map_or(Value::Null, Value::Number)
}
