//! Authors: who writes, identified by the name. They exist for everyone, also before anything of theirs is published.

pub mod loader;
mod object;
mod query;
mod store;
mod write;

pub use object::Author;
pub use query::{AuthorBy, AuthorQuery};
pub(crate) use write::ensure;
