//! `Category` as clients see it.

use super::{
    CategoryWhere,
    loader::{AncestorsOf, CategoryById, ChildrenOf},
    store::{self, CategoryRow},
};
use crate::{
    Nullable, Result,
    article::{
        ArticleConnection, ArticleOrderField, ArticleWhere, listing,
        scope::{Link, Scope, Source},
    },
    graphql::{
        connection::{Edge, Listed},
        context::{ContextExt, Reader},
        id::Kind,
    },
    list::{Arguments, order::OrderBy, page::PageArguments},
};
use async_graphql::{Context, ID, Object};
use chrono_tz::Tz;
use entity::category::SEPARATOR;
use std::sync::Arc;

/// A category as it was read.
#[derive(Clone)]
pub struct Category(pub Arc<CategoryRow>);

impl From<Arc<CategoryRow>> for Category {
    fn from(row: Arc<CategoryRow>) -> Self {
        Self(row)
    }
}

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
        self.0.path.clone()
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
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(true)", desc = "Whether those of the categories below it belong to the list.")]
        descendants: Option<bool>,
        #[graphql(name = "where", desc = "Which articles; all published ones where it is absent.")] filter: Option<
            ArticleWhere,
        >,
        #[graphql(
            desc = "Only what has all of these words in its title or text, also within other words; case, width, accents and script do not count. `\"words beside each other\"`; `-not` for what is not to stand there. At most 256 characters. Where nothing is found other words are tried: see `searched`. Blank is as if absent."
        )]
        search: Option<String>,
        #[graphql(
            desc = "In which order. Where it is absent or empty newest first, and the best first under a search."
        )]
        order_by: Option<Vec<OrderBy<ArticleOrderField>>>,
        #[graphql(
            desc = "How many, 0 to 1,000, from the beginning or behind `after`; 20 where neither this nor `last` is given. 0 for totals and facets alone."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many, 0 to 1,000, before the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "How many are passed over, for numbered pages; not with a cursor.")] offset: Option<i32>,
    ) -> Result<ArticleConnection> {
        let page = PageArguments { first, after, last, before, offset };
        listing::page(ctx, Source::Of(self.scope(descendants)), Arguments { filter, order_by, page, search }).await
    }

    /// How many published articles are in it.
    async fn article_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(true)", desc = "Whether those of the categories below it count.")]
        descendants: Option<bool>,
    ) -> Result<i32> {
        listing::count(ctx, self.scope(descendants)).await
    }
}

impl Listed for Category {
    type List = CategoryWhere;

    type Edge = Edge<Self>;

    fn edge(_: &Self::List, edge: Edge<Self>) -> Edge<Self> {
        edge
    }

    async fn count(reader: &Reader, filter: &CategoryWhere) -> Result<i64> {
        store::count(&reader.db, &reader.terms(Tz::UTC), filter).await
    }
}
