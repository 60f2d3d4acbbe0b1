//! Categories: a tree, in which a category is identified by its name and its parent.
//!
//! An article stands at the leaves of its chains; a category's list and count include what stands below it, each article
//! once. Categories exist for everyone, also with nothing published in them.

mod filter;
pub mod loader;
mod object;
mod order;
mod query;
pub mod store;
mod write;

pub use filter::{CategoryBy, CategoryWhere};
pub use object::Category;
pub use order::CategoryOrderField;
pub use query::CategoryQuery;
pub use store::CategoryRow;
pub(crate) use write::{ensure, lineage, prefixes};
