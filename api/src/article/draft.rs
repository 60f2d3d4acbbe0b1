//! An article as it is to be stored: plain values, nothing of the database, nothing of where it comes from.

use entity::Timestamp;
use serde::{Deserialize, Serialize};

/// What is to be stored of one article. Texts are NFC, without control characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Never empty.
    pub title: String,
    /// Segments of letters and digits joined by `/`, never empty. Not yet unique.
    pub slug: String,
    /// Percent-decoded, with a leading slash. Unique.
    pub path: String,
    /// BCP 47.
    pub locale: String,
    /// Not to be shown in public.
    pub is_draft: bool,
    /// What listings are ordered by.
    pub published_at: Timestamp,
    /// The author's date.
    pub created_at: Timestamp,
    /// The author's date.
    pub updated_at: Timestamp,
    /// Whether the site invites comments.
    pub comments_enabled: bool,
    /// Absolute.
    pub source_url: Option<String>,
    /// Plain text as given.
    pub excerpt: Option<String>,
    /// In order, no name twice.
    pub authors: Vec<Author>,
    /// Chains of names, the leaf last; no chain is repeated.
    pub categories: Vec<Vec<String>>,
    /// None twice.
    pub tags: Vec<String>,
    /// The picture at the head.
    pub cover: Option<Picture>,
    /// The picture in lists.
    pub thumbnail: Option<Picture>,
    /// Normalised.
    pub body: Body,
    /// The body as the source wrote it.
    pub markdown: String,
    /// A JSON object.
    pub extra: String,
    /// Decoded paths that lead to it besides its own.
    pub earlier_paths: Vec<String>,
    /// Articles of one origin that have the same key are translations of each other.
    pub translation_key: Option<String>,
    /// The file behind it, if one is.
    pub origin: Option<Origin>,
    /// What that file holds, to be given back as it was.
    pub file: Option<SourceFile>,
}

impl Draft {
    /// Whether preview readers alone see it, as long as it stays as it is.
    #[must_use]
    pub fn is_hidden(&self, now: Timestamp) -> bool {
        self.is_draft || self.published_at > now
    }
}

/// The bytes of a file that an article came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Whose front matter it has: `hexo`, `jekyll` or `hugo`.
    pub dialect: &'static str,
    /// All of them.
    pub content: Vec<u8>,
}

/// An article to be stored: a new one, or the next version of one.
#[derive(Debug, Clone)]
pub struct Save {
    /// The article that it replaces, if one.
    pub replaces: Option<Stored>,
    /// What it is to be.
    pub draft: Draft,
}

/// What is known of a stored article before it is replaced.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its row.
    pub id: i64,
    /// Kept where the draft asks for the same one.
    pub slug: String,
    /// Becomes an earlier path where the draft's differs.
    pub path: String,
    /// Counted up.
    pub version: i32,
}

/// A file that is an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The imported folder.
    pub root: String,
    /// Below it, with `/`.
    pub path: String,
    /// Of its bytes; behind `:` of the rules they were read by; behind `~` of what else was looked at, where something was;
    /// behind `@` the instant in microseconds at which the same bytes say something else, where there is one.
    pub digest: String,
}

impl Origin {
    /// The digest of a file that says the same until an instant.
    #[must_use]
    pub fn until(self, instant: Timestamp) -> Self {
        Self { digest: format!("{}@{}", self.digest, instant.0), ..self }
    }

    /// The digest of a file that says something else when other files do.
    #[must_use]
    pub fn seeing(self, others: &str) -> Self {
        Self { digest: format!("{}~{others}", self.digest), ..self }
    }

    /// Whether the files have the same bytes.
    #[must_use]
    pub fn has_bytes_of(&self, other: &Self) -> bool {
        self.digest.split([':', '~', '@']).next() == other.digest.split([':', '~', '@']).next()
    }

    /// Whether a file of this digest says what it said without being read again.
    #[must_use]
    pub fn is_still(&self, digest: &str, now: Timestamp) -> bool {
        let (known, end) = self.digest.split_once('@').unwrap_or((&self.digest, ""));
        known == digest && end.parse().map_or(end.is_empty(), |end: i64| now.0 < end)
    }
}

/// An author as a source names one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// Never empty.
    pub name: String,
    /// Plain text.
    pub bio: Option<String>,
    /// An absolute http(s) URL.
    pub website: Option<String>,
    /// A portrait.
    pub avatar: Option<Picture>,
}

/// A picture as far as markup tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Without the arguments that only resize it; absolute, or from the site's root where the site's address is not known.
    pub original_url: String,
    /// The file that it is, below the imported root; where it should be if it is not there.
    pub file: Option<String>,
    /// In pixels; told by markup, not measured. Both or none.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
}

/// A body in its one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Sanitised HTML. Every `<img>` has `data-figure="N"`, N being its place in `figures`; what is left out of a body
    /// without its cover has `data-cover=""`.
    pub html: String,
    /// Plain text; a line for each block.
    pub text: String,
    /// The first 1,000 characters of the paragraphs, in one line.
    pub opening: String,
    /// In reading order.
    pub headings: Vec<Heading>,
    /// A CJK character counts as one word.
    pub word_count: i32,
    /// Pictures in reading order; the position of one is its index.
    pub figures: Vec<Figure>,
}

/// A heading with text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: i32,
    /// In one line.
    pub text: String,
    /// The heading's `id` in the HTML, unique within the body.
    pub anchor: String,
}

/// A picture as it stands in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is shown.
    pub image: Picture,
    /// Instead of the picture; empty where nothing was given.
    pub alt: String,
    /// Without the credit.
    pub caption: Option<String>,
    /// Who made the picture.
    pub credit: Option<String>,
    /// Whether it is the article's cover; at most one is.
    pub is_cover: bool,
}
