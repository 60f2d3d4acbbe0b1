//! Full-text search: every word of a query stands, wherever it does, in the title or the text of what is found, in any script.
//!
//! The index is our own, in ordinary rows of either database, and its answers are computed here: the same on both, to the last digit of a
//! score. See `docs/search-internals.md`. This module knows articles by their ids alone; what lists make of a search stands in
//! `article/found.rs`.

mod evaluate;
pub mod fold;
mod groups;
pub mod highlight;
mod index;
mod matches;
mod plan;
mod query;
mod related;
mod relax;
mod words;

pub use self::{
    evaluate::Hit,
    fold::folded,
    groups::{Lists, groups, owned},
    index::{
        compare, put, reindex, remove,
        store::Memory,
        terms::{Key, Kind},
    },
    matches::{Asking, Matches, Searched, matches},
    query::{MOST_TERMS, SearchQuery},
    related::{Subject, related},
};

/// Raised whenever the same text would be indexed to something else, or is packed in another way, or is suggested under another key
/// (`suggest`). Everything is indexed anew then, before the next command goes on.
pub const VERSION: i32 = 1;
