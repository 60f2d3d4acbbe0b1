//! Articles: what the site publishes.
//!
//! A draft, or an article whose `published_at` is to come, does not exist for the public, in no list, count or lookup. Its
//! slug and id are given once and kept; a path that changes stays known as an earlier one. What is long stands in a table of
//! its own and is read only where it is asked for.

mod body;
mod calendar;
mod columns;
mod connection;
mod cover;
mod draft;
mod facets;
mod filter;
mod found;
pub mod listing;
pub mod loader;
mod naming;
mod object;
mod order;
pub mod pictures;
mod plan;
mod query;
pub mod row;
pub mod scope;
pub mod service;
mod sql;
mod status;
pub mod store;
mod write;

pub use columns::Columns;
pub use connection::{ArticleConnection, Selection};
pub use cover::without_cover;
pub use draft::{
    Author as AuthorDraft, Body as BodyDraft, Draft, Figure as FigureDraft, Heading, Origin, Picture, Save, SourceFile,
    Stored,
};
pub use filter::{ArticleBy, ArticleWhere};
pub use found::Searches;
pub use listing::ArticleArguments;
pub use loader::BodyColumn;
pub use naming::{Naming, Spelling};
pub use object::{Article, MAX_RELATED};
pub use order::ArticleOrderField;
pub use query::ArticleQuery;
pub use scope::Source;
