//! By what a request is found again: in the log, in spans, and by whoever asked.

use bytes::Bytes;
use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// Of a client that names its requests.
const MAX_BYTES: usize = 64;

/// The name of a request: letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Bytes);

impl RequestId {
    /// The header that has it, of the request and of the answer.
    pub const HEADER: &str = "x-request-id";

    /// As the client, or what stands before the server, has named it; none where that is no name to be written into a log.
    #[must_use]
    pub fn given(text: &str) -> Option<Self> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_fit = (1..=MAX_BYTES).contains(&text.len()) && text.bytes().all(is_name);
        is_fit.then(|| Self(Bytes::copy_from_slice(text.as_bytes())))
    }

    /// One that no other request has. Two of them do not tell how many others were asked between them.
    #[must_use]
    pub fn unique() -> Self {
        static PROCESS: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = PROCESS.hash_one(NUMBER.fetch_add(1, Ordering::Relaxed));
        Self(format!("{number:016x}").into())
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// For a header.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_says_is_taken_where_it_is_a_name() {
        for name in ["a", "7f3c-2_b.9", &"x".repeat(64)] {
            assert_eq!(RequestId::given(name).unwrap().to_string(), name);
        }
        for no in ["", " ", "a b", "a\nb", "ü", "a=1", "\"", &"x".repeat(65)] {
            assert_eq!(RequestId::given(no), None, "{no}");
        }
    }

    #[test]
    fn those_that_are_made_are_names_and_differ() {
        let ids: Vec<_> = (0..1_000).map(|_| RequestId::unique().to_string()).collect();
        assert!(ids.iter().all(|id| id.len() == 16 && RequestId::given(id).is_some()));
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
