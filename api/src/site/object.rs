//! `Site` and `Viewer` as clients see them.

use super::store;
use crate::{
    Result, article,
    graphql::{context::ContextExt, scalars::Url},
};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};

/// The site and the viewer.
#[derive(Default)]
pub struct SiteQuery;

#[Object]
impl SiteQuery {
    /// The site as a whole.
    async fn site(&self) -> Site {
        Site
    }

    /// Who is asking.
    async fn viewer(&self, ctx: &Context<'_>) -> Viewer {
        let role = if ctx.reader().audience.is_preview { Role::Preview } else { Role::Public };
        Viewer { id: ID::from("viewer"), role }
    }
}

/// The site as a whole.
pub struct Site;

/// The site as a whole.
#[Object]
impl Site {
    /// The same for every answer of this API; for the caches of clients.
    async fn id(&self) -> ID {
        ID::from("site")
    }

    /// Its name.
    async fn title(&self, ctx: &Context<'_>) -> String {
        ctx.reader().app.settings.site_title.clone()
    }

    /// What it is about; null where nothing is set.
    async fn description(&self, ctx: &Context<'_>) -> Option<String> {
        ctx.reader().app.settings.site_description.clone()
    }

    /// Where it is reached; null where nothing is set.
    async fn url(&self, ctx: &Context<'_>) -> Option<Url> {
        ctx.reader().app.settings.site_url.clone().map(|url| Url(url.into()))
    }

    /// The language of most of it, as a BCP 47 tag.
    async fn locale(&self, ctx: &Context<'_>) -> String {
        ctx.reader().app.settings.site_locale.clone()
    }

    /// The zone of its dates, as an IANA name.
    async fn timezone(&self, ctx: &Context<'_>) -> &'static str {
        ctx.reader().app.settings.site_timezone.unwrap_or_default().name()
    }

    /// How many articles are published.
    async fn article_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let reader = ctx.reader();
        let count = article::store::count(&reader.db, reader.audience, None).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Rises with every change of the content: while it stays the same, so do all answers, scheduled articles excepted.
    async fn generation(&self, ctx: &Context<'_>) -> Result<i32> {
        let generation = store::generation(&ctx.reader().db).await?;
        Ok(i32::try_from(generation).unwrap_or(i32::MAX))
    }

    /// The version of this server.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// Who is asking.
#[derive(SimpleObject)]
pub struct Viewer {
    /// The same for every answer of this API; for the caches of clients.
    id: ID,
    /// What this reader may see.
    role: Role,
}

/// What a reader may see.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is published.
    Public,
    /// Also drafts and scheduled articles, looked up by name; lists show what is published. Needs the preview token.
    Preview,
}
