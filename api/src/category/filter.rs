//! What categories can be asked by. Pure.

use async_graphql::{ID, OneofObject};

/// Names one category. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum CategoryBy {
    /// Its global id.
    Id(ID),
    /// Its slug, which holds those of its ancestors, e.g. `craft/printing`.
    Slug(String),
    /// The path at which the site shows it, percent-encoded or not, with or without the last slash.
    Path(String),
    /// Names from the root, itself last, e.g. `["Craft", "Printing"]`.
    Names(Vec<String>),
}
