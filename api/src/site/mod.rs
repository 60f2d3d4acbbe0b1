//! The site as a whole, and who is asking about it.

mod loader;
mod object;
pub mod store;

pub use object::SiteQuery;
