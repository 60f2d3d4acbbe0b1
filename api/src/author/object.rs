//! `Author` as clients see it.

use super::store::{self, AuthorRow, Key};
use crate::{
    Nullable, Result,
    article::{
        Article, listing,
        loader::ArticleCountOf,
        scope::{Link, Scope},
    },
    graphql::{
        connection::{Connection, Listed},
        context::{ContextExt, Reader},
        id::Kind,
        scalars::Url,
    },
    image::{Image, loader::ImageById},
    path,
};
use async_graphql::{Context, ID, Object};
use std::sync::Arc;

/// An author as it was read.
#[derive(Clone)]
pub struct Author(pub Arc<AuthorRow>);

impl Author {
    fn scope(&self) -> Scope {
        Scope { link: Link::Author, id: self.0.id }
    }
}

/// Someone who writes articles.
#[Object]
impl Author {
    /// Globally unique, opaque, stable.
    pub(crate) async fn id(&self) -> ID {
        Kind::Author.id(self.0.id)
    }

    /// Short name for URLs, unique among authors; letters of any script.
    pub(crate) async fn slug(&self) -> String {
        self.0.slug.clone()
    }

    /// Where the site shows the author, percent-encoded, e.g. `/authors/slug/`.
    pub(crate) async fn path(&self) -> String {
        path::encode(&self.0.path)
    }

    /// As articles write it, e.g. `Ada Merrow`.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// A few words about the author, plain text; null where no source gives any.
    fn bio(&self) -> Option<&str> {
        self.0.bio.as_deref()
    }

    /// Null where no source gives one.
    fn website(&self) -> Option<Url> {
        self.0.website.clone().map(Url)
    }

    /// A portrait; null where no source gives one.
    async fn avatar(&self, ctx: &Context<'_>) -> Nullable<Image> {
        ctx.reader().load(ImageById(self.0.avatar_id?)).await.transpose()
    }

    /// The author's published articles, newest first.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Article>> {
        listing::of(ctx, self.scope(), first, after.as_deref()).await
    }

    /// How many articles of the author are published.
    async fn article_count(&self, ctx: &Context<'_>) -> Result<i32> {
        listing::count(ctx, ArticleCountOf(self.scope())).await
    }
}

impl Listed for Author {
    type List = ();
    type Key = Key;

    fn key(&self) -> Key {
        (self.0.name.clone(),)
    }

    async fn count(reader: &Reader, (): &()) -> Result<i64> {
        store::count(&reader.db).await
    }

    async fn has_through(reader: &Reader, (): &(), key: &Key) -> Result<bool> {
        store::has_through(&reader.db, key).await
    }
}
