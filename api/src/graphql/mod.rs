//! What all features share on the way from a request to an answer. Knows no SQL.

mod admission;
pub mod answer;
pub mod api;
mod arguments;
pub mod connection;
pub mod context;
pub mod document;
mod documents;
pub mod errors;
pub mod id;
pub mod list;
mod measured;
pub mod node;
mod persisted;
mod plan;
pub mod resolution;
pub mod scalars;
mod schema;
mod trusted;
pub mod validation;

pub use schema::{Schema, schema, sdl};
