//! Full-text search: every word of a query stands, wherever it does, in the title or the text of what is found, in any script.
//!
//! The index is our own, in ordinary rows of either database, and its answers are computed here: the same on both, to the last digit of a
//! score. See `docs/search-internals.md`. This module knows articles by their ids alone; what lists make of a search stands in
//! `article/found.rs`.

mod documents;
mod evaluate;
mod fold;
mod groups;
pub mod highlight;
mod index;
mod matches;
mod merge;
mod plan;
mod postings;
mod query;
pub mod reindex;
mod related;
mod relax;
mod segment;
mod source;
mod sql;
mod store;
mod terms;
mod words;

pub use self::{
    evaluate::Hit,
    fold::folded,
    groups::{groups, owned},
    index::{put, remove},
    matches::{Asking, Matches, Searched, matches},
    query::SearchQuery,
    related::{Subject, related},
    store::Memory,
    terms::{Key, Kind},
};

/// Raised whenever the same text would be indexed to something else, or is packed in another way. Everything is indexed anew then, before
/// the next command goes on.
pub const VERSION: i32 = 1;

/// The longest query, in characters.
pub const MAX_QUERY: usize = 256;
