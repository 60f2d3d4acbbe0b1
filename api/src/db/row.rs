//! Decoding, column by column in the order of the statement.

use crate::Result;
use entity::Timestamp;
use rusqlite::types::{Value, ValueRef};
use sea_orm::{
    DbErr, QueryResult, TryGetable,
    sqlx::{
        Row as _, ValueRef as _,
        postgres::{PgRow, PgValueFormat},
        sqlite::SqliteRow,
    },
};

/// Types of PostgreSQL, by which `pg_type.dat` knows them.
const BOOL: u32 = 16;
const BYTEA: u32 = 17;
const INT8: u32 = 20;
const INT4: u32 = 23;
const TEXT: u32 = 25;

/// A row that is read from left to right.
pub struct Row<'a> {
    columns: Columns<'a>,
    next: usize,
}

/// Where the columns of a row are.
pub(super) enum Columns<'a> {
    /// In SQLite's own memory.
    Sqlite(&'a rusqlite::Row<'a>),
    /// Copied from there.
    Copied(&'a [Value]),
    /// As a driver has fetched them.
    Fetched(&'a QueryResult),
}

/// What a column can be read as.
pub trait Column: TryGetable {
    /// A value of SQLite as this; nothing where it is of another type.
    fn of(value: ValueRef<'_>) -> Option<Self>;
}

impl<'a> Row<'a> {
    pub(super) const fn new(columns: Columns<'a>) -> Self {
        Self { columns, next: 0 }
    }

    /// A row that a driver has fetched.
    pub(crate) const fn fetched(row: &'a QueryResult) -> Self {
        Self::new(Columns::Fetched(row))
    }

    /// The next column.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    pub fn take<T: Column>(&mut self) -> Result<T> {
        let at = self.next;
        self.next += 1;
        self.at(at)
    }

    /// The next column, a text, as it is read from where it lies.
    ///
    /// # Errors
    /// When there is none, it is of another type, or that can not be read from it.
    pub fn text<T>(&mut self, read: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        let at = self.next;
        if let Some(ValueRef::Text(bytes)) = self.value(at) {
            self.next += 1;
            return read(simdutf8::basic::from_utf8(bytes).map_err(|_| unexpected(at))?);
        }
        read(&self.take::<String>()?)
    }

    /// The last column, whichever is the next one.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    pub(super) fn last<T: Column>(&self) -> Result<T> {
        let columns = match self.columns {
            Columns::Fetched(row) => {
                let of_sqlite = || row.try_as_sqlite_row().map_or(0, SqliteRow::len);
                row.try_as_pg_row().map_or_else(of_sqlite, PgRow::len)
            }
            Columns::Sqlite(row) => row.as_ref().column_count(),
            Columns::Copied(row) => row.len(),
        };
        self.at(columns.saturating_sub(1))
    }

    fn at<T: Column>(&self, at: usize) -> Result<T> {
        match (self.value(at), &self.columns) {
            (None, Columns::Fetched(row)) => Ok(T::try_get_by_index(row, at).map_err(DbErr::from)?),
            (value, _) => Ok(value.and_then(T::of).ok_or_else(|| unexpected(at))?),
        }
    }

    /// A value where it lies; nothing where the driver alone can read it.
    fn value(&self, at: usize) -> Option<ValueRef<'a>> {
        match self.columns {
            Columns::Fetched(row) => row.try_as_pg_row().and_then(|row| of_postgres(row, at)),
            Columns::Sqlite(row) => row.get_ref(at).ok(),
            Columns::Copied(row) => row.get(at).map(ValueRef::from),
        }
    }
}

fn unexpected(at: usize) -> DbErr {
    DbErr::Type(format!("column {at} of a row is not as expected"))
}

/// A value of one of the usual types, in the server's own memory of a row; the driver would look for its type's name each time.
fn of_postgres(row: &PgRow, at: usize) -> Option<ValueRef<'_>> {
    let value = row.try_get_raw(at).ok()?;
    if value.is_null() {
        return Some(ValueRef::Null);
    }
    let oid = value.type_info().oid()?.0;
    if value.format() != PgValueFormat::Binary {
        return None;
    }
    let bytes = value.as_bytes().ok()?;
    Some(match oid {
        BOOL => ValueRef::Integer((*bytes.first()?).into()),
        INT4 => ValueRef::Integer(i32::from_be_bytes(bytes.try_into().ok()?).into()),
        INT8 => ValueRef::Integer(i64::from_be_bytes(bytes.try_into().ok()?)),
        TEXT => ValueRef::Text(bytes),
        BYTEA => ValueRef::Blob(bytes),
        _ => return None,
    })
}

impl Column for i64 {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}

impl Column for i32 {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()?.try_into().ok()
    }
}

impl Column for bool {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(|value| value != 0)
    }
}

impl Column for String {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        let ValueRef::Text(bytes) = value else { return None };
        simdutf8::basic::from_utf8(bytes).ok().map(Into::into)
    }
}

impl Column for Vec<u8> {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok().map(Into::into)
    }
}

impl Column for Timestamp {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Self)
    }
}

impl<T: Column> Column for Option<T> {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        if value == ValueRef::Null { Some(None) } else { T::of(value).map(Some) }
    }
}
