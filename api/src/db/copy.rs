//! A copy of an SQLite database, of one moment, while others read and write.
//!
//! By `VACUUM INTO`, and not by SQLite's backup API. That one copies pages: whenever another process commits between two of its steps
//! it begins again, so beside an import it would not end; and in one step it reads as long as this does, and copies what is free or
//! damaged as well. Either way of reading in one go keeps the write-ahead log from being shortened until it ends; writers do not wait.
//! Rows that are read to be written again are looked at, and the copy is as small as it can be.

use super::Db;
use crate::{Error, Result};
use camino::{Utf8Path, absolute_utf8};
use rusqlite::{Connection, OpenFlags};
use sea_orm::{ConnectionTrait, DbErr, RuntimeErr, Statement};
use std::{fs, sync::Arc};

/// What is in a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its length.
    pub bytes: u64,
    /// How many articles it has.
    pub articles: i64,
    /// How often the content had changed.
    pub generation: i64,
}

impl Db {
    /// Copies an SQLite database to a file that is not there yet, and looks at the copy. It is not flushed to the disk.
    ///
    /// # Errors
    /// When the database fails, the file can not be written, or the copy is not sound.
    pub async fn copy_to(&self, file: &Utf8Path) -> Result<Copied> {
        let cannot = |source| Error::Write { path: file.to_owned(), source: Arc::new(source) };
        // Absolute, because SQLite would take `file:` at its beginning for an address.
        let place = absolute_utf8(file).map_err(cannot)?;
        let copy = Statement::from_sql_and_values(self.backend(), "VACUUM INTO ?", [place.as_str().into()]);
        self.connection().execute_raw(copy).await?;
        let bytes = fs::metadata(&place).map_err(cannot)?.len();
        let looked = tokio::task::spawn_blocking(move || look(&place)).await.map_err(|_| Error::Cancelled)?;
        let (what, articles, generation) =
            looked.map_err(|error| DbErr::Query(RuntimeErr::Internal(error.to_string())))?;
        if what != "ok" {
            return Err(DbErr::Custom(format!("the copy is not sound ({what}); `masthead check` tells more")).into());
        }
        Ok(Copied { bytes, articles, generation })
    }
}

/// What SQLite says of the file, how many articles it has and of which generation they are.
fn look(file: &Utf8Path) -> rusqlite::Result<(String, i64, i64)> {
    let copy = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let what = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    let articles = copy.query_row("SELECT count(*) FROM article", [], |row| row.get(0))?;
    let generation = copy.query_row("SELECT generation FROM content_generation WHERE id = 1", [], |row| row.get(0))?;
    Ok((what, articles, generation))
}
