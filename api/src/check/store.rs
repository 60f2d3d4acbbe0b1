//! What a check asks the database.

use super::{
    found::{Found, TOLD},
    sql::Check,
};
use crate::Result;
use entity::{article, body, image};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use std::collections::HashSet;

/// What the database says of its own pages and indexes. PostgreSQL keeps that to itself.
///
/// # Errors
/// When the database fails.
pub async fn broken(db: &impl ConnectionTrait) -> Result<Found> {
    let backend = db.get_database_backend();
    let mut found = Found::default();
    if backend == DbBackend::Sqlite {
        // Not `foreign_key_check`: the same is found, and named, on both databases.
        for row in db.query_all_raw(Statement::from_string(backend, "PRAGMA integrity_check")).await? {
            let what: String = row.try_get_by_index(0)?;
            if what != "ok" {
                found.add(what);
            }
        }
    }
    Ok(found)
}

/// The first rows of a check, and how many there are.
///
/// # Errors
/// When the database fails.
pub async fn found(db: &impl ConnectionTrait, check: &Check) -> Result<Found> {
    let sql =
        format!("SELECT what, count(*) OVER () FROM ({}) found ORDER BY found.id, found.what LIMIT {TOLD}", check.sql);
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let count: i64 = rows.first().map(|row| row.try_get_by_index(1)).transpose()?.unwrap_or_default();
    let lines = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, DbErr>>()?;
    Ok(Found::of(lines, usize::try_from(count).unwrap_or_default()))
}

/// What is counted and packed of an article.
pub struct Texts {
    pub id: i64,
    pub path: String,
    pub word_count: i32,
    pub extra: String,
    pub text: String,
    pub headings: String,
}

/// Of the next articles that have a body, by id.
///
/// # Errors
/// When the database fails.
pub async fn texts(db: &impl ConnectionTrait, after: i64, most: u64) -> Result<Vec<Texts>> {
    use article::Column::{Extra, Id, Path, WordCount};
    let select = article::Entity::find().inner_join(body::Entity).select_only().columns([Id]).column(Path);
    let select = select.columns([WordCount]).column(Extra).columns([body::Column::Text, body::Column::Headings]);
    let select = select.filter(Id.gt(after)).order_by_asc(Id).limit(most);
    let rows: Vec<(i64, String, i32, String, String, String)> = select.into_tuple().all(db).await?;
    let texts = |(id, path, word_count, extra, text, headings)| Texts { id, path, word_count, extra, text, headings };
    Ok(rows.into_iter().map(texts).collect())
}

/// An image of which there is a copy.
pub struct Copied {
    pub id: i64,
    pub original_url: String,
    pub media: String,
    pub bytes: i32,
}

/// The next images that have a copy, by id.
///
/// # Errors
/// When the database fails.
pub async fn copied(db: &impl ConnectionTrait, after: i64, most: u64) -> Result<Vec<Copied>> {
    use image::Column::{Bytes, Id, Media, OriginalUrl};
    let select = image::Entity::find().select_only().columns([Id, OriginalUrl, Media, Bytes]);
    let select = select.filter(Id.gt(after)).filter(Media.is_not_null()).filter(Bytes.is_not_null());
    let rows: Vec<(i64, String, String, i32)> = select.order_by_asc(Id).limit(most).into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, original_url, media, bytes)| Copied { id, original_url, media, bytes }).collect())
}

/// Which of these names of copies an image has.
///
/// # Errors
/// When the database fails.
pub async fn named(db: &impl ConnectionTrait, names: &[String]) -> Result<HashSet<String>> {
    use image::Column::Media;
    let select = image::Entity::find().select_only().column(Media).filter(Media.is_in(names));
    let found: Vec<Option<String>> = select.into_tuple().all(db).await?;
    Ok(found.into_iter().flatten().collect())
}
