//! The lists of articles that the site and other types have.

use super::{
    Article, ArticleConnection, ArticleWhere, Columns,
    connection::Selection,
    loader::{ArticleCountOf, ArticlesOf},
    order::ArticleOrderField,
    plan::ArticleList,
    scope::{Scope, Source},
    store,
};
use crate::{
    Result,
    graphql::{
        connection::Connection,
        context::{ContextExt, Reader},
        list,
    },
    list::{Arguments, page::Slice},
};
use async_graphql::Context;
use chrono_tz::Tz;
use std::sync::Arc;

/// The arguments of a list of articles.
pub type ArticleArguments = Arguments<ArticleWhere, ArticleOrderField>;

/// A page of the articles of the site, or of one thing, which is read together with those of its siblings.
///
/// # Errors
/// When the arguments can not be meant, or the database fails.
pub async fn page(ctx: &Context<'_>, source: Source, arguments: ArticleArguments) -> Result<ArticleConnection> {
    let reader = ctx.reader();
    let list = list::asked(ctx, reader, "articles", arguments).await?;
    let fingerprint = list.fingerprint;
    let selection = Selection { source, filter: Arc::new(list.filter.clone()), zone: list.zone };
    let slice = read(ctx, reader, source, list).await?;
    Ok(ArticleConnection(Connection::new(selection, fingerprint, slice)))
}

async fn read(ctx: &Context<'_>, reader: &Reader, source: Source, list: ArticleList) -> Result<Slice<Article>> {
    if !list.wants.rows {
        return Ok(Slice::default());
    }
    let columns = Columns::of_connection(&ctx.look_ahead());
    match source {
        Source::Site => {
            let slice = store::list(&reader.db, &reader.terms(list.zone), &list, columns).await?;
            Ok(slice.map(Article))
        }
        Source::Of(scope) => reader.load_or_default(ArticlesOf { scope, list: Arc::new(list), columns }).await,
    }
}

/// How many published articles one thing has.
///
/// # Errors
/// When the database fails.
pub async fn count(ctx: &Context<'_>, scope: Scope) -> Result<i32> {
    let key = ArticleCountOf { scope, filter: Arc::default(), zone: Tz::UTC };
    let count = ctx.reader().load_or_default(key).await?;
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}
