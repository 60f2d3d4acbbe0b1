//! `Image` as clients see it.

use super::{
    ImageWhere,
    store::{self, ImageRow},
};
use crate::{
    Result,
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
    list::{Arguments, order::OrderBy, page::PageArguments},
};
use async_graphql::{Context, ID, Object};
use chrono_tz::Tz;
use std::sync::Arc;

/// An image as it was read.
#[derive(Clone)]
pub struct Image(pub Arc<ImageRow>);

/// A picture, wherever it stands: one for each original URL.
#[Object]
impl Image {
    /// Globally unique, opaque, stable.
    pub(crate) async fn id(&self) -> ID {
        Kind::Image.id(self.0.id)
    }

    /// Where it can be fetched, absolute: this server's copy where it keeps one, else its original. An original that the
    /// source gives without a host is completed with that of the site, or with this API's where the site's is not set.
    fn url(&self, ctx: &Context<'_>) -> Url {
        Url(self.0.url(&ctx.reader().app.settings).to_owned())
    }

    /// As written in the source, resize arguments removed, and made absolute where the site's address is known.
    fn original_url(&self, ctx: &Context<'_>) -> String {
        self.0.original_url(&ctx.reader().app.settings)
    }

    /// What to say instead of it where no figure says it better; null where no source says anything.
    fn alt(&self) -> Option<&str> {
        self.0.alt.as_deref()
    }

    /// In pixels, measured where this server keeps a copy, else as the source tells it; null where nothing does.
    fn width(&self) -> Option<i32> {
        self.0.width
    }

    /// In pixels, measured where this server keeps a copy, else as the source tells it; null where nothing does.
    fn height(&self) -> Option<i32> {
        self.0.height
    }

    /// E.g. `image/png`, by the content of this server's copy, else by the ending of its name; null where that tells nothing.
    fn mime_type(&self) -> Option<&str> {
        self.0.mime_type.as_deref()
    }

    /// The length of this server's copy; null where it keeps none.
    fn bytes(&self) -> Option<i32> {
        self.0.bytes
    }

    /// The published articles that show it, newest first.
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
        listing::page(
            ctx,
            Source::Of(Scope { link: Link::Image, id: self.0.id }),
            Arguments { filter, order_by, page, search },
        )
        .await
    }
}

impl Listed for Image {
    type List = ImageWhere;

    type Edge = Edge<Self>;

    fn edge(_: &Self::List, edge: Edge<Self>) -> Edge<Self> {
        edge
    }

    async fn count(reader: &Reader, filter: &ImageWhere) -> Result<i64> {
        store::count(&reader.db, &reader.terms(Tz::UTC), filter).await
    }
}
