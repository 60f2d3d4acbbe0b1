//! Under what an answer is kept. Pure.

use async_graphql::{Name, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What two requests have in common that are answered alike while the content does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// Of a document by its hash, the operation of it that is meant, what its variables are once defaults are filled in and values
    /// coerced, and which class of readers asks.
    #[must_use]
    pub fn new(document: &[u8; 32], operation: Option<&str>, values: &BTreeMap<Name, Value>, is_preview: bool) -> Self {
        let mut hash = Sha256::new();
        hash.update(document);
        hash.update([u8::from(is_preview), u8::from(operation.is_some())]);
        text(&mut hash, operation.unwrap_or_default());
        for (name, value) in values {
            text(&mut hash, name);
            write(&mut hash, value);
        }
        Self(hash.finalize().into())
    }
}

/// Each value begins with its kind, and says how long it is: no two are written alike. The keys of objects are in order.
fn write(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => hash.update(b"0"),
        Value::Boolean(is) => hash.update(if *is { b"t" } else { b"f" }),
        Value::Number(number) => tagged(hash, b'n', &number.to_string()),
        Value::String(string) => tagged(hash, b's', string),
        Value::Enum(name) => tagged(hash, b'e', name),
        Value::Binary(bytes) => {
            hash.update(b"b");
            hash.update(length(bytes.len()));
            hash.update(bytes);
        }
        Value::List(items) => {
            hash.update(b"l");
            hash.update(length(items.len()));
            for item in items {
                write(hash, item);
            }
        }
        Value::Object(fields) => {
            hash.update(b"o");
            hash.update(length(fields.len()));
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| name.as_str());
            for (name, value) in fields {
                text(hash, name);
                write(hash, value);
            }
        }
    }
}

fn tagged(hash: &mut Sha256, tag: u8, content: &str) {
    hash.update([tag]);
    text(hash, content);
}

fn text(hash: &mut Sha256, text: &str) {
    hash.update(length(text.len()));
    hash.update(text);
}

fn length(length: usize) -> [u8; 8] {
    (length as u64).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(operation: Option<&str>, variables: serde_json::Value, is_preview: bool) -> Key {
        let serde_json::Value::Object(variables) = variables else { panic!("variables are an object") };
        let values = variables.into_iter().map(|(name, value)| (Name::new(name), Value::from_json(value).unwrap()));
        Key::new(&[7; 32], operation, &values.collect(), is_preview)
    }

    #[test]
    fn the_order_of_keys_does_not_count() {
        let one = key(Some("A"), json!({ "where": { "a": 1, "b": { "c": "x", "d": null } }, "first": 3 }), false);
        let other = key(Some("A"), json!({ "first": 3, "where": { "b": { "d": null, "c": "x" }, "a": 1 } }), false);
        assert_eq!(one, other);
    }

    #[test]
    fn whatever_may_be_answered_otherwise_counts() {
        let all = [
            key(None, json!({}), false),
            key(None, json!({}), true),
            key(Some(""), json!({}), false),
            key(Some("A"), json!({}), false),
            key(None, json!({ "a": null }), false),
            key(None, json!({ "a": "1" }), false),
            key(None, json!({ "a": 1 }), false),
            key(None, json!({ "a": true }), false),
            key(None, json!({ "a": [] }), false),
            key(None, json!({ "a": [[]] }), false),
            key(None, json!({ "a": [], "b": [] }), false),
            key(None, json!({ "a": ["1", "2"] }), false),
            key(None, json!({ "a": ["12"] }), false),
            key(None, json!({ "a": ["2", "1"] }), false),
            key(None, json!({ "a": {} }), false),
            key(None, json!({ "a": { "b": "1" } }), false),
            key(None, json!({ "ab": "1" }), false),
        ];
        for (place, one) in all.iter().enumerate() {
            assert!(!all[place + 1..].contains(one), "{place}");
        }
    }
}
