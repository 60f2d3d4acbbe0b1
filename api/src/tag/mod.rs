//! Tags: flat labels, identified by their name.
//!
//! For the public a tag exists while a published article bears it.

pub mod loader;
mod object;
mod query;
mod store;
mod write;

pub use object::Tag;
pub use query::{TagBy, TagQuery};
pub(crate) use write::ensure;
