//! `Image` as clients see it.

use super::store::{self, ImageRow, Key};
use crate::{
    Result,
    article::{
        Article, listing,
        scope::{Link, Scope},
    },
    graphql::{
        connection::{Connection, Listed},
        context::{ContextExt, Reader},
        id::Kind,
        scalars::Url,
    },
};
use async_graphql::{Context, ID, Object};
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
        let settings = &ctx.reader().app.settings;
        let original = || {
            let base = settings.site_url.clone().or_else(|| settings.base_url());
            base.and_then(|base| base.join(&self.0.original_url).ok())
        };
        let copy = self.0.copy(settings).or_else(|| original().map(Into::into));
        Url(copy.unwrap_or_else(|| self.0.original_url.clone()))
    }

    /// As written in the source, resize arguments removed, and made absolute where the site's address is known.
    fn original_url(&self, ctx: &Context<'_>) -> String {
        let url = &self.0.original_url;
        let site = ctx.reader().app.settings.site_url.as_ref().filter(|_| url.starts_with('/'));
        site.and_then(|site| site.join(url).ok()).map_or_else(|| url.clone(), Into::into)
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
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Article>> {
        listing::of(ctx, Scope { link: Link::Image, id: self.0.id }, first, after.as_deref()).await
    }
}

impl Listed for Image {
    type List = ();
    type Key = Key;

    fn key(&self) -> Key {
        (self.0.created_at.0, self.0.id)
    }

    async fn count(reader: &Reader, (): &()) -> Result<i64> {
        store::count(&reader.db, reader.audience).await
    }

    async fn has_through(reader: &Reader, (): &(), key: &Key) -> Result<bool> {
        store::has_through(&reader.db, reader.audience, *key).await
    }
}
