//! Literals against the types that are expected.

use super::{
    finding::What,
    text::Place,
    walk::{Expected, Walk},
};
use apollo_compiler::{
    Name, Node,
    ast::{Type, Value},
    schema::{ExtendedType, InputObjectType},
};
use std::collections::HashSet;

impl<'a> Walk<'a> {
    /// Checks a literal, and takes note of the variables in it.
    pub(super) fn value(&mut self, value: &'a Node<Value>, expected: Expected<'a>) {
        let mut pending = vec![(value, expected)];
        while let Some((value, expected)) = pending.pop() {
            match &**value {
                Value::Variable(name) => self.uses_variable(name, value, expected),
                Value::List(items) => {
                    let expected = self.items(value, expected);
                    pending.extend(items.iter().map(|item| (item, expected)));
                }
                Value::Object(fields) => self.object(value, fields, expected, &mut pending),
                leaf => self.leaf(value, leaf, expected.ty),
            }
        }
    }

    fn wrong(&mut self, value: &'a Node<Value>, ty: &'a Type) {
        self.find(value.at(), What::WrongValue { value: value.of(self.source), ty });
    }

    /// What the items of a list must be.
    fn items(&mut self, value: &'a Node<Value>, expected: Expected<'a>) -> Expected<'a> {
        let Some(ty) = expected.ty else { return Expected::default() };
        if ty.is_list() {
            return Expected { ty: Some(ty.item_type()), ..Expected::default() };
        }
        if !self.takes_anything(ty) {
            self.wrong(value, ty);
            return Expected::default();
        }
        // As the reference implementation has it: a list in a scalar is one of that scalar.
        Expected { ty: Some(ty), ..Expected::default() }
    }

    fn takes_anything(&self, ty: &Type) -> bool {
        matches!(self.schema.types.get(ty.inner_named_type()), Some(ExtendedType::Scalar(scalar)) if !is_standard(&scalar.name))
    }

    fn object(
        &mut self,
        value: &'a Node<Value>,
        fields: &'a [(Name, Node<Value>)],
        expected: Expected<'a>,
        pending: &mut Vec<(&'a Node<Value>, Expected<'a>)>,
    ) {
        let mut seen = HashSet::new();
        for (name, _) in fields {
            if !seen.insert(name) {
                self.find(name.at(), What::InputFieldTwice(name));
            }
        }
        let object = expected.ty.and_then(|ty| self.schema.types.get(ty.inner_named_type()));
        match (object, expected.ty) {
            (Some(object @ ExtendedType::InputObject(ty)), _) => {
                self.required(value, ty, &seen);
                if ty.directives.has("oneOf") {
                    self.one_of(value, ty, fields, &seen);
                }
                // The reference implementation asks this of variables only where the object itself may be null or left out.
                let is_one_of = ty.directives.has("oneOf") && matches!(expected.ty, Some(Type::Named(_)));
                for (name, value) in fields {
                    let definition = ty.fields.get(name);
                    if definition.is_none() {
                        self.find(name.at(), What::NoInputField { name, ty: object });
                    }
                    let expected = definition.map(|definition| Expected::of(definition)).unwrap_or_default();
                    pending.push((value, Expected { is_one_of, ..expected }));
                }
            }
            (_, ty) => {
                if let Some(ty) = ty.filter(|ty| !self.takes_anything(ty)) {
                    self.wrong(value, ty);
                }
                pending.extend(fields.iter().map(|(_, value)| (value, Expected::default())));
            }
        }
    }

    fn required(&mut self, value: &'a Node<Value>, ty: &'a InputObjectType, given: &HashSet<&Name>) {
        for field in ty.fields.values().filter(|field| field.is_required() && !given.contains(&field.name)) {
            self.find(value.at(), What::InputFieldMissing { name: &field.name, ty: &field.ty, owner: &ty.name });
        }
    }

    fn one_of(
        &mut self,
        value: &'a Node<Value>,
        ty: &'a InputObjectType,
        fields: &'a [(Name, Node<Value>)],
        given: &HashSet<&Name>,
    ) {
        if given.len() != 1 {
            self.find(value.at(), What::NotOne(&ty.name));
        } else if let Some((name, _)) = fields.iter().find(|(_, value)| value.is_null()) {
            self.find(value.at(), What::OneIsNull(name));
        }
    }

    fn leaf(&mut self, value: &'a Node<Value>, literal: &'a Value, expected: Option<&'a Type>) {
        let Some(expected) = expected else { return };
        let Some(ty) = self.schema.types.get(expected.inner_named_type()) else { return };
        let fits = match (ty, literal) {
            (_, Value::Null) => !expected.is_non_null(),
            (ExtendedType::Enum(definition), Value::Enum(name)) => {
                if !definition.values.contains_key(name) {
                    self.find(value.at(), What::NoEnumValue { value: name, ty });
                }
                true
            }
            (ExtendedType::Scalar(scalar), literal) => fits(&scalar.name, literal),
            _ => false,
        };
        if !fits {
            self.wrong(value, expected);
        }
    }
}

fn is_standard(scalar: &str) -> bool {
    matches!(scalar, "Boolean" | "Float" | "ID" | "Int" | "String")
}

/// Whether a scalar takes a literal.
fn fits(scalar: &str, literal: &Value) -> bool {
    match (scalar, literal) {
        ("Int", Value::Int(number)) => number.try_to_i32().is_ok(),
        ("Float", Value::Int(_) | Value::Float(_))
        | ("String", Value::String(_))
        | ("ID", Value::String(_) | Value::Int(_))
        | ("Boolean", Value::Boolean(_)) => true,
        (scalar, _) => !is_standard(scalar),
    }
}
