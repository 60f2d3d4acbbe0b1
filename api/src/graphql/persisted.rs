//! How a request names a document that it does not bring along. Pure.
//!
//! Two ways: Apollo's automatic persisted queries (`extensions.persistedQuery`), and `documentId` of the appendix on persisted
//! documents of GraphQL over HTTP.

use super::api::Asked;
use crate::{Error, Result};
use serde_json::Value;

/// Before a hash, in a `documentId`.
const SHA256: &str = "sha256:";

/// The name of the document, if the request gives one: a hash in hexadecimal digits, or what trusted documents are called.
///
/// # Errors
/// When it is none.
pub fn name(asked: &Asked) -> Result<Option<&str>> {
    match (apollo(asked)?, asked.document_id.as_deref()) {
        (Some(_), Some(_)) => {
            Err(invalid("documentId", "and `extensions.persistedQuery` both name a document; send one of them"))
        }
        (Some(hash), None) => Ok(Some(hash)),
        (None, Some(id)) => Ok(Some(id.strip_prefix(SHA256).unwrap_or(id))),
        (None, None) => Ok(None),
    }
}

fn apollo(asked: &Asked) -> Result<Option<&str>> {
    let named = asked.extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery"));
    let Some(named) = named.filter(|named| !named.is_null()) else { return Ok(None) };
    if named.get("version").and_then(Value::as_u64) != Some(1) {
        return Err(invalid("extensions.persistedQuery.version", "is to be 1"));
    }
    let hash = named.get("sha256Hash").and_then(Value::as_str);
    hash.map(Some).ok_or_else(|| invalid("extensions.persistedQuery.sha256Hash", "is to be a string"))
}

/// The hash that a name is, if it is one.
#[must_use]
pub fn hash(name: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if name.len() != hash.len() * 2 {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(name.as_bytes().chunks(2)) {
        let digits =
            str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(hash)
}

/// A document came along, and is not the one that is named.
#[must_use]
pub fn mismatch() -> Error {
    invalid("query", "is not the document that the request names: its hash is another one")
}

/// No document came along, and none is named.
#[must_use]
pub fn missing() -> Error {
    invalid("query", "is missing; it is the document")
}

fn invalid(field: &'static str, problem: &str) -> Error {
    Error::Invalid { field: field.into(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_hash_is_sixty_four_digits() {
        assert_eq!(hash(&"0aF".repeat(22)[..64]).map(|hash| hash[..3].to_vec()), Some(vec![0x0a, 0xf0, 0xaf]));
        for no in ["", "00", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"+1".repeat(32), &"燈".repeat(21)] {
            assert_eq!(hash(no), None, "{no}");
        }
    }

    #[test]
    fn documents_are_named_in_two_ways() {
        let asked = |json: Value| serde_json::from_value::<Asked>(json).unwrap();
        for (json, named) in [
            (json!({}), None),
            (json!({ "extensions": { "persistedQuery": null, "x": 1 } }), None),
            (json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "ab" } } }), Some("ab")),
            (json!({ "documentId": "sha256:ab" }), Some("ab")),
            (json!({ "documentId": "front-page" }), Some("front-page")),
        ] {
            assert_eq!(name(&asked(json.clone())).unwrap(), named, "{json}");
        }
        for json in [
            json!({ "extensions": { "persistedQuery": 5 } }),
            json!({ "extensions": { "persistedQuery": { "version": 2, "sha256Hash": "ab" } } }),
            json!({ "extensions": { "persistedQuery": { "version": 1 } } }),
            json!({ "documentId": "a", "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "ab" } } }),
        ] {
            assert!(name(&asked(json.clone())).is_err(), "{json}");
        }
    }
}
