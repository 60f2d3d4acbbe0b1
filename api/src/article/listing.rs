//! The lists of articles that other types have.

use super::{
    Article, ArticleWhere, Columns,
    loader::{ArticleCountOf, ArticlesOf},
    scope::{Scope, Source},
};
use crate::{
    Result,
    graphql::{connection::Connection, context::ContextExt, page::Page},
};
use async_graphql::Context;

/// A page of the articles of one thing, read together with those of its siblings.
///
/// # Errors
/// When the arguments can not be meant, or the database fails.
pub async fn of(
    ctx: &Context<'_>,
    scope: Scope,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Connection<Article>> {
    let reader = ctx.reader();
    let page = Page::forward(first, after, ArticleWhere::default().fingerprint(), &reader.app.limits)?;
    let columns = Columns::of_connection(&ctx.look_ahead());
    let slice = reader.load_or_default(ArticlesOf { scope, page: page.clone(), columns }).await?;
    Ok(Connection::new(Source::Of(scope), page, slice))
}

/// How many published articles one thing has.
///
/// # Errors
/// When the database fails.
pub async fn count(ctx: &Context<'_>, key: ArticleCountOf) -> Result<i32> {
    let count = ctx.reader().load_or_default(key).await?;
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}
