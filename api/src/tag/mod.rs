//! Tags: flat labels, identified by their name.
//!
//! For the public a tag exists while a published article bears it.

mod filter;
pub mod loader;
mod object;
mod order;
mod query;
pub mod store;
mod write;

pub use filter::{TagBy, TagWhere};
pub use object::Tag;
pub use order::TagOrderField;
pub use query::TagQuery;
pub use store::TagRow;
pub(crate) use write::ensure;
