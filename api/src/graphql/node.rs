//! The interfaces, and the lookup of anything by its global id.

use super::{
    context::Reader,
    id::{self, Kind},
};
use crate::{
    Error, Result,
    article::{Article, Columns, loader::ArticleById},
    author::{Author, loader::AuthorById},
    category::{Category, loader::CategoryById},
    image::{Image, loader::ImageById},
    tag::{Tag, loader::TagById},
};
use async_graphql::{ID, Interface};
use futures_util::future::try_join_all;

/// Anything that `node(id:)` finds.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Globally unique, opaque, stable."))]
pub enum Node {
    /// An article.
    Article(Article),
    /// A category.
    Category(Category),
    /// An author.
    Author(Author),
    /// A tag.
    Tag(Tag),
    /// An image.
    Image(Image),
}

/// What the site shows at a URL of its own.
#[expect(clippy::duplicated_attributes, reason = "two fields of one type")]
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Globally unique, opaque, stable."))]
#[graphql(field(
    name = "slug",
    ty = "String",
    desc = "Short name for URLs, unique among its type; letters of any script."
))]
#[graphql(field(name = "path", ty = "String", desc = "URL path on the site, percent-encoded."))]
pub enum Page {
    /// An article.
    Article(Article),
    /// A category.
    Category(Category),
    /// An author.
    Author(Author),
    /// A tag.
    Tag(Tag),
}

/// What an id names, if this reader may see it.
///
/// # Errors
/// When the database fails.
pub async fn find(reader: &Reader, id: &ID, columns: Columns) -> Result<Option<Node>> {
    Ok(match id::decode(id) {
        Some((Kind::Article, id)) => reader.load(ArticleById { id, columns }).await?.map(Node::Article),
        Some((Kind::Category, id)) => reader.load(CategoryById(id)).await?.map(Node::Category),
        Some((Kind::Author, id)) => reader.load(AuthorById(id)).await?.map(Node::Author),
        Some((Kind::Tag, id)) => reader.load(TagById(id)).await?.map(Node::Tag),
        Some((Kind::Image, id)) => reader.load(ImageById(id)).await?.map(Node::Image),
        _ => None,
    })
}

/// What each id names, in the order of the ids; one batch a type.
///
/// # Errors
/// When there are more ids than the limit allows, or the database fails.
pub async fn find_many(reader: &Reader, ids: &[ID], columns: Columns) -> Result<Vec<Option<Node>>> {
    let max = reader.app.limits().page;
    if ids.len() > max {
        return Err(Error::TooMany { field: "ids".into(), asked: ids.len(), max });
    }
    try_join_all(ids.iter().map(|id| find(reader, id, columns))).await
}
