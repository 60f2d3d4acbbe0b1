//! Operations of the served schema, made of choices: any field with any arguments, every text of which bears a mark.

use super::choices::Choices;
use async_graphql::parser::{
    parse_schema,
    types::{BaseType, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, sync::LazyLock};

/// Stands in every text of an operation, and in no text of the content or of a statement.
pub const MARK: &str = "zqx";

/// What ends, comments, matches or binds in some SQL.
const TAILS: [&str; 16] = [
    "",
    "'",
    "''",
    "\"",
    "\\",
    "\\'",
    "' OR '1'='1",
    "') --",
    "'; DROP TABLE article; --",
    "/*",
    "?1",
    "$1",
    "%",
    "_",
    "\0",
    "燈",
];

/// Texts of the content: with marks alone nothing would be found.
const KNOWN: [&str; 12] =
    ["ada", "harbour", "燈塔", "the", "zh-CN", "en", "/", "craft", "2024-05-01T00:00:00Z", "2022-01-01", "a", ""];

/// Numbers at some edge.
const NUMBERS: [i64; 10] = [0, 1, 2, 3, -1, 100, 1_000, 1_001, i32::MAX as i64, i32::MIN as i64];

/// So many lists and objects are in each other at most.
const MOST_LEVELS: usize = 5;

/// So many fields in all.
const MOST_FIELDS: usize = 24;

static TYPES: LazyLock<HashMap<String, TypeDefinition>> = LazyLock::new(|| {
    let schema = parse_schema(api::graphql::sdl()).expect("the schema is one");
    let types = schema.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.to_string(), ty.node)),
        _ => None,
    });
    types.collect()
});

/// An operation and its variables.
pub struct Operation {
    /// The document.
    pub query: String,
    /// What is given for each argument.
    pub variables: Value,
}

/// Something between the choices and the operation.
struct Making<'a> {
    choices: Choices<'a>,
    declared: Vec<String>,
    variables: Map<String, Value>,
    fields: usize,
}

impl Operation {
    /// The one that these bytes mean.
    pub fn of(data: &[u8]) -> Self {
        let mut making = Making { choices: Choices::new(data), declared: Vec::new(), variables: Map::new(), fields: 0 };
        let selected = making.selection("Query", 0);
        let declared = making.declared.join(", ");
        let declared = if declared.is_empty() { declared } else { format!("({declared})") };
        Self { query: format!("query{declared} {selected}"), variables: Value::Object(making.variables) }
    }
}

impl Making<'_> {
    /// Fields of an object; at its root there is one at least.
    fn selection(&mut self, of: &str, level: usize) -> String {
        let (fields, possible) = match &TYPES[of].kind {
            TypeKind::Object(object) => (object.fields.as_slice(), Vec::new()),
            TypeKind::Interface(interface) => {
                let name = of;
                let is_one = |ty: &&TypeDefinition| matches!(&ty.kind, TypeKind::Object(object) if object.implements.iter().any(|other| other.node == name));
                let mut possible: Vec<String> =
                    TYPES.values().filter(is_one).map(|ty| ty.name.node.to_string()).collect();
                possible.sort_unstable();
                (interface.fields.as_slice(), possible)
            }
            TypeKind::Union(union) => (&[][..], union.members.iter().map(|member| member.node.to_string()).collect()),
            _ => (&[][..], Vec::new()),
        };
        let mut selected = vec!["__typename".to_owned()];
        if !possible.is_empty() {
            let one = &possible[self.choices.below(possible.len())];
            selected.push(format!("... on {one} {}", self.selection(one, level + 1)));
        }
        let count = if level == 0 { 1 + self.choices.below(3) } else { self.choices.below(6) };
        for _ in 0..if fields.is_empty() { 0 } else { count } {
            let field = &fields[self.choices.below(fields.len())].node;
            let ty = named(&field.ty.node);
            let is_leaf = matches!(TYPES.get(ty).map(|ty| &ty.kind), None | Some(TypeKind::Scalar | TypeKind::Enum(_)));
            if self.fields == MOST_FIELDS || !is_leaf && level == MOST_LEVELS {
                continue;
            }
            self.fields += 1;
            let alias = self.fields;
            let arguments: Vec<String> =
                field.arguments.iter().filter_map(|argument| self.argument(&argument.node)).collect();
            let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
            let below = if is_leaf { String::new() } else { self.selection(ty, level + 1) };
            selected.push(format!("a{alias}: {}{arguments} {below}", field.name.node));
        }
        format!("{{ {} }}", selected.join(" "))
    }

    /// An argument by a variable of its own.
    fn argument(&mut self, argument: &InputValueDefinition) -> Option<String> {
        let ty = &argument.ty.node;
        let is_required = !ty.nullable && argument.default_value.is_none();
        if !is_required && !self.choices.one_in(2) {
            return None;
        }
        let variable = format!("v{}", self.declared.len());
        self.declared.push(format!("${variable}: {ty}"));
        let value = self.value(ty, 0);
        self.variables.insert(variable.clone(), value);
        Some(format!("{}: ${variable}", argument.name.node))
    }

    /// Any value of a type.
    fn value(&mut self, ty: &Type, level: usize) -> Value {
        if ty.nullable && self.choices.one_in(32) {
            return Value::Null;
        }
        let name = match &ty.base {
            BaseType::List(item) => {
                return (0..self.choices.below(4)).map(|_| self.value(item, level + 1)).collect();
            }
            BaseType::Named(name) => name.as_str(),
        };
        match (name, TYPES.get(name).map(|ty| &ty.kind)) {
            ("Int", _) if self.choices.one_in(4) => json!(self.choices.number()),
            ("Int", _) => json!(self.choices.pick(&NUMBERS)),
            ("Boolean", _) => json!(self.choices.one_in(2)),
            (_, Some(TypeKind::Enum(values))) => {
                json!(values.values[self.choices.below(values.values.len())].node.value.node)
            }
            (_, Some(TypeKind::InputObject(object))) => {
                let is_one_of = TYPES[name].directives.iter().any(|directive| directive.node.name.node == "oneOf");
                let most = if level > MOST_LEVELS { 1 } else { 4 };
                let count = if is_one_of { 1 } else { self.choices.below(most) };
                let mut fields: Vec<&InputValueDefinition> =
                    object.fields.iter().map(|field| &field.node).filter(|field| !field.ty.node.nullable).collect();
                for _ in 0..count {
                    fields.push(&object.fields[self.choices.below(object.fields.len())].node);
                }
                let mut value = Map::new();
                for field in fields {
                    let given = self.value(&field.ty.node, level + 1);
                    value.insert(field.name.node.to_string(), given);
                }
                Value::Object(value)
            }
            _ => json!(self.text()),
        }
    }

    fn text(&mut self) -> String {
        match self.choices.below(4) {
            0 => self.choices.pick(&KNOWN).to_owned(),
            1 => format!("{MARK}{}", self.choices.text(40)),
            2 => api::graphql::id::Kind::Article.id(self.choices.number() % 16).to_string(),
            _ => format!("{MARK}{}{MARK}", self.choices.pick(&TAILS)),
        }
    }
}

/// A type without lists and exclamation marks.
fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => named(item),
    }
}
