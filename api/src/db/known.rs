//! Which content there is, and until when.

use entity::Timestamp;

/// A state of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// How often the content has changed, and what was skipped where the database is another one now. Never falls.
    pub generation: i64,
    /// Since when no article has appeared by its time.
    pub from: Timestamp,
    /// When the next one does.
    pub until: Timestamp,
}

impl Known {
    /// What does not depend on the time.
    #[must_use]
    pub const fn for_ever(generation: i64) -> Self {
        Self { generation, from: Timestamp(i64::MIN), until: Timestamp(i64::MAX) }
    }

    /// Whether what is read at this instant is what is read at any other of this state.
    #[must_use]
    pub fn covers(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }
}
