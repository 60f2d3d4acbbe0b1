//! `Tag` as clients see it.

use super::store::{self, Key, TagRow};
use crate::{
    Result,
    article::{
        Article, listing,
        loader::ArticleCountOf,
        scope::{Link, Scope},
    },
    graphql::{
        connection::{Connection, Listed},
        context::Reader,
        id::Kind,
    },
    path,
};
use async_graphql::{Context, ID, Object};
use std::sync::Arc;

/// A tag as it was read.
#[derive(Clone)]
pub struct Tag(pub Arc<TagRow>);

impl Tag {
    fn scope(&self) -> Scope {
        Scope { link: Link::Tag, id: self.0.id }
    }
}

/// A label that articles share.
#[Object]
impl Tag {
    /// Globally unique, opaque, stable.
    pub(crate) async fn id(&self) -> ID {
        Kind::Tag.id(self.0.id)
    }

    /// Short name for URLs, unique among tags; letters of any script.
    pub(crate) async fn slug(&self) -> String {
        self.0.slug.clone()
    }

    /// Where the site shows it, percent-encoded, e.g. `/tags/slug/`.
    pub(crate) async fn path(&self) -> String {
        path::encode(&self.0.path)
    }

    /// As articles write it.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The published articles that bear it, newest first.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Article>> {
        listing::of(ctx, self.scope(), first, after.as_deref()).await
    }

    /// How many published articles bear it.
    async fn article_count(&self, ctx: &Context<'_>) -> Result<i32> {
        listing::count(ctx, ArticleCountOf(self.scope())).await
    }
}

impl Listed for Tag {
    type List = ();
    type Key = Key;

    fn key(&self) -> Key {
        (self.0.name.clone(),)
    }

    async fn count(reader: &Reader, (): &()) -> Result<i64> {
        store::count(&reader.db, reader.audience).await
    }

    async fn has_through(reader: &Reader, (): &(), key: &Key) -> Result<bool> {
        store::has_through(&reader.db, reader.audience, key).await
    }
}
