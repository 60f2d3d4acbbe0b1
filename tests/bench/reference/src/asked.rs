//! The operations of `tests/bench/serve/operations`, known by their names: no document is read.

use crate::text::{Cursor, Instant};
use serde::Deserialize;

/// The body of a request.
#[derive(Deserialize)]
#[serde(tag = "operationName", content = "variables")]
pub enum Asked {
    FrontPage { category: String },
    ArticlePage { path: String },
    FilteredList(Filter),
    DeepPage { after: Cursor },
    CategoryTree { first: i64 },
}

/// What the articles of a list have.
#[derive(Deserialize)]
pub struct Filter {
    /// A part of their title.
    pub title: String,
    /// When they were published, at the earliest.
    pub from: Instant,
    /// They were published before.
    pub until: Instant,
    /// The slugs of those who may have written them.
    pub authors: Vec<String>,
}
