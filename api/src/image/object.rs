//! `Image` as clients see it.

use super::store::{self, Key};
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
use entity::image::Model;
use std::sync::Arc;

/// An image as it was read.
#[derive(Clone)]
pub struct Image(pub Arc<Model>);

/// A picture, wherever it stands: one for each original URL.
#[Object]
impl Image {
    /// Globally unique, opaque, stable.
    pub(crate) async fn id(&self) -> ID {
        Kind::Image.id(self.0.id)
    }

    /// Where it can be fetched, absolute: a URL that the source gives without a host is completed with that of the site, or
    /// with this API's where the site's is not set.
    fn url(&self, ctx: &Context<'_>) -> Url {
        let settings = &ctx.reader().app.settings;
        let base = settings.site_url.clone().or_else(|| settings.base_url());
        let absolute = base.and_then(|base| base.join(&self.0.original_url).ok());
        Url(absolute.map_or_else(|| self.0.original_url.clone(), Into::into))
    }

    /// As written in the source, resize arguments removed.
    fn original_url(&self) -> &str {
        &self.0.original_url
    }

    /// What to say instead of it where no figure says it better; null where no source says anything.
    fn alt(&self) -> Option<&str> {
        self.0.alt.as_deref()
    }

    /// In pixels; null where the source does not tell.
    fn width(&self) -> Option<i32> {
        self.0.width
    }

    /// In pixels; null where the source does not tell.
    fn height(&self) -> Option<i32> {
        self.0.height
    }

    /// By the ending of its name, e.g. `image/png`; null where that tells nothing.
    fn mime_type(&self) -> Option<&str> {
        self.0.mime_type.as_deref()
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
