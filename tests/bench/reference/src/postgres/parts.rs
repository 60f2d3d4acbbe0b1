//! The rows of a statement that answers a whole operation: parts of the answer, all of one form. First come a number for their
//! kind, the id of what they belong to and their place there, then four texts and two numbers.

use crate::{
    answer::{Image, Named},
    text::Path,
};
use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeSeq},
};
use sqlx::{Decode, Postgres, Result, Row, Type, postgres::PgRow};
use std::cmp::{Ordering, Reverse};

/// A row.
#[derive(Clone, Copy)]
pub struct Part<'r> {
    kind: i32,
    /// The id of what it is or belongs to.
    pub id: i64,
    /// By what parts are ordered.
    pub place: i64,
    row: &'r PgRow,
}

impl<'r> Part<'r> {
    fn of(row: &'r PgRow) -> Result<Self> {
        Ok(Self { kind: row.try_get(0)?, id: row.try_get(1)?, place: row.try_get(2)?, row })
    }

    /// One of its texts.
    pub fn text<T: Decode<'r, Postgres> + Type<Postgres>>(self, number: usize) -> Result<T> {
        self.row.try_get(3 + number)
    }

    /// One of its numbers.
    pub fn number(self, number: usize) -> Result<Option<i32>> {
        self.row.try_get(7 + number)
    }

    /// Its second text as the address of an image, and its numbers as the size.
    pub fn image(self) -> Result<Image<'r>> {
        Ok(Image { url: self.text(1)?, width: self.number(0)?, height: self.number(1)? })
    }

    /// Its first texts as a name and a path.
    pub fn named(self) -> Result<Named<'r>> {
        Ok(Named { name: self.text(0)?, path: Path(self.text(1)?) })
    }
}

/// All rows of a statement.
pub struct Parts<'r>(Vec<Part<'r>>);

impl<'r> Parts<'r> {
    /// Those of a kind that belong to the same stand beside each other, in their order.
    pub fn sorted(rows: &'r [PgRow]) -> Result<Self> {
        let mut parts = rows.iter().map(Part::of).collect::<Result<Vec<_>>>()?;
        parts.sort_by_key(|part| (part.kind, part.id, part.place));
        Ok(Self(parts))
    }

    /// Those of a kind.
    pub fn all(&self, kind: i32) -> &[Part<'r>] {
        self.between(|part| part.kind.cmp(&kind))
    }

    /// Those of a kind that belong to this.
    pub fn of(&self, kind: i32, id: i64) -> &[Part<'r>] {
        self.between(|part| (part.kind, part.id).cmp(&(kind, id)))
    }

    /// Those of a kind, the last of all places first.
    pub fn newest(&self, kind: i32) -> Vec<Part<'r>> {
        let mut parts = self.all(kind).to_vec();
        parts.sort_by_key(|part| Reverse((part.place, part.id)));
        parts
    }

    fn between(&self, compared: impl Fn(&Part<'r>) -> Ordering) -> &[Part<'r>] {
        let from = self.0.partition_point(|part| compared(part).is_lt());
        self.0.get(from..self.0.partition_point(|part| compared(part).is_le())).unwrap_or_default()
    }
}

/// Parts as a list, each shown as a function of it says.
pub struct Each<'a, 'r, F>(pub &'a [Part<'r>], pub F);

impl<'r, T: Serialize, F: Fn(Part<'r>) -> Result<T>> Serialize for Each<'_, 'r, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for part in self.0 {
            seq.serialize_element(&self.1(*part).map_err(Error::custom)?)?;
        }
        seq.end()
    }
}
