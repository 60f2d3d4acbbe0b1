//! An article as the database has it: plain values.

use crate::article::{AuthorDraft, Picture};
use entity::Timestamp;
use serde_json::{Map, Value};

/// Everything of one article that a file can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its row.
    pub id: i64,
    /// Unique.
    pub slug: String,
    /// Decoded, with a leading slash.
    pub path: String,
    /// Never empty.
    pub title: String,
    /// Plain text.
    pub excerpt: Option<String>,
    /// BCP 47.
    pub locale: String,
    /// Not to be shown in public.
    pub is_draft: bool,
    /// What listings are ordered by.
    pub published_at: Timestamp,
    /// What stands for a date of change that a file does not give.
    pub created_at: Timestamp,
    /// The author's date.
    pub updated_at: Timestamp,
    /// Whether the site invites comments.
    pub comments_enabled: bool,
    /// Where it was first published.
    pub source_url: Option<String>,
    /// Front matter that has no field.
    pub extra: Map<String, Value>,
    /// Normalised HTML.
    pub html: String,
    /// The body as its source wrote it.
    pub markdown: String,
    /// In order.
    pub authors: Vec<AuthorDraft>,
    /// Chains of names in order, the leaf last.
    pub categories: Vec<Vec<String>>,
    /// By name.
    pub tags: Vec<String>,
    /// Other paths that lead to it, decoded, in order.
    pub earlier_paths: Vec<String>,
    /// What it has in common with its translations.
    pub translation_key: Option<String>,
    /// The picture at the head.
    pub cover: Option<Picture>,
    /// The picture in lists.
    pub thumbnail: Option<Picture>,
    /// Where the file that it came from stood below its root.
    pub source_path: Option<String>,
    /// The file that it came from, where nothing has changed the article since.
    pub file: Option<StoredFile>,
}

/// A file as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Whose front matter it has.
    pub dialect: String,
    /// Byte for byte.
    pub content: Vec<u8>,
}
