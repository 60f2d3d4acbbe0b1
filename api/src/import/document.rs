//! What an importer reads out of one file, whatever the dialect: plain values, nothing of the database.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value};
use thiserror::Error;

use super::{date::DateError, front_matter::FrontMatterError, normalise::TooDeep, permalink::Permalink, text::NotUtf8};
use crate::article::{AuthorDraft, BodyDraft, Picture};

/// A file as it was found.
#[derive(Debug, Clone, Copy)]
pub struct PostFile<'a> {
    /// Relative to the imported root, segments separated by `/`.
    pub path: &'a str,
    /// The whole content.
    pub bytes: &'a [u8],
}

/// What the site says about all its posts.
#[derive(Debug, Clone)]
pub struct SiteRules {
    /// In which a date without a zone is meant, and in which permalinks are built.
    pub timezone: Tz,
    /// The site's language, for example `en` or `zh-CN`.
    pub locale: String,
    /// Hexo's pattern of permalinks, by default `:year/:month/:day/:title/`.
    pub permalink: String,
}

/// A file that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What it says.
    pub document: Document,
    /// What its author would want to know, in the order of discovery.
    pub warnings: Vec<Warning>,
}

/// Something that was understood with a guess, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Counted from 1 in the file; none where it concerns the whole of it.
    pub line: Option<u32>,
    /// In the author's words.
    pub message: String,
}

/// Why a file is not imported, and what its author can do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The bytes are no UTF-8.
    #[error(transparent)]
    NotUtf8(#[from] NotUtf8),
    /// The front matter cannot be read.
    #[error(transparent)]
    FrontMatter(#[from] FrontMatterError),
    /// A date that is there and says nothing.
    #[error("`{key}`: {reason}")]
    Date {
        /// Where the key stands.
        line: u32,
        /// `date` or `updated`.
        key: &'static str,
        /// What is wrong with it.
        reason: DateError,
    },
    /// The body is nested beyond reason.
    #[error("{reason}")]
    TooDeep {
        /// Where the body begins.
        line: u32,
        /// What is wrong with it.
        reason: TooDeep,
    },
}

impl Refusal {
    /// Where in the file, counted from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        match self {
            Self::NotUtf8(NotUtf8 { line }) | Self::Date { line, .. } | Self::TooDeep { line, .. } => *line,
            Self::FrontMatter(error) => error.line(),
        }
    }
}

/// An article as its source tells it. Texts are NFC, without control characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Never empty.
    pub title: String,
    /// Segments of letters and digits joined by `/`, never empty. Not yet unique.
    pub slug: String,
    /// Of the page on the site: not percent-encoded, with a leading `/`. None where it depends on a date that the file
    /// lacks; then `permalink.at(date)` tells it.
    pub path: Option<String>,
    /// How `path` came about.
    pub permalink: Permalink,
    /// BCP 47.
    pub locale: String,
    /// Not to be shown in public.
    pub is_draft: bool,
    /// To the microsecond.
    pub published_at: Option<DateTime<Utc>>,
    /// To the microsecond.
    pub updated_at: Option<DateTime<Utc>>,
    /// True unless the source says otherwise.
    pub comments_enabled: bool,
    /// Where the text was first published: an absolute http(s) URL.
    pub source_url: Option<String>,
    /// Plain text as a reader sees it, given by a key or by a "more" marker.
    pub excerpt: Option<String>,
    /// In the order of the source, no name twice.
    pub authors: Vec<AuthorDraft>,
    /// Chains of names, the leaf last; no chain is repeated.
    pub categories: Vec<Vec<String>>,
    /// In the order of the source, none twice.
    pub tags: Vec<String>,
    /// The picture above the article.
    pub cover: Option<Picture>,
    /// The picture in lists.
    pub thumbnail: Option<Picture>,
    /// Normalised.
    pub body: BodyDraft,
    /// The body as its author wrote it.
    pub markdown: String,
    /// Front matter that has no field here, with its types and in its order.
    pub extra: Map<String, Value>,
}
