//! What articles can be asked by. Pure.

use crate::{category::CategoryBy, graphql::cursor::Fingerprint};
use async_graphql::{ID, InputObject, OneofObject};

/// Names one article. Give exactly one field.
#[derive(OneofObject, Clone, Debug)]
pub enum ArticleBy {
    /// Its global id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// The path at which the site shows it, percent-encoded or not, with or without the last slash.
    Path(String),
    /// Where it was first published.
    SourceUrl(String),
}

/// Which articles a list shows. A field that is null is as if absent; an empty filter lets everything pass.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ArticleWhere {
    /// Those of this category and its descendants, each once. A category that does not exist has none.
    pub in_category: Option<CategoryBy>,
}

impl ArticleWhere {
    /// Tells the cursors of lists under this filter from others.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&format!("articles, newest first: {:?}", self.in_category))
    }
}
