//! Cursors: opaque to clients, the sort keys of a row to us.

use crate::{Error, Result};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// A cursor is as long as the longest sort key asks for; a title is the longest.
const MAX_BYTES: usize = 8_192;

/// What tells the cursors of one list from those of another: a short hash of the list's order and filter. The parent of a
/// nested list does not count, so that one cursor pages every parent's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// Of a description of the list; whatever changes its order or its rows belongs into it.
    #[must_use]
    pub fn of(list: &str) -> Self {
        let hash = Sha256::digest(list.as_bytes());
        Self(hash.iter().take(4).fold(0, |number, byte| (number << 8) | u32::from(*byte)))
    }
}

/// The cursor of the row with this key.
#[must_use]
pub fn encode<K: Serialize>(list: Fingerprint, key: &K) -> String {
    // A key is a tuple of numbers and strings: it can always be written.
    let json = serde_json::to_string(&(list.0, key)).unwrap_or_default();
    BASE64_URL_SAFE_NO_PAD.encode(json)
}

/// The key in a cursor of this list.
///
/// # Errors
/// [`Error::CursorInvalid`] for what is no cursor, [`Error::CursorMismatch`] for one of another list.
pub fn decode<K: DeserializeOwned>(list: Fingerprint, cursor: &str) -> Result<K> {
    if cursor.len() > MAX_BYTES {
        return Err(Error::CursorInvalid);
    }
    let json = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Error::CursorInvalid)?;
    let (of, key): (u32, serde_json::Value) = serde_json::from_slice(&json).map_err(|_| Error::CursorInvalid)?;
    if of != list.0 {
        return Err(Error::CursorMismatch);
    }
    if key.to_string().contains("\\u0000") {
        return Err(Error::CursorInvalid);
    }
    serde_json::from_value(key).map_err(|_| Error::CursorInvalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(micros: i64, id: i64, name in "[^\0]{0,40}") {
            let list = Fingerprint::of("articles");
            prop_assert_eq!(decode::<(i64, i64)>(list, &encode(list, &(micros, id))).unwrap(), (micros, id));
            prop_assert_eq!(decode::<(String,)>(list, &encode(list, &(&name,))).unwrap(), (name,));
        }

        #[test]
        fn garbage_is_refused(bytes: Vec<u8>) {
            let cursor = BASE64_URL_SAFE_NO_PAD.encode(&bytes);
            prop_assert!(decode::<(i64, i64)>(Fingerprint::of("articles"), &cursor).is_err());
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_told_apart_from_garbage() {
        let cursor = encode(Fingerprint::of("articles"), &(1, 2));
        let other = decode::<(i64, i64)>(Fingerprint::of("authors"), &cursor);
        assert!(matches!(other, Err(Error::CursorMismatch)));
        let forged = encode(Fingerprint::of("articles"), &("\0",));
        assert!(matches!(decode::<(String,)>(Fingerprint::of("articles"), &forged), Err(Error::CursorInvalid)));
    }
}
