//! The site as a whole, and who is asking about it.

mod about;
mod loader;
mod object;
pub mod store;
mod zone;

pub use about::About;
pub use object::SiteQuery;
pub use zone::ZoneCache;
