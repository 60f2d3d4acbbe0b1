//! An operation of a document, as it is told of.

use super::metrics::Counters;
use std::fmt;

/// Its name and its document's hash, and the counters of its name.
pub struct Operation {
    name: Option<Box<str>>,
    document: [u8; 32],
    pub(super) counters: Option<Counters>,
}

/// The hash of a document, as it is written: the first half, in hexadecimal digits.
pub struct Hash<'a>(&'a [u8; 32]);

impl Operation {
    /// Of this name, in the document of this hash; counted where there are counters.
    #[must_use]
    pub fn new(name: Option<&str>, document: &[u8; 32], counters: Option<Counters>) -> Self {
        Self { name: name.map(Into::into), document: *document, counters }
    }

    /// As the document has it; none where it has none.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Which document it is of.
    #[must_use]
    pub const fn document(&self) -> Hash<'_> {
        Hash(&self.document)
    }
}

impl fmt::Display for Hash<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(16).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.name().unwrap_or("an operation"), self.document())
    }
}
