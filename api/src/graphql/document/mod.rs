//! Documents that fit the schema: compiled once, measured and filled with values for each request.
//!
//! `compile` makes a [`Document`] of what the validator has let through, `measure` tells what an operation asks for, `fill` puts
//! the variables in and makes what the engine executes; `values` coerces. All of it is pure.

mod ages;
mod compile;
mod fill;
mod measure;
mod positions;
mod values;
mod weights;

pub use compile::compile;
pub use fill::{Arguments, arguments, fill};
pub use measure::{Measure, check, refuse_introspection};
pub use values::{Values, variables};

use crate::{Error, config::Limits};
use apollo_compiler::{Node, Schema, ast::Type};
use async_graphql::{Name, Pos, Value, parser::types::OperationType};

/// A document that fits the schema.
#[derive(Debug)]
pub struct Document {
    /// In the order of the source.
    pub operations: Vec<Operation>,
    /// Each behind those that it spreads.
    pub fragments: Vec<Fragment>,
    /// How many fields stand in it.
    pub fields: usize,
}

/// An operation of a document.
#[derive(Debug)]
pub struct Operation {
    /// None where it is the only one.
    pub name: Option<Name>,
    /// What it does.
    pub ty: OperationType,
    /// What it takes.
    pub variables: Vec<Variable>,
    /// How many directives it bears itself.
    pub directives: usize,
    /// What it asks for.
    pub selections: Vec<Selection>,
    /// Where it begins.
    pub pos: Pos,
}

/// A variable of an operation.
#[derive(Debug)]
pub struct Variable {
    /// Without the dollar sign.
    pub name: Name,
    /// What it may be.
    pub ty: Node<Type>,
    /// What it is where the request does not say.
    pub default: Option<Value>,
    /// Where it is defined.
    pub pos: Pos,
}

/// A fragment of a document.
#[derive(Debug)]
pub struct Fragment {
    /// How it is spread.
    pub name: Name,
    /// The type that it is on.
    pub on: Name,
    /// How many directives it bears itself.
    pub directives: usize,
    /// What it asks for.
    pub selections: Vec<Selection>,
    /// Where it begins.
    pub pos: Pos,
}

/// What is selected of an object.
#[derive(Debug)]
pub enum Selection {
    /// A field.
    Field(Box<Field>),
    /// An inline fragment.
    Inline(Inline),
    /// A fragment of the document.
    Spread(Spread),
}

/// A field.
#[derive(Debug)]
pub struct Field {
    /// Which one of its document it is.
    pub number: usize,
    /// The key of its value, where it is not the name.
    pub alias: Option<Name>,
    /// As the schema has it.
    pub name: Name,
    /// The type that it is selected on.
    pub parent: Name,
    /// The type of its value.
    pub ty: Node<Type>,
    /// Those that are given.
    pub arguments: Vec<Argument>,
    /// `first` where it is not given, as the schema says.
    pub default_first: Option<usize>,
    /// Under which conditions it is there.
    pub conditions: Vec<Condition>,
    /// How many directives it bears.
    pub directives: usize,
    /// What is selected of its value.
    pub selections: Vec<Selection>,
    /// Where it stands.
    pub pos: Pos,
}

/// An argument that is given.
#[derive(Debug)]
pub struct Argument {
    /// As the schema has it.
    pub name: Name,
    /// What it may be.
    pub ty: Node<Type>,
    /// What it is.
    pub value: Template,
    /// Where it stands.
    pub pos: Pos,
}

/// An inline fragment.
#[derive(Debug)]
pub struct Inline {
    /// The type that it is on, if it names one.
    pub on: Option<Name>,
    /// Under which conditions it is there.
    pub conditions: Vec<Condition>,
    /// How many directives it bears.
    pub directives: usize,
    /// What it asks for.
    pub selections: Vec<Selection>,
    /// Where it stands.
    pub pos: Pos,
}

/// A fragment of the document, where it is spread.
#[derive(Debug)]
pub struct Spread {
    /// Its place among the document's fragments.
    pub fragment: usize,
    /// Under which conditions it is there.
    pub conditions: Vec<Condition>,
    /// How many directives it bears.
    pub directives: usize,
    /// Where it stands.
    pub pos: Pos,
}

/// `@skip` or `@include`.
#[derive(Debug)]
pub struct Condition {
    /// What `if` has to be.
    pub wanted: bool,
    /// What `if` is.
    pub value: Template,
}

/// A value in which variables may stand.
#[derive(Debug)]
pub enum Template {
    /// None stands in it.
    Constant(Value),
    /// It is one.
    Variable(Name),
    /// One may stand in each of these.
    List(Vec<Self>),
    /// One may stand in each of these.
    Object(Vec<(Name, Self)>),
}

/// By what values are judged.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Their types.
    pub schema: &'a Schema,
    /// How long they may be.
    pub limits: &'a Limits,
    /// Messages may name types.
    pub names_types: bool,
}

/// Why an operation is not executed, and which place of the document is to blame.
#[derive(Debug)]
pub struct Refusal {
    /// Why.
    pub error: Error,
    /// Where, if it is a place.
    pub pos: Option<Pos>,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, pos: None }
    }
}

impl Selection {
    /// Whether nothing skips it.
    fn is_there(&self, values: &Values) -> bool {
        let conditions = match self {
            Self::Field(field) => &field.conditions,
            Self::Inline(inline) => &inline.conditions,
            Self::Spread(spread) => &spread.conditions,
        };
        conditions.iter().all(|condition| condition.holds(values))
    }
}

impl Condition {
    fn holds(&self, values: &Values) -> bool {
        let is = match &self.value {
            Template::Constant(value) => Some(value),
            Template::Variable(name) => values.get(name),
            Template::List(_) | Template::Object(_) => None,
        };
        is == Some(&Value::Boolean(self.wanted))
    }
}

impl Document {
    /// The place of the operation that a request means: the one of this name, or the only one.
    #[must_use]
    pub fn place(&self, name: Option<&str>) -> Option<usize> {
        match (name, self.operations.len()) {
            (None, 1) => Some(0),
            (None, _) => None,
            (Some(name), _) => {
                self.operations.iter().position(|operation| operation.name.as_ref().is_some_and(|its| its == name))
            }
        }
    }
}
