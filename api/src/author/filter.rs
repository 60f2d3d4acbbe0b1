//! What authors can be asked by. Pure.

use async_graphql::{ID, OneofObject};

/// Names one author. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum AuthorBy {
    /// Its global id.
    Id(ID),
    /// Its slug.
    Slug(String),
}
