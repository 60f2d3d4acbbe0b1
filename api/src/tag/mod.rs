//! Tags: flat labels, identified by their name.
//!
//! For the public a tag exists while a published article bears it.

mod filter;
pub mod loader;
mod object;
mod query;
mod store;
mod write;

pub use filter::TagBy;
pub use object::Tag;
pub use query::TagQuery;
pub(crate) use write::ensure;
