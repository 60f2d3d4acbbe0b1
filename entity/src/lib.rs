//! The tables as Rust types. Knows SeaORM and nothing else; a column becomes public only by being written into a GraphQL
//! object of the `api` crate.

pub mod article;
pub mod article_author;
pub mod article_category;
pub mod article_count;
pub mod article_tag;
pub mod author;
pub mod body;
pub mod category;
pub mod category_closure;
pub mod content_generation;
pub mod earlier_path;
pub mod figure;
pub mod folding;
pub mod image;
pub mod search_document;
pub mod search_page;
pub mod search_segment;
pub mod search_state;
pub mod site;
pub mod site_file;
pub mod source_file;
pub mod suggestion;
pub mod tag;
mod timestamp;

pub use timestamp::Timestamp;
