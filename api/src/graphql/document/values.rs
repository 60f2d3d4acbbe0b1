//! Values as the schema wants them (6.4.1 and 3.5 to 3.12 of the specification), before anything runs.

use super::{Operation, Refusal, Rules, Template, Variable};
use crate::{Error, graphql::scalars::DateTime, text::shortened};
use apollo_compiler::{
    ast::Type,
    schema::{EnumType, ExtendedType, InputObjectType},
};
use async_graphql::{Name, Number, ScalarType, Value};
use serde_json::{Map, Value as Json};
use std::{collections::BTreeMap, fmt::Write as _};

/// The variables of an operation that have a value.
pub type Values = BTreeMap<Name, Value>;

/// The values that a request gives an operation's variables, coerced.
///
/// # Errors
/// For each that does not fit its type or is over a limit.
pub fn variables(operation: &Operation, given: &Map<String, Json>, rules: Rules<'_>) -> Result<Values, Vec<Refusal>> {
    let (mut values, mut refusals) = (Values::new(), Vec::new());
    for variable in &operation.variables {
        match self::variable(variable, given.get(variable.name.as_str()), rules) {
            Ok(Some(value)) => drop(values.insert(variable.name.clone(), value)),
            Ok(None) => {}
            Err(error) => refusals.push(Refusal { error, pos: Some(variable.pos) }),
        }
    }
    if refusals.is_empty() { Ok(values) } else { Err(refusals) }
}

fn variable(variable: &Variable, given: Option<&Json>, rules: Rules<'_>) -> Result<Option<Value>, Error> {
    let form = if given.is_some() { Form::Json } else { Form::Literal };
    let mut coercer = Coercer { rules, form, path: format!("${}", variable.name) };
    let value = match (given, &variable.default) {
        (Some(json), _) => Value::from_json(json.clone()).map_err(|_| coercer.problem("is no value"))?,
        (None, Some(default)) => default.clone(),
        (None, None) if variable.ty.is_non_null() => return Err(coercer.problem("must be given, and may not be null")),
        (None, None) => return Ok(None),
    };
    coercer.coerce(&variable.ty, value).map(Some)
}

/// The value of an argument, coerced.
///
/// # Errors
/// When it does not fit its type or is over a limit.
pub(super) fn argument(name: &Name, ty: &Type, value: Value, rules: Rules<'_>) -> Result<Value, Error> {
    Coercer { rules, form: Form::Literal, path: name.to_string() }.coerce(ty, value)
}

/// Puts variables in. One without a value is as if it were not there; in a list it is null.
pub(super) fn with_variables(value: &Template, values: &Values) -> Option<Value> {
    Some(match value {
        Template::Constant(value) => value.clone(),
        Template::Variable(name) => values.get(name)?.clone(),
        Template::List(items) => {
            Value::List(items.iter().map(|item| with_variables(item, values).unwrap_or_default()).collect())
        }
        Template::Object(fields) => Value::Object(
            fields.iter().filter_map(|(key, field)| Some((key.clone(), with_variables(field, values)?))).collect(),
        ),
    })
}

/// About how much memory it takes.
pub(super) fn bytes(value: &Value) -> usize {
    let inner = match value {
        Value::String(text) => text.len(),
        Value::List(items) => items.iter().map(bytes).sum(),
        Value::Object(fields) => fields.iter().map(|(key, field)| key.len() + bytes(field)).sum(),
        _ => 0,
    };
    size_of::<Value>() + inner
}

/// How a value was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In the document, where enum values stand without quotes.
    Literal,
    /// In the variables.
    Json,
}

struct Coercer<'a> {
    rules: Rules<'a>,
    form: Form,
    /// Where the value stands, as `$by.slug` or `where.and[2].title`.
    path: String,
}

