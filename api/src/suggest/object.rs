//! `Suggestion` as clients see it.

use super::{Kind, choice::choose, keys, store};
use crate::{
    Result,
    article::Columns,
    graphql::{
        context::Reader,
        id::Kind as Id,
        node::{self, Node, Page},
    },
};
use async_graphql::SimpleObject;
use futures_util::future::try_join_all;

/// Something that a reader may mean who has typed only a part.
#[derive(SimpleObject)]
pub struct Suggestion {
    /// The title of the article, or the name of the category, author or tag, as it is written: plain text. It need not begin with what
    /// was typed letter by letter: `msk` finds `莫斯科`.
    text: String,
    /// What it is; its `path` is where the site shows it.
    node: Page,
}

/// What the reader may see that starts with what was typed.
///
/// # Errors
/// When the database fails.
pub(super) async fn suggest(reader: &Reader, typed: &str, first: usize, columns: Columns) -> Result<Vec<Suggestion>> {
    let prefix = keys::typed(typed);
    if prefix.is_empty() || first == 0 {
        return Ok(Vec::new());
    }
    let found = store::starting_with(&reader.db, reader.audience, &prefix, first).await?;
    let ids = choose(found, &prefix, first).into_iter().map(|found| {
        let kind = match found.kind {
            Kind::Category => Id::Category,
            Kind::Author => Id::Author,
            Kind::Tag => Id::Tag,
            Kind::Article => Id::Article,
        };
        kind.id(found.owner_id)
    });
    let columns = columns.with_title();
    let nodes = try_join_all(ids.map(async |id| node::find(reader, &id, columns).await)).await?;
    nodes.into_iter().flatten().filter_map(suggestion).collect()
}

fn suggestion(node: Node) -> Option<Result<Suggestion>> {
    let (text, node) = match node {
        Node::Article(article) => (article.0.title().map(str::to_owned), Page::Article(article.clone())),
        Node::Category(category) => (Ok(category.0.name.clone()), Page::Category(category)),
        Node::Author(author) => (Ok(author.0.name.clone()), Page::Author(author)),
        Node::Tag(tag) => (Ok(tag.0.name.clone()), Page::Tag(tag)),
        Node::Image(_) => return None,
    };
    Some(text.map(|text| Suggestion { text, node }))
}
