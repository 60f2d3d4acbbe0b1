//! `Tag` as clients see it.

use super::{
    TagWhere,
    store::{self, TagRow},
};
use crate::{
    Result,
    article::{
        ArticleConnection, ArticleOrderField, ArticleWhere, listing,
        scope::{Link, Scope, Source},
    },
    graphql::{
        connection::{Edge, Listed},
        context::Reader,
        id::Kind,
    },
    list::{Arguments, order::OrderBy, page::PageArguments},
};
use async_graphql::{Context, ID, Object};
use chrono_tz::Tz;
use std::sync::Arc;

/// A tag as it was read.
#[derive(Clone)]
pub struct Tag(pub Arc<TagRow>);

impl From<Arc<TagRow>> for Tag {
    fn from(row: Arc<TagRow>) -> Self {
        Self(row)
    }
}

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
        self.0.path.clone()
    }

    /// As articles write it.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The published articles that bear it, newest first.
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
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
        listing::page(ctx, Source::Of(self.scope()), Arguments { filter, order_by, page, search }).await
    }

    /// How many published articles bear it.
    async fn article_count(&self, ctx: &Context<'_>) -> Result<i32> {
        listing::count(ctx, self.scope()).await
    }
}

impl Listed for Tag {
    type List = TagWhere;

    type Edge = Edge<Self>;

    fn edge(_: &Self::List, edge: Edge<Self>) -> Edge<Self> {
        edge
    }

    async fn count(reader: &Reader, filter: &TagWhere) -> Result<i64> {
        store::count(&reader.db, &reader.terms(Tz::UTC), filter).await
    }
}
