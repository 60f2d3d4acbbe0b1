//! Rows as JSON, written while their statement runs.

use rusqlite::{CachedStatement, Params, Result, Row};
use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeSeq},
};
use std::cell::{Cell, RefCell};

/// Rows of a page.
const PAGE: usize = 20;

/// A statement that runs whenever rows of it are written.
pub type Statement<'c> = RefCell<CachedStatement<'c>>;

/// What is made of a row.
pub trait Shape {
    /// It borrows from the row.
    type Shown<'r>: Serialize
    where
        Self: 'r;

    /// Reads the row.
    fn read<'r>(&'r self, row: &'r Row<'_>) -> Result<Self::Shown<'r>>;
}

/// All rows of a statement, or a page of them.
pub struct Rows<'a, 'c, P, S> {
    statement: &'a Statement<'c>,
    params: P,
    shape: S,
    has_more: Option<&'a Cell<bool>>,
}

impl<'a, 'c, P, S> Rows<'a, 'c, P, S> {
    /// All of them.
    pub const fn all(statement: &'a Statement<'c>, params: P, shape: S) -> Self {
        Self { statement, params, shape, has_more: None }
    }

    /// A page of them, which tells whether there are more.
    pub const fn page(statement: &'a Statement<'c>, params: P, shape: S, has_more: &'a Cell<bool>) -> Self {
        Self { statement, params, shape, has_more: Some(has_more) }
    }
}

impl<P: Params + Clone, S: Shape> Serialize for Rows<'_, '_, P, S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        let mut statement = self.statement.borrow_mut();
        let mut rows = statement.query(self.params.clone()).map_err(Error::custom)?;
        let mut seq = serializer.serialize_seq(None)?;
        let mut left = self.has_more.map_or(usize::MAX, |_| PAGE);
        while let Some(row) = rows.next().map_err(Error::custom)? {
            if left == 0 {
                self.has_more.inspect(|has_more| has_more.set(true));
                break;
            }
            left -= 1;
            seq.serialize_element(&self.shape.read(row).map_err(Error::custom)?)?;
        }
        seq.end()
    }
}

/// The first row of a statement, or null.
pub struct First<'a, 'c, P, S>(pub &'a Statement<'c>, pub P, pub S);

impl<P: Params + Clone, S: Shape> Serialize for First<'_, '_, P, S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        let Self(statement, params, shape) = self;
        let mut statement = statement.borrow_mut();
        let mut rows = statement.query(params.clone()).map_err(Error::custom)?;
        let row = rows.next().map_err(Error::custom)?;
        row.map(|row| shape.read(row)).transpose().map_err(Error::custom)?.serialize(serializer)
    }
}
