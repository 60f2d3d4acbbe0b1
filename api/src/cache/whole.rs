//! A whole answer as bytes, and for how long it is the right one.

use crate::freshness::Known;
use bytes::Bytes;
use entity::Timestamp;

/// What an answer takes besides its bytes: itself, its key, and what the cache remembers of it.
const OVERHEAD: usize = 512;

/// The answer to a query that had no errors.
#[derive(Debug)]
pub struct Whole {
    /// `{"data":…}`.
    pub body: Bytes,
    /// About how many values it could have had.
    pub cost: usize,
    /// Levels of its fields.
    pub depth: usize,
    /// Of which state of the content it is.
    pub state: Known,
}

impl Whole {
    /// Whether it is what would be read now, by whoever knows of this generation.
    #[must_use]
    pub fn holds(&self, generation: i64, now: Timestamp) -> bool {
        self.state.generation >= generation && self.state.covers(now)
    }

    /// What it takes in memory.
    #[must_use]
    pub fn weight(&self) -> u64 {
        (self.body.len() + OVERHEAD) as u64
    }
}
