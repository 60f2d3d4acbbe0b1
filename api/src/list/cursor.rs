//! Cursors: opaque to clients, the sort keys of a row to us.

use super::order::Kind;
use crate::{Error, Result};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sea_orm::sea_query::Expr;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A cursor is as long as the longest sort keys ask for: names of 2,000 bytes, whatever they hold.
const MAX_BYTES: usize = 32_768;

/// What tells the cursors of one list from those of another: a short hash of the list's order and filter. The parent of a
/// nested list does not count, so that one cursor pages every parent's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// Of a description of the list; whatever changes its order or its rows belongs into it.
    #[must_use]
    pub fn of(list: &str) -> Self {
        let hash = Sha256::digest(list.as_bytes());
        Self(hash.iter().take(4).fold(0, |number, byte| (number << 8) | u32::from(*byte)))
    }
}

/// The value of a sort key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, an instant in microseconds or an id.
    Integer(i64),
    /// Without NUL.
    Text(String),
}

impl Value {
    /// For a statement.
    #[must_use]
    pub fn expression(&self) -> Expr {
        match self {
            Self::Integer(value) => Expr::val(*value),
            Self::Text(value) => Expr::val(value.as_str()),
        }
    }

    const fn kind(&self) -> Kind {
        match self {
            Self::Integer(_) => Kind::Integer,
            Self::Text(_) => Kind::Text,
        }
    }
}

/// Where a row stands in its list: the value of each sort key, the last one being its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub Vec<Value>);

/// The cursor of the row at this position.
#[must_use]
pub fn encode(list: Fingerprint, position: &Position) -> String {
    // Numbers and texts can always be written.
    let json = serde_json::to_string(&(list.0, position)).unwrap_or_default();
    BASE64_URL_SAFE_NO_PAD.encode(json)
}

/// The position in a cursor of this list, whose keys are of these kinds. `argument` is what the client gave it as.
///
/// # Errors
/// [`Error::CursorInvalid`] for what is no cursor, [`Error::CursorMismatch`] for one of another list.
pub fn decode(list: Fingerprint, kinds: &[Kind], argument: &'static str, cursor: &str) -> Result<Position> {
    let invalid = || Error::CursorInvalid { argument };
    if cursor.len() > MAX_BYTES {
        return Err(invalid());
    }
    let json = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
    let (of, position): (u32, Position) = serde_json::from_slice(&json).map_err(|_| invalid())?;
    if of != list.0 {
        return Err(Error::CursorMismatch { argument });
    }
    let is_fit = position.0.iter().map(Value::kind).eq(kinds.iter().copied());
    let has_nul = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    if is_fit && !position.0.iter().any(has_nul) { Ok(position) } else { Err(invalid()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [Kind; 2] = [Kind::Text, Kind::Integer];

    fn position(text: &str, id: i64) -> Position {
        Position(vec![Value::Text(text.to_owned()), Value::Integer(id)])
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(id: i64, name in "[^\0]{0,40}") {
            let list = Fingerprint::of("articles");
            let position = position(&name, id);
            prop_assert_eq!(decode(list, &KINDS, "after", &encode(list, &position)).unwrap(), position);
        }

        #[test]
        fn garbage_is_refused(bytes: Vec<u8>) {
            let cursor = BASE64_URL_SAFE_NO_PAD.encode(&bytes);
            prop_assert!(decode(Fingerprint::of("articles"), &KINDS, "after", &cursor).is_err());
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_told_apart_from_garbage() {
        let list = Fingerprint::of("articles");
        let cursor = encode(list, &position("a", 2));
        let other = decode(Fingerprint::of("authors"), &KINDS, "after", &cursor);
        assert!(matches!(other, Err(Error::CursorMismatch { argument: "after" })));
        for forged in [position("\0", 1), Position(vec![Value::Integer(1), Value::Integer(2)]), Position(Vec::new())] {
            let forged = decode(list, &KINDS, "before", &encode(list, &forged));
            assert!(matches!(forged, Err(Error::CursorInvalid { argument: "before" })));
        }
    }
}
