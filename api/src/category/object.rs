//! `Category` as clients see it.

use super::{
    loader::{AncestorsOf, CategoryById, ChildrenOf},
    store::{self, CategoryRow, Key},
};
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
    },
    path,
};
use async_graphql::{Context, ID, Object};
use entity::category::SEPARATOR;
use std::sync::Arc;

/// A category as it was read.
#[derive(Clone)]
pub struct Category(pub Arc<CategoryRow>);

impl Category {
    fn scope(&self, descendants: Option<bool>) -> Scope {
        let link = if descendants == Some(false) { Link::CategoryAlone } else { Link::Category };
        Scope { link, id: self.0.id }
    }
}

/// A node of the tree into which articles are sorted.
#[Object]
impl Category {
    /// Globally unique, opaque, stable.
    pub(crate) async fn id(&self) -> ID {
        Kind::Category.id(self.0.id)
    }

    /// Short name for URLs, unique among categories, with those of its ancestors, e.g. `craft/printing`.
    pub(crate) async fn slug(&self) -> String {
        self.0.slug.clone()
    }

    /// Where the site shows it, percent-encoded, e.g. `/categories/craft/printing/`.
    pub(crate) async fn path(&self) -> String {
        path::encode(&self.0.path)
    }

    /// Its own name, unique among its siblings.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The names from the root, itself last.
    fn names(&self) -> Vec<&str> {
        self.0.lineage.split(SEPARATOR).collect()
    }

    /// How many categories stand above it: 0 for a root.
    fn depth(&self) -> i32 {
        self.0.depth
    }

    /// The category above it; null for a root.
    async fn parent(&self, ctx: &Context<'_>) -> Nullable<Category> {
        ctx.reader().load(CategoryById(self.0.parent_id?)).await.transpose()
    }

    /// The categories directly below it, by name.
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        ctx.reader().load_or_default(ChildrenOf(self.0.id)).await
    }

    /// The categories above it, root first, without itself.
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        ctx.reader().load_or_default(AncestorsOf(self.0.id)).await
    }

    /// The published articles in it, newest first, each once.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(true)", desc = "Whether those of the categories below it belong to the list.")]
        descendants: Option<bool>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Article>> {
        listing::of(ctx, self.scope(descendants), first, after.as_deref()).await
    }

    /// How many published articles are in it.
    async fn article_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(true)", desc = "Whether those of the categories below it count.")]
        descendants: Option<bool>,
    ) -> Result<i32> {
        listing::count(ctx, ArticleCountOf(self.scope(descendants))).await
    }
}

impl Listed for Category {
    type List = ();
    type Key = Key;

    fn key(&self) -> Key {
        (self.0.lineage.clone(),)
    }

    async fn count(reader: &Reader, (): &()) -> Result<i64> {
        store::count(&reader.db).await
    }

    async fn has_through(reader: &Reader, (): &(), key: &Key) -> Result<bool> {
        store::has_through(&reader.db, key).await
    }
}
