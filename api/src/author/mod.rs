//! Authors: who writes, identified by the name. They exist for everyone, also before anything of theirs is published.

mod filter;
pub mod loader;
mod object;
mod order;
mod query;
pub mod store;
mod write;

pub use filter::{AuthorBy, AuthorWhere};
pub use object::Author;
pub use order::AuthorOrderField;
pub use query::AuthorQuery;
pub use store::AuthorRow;
pub(crate) use write::ensure;
