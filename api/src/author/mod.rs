//! Authors: who writes, identified by the name. They exist for everyone, also before anything of theirs is published.

mod filter;
pub mod loader;
mod object;
mod query;
mod store;
mod write;

pub use filter::AuthorBy;
pub use object::Author;
pub use query::AuthorQuery;
pub(crate) use write::ensure;
