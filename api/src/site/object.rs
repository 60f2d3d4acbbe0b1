//! `Site` and `Viewer` as clients see them.

use super::{About, loader::SiteAsImported, store};
use crate::{
    Nullable, Result,
    article::{self, ArticleWhere},
    graphql::{context::ContextExt, scalars::Url},
};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono_tz::Tz;

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

impl Site {
    async fn about(ctx: &Context<'_>) -> Result<About> {
        let reader = ctx.reader();
        let imported = reader.load_or_default(SiteAsImported).await?;
        Ok(About::new(&reader.app.settings, &imported))
    }
}

/// The site as a whole.
#[Object]
impl Site {
    /// The same for every answer of this API; for the caches of clients.
    async fn id(&self) -> ID {
        ID::from("site")
    }

    /// Its name.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Self::about(ctx).await?.title.unwrap_or_else(|| "Masthead".to_owned()))
    }

    /// What it is about; null where neither a setting nor the imported site tells.
    async fn description(&self, ctx: &Context<'_>) -> Nullable<String> {
        Self::about(ctx).await.map(|about| about.description).transpose()
    }

    /// Where it is reached; null where neither a setting nor the imported site tells.
    async fn url(&self, ctx: &Context<'_>) -> Nullable<Url> {
        Self::about(ctx).await.map(|about| about.url.map(|url| Url(url.into()))).transpose()
    }

    /// The language of most of it, as a BCP 47 tag.
    async fn locale(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(Self::about(ctx).await?.locale.unwrap_or_else(|| "en".to_owned()))
    }

    /// The zone of its dates, as an IANA name.
    async fn timezone(&self, ctx: &Context<'_>) -> Result<&'static str> {
        Ok(Self::about(ctx).await?.timezone.unwrap_or_default().name())
    }

    /// How many articles are published.
    async fn article_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let reader = ctx.reader();
        let count = article::store::count(&reader.db, &reader.terms(Tz::UTC), &ArticleWhere::default()).await?;
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
