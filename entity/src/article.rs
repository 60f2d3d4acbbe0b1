//! One row an article: everything that a listing shows. What is long stands in [`body`](super::body).

use super::Timestamp;
use sea_orm::entity::prelude::*;

/// An article without its body.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    /// Never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Letters of any script, lower case; given once, kept for good.
    #[sea_orm(unique)]
    pub slug: String,
    /// Where the site shows it: percent-decoded, with a leading slash.
    #[sea_orm(unique)]
    pub path: String,
    /// Plain text.
    pub title: String,
    /// Plain text, only where the source gave one.
    pub excerpt: Option<String>,
    /// The first 1,000 characters of the paragraphs, so that a listing shows an excerpt without reading a body.
    pub opening: String,
    /// BCP 47.
    pub locale: String,
    /// Drafts are seen by preview readers alone; a scheduled article is no draft but has a `published_at` to come.
    pub is_draft: bool,
    /// What listings are ordered by.
    pub published_at: Timestamp,
    /// The author's date, not the server's.
    pub created_at: Timestamp,
    /// The author's date, not the server's.
    pub updated_at: Timestamp,
    /// Whether the site invites comments.
    pub comments_enabled: bool,
    /// Where the article was first published, if elsewhere.
    pub source_url: Option<String>,
    /// A CJK character counts as a word.
    pub word_count: i32,
    /// Starts at 1 and counts the changes.
    pub version: i32,
    /// A JSON object: front matter that has no column.
    pub extra: String,
    /// Articles of one `source_root` with the same key are translations of each other.
    pub translation_key: Option<String>,
    /// The imported folder; null where no file stands behind the article.
    pub source_root: Option<String>,
    /// The file's path under `source_root`, with `/`.
    pub source_path: Option<String>,
    /// Of the file's bytes and of the rules they were read by: an unchanged one is not imported again.
    pub source_digest: Option<String>,
    /// The slug, folded: without regard to case, width and script. So are the others of this kind.
    pub slug_folded: String,
    /// The path, folded.
    pub path_folded: String,
    /// The title, folded.
    pub title_folded: String,
    /// What the order of titles goes by: the beginning of the folded title.
    pub title_sort: String,
    /// What the order by pronunciation goes by.
    pub title_pinyin: String,
    /// The language, folded.
    pub locale_folded: String,
    /// The source's URL, folded.
    pub source_url_folded: Option<String>,
    /// The ids of its authors in their order, a JSON array: as in [`article_author`](super::article_author).
    pub author_ids: String,
    /// The ids of its own categories in their order, a JSON array: the leaves of [`article_category`](super::article_category).
    pub category_ids: String,
    /// The ids of its tags by their names, a JSON array: as in [`article_tag`](super::article_tag).
    pub tag_ids: String,
    /// Its long columns.
    #[sea_orm(has_one)]
    pub body: HasOne<super::body::Entity>,
    /// Its images as they stand in it.
    #[sea_orm(has_many)]
    pub figures: HasMany<super::figure::Entity>,
    /// Paths that it had.
    #[sea_orm(has_many)]
    pub earlier_paths: HasMany<super::earlier_path::Entity>,
    /// In the order of [`article_author`](super::article_author).
    #[sea_orm(has_many, via = "article_author")]
    pub authors: HasMany<super::author::Entity>,
    /// Ancestors included, see [`article_category`](super::article_category).
    #[sea_orm(has_many, via = "article_category")]
    pub categories: HasMany<super::category::Entity>,
    /// Unordered.
    #[sea_orm(has_many, via = "article_tag")]
    pub tags: HasMany<super::tag::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
