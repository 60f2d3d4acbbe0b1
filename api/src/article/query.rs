//! The root fields of articles.

use super::{Article, ArticleBy, ArticleWhere, Columns, scope::Source, store};
use crate::{
    Nullable, Result,
    graphql::{connection::Connection, context::ContextExt, page::Page},
};
use async_graphql::{Context, Object};

/// Articles.
#[derive(Default)]
pub struct ArticleQuery;

#[Object]
impl ArticleQuery {
    /// One article. Null, without an error, where there is none or this reader may not see it.
    async fn article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one name of the article.")] by: ArticleBy,
    ) -> Nullable<Article> {
        let reader = ctx.reader();
        let row = store::find(&reader.db, reader.audience, &by, Columns::selected(ctx)).await;
        row.map(|row| row.map(Article)).transpose()
    }

    /// Published articles, newest first; equal dates are ordered by id, downwards. Drafts and scheduled articles never appear.
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which articles; all where it is absent.")] filter: Option<ArticleWhere>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent. 0 for the total alone.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Article>> {
        let reader = ctx.reader();
        let filter = filter.unwrap_or_default();
        let page = Page::forward(first, after.as_deref(), filter.fingerprint(), &reader.app.limits)?;
        let columns = Columns::of_connection(&ctx.look_ahead());
        let slice = store::list(&reader.db, reader.audience, filter.in_category.as_ref(), &page, columns).await?;
        let list = filter.in_category.map_or(Source::Site, Source::InCategory);
        Ok(Connection::new(list, page, slice.map(Article)))
    }
}
