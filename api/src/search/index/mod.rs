//! The index itself: what is written into it, how, and reading it again. Knows nothing about queries.
//!
//! [`terms`] says what of a text is indexed, [`postings`] and [`documents`] how it is packed, [`segment`] puts it together; `write` and
//! `merge` store it, `compare` holds it against the articles, `source` and [`reindex`] say what of; [`store`] reads it.

mod compare;
pub mod documents;
mod merge;
pub mod postings;
pub mod reindex;
pub mod segment;
mod source;
mod sql;
pub mod store;
pub mod terms;
mod write;

pub use self::{
    compare::compare,
    write::{put, remove},
};
