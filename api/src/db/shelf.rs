//! Rows that many requests ask for and that change seldom: kept between them, for as long as the content stays as it is.

use super::{Db, Known, Row};
use crate::Result;
use quick_cache::{Weighter, sync::Cache};
use sea_orm::sea_query::SelectStatement;
use std::{collections::HashMap, sync::Arc};

/// What the rows of a small table may take.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// What a row takes besides what it says of itself.
const BYTES: usize = 256;

/// A row that can be kept.
pub trait Kept {
    /// Its id.
    fn id(&self) -> i64;

    /// What it takes beyond a few numbers: how long its texts are, about.
    fn bytes(&self) -> usize;
}

/// Rows of one kind, each with the generation of the content that it is of: the next one takes its place.
pub struct Shelf<T> {
    rows: Cache<i64, (i64, Arc<T>), ByBytes>,
    names: Cache<String, (i64, i64), ByBytes>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, (i64, i64)> for ByBytes {
    fn weight(&self, name: &String, _: &(i64, i64)) -> u64 {
        (BYTES + name.len()) as u64
    }
}

impl<T: Kept> Weighter<i64, (i64, Arc<T>)> for ByBytes {
    fn weight(&self, _: &i64, (_, row): &(i64, Arc<T>)) -> u64 {
        (BYTES + row.bytes()) as u64
    }
}

impl<T: Kept> Default for Shelf<T> {
    fn default() -> Self {
        Self::with_room(MAX_BYTES)
    }
}

impl<T: Kept> Shelf<T> {
    /// One on which rows may take so many bytes, and their names a quarter of that.
    #[must_use]
    pub fn with_room(bytes: u64) -> Self {
        Self {
            rows: Cache::with_weighter(1_000, bytes, ByBytes),
            names: Cache::with_weighter(1_000, bytes / 4, ByBytes),
        }
    }

    /// The row with this id, if it is kept.
    #[must_use]
    pub fn get(&self, db: &Db, id: i64) -> Option<Arc<T>> {
        self.of(db.known()?.generation, id)
    }

    fn of(&self, generation: i64, id: i64) -> Option<Arc<T>> {
        self.rows.get(&id).filter(|(of, _)| *of == generation).map(|(_, row)| row)
    }

    /// The rows with these ids in their order, if all of them are kept.
    #[must_use]
    pub fn all(&self, db: &Db, ids: &[i64]) -> Option<Vec<Arc<T>>> {
        ids.iter().map(|id| self.get(db, *id)).collect()
    }

    /// Those of these rows that are kept, and the ids of the others.
    #[must_use]
    pub fn kept(&self, db: &Db, ids: &[i64]) -> (HashMap<i64, Arc<T>>, Vec<i64>) {
        let mut kept = HashMap::with_capacity(ids.len());
        let mut unknown = Vec::new();
        for id in ids {
            match self.get(db, *id) {
                Some(row) => drop(kept.insert(*id, row)),
                None => unknown.push(*id),
            }
        }
        (kept, unknown)
    }

    /// Keeps rows of this generation of the content, where it is known.
    pub fn keep<'r>(&self, generation: Option<i64>, rows: impl IntoIterator<Item = &'r Arc<T>>)
    where
        T: 'r,
    {
        if let Some(generation) = generation {
            for row in rows {
                self.rows.insert(row.id(), (generation, Arc::clone(row)));
            }
        }
    }

    /// The rows with these ids: those that are kept, and the others by the statement that `select` makes for theirs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_ids(
        &self,
        db: &Db,
        ids: &[i64],
        select: impl FnOnce(Vec<i64>) -> SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<Arc<T>>,
    ) -> Result<HashMap<i64, Arc<T>>> {
        let (mut found, unknown) = self.kept(db, ids);
        if !unknown.is_empty() {
            let read = self.read(db, select(unknown), |row| Ok(((), decode(row)?))).await?;
            found.extend(read.into_iter().map(|((), row)| (row.id(), row)));
        }
        Ok(found)
    }

    /// The row of this name, whichever names rows have: the one that is kept, or that of `select`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_name(
        &self,
        db: &Db,
        name: String,
        select: impl FnOnce() -> SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<Arc<T>>,
    ) -> Result<Option<Arc<T>>> {
        let Some(Known { generation, .. }) = db.known() else { return db.row(&select(), decode).await };
        let id = self.names.get(&name).filter(|(of, _)| *of == generation).map(|(_, id)| id);
        if let Some(row) = id.and_then(|id| self.of(generation, id)) {
            return Ok(Some(row));
        }
        let (rows, read) = db.stamped(select(), decode).await?;
        let row = rows.into_iter().next();
        if let (Some(row), true) = (&row, read == Some(generation)) {
            self.rows.insert(row.id(), (generation, Arc::clone(row)));
            self.names.insert(name, (generation, row.id()));
        }
        Ok(row)
    }

    /// Reads rows, each behind what else its statement tells, and keeps them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read<K>(
        &self,
        db: &Db,
        select: SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<(K, Arc<T>)>,
    ) -> Result<Vec<(K, Arc<T>)>> {
        let (rows, generation) = db.stamped(select, decode).await?;
        self.keep(generation, rows.iter().map(|(_, row)| row));
        Ok(rows)
    }
}
