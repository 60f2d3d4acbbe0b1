//! What an importer reads out of one file, whatever the dialect: plain values, nothing of the database.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value};
use thiserror::Error;
use url::Url;

use super::{date::DateError, front_matter::FrontMatterError, normalise::TooDeep, text::NotUtf8};
use super::{
    dialect::Dialect,
    place::{Place, Shelf},
};
use crate::article::{AuthorDraft, BodyDraft, Naming, Picture};

/// A file as it was found.
#[derive(Debug, Clone, Copy)]
pub struct PostFile<'a> {
    /// Relative to the imported root, segments separated by `/`.
    pub path: &'a str,
    /// The whole content.
    pub bytes: &'a [u8],
    /// The date that it was given before, where it was imported before.
    pub known_date: Option<DateTime<Utc>>,
    /// When the file was last changed.
    pub changed_at: DateTime<Utc>,
    /// When it is imported.
    pub now: DateTime<Utc>,
}

/// What the site says about all its posts. Every file is read by it again when it changes.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteRules {
    /// Who wrote the posts, and what only that program's configuration tells.
    pub dialect: Dialect,
    /// In which a date without a zone is meant, and in which permalinks are built.
    pub timezone: Tz,
    /// The site's language, for example `en` or `zh-CN`.
    pub locale: String,
    /// Its address, with a last slash, where it is known.
    pub url: Option<Url>,
    /// What the paths and slugs of categories, authors and tags are made of.
    pub naming: Naming,
    /// Folders below the imported root whose files the site shows at its own root.
    pub statics: Vec<String>,
    /// Hosts whose frames a body may hold, sorted.
    pub frame_hosts: Vec<String>,
}

/// A site, as far as a single post has to know it.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// What holds for all posts.
    pub rules: &'a SiteRules,
    /// Every picture below the imported root.
    pub pictures: &'a BTreeSet<String>,
    /// Finds another post by the name by which the dialect refers to it.
    pub posts: &'a dyn Fn(&str) -> Option<PostLink>,
}

/// Where another post stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLink {
    /// Decoded.
    pub path: String,
    /// Its title.
    pub title: String,
}

impl<'a> Site<'a> {
    /// The surroundings of the post at this decoded path, with the folders in which its pictures may lie.
    #[must_use]
    pub fn place(&self, path: &str, beside: Vec<Shelf>) -> Place<'a> {
        Place::on_site(self.rules.url.as_ref(), path)
            .with_files(beside, &self.rules.statics, self.pictures)
            .with_frames(&self.rules.frame_hosts)
    }
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
    /// Of the page on the site: not percent-encoded, with a leading `/`.
    pub path: String,
    /// Other paths that lead to it, in the same form.
    pub earlier_paths: Vec<String>,
    /// Posts of one site with the same key are translations of each other.
    pub translation_key: Option<String>,
    /// BCP 47.
    pub locale: String,
    /// Not to be shown in public.
    pub is_draft: bool,
    /// To the microsecond.
    pub published_at: DateTime<Utc>,
    /// When it is to be hidden; what has expired is a draft.
    pub expires_at: Option<DateTime<Utc>>,
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
