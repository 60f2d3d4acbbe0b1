//! Where the schema lets an answer be null.

use async_graphql::parser::{
    parse_query, parse_schema,
    types::{BaseType, ExecutableDocument, Selection, SelectionSet, Type, TypeKind, TypeSystemDefinition},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The types of all fields.
pub struct Nullability(BTreeMap<(String, String), Type>);

impl Nullability {
    /// Of this schema.
    #[must_use]
    pub fn of(sdl: &str) -> Self {
        let mut types = BTreeMap::new();
        for definition in parse_schema(sdl).expect("the schema can be parsed").definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            for field in fields {
                let place = (definition.node.name.node.to_string(), field.node.name.node.to_string());
                types.insert(place, field.node.ty.node);
            }
        }
        Self(types)
    }

    /// The places of an answer's data that are null where the schema promises something.
    #[must_use]
    pub fn broken(&self, document: &str, operation: Option<&str>, data: &Value) -> Vec<String> {
        if !data.is_object() {
            return Vec::new();
        }
        let document = parse_query(document).expect("what was answered can be parsed");
        let mut operations = document.operations.iter();
        let asked =
            operations.find(|(name, _)| operation.is_none() || name.map(async_graphql::Name::as_str) == operation);
        let selections = &asked.expect("it was executed").1.node.selection_set.node;
        let mut broken = Vec::new();
        self.object("Query", selections, &document, (data, "data"), &mut broken);
        broken
    }

    fn object(
        &self,
        on: &str,
        selections: &SelectionSet,
        document: &ExecutableDocument,
        (value, place): (&Value, &str),
        broken: &mut Vec<String>,
    ) {
        for selection in &selections.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let key = field.response_key().node.as_str();
                    let known = self.0.get(&(on.to_owned(), field.name.node.to_string()));
                    // What stands on another type, or was left out, is not there.
                    let (Some(value), Some(ty)) = (value.get(key), known) else { continue };
                    let place = format!("{place}.{key}");
                    self.value(ty, &field.selection_set.node, document, (value, &place), broken);
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &document.fragments[&spread.node.fragment_name.node].node;
                    let on = fragment.type_condition.node.on.node.as_str();
                    self.object(on, &fragment.selection_set.node, document, (value, place), broken);
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.object(on, &fragment.node.selection_set.node, document, (value, place), broken);
                }
            }
        }
    }

    fn value(
        &self,
        ty: &Type,
        selections: &SelectionSet,
        document: &ExecutableDocument,
        (value, place): (&Value, &str),
        broken: &mut Vec<String>,
    ) {
        match (&ty.base, value) {
            (_, Value::Null) if ty.nullable => {}
            (_, Value::Null) => broken.push(place.to_owned()),
            (BaseType::List(inner), Value::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    self.value(inner, selections, document, (item, &format!("{place}.{at}")), broken);
                }
            }
            (BaseType::Named(name), value) => self.object(name, selections, document, (value, place), broken),
            (BaseType::List(_), other) => panic!("{place} is no list: {other}"),
        }
    }
}

/// Where an answer's data is null and that of the right answer is not, as the keys that lead there. Anything else that differs is
/// wrong data.
///
/// # Panics
/// When data is wrong.
#[must_use]
pub fn missing(right: &Value, answered: &Value) -> Vec<Vec<Value>> {
    let mut missing = Vec::new();
    compare(right, answered, &mut Vec::new(), &mut missing);
    missing
}

fn compare(right: &Value, answered: &Value, path: &mut Vec<Value>, missing: &mut Vec<Vec<Value>>) {
    match (right, answered) {
        (right, answered) if right == answered => {}
        (_, Value::Null) => missing.push(path.clone()),
        (Value::Object(right), Value::Object(answered)) => {
            assert!(right.keys().eq(answered.keys()), "other fields at {path:?}");
            for (key, right) in right {
                path.push(Value::from(key.as_str()));
                compare(right, &answered[key], path, missing);
                path.pop();
            }
        }
        (Value::Array(right), Value::Array(answered)) => {
            assert_eq!(right.len(), answered.len(), "another length at {path:?}");
            for (at, (right, answered)) in right.iter().zip(answered).enumerate() {
                path.push(Value::from(at));
                compare(right, answered, path, missing);
                path.pop();
            }
        }
        (right, answered) => panic!("wrong data at {path:?}: {answered} for {right}"),
    }
}