impl Coercer<'_> {
    fn coerce(&mut self, ty: &Type, value: Value) -> Result<Value, Error> {
        if value == Value::Null {
            return if ty.is_non_null() { Err(self.problem("may not be null")) } else { Ok(value) };
        }
        match ty {
            Type::List(item) | Type::NonNullList(item) => self.list(item, value),
            Type::Named(name) | Type::NonNullNamed(name) => match self.rules.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => self.object(object, value),
                Some(ExtendedType::Enum(its)) => self.member(its, &value),
                _ => self.scalar(name, value),
            },
        }
    }

    fn list(&mut self, item: &Type, value: Value) -> Result<Value, Error> {
        let Value::List(items) = value else {
            // One value stands for the list of it.
            return Ok(Value::List(vec![self.coerce(item, value)?]));
        };
        let max = self.rules.limits.list_values;
        if items.len() > max {
            return Err(Error::TooMany { field: format!("values of {}", self.path).into(), asked: items.len(), max });
        }
        let here = self.path.len();
        let mut coerced = Vec::with_capacity(items.len());
        for (place, value) in items.into_iter().enumerate() {
            // Writing to a string does not fail.
            let _ = write!(self.path, "[{place}]");
            coerced.push(self.coerce(item, value)?);
            self.path.truncate(here);
        }
        Ok(Value::List(coerced))
    }

    fn object(&mut self, object: &InputObjectType, value: Value) -> Result<Value, Error> {
        let Value::Object(mut given) = value else {
            return Err(self.unlike(&object.name, &value));
        };
        if let Some(unknown) = given.keys().find(|key| !object.fields.contains_key(key.as_str())) {
            return Err(self.problem(&format!("has no field `{}`", shortened(unknown))));
        }
        let is_one_of = object.directives.has("oneOf");
        if is_one_of && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
            return Err(self.problem("takes exactly one field, and not null"));
        }
        let here = self.path.len();
        let mut coerced = async_graphql::indexmap::IndexMap::with_capacity(given.len());
        for (name, field) in &object.fields {
            // Most objects have many fields, of which few are given.
            let value = if given.is_empty() { None } else { given.swap_remove(name.as_str()) };
            if value.is_none() && !field.is_required() {
                continue;
            }
            self.path.push('.');
            self.path.push_str(name);
            let value = value.ok_or_else(|| self.problem("must be given, and may not be null"))?;
            coerced.insert(Name::new(name.as_str()), self.coerce(&field.ty, value)?);
            self.path.truncate(here);
        }
        Ok(Value::Object(coerced))
    }

    fn member(&self, its: &EnumType, value: &Value) -> Result<Value, Error> {
        let name = match (value, self.form) {
            (Value::Enum(name), _) => name.as_str(),
            (Value::String(name), Form::Json) => name.as_str(),
            _ => return Err(self.unlike(&its.name, value)),
        };
        if its.values.contains_key(name) {
            return Ok(Value::Enum(Name::new(name)));
        }
        let names: Vec<_> = its.values.keys().map(apollo_compiler::Name::as_str).collect();
        let hint = if self.rules.names_types { format!("; it is one of {}", names.join(", ")) } else { String::new() };
        Err(self.problem(&format!("has no value `{}`{hint}", shortened(name))))
    }

    fn scalar(&self, name: &str, value: Value) -> Result<Value, Error> {
        if let Value::String(text) = &value {
            let (asked, max) = (text.chars().count(), self.rules.limits.text_characters);
            if asked > max {
                return Err(Error::TooMany { field: format!("characters of {}", self.path).into(), asked, max });
            }
        }
        match (name, value) {
            ("Int", Value::Number(number)) => whole(&number)
                .map(|number| Value::Number(number.into()))
                .ok_or_else(|| self.problem("is no whole number of 32 bits")),
            ("ID", Value::Number(number)) => match number.as_i64() {
                Some(number) => Ok(Value::String(number.to_string())),
                None => Err(self.problem("is no ID: write it as a string")),
            },
            ("DateTime", value @ Value::String(_)) => DateTime::parse(value.clone())
                .map(|_| value)
                .map_err(|_| self.problem("is not an RFC 3339 instant such as 2026-01-31T08:00:00Z")),
            ("String" | "ID", value @ Value::String(_))
            | ("Float", value @ Value::Number(_))
            | ("Boolean", value @ Value::Boolean(_)) => Ok(value),
            ("Int" | "Float" | "String" | "ID" | "Boolean" | "DateTime", value) => Err(self.unlike(name, &value)),
            (_, value) => Ok(value),
        }
    }

    fn unlike(&self, wanted: &str, value: &Value) -> Error {
        let is = match value {
            Value::Null => "null",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Boolean(_) => "a boolean",
            Value::Binary(_) => "bytes",
            Value::Enum(_) => "an enum value",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        };
        if self.rules.names_types {
            self.problem(&format!("must be of the type `{wanted}`, not {is}"))
        } else {
            self.problem(&format!("must be something else than {is}"))
        }
    }

    fn problem(&self, problem: &str) -> Error {
        Error::Invalid { field: self.path.clone().into(), problem: problem.to_owned() }
    }
}

/// A number that is an Int, also one that is written `3.0`.
fn whole(number: &Number) -> Option<i32> {
    match number.as_i64() {
        Some(number) => i32::try_from(number).ok(),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and within the range")]
        None => number
            .as_f64()
            .filter(|number| number.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(number))
            .map(|number| number as i32),
    }
}
