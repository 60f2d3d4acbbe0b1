//! The lists of articles that the site and other types have.

use super::{
    Article, ArticleConnection, ArticleWhere, Columns,
    connection::{Searching, Selection},
    found::{self, Asked},
    loader::{ArticleCountOf, ArticlesOf, FoundOf},
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
    search::{Matches, SearchQuery},
};
use async_graphql::Context;
use chrono_tz::Tz;
use std::{collections::HashMap, sync::Arc};

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
    let (filter, zone) = (Arc::new(list.filter.clone()), list.zone);
    let (slice, search) = match list.search.clone() {
        None => (read(ctx, reader, source, list).await?, None),
        Some(query) => {
            let asked = Asked { query, filter: Arc::clone(&filter), zone };
            // By itself, so that what is needed for it is not set aside for every list.
            let (slice, search) = Box::pin(search(ctx, reader, source, list, asked)).await?;
            (slice, Some(Arc::new(search)))
        }
    };
    let selection = Selection { source, filter, zone, search };
    Ok(ArticleConnection(Connection::new(selection, fingerprint, slice)))
}

async fn read(ctx: &Context<'_>, reader: &Reader, source: Source, list: ArticleList) -> Result<Slice<Article>> {
    if !list.wants.rows {
        return Ok(Slice::default());
    }
    let columns = columns(ctx, list.search.as_deref());
    match source {
        Source::Site => {
            let slice = store::list(&reader.db, &reader.terms(list.zone), &list, columns).await?;
            Ok(slice.map(Article))
        }
        Source::Of(scope) => reader.load_or_default(ArticlesOf { scope, list: Arc::new(list), columns }).await,
    }
}

/// What the rows need; titles to mark what was searched in them.
fn columns(ctx: &Context<'_>, search: Option<&SearchQuery>) -> Columns {
    let connection = ctx.look_ahead();
    let columns = Columns::of_connection(&connection);
    let is_marked = search.is_some() && connection.field("edges").field("highlight").exists();
    if is_marked { columns.with_title() } else { columns }
}

/// A page of what a search has found, and what is told of that besides.
async fn search(
    ctx: &Context<'_>,
    reader: &Reader,
    source: Source,
    list: ArticleList,
    asked: Asked,
) -> Result<(Slice<Article>, Searching)> {
    let matches = reader.searches.matches(&reader.db, &reader.app, reader.audience, &asked).await?;
    let (slice, scores) = if list.wants.rows {
        found(ctx, reader, source, list, (&asked, &matches)).await?
    } else {
        (Slice::default(), HashMap::new())
    };
    Ok((slice, Searching { asked, searched: matches.searched.clone(), scores }))
}

/// A page as statements order it, or as the search does, and the scores of its articles.
async fn found(
    ctx: &Context<'_>,
    reader: &Reader,
    source: Source,
    mut list: ArticleList,
    (asked, matches): (&Asked, &Matches),
) -> Result<(Slice<Article>, HashMap<i64, i64>)> {
    if !list.order.is_of_search() {
        list.filter.found = Some(matches.ids());
        let slice = read(ctx, reader, source, list).await?;
        let ids = slice.rows.iter().map(|entry| entry.node.0.id);
        let scores = ids.filter_map(|id| Some((id, matches.score(id)?))).collect();
        return Ok((slice, scores));
    }
    let list = Arc::new(list);
    let columns = columns(ctx, Some(&asked.query));
    let slice = match source {
        Source::Site => {
            let found = reader.searches.found(&reader.db, &reader.app, &reader.terms(asked.zone), asked).await?;
            let slice = found::page(matches, &found.hits, &list);
            let ids: Vec<i64> = slice.rows.iter().map(|entry| entry.node.article).collect();
            let rows = store::by_ids(&reader.db, reader.audience, &ids, columns).await?;
            found::articles(slice, &rows)
        }
        Source::Of(scope) => {
            let key = FoundOf { scope, asked: asked.clone(), list: Arc::clone(&list), columns };
            reader.load_or_default(key).await?
        }
    };
    let scores = found::scores(&list, &slice);
    Ok((slice, scores))
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
