//! Decoding, column by column in the order of the statement.

use crate::Result;
use sea_orm::{DbErr, QueryResult, TryGetable};

/// A row that is read from left to right.
pub struct Row<'a> {
    columns: &'a QueryResult,
    next: usize,
}

impl<'a> Row<'a> {
    pub(super) const fn new(columns: &'a QueryResult) -> Self {
        Self { columns, next: 0 }
    }

    /// The next column.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    pub fn take<T: TryGetable>(&mut self) -> Result<T> {
        let value = T::try_get_by_index(self.columns, self.next).map_err(DbErr::from)?;
        self.next += 1;
        Ok(value)
    }
}
