//! `Author` as clients see it.

use super::{
    AuthorWhere,
    store::{self, AuthorRow},
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
        scalars::Url,
    },
    image::{Image, loader::ImageById},
    list::{Arguments, order::OrderBy, page::PageArguments},
};
use async_graphql::{Context, ID, Object};
use chrono_tz::Tz;
use std::sync::Arc;

/// An author as it was read.
#[derive(Clone)]
pub struct Author(pub Arc<AuthorRow>);

impl From<Arc<AuthorRow>> for Author {
    fn from(row: Arc<AuthorRow>) -> Self {
        Self(row)
    }
}

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
        self.0.path.clone()
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

    /// How many articles of the author are published.
    async fn article_count(&self, ctx: &Context<'_>) -> Result<i32> {
        listing::count(ctx, self.scope()).await
    }
}

impl Listed for Author {
    type List = AuthorWhere;

    type Edge = Edge<Self>;

    fn edge(_: &Self::List, edge: Edge<Self>) -> Edge<Self> {
        edge
    }

    async fn count(reader: &Reader, filter: &AuthorWhere) -> Result<i64> {
        store::count(&reader.db, &reader.terms(Tz::UTC), filter).await
    }
}
