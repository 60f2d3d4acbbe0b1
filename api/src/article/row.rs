//! An article's row, and its decoding.

use super::{columns::Columns, object::ArticleStatus};
use crate::{Error, Result, audience::Audience, db::Row, path, text};
use entity::{Timestamp, article::Column};
use std::sync::Arc;

/// How long an excerpt is where nothing is said.
const EXCERPT: usize = 160;

/// Characters of an opening that an excerpt of the usual length needs.
pub(super) const EXCERPT_NEEDS: usize = EXCERPT + text::AHEAD;

/// The longest excerpt that can be asked for: as much text as stands beside the article's title.
const MAX_EXCERPT: usize = 1_000;

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
    pub(super) author_ids: Option<Ids>,
    pub(super) category_ids: Option<Ids>,
    pub(super) tag_ids: Option<Ids>,
}

/// The ids of what an article is linked to, in its order, as its row holds them.
#[derive(Debug)]
pub(super) struct Ids(Vec<i64>);

impl Ids {
    fn parse(json: &str) -> Result<Self> {
        let corrupt = |source| Error::Corrupt { what: "ids of an article's row", source: Arc::new(source) };
        serde_json::from_str(json).map(Self).map_err(corrupt)
    }

    fn as_slice(&self) -> &[i64] {
        &self.0
    }
}

/// What was not read can not be told: that is an error of each of these.
#[expect(clippy::missing_errors_doc, reason = "they have the one above")]
impl ArticleRow {
    /// Short name for URLs.
    pub fn slug(&self) -> Result<&str> {
        read(self.slug.as_ref(), "slug").map(String::as_str)
    }

    /// Where the site shows it, percent-encoded.
    pub fn path(&self) -> Result<String> {
        self.stored_path().map(path::encode)
    }

    /// The same as it is stored.
    pub fn stored_path(&self) -> Result<&str> {
        read(self.path.as_ref(), "path").map(String::as_str)
    }

    /// The headline.
    pub fn title(&self) -> Result<&str> {
        read(self.title.as_ref(), "title").map(String::as_str)
    }

    /// The excerpt of its source, or so many characters of the text. More than 1,000 are an error.
    pub fn excerpt(&self, length: Option<i32>) -> Result<&str> {
        let length = length.map_or(Ok(EXCERPT), usize::try_from).map_err(|_| Error::Invalid {
            field: "length".into(),
            problem: format!("negative; ask for 0 to {MAX_EXCERPT} characters"),
        })?;
        if length > MAX_EXCERPT {
            return Err(Error::TooMany { field: "length".into(), asked: length, max: MAX_EXCERPT });
        }
        Ok(match read(self.excerpt.as_ref(), "excerpt")? {
            Some(given) => given,
            None => text::cut_folded(read(self.opening.as_ref(), "opening")?, length),
        })
    }

    /// BCP 47.
    pub fn locale(&self) -> Result<&str> {
        read(self.locale.as_ref(), "locale").map(String::as_str)
    }

    /// Where it is on its way to the reader.
    #[must_use]
    pub fn status(&self, audience: Audience) -> ArticleStatus {
        if self.is_draft {
            ArticleStatus::Draft
        } else if self.published_at > audience.now {
            ArticleStatus::Scheduled
        } else {
            ArticleStatus::Published
        }
    }

    /// The author's date.
    pub fn created_at(&self) -> Result<Timestamp> {
        read(self.created_at.as_ref(), "created_at").copied()
    }

    /// The author's date.
    pub fn updated_at(&self) -> Result<Timestamp> {
        read(self.updated_at.as_ref(), "updated_at").copied()
    }

    /// Whether the site invites comments.
    pub fn comments_enabled(&self) -> Result<bool> {
        read(self.comments_enabled.as_ref(), "comments_enabled").copied()
    }

    /// Where it was first published, if elsewhere.
    pub fn source_url(&self) -> Result<Option<&str>> {
        read(self.source_url.as_ref(), "source_url").map(Option::as_deref)
    }

    /// Counts the changes.
    pub fn version(&self) -> Result<i32> {
        read(self.version.as_ref(), "version").copied()
    }

    /// A CJK character counts as a word.
    pub fn word_count(&self) -> Result<i32> {
        read(self.word_count.as_ref(), "word_count").copied()
    }

    /// How long reading takes, at least 1: 500 characters a minute in Chinese, Japanese and Korean, else 212 words.
    pub fn reading_minutes(&self) -> Result<i32> {
        let locale = self.locale()?;
        let is_cjk = ["zh", "ja", "ko"].iter().any(|language| locale.starts_with(language));
        let a_minute = if is_cjk { 500 } else { 212 };
        Ok(self.word_count()?.unsigned_abs().div_ceil(a_minute).max(1).cast_signed())
    }

    /// The ids of its authors, in its order.
    pub fn author_ids(&self) -> Result<&[i64]> {
        read(self.author_ids.as_ref(), "author_ids").map(Ids::as_slice)
    }

    /// The ids of its own categories, in its order.
    pub fn category_ids(&self) -> Result<&[i64]> {
        read(self.category_ids.as_ref(), "category_ids").map(Ids::as_slice)
    }

    /// The ids of its tags, by their names.
    pub fn tag_ids(&self) -> Result<&[i64]> {
        read(self.tag_ids.as_ref(), "tag_ids").map(Ids::as_slice)
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
            Column::AuthorIds => article.author_ids = Some(row.text(Ids::parse)?),
            Column::CategoryIds => article.category_ids = Some(row.text(Ids::parse)?),
            Column::TagIds => article.tag_ids = Some(row.text(Ids::parse)?),
            _ => return Err(Error::ColumnNotRead("column of another use")),
        }
    }
    Ok(article)
}

/// A column that the look-ahead must have chosen.
pub(super) fn read<'a, T>(column: Option<&'a T>, name: &'static str) -> Result<&'a T> {
    column.ok_or(Error::ColumnNotRead(name))
}
