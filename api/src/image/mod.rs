//! Images, one for each original URL, and figures: images as they stand in articles.
//!
//! An image that is a file of an imported folder has a copy in the media folder: see [`media`](crate::media).
//!
//! For the public an image exists while a published article shows it or an author bears it.

mod figure;
mod filter;
pub mod loader;
mod object;
mod order;
mod query;
pub mod store;
mod write;

pub(crate) use entity::image::Model as Row;
pub use figure::Figure;
pub use filter::ImageWhere;
pub use object::Image;
pub use order::ImageOrderField;
pub use query::ImageQuery;
pub(crate) use write::{Sighting, ensure, is_shown, of_root, refresh, relocate};
