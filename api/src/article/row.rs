//! An article's row, and its decoding.

use super::columns::Columns;
use crate::{Error, Result, db::Row};
use entity::{Timestamp, article::Column};

/// An article as it was read: only the columns that were asked for.
#[derive(Debug, Default)]
#[expect(clippy::option_option, reason = "null and not read differ")]
pub struct ArticleRow {
    /// Always read.
    pub id: i64,
    /// Always read.
    pub is_draft: bool,
    /// Always read.
    pub published_at: Timestamp,
    pub(super) slug: Option<String>,
    pub(super) path: Option<String>,
    pub(super) title: Option<String>,
    pub(super) excerpt: Option<Option<String>>,
    pub(super) opening: Option<String>,
    pub(super) locale: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) comments_enabled: Option<bool>,
    pub(super) source_url: Option<Option<String>>,
    pub(super) extra: Option<String>,
    pub(super) version: Option<i32>,
    pub(super) word_count: Option<i32>,
}

impl ArticleRow {
    /// Its title, where that was read.
    ///
    /// # Errors
    /// When it was not.
    pub fn title(&self) -> Result<&str> {
        read(self.title.as_ref(), "title").map(String::as_str)
    }
}

/// Reads what [`sql`](super::sql) selects for these columns, in its order.
pub(super) fn decode(row: &mut Row<'_>, columns: Columns) -> Result<ArticleRow> {
    let mut article =
        ArticleRow { id: row.take()?, is_draft: row.take()?, published_at: row.take()?, ..ArticleRow::default() };
    for column in columns.iter() {
        match column {
            Column::Slug => article.slug = row.take()?,
            Column::Path => article.path = row.take()?,
            Column::Title => article.title = row.take()?,
            Column::Excerpt => article.excerpt = Some(row.take()?),
            Column::Opening => article.opening = row.take()?,
            Column::Locale => article.locale = row.take()?,
            Column::CreatedAt => article.created_at = row.take()?,
            Column::UpdatedAt => article.updated_at = row.take()?,
            Column::CommentsEnabled => article.comments_enabled = row.take()?,
            Column::SourceUrl => article.source_url = Some(row.take()?),
            Column::Extra => article.extra = row.take()?,
            Column::Version => article.version = row.take()?,
            Column::WordCount => article.word_count = row.take()?,
            _ => return Err(Error::ColumnNotRead("column of another use")),
        }
    }
    Ok(article)
}

/// A column that the look-ahead must have chosen.
pub(super) fn read<'a, T>(column: Option<&'a T>, name: &'static str) -> Result<&'a T> {
    column.ok_or(Error::ColumnNotRead(name))
}
