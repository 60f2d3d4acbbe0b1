//! What a path of the site leads to.

use super::{
    context::Reader,
    id::Kind,
    node::{self, Node},
};
use crate::{
    Result,
    article::{Article, Columns, store},
    author::Author,
    category::Category,
    path,
    tag::Tag,
};
use async_graphql::{SimpleObject, Union};

/// What a path of the site leads to.
#[derive(Union)]
pub enum Resolution {
    /// An article has it.
    Article(Article),
    /// A category has it.
    Category(Category),
    /// An author has it.
    Author(Author),
    /// A tag has it.
    Tag(Tag),
    /// An article had it.
    Redirect(Redirect),
}

/// An old path, and where what had it is today.
#[derive(SimpleObject)]
pub struct Redirect {
    /// The path of today, percent-encoded.
    to: String,
    /// For the answer to a browser: 301, moved for good.
    status_code: i32,
}

/// What has this path today, else where what had it is.
///
/// # Errors
/// When the database fails.
pub async fn of_path(reader: &Reader, path: &str, columns: Columns) -> Result<Option<Resolution>> {
    let Some(found) = store::resolve(&reader.db, reader.audience, path).await? else {
        return Ok(None);
    };
    if let Some(today) = found.today {
        return Ok(Some(Resolution::Redirect(Redirect { to: path::encode(&today), status_code: 301 })));
    }
    let kind = match found.kind.as_str() {
        "article" => Kind::Article,
        "category" => Kind::Category,
        "author" => Kind::Author,
        _ => Kind::Tag,
    };
    let node = node::find(reader, &kind.id(found.id), columns).await?;
    Ok(node.and_then(|node| match node {
        Node::Article(article) => Some(Resolution::Article(article)),
        Node::Category(category) => Some(Resolution::Category(category)),
        Node::Author(author) => Some(Resolution::Author(author)),
        Node::Tag(tag) => Some(Resolution::Tag(tag)),
        Node::Image(_) => None,
    }))
}
