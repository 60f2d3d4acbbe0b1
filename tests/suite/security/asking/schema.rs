//! The schema as the server tells it, without a word about what it should be.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::app::TestApp;

const INTROSPECTION: &str = "{ __schema { queryType { name } types {
    kind name isOneOf
    fields { name args { ...input } type { ...type } }
    inputFields { ...input }
    enumValues { name }
    possibleTypes { name }
    interfaces { name }
} } }
fragment input on __InputValue { name defaultValue type { ...type } }
fragment type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// All types by name.
pub struct Schema {
    types: BTreeMap<String, Type>,
    /// The type of the root fields.
    pub query: String,
}

/// A type of any kind.
pub struct Type {
    /// As introspection has it, e.g. `OBJECT`.
    pub kind: String,
    /// What can be selected.
    pub fields: Vec<Field>,
    /// What an input object holds.
    pub inputs: Vec<Input>,
    /// What an enum can be.
    pub values: Vec<String>,
    /// What stands behind a union or an interface.
    pub possible: Vec<String>,
    /// Whether exactly one input is given.
    pub is_one_of: bool,
    /// Whether it has an id of its own.
    pub is_node: bool,
}

/// What can be selected of a type.
#[derive(Clone)]
pub struct Field {
    pub name: String,
    pub arguments: Vec<Input>,
    pub ty: Ref,
}

/// An argument, or a field of an input object.
#[derive(Clone)]
pub struct Input {
    pub name: String,
    pub ty: Ref,
    /// As GraphQL writes it.
    pub default: Option<String>,
}

impl Input {
    /// Whether it can not be left out.
    pub fn is_required(&self) -> bool {
        self.ty.is_required && self.default.is_none()
    }
}

/// A type in its place.
#[derive(Clone)]
pub struct Ref {
    /// Without lists and exclamation marks.
    pub name: String,
    /// Whether it is a list; none is one of lists.
    pub is_list: bool,
    /// Whether it is never null.
    pub is_required: bool,
}

impl Schema {
    /// Asks the server.
    pub fn read(app: &TestApp) -> Self {
        let data = app.query(INTROSPECTION, json!({}));
        let schema = &data["__schema"];
        let types = list(&schema["types"]).iter().filter(|ty| !text(&ty["name"]).starts_with("__"));
        Self {
            types: types.map(|ty| (text(&ty["name"]), Type::read(ty))).collect(),
            query: text(&schema["queryType"]["name"]),
        }
    }

    /// The type of this name.
    pub fn get(&self, name: &str) -> &Type {
        self.types.get(name).unwrap_or_else(|| panic!("the schema has no type `{name}`"))
    }

    /// The root fields.
    pub fn roots(&self) -> &[Field] {
        &self.get(&self.query).fields
    }

    /// Types with fields, the root among them.
    pub fn objects(&self) -> impl Iterator<Item = (&str, &Type)> {
        self.types.iter().filter(|(_, ty)| ty.kind == "OBJECT").map(|(name, ty)| (name.as_str(), ty))
    }

    /// Whether nothing can be selected of it.
    pub fn is_leaf(&self, name: &str) -> bool {
        ["SCALAR", "ENUM"].contains(&self.get(name).kind.as_str())
    }

    /// The types that can stand where this one is told.
    pub fn concrete<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let possible = &self.get(name).possible;
        if possible.is_empty() { vec![name] } else { possible.iter().map(String::as_str).collect() }
    }

    /// Whether something with an id of its own can be reached from here, itself included.
    pub fn leads_to_a_node(&self, name: &str) -> bool {
        let (mut seen, mut next) = (BTreeSet::new(), vec![name]);
        while let Some(name) = next.pop() {
            if self.get(name).is_node || !self.get(name).possible.is_empty() {
                return true;
            }
            if seen.insert(name) {
                next.extend(self.get(name).fields.iter().map(|field| field.ty.name.as_str()));
            }
        }
        false
    }
}

impl Type {
    fn read(ty: &Value) -> Self {
        let names = |values: &Value| list(values).iter().map(|value| text(&value["name"])).collect::<Vec<_>>();
        Self {
            kind: text(&ty["kind"]),
            fields: list(&ty["fields"]).iter().map(Field::read).collect(),
            inputs: list(&ty["inputFields"]).iter().map(Input::read).collect(),
            values: names(&ty["enumValues"]),
            possible: names(&ty["possibleTypes"]),
            is_one_of: ty["isOneOf"] == true,
            is_node: ty["kind"] == "OBJECT" && names(&ty["interfaces"]).iter().any(|name| name == "Node"),
        }
    }
}

impl Field {
    fn read(field: &Value) -> Self {
        Self {
            name: text(&field["name"]),
            arguments: list(&field["args"]).iter().map(Input::read).collect(),
            ty: Ref::read(&field["type"]),
        }
    }

    /// Whether it can be asked without an argument.
    pub fn is_free(&self) -> bool {
        !self.arguments.iter().any(Input::is_required)
    }
}

impl Input {
    fn read(input: &Value) -> Self {
        Self {
            name: text(&input["name"]),
            ty: Ref::read(&input["type"]),
            default: input["defaultValue"].as_str().map(str::to_owned),
        }
    }
}

impl Ref {
    fn read(ty: &Value) -> Self {
        let (mut inner, mut is_list) = (ty, false);
        while !inner["ofType"].is_null() {
            is_list |= inner["kind"] == "LIST";
            inner = &inner["ofType"];
        }
        Self { name: text(&inner["name"]), is_list, is_required: ty["kind"] == "NON_NULL" }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("introspection tells no name: {value}")).to_owned()
}
