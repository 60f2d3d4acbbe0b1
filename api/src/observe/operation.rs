//! An operation of a document, as it is told of.

use super::metrics::Counters;
use std::fmt::{self, Write};

/// Its name and its document's hash, and the counters of its name.
pub struct Operation {
    name: Option<Box<str>>,
    document: Box<str>,
    pub(super) counters: Option<Counters>,
}

impl Operation {
    /// Of this name, in the document of this hash; counted where there are counters.
    #[must_use]
    pub fn new(name: Option<&str>, document: &[u8; 32], counters: Option<Counters>) -> Self {
        let mut digits = String::new();
        for byte in document.iter().take(16) {
            // A string takes everything.
            let _ = write!(digits, "{byte:02x}");
        }
        Self { name: name.map(Into::into), document: digits.into(), counters }
    }

    /// As the document has it; none where it has none.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Which document it is of: the first half of its hash, in hexadecimal digits.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.document
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.name().unwrap_or("an operation"), self.document())
    }
}
