//! What tags can be asked by. Pure.

use async_graphql::{ID, OneofObject};

/// Names one tag. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum TagBy {
    /// Its global id.
    Id(ID),
    /// Its slug.
    Slug(String),
}
