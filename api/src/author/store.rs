//! Every statement that reads authors.

use super::{
    filter::{AuthorBy, AuthorWhere},
    order::AuthorOrderField,
};
use crate::{
    Result,
    db::{Db, Row},
    graphql::id::Kind,
    list::{
        IdSet, ListQuery, Terms,
        filter::Where,
        page::Slice,
        sql::{self, Layout},
    },
};
use entity::{
    article_author,
    author::{Column, Entity},
};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use std::{collections::HashMap, sync::Arc};

const COLUMNS: [Column; 7] =
    [Column::Id, Column::Slug, Column::Path, Column::Name, Column::Bio, Column::Website, Column::AvatarId];

/// An author, as far as clients see it.
#[derive(Debug)]
pub struct AuthorRow {
    /// Its id.
    pub id: i64,
    /// Unique among authors.
    pub slug: String,
    /// Percent-decoded.
    pub path: String,
    /// As the source writes it.
    pub name: String,
    /// Plain text.
    pub bio: Option<String>,
    /// Absolute.
    pub website: Option<String>,
    /// A portrait.
    pub avatar_id: Option<i64>,
}

/// What is asked of a list of authors.
pub type AuthorList = ListQuery<AuthorWhere, AuthorOrderField>;

/// A page of authors.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, terms: &Terms, list: &AuthorList) -> Result<Slice<Arc<AuthorRow>>> {
    let keys = list.order.keys((), terms);
    let layout = Layout::new(&list.page, list.wants, &keys, false);
    let select = sql::page(&passing(&list.filter, terms), &keys, &list.page, &layout, columns());
    Ok(Slice::of(db.rows(&select, |row| layout.decode(row, decode)).await?, &list.page))
}

/// How many authors pass.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, terms: &Terms, filter: &AuthorWhere) -> Result<i64> {
    let select = passing(filter, terms).expr(Func::count(Expr::col((Entity, Column::Id)))).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

fn passing(filter: &AuthorWhere, terms: &Terms) -> SelectStatement {
    let mut rows = Query::select().from(Entity).take();
    rows.and_where(filter.condition((), terms)).take()
}

/// What [`decode`] reads, in its order.
#[must_use]
pub fn columns() -> Vec<Expr> {
    COLUMNS.map(|column| Expr::col((Entity, column))).into()
}

/// The author of this name.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, by: &AuthorBy) -> Result<Option<Arc<AuthorRow>>> {
    let named = match by {
        AuthorBy::Id(id) => match Kind::Author.number(id) {
            Some(id) => Expr::col((Entity, Column::Id)).eq(id),
            None => return Ok(None),
        },
        AuthorBy::Slug(slug) => Expr::col((Entity, Column::Slug)).eq(slug.as_str()),
    };
    db.row(&select().and_where(named).take(), decode).await
}

/// The authors with these ids.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(db: &Db, ids: &[i64]) -> Result<HashMap<i64, Arc<AuthorRow>>> {
    let wanted = IdSet::new(ids.to_vec()).condition(&Expr::col((Entity, Column::Id)), db.backend());
    let rows = db.rows(&select().and_where(wanted).take(), decode).await?;
    Ok(rows.into_iter().map(|author| (author.id, author)).collect())
}

/// The authors of each article, in its order.
///
/// # Errors
/// When the database fails.
pub async fn of_articles(db: &Db, articles: &[i64]) -> Result<HashMap<i64, Vec<Arc<AuthorRow>>>> {
    let article = (article_author::Entity, article_author::Column::ArticleId);
    let author = Expr::col((article_author::Entity, article_author::Column::AuthorId));
    let select = Query::select()
        .column(article)
        .columns(COLUMNS.map(|column| (Entity, column)))
        .from(article_author::Entity)
        .inner_join(Entity, author.eq(Expr::col((Entity, Column::Id))))
        .and_where(Expr::col(article).is_in(articles.iter().copied()))
        .order_by((article_author::Entity, article_author::Column::Position), Order::Asc)
        .take();
    let mut authors: HashMap<i64, Vec<Arc<AuthorRow>>> = HashMap::new();
    for (article, author) in db.rows(&select, |row| Ok((row.take()?, decode(row)?))).await? {
        authors.entry(article).or_default().push(author);
    }
    Ok(authors)
}

fn select() -> SelectStatement {
    Query::select().columns(COLUMNS.map(|column| (Entity, column))).from(Entity).take()
}

/// Reads [`columns`].
///
/// # Errors
/// When they are not as expected.
pub fn decode(row: &mut Row<'_>) -> Result<Arc<AuthorRow>> {
    Ok(Arc::new(AuthorRow {
        id: row.take()?,
        slug: row.take()?,
        path: row.take()?,
        name: row.take()?,
        bio: row.take()?,
        website: row.take()?,
        avatar_id: row.take()?,
    }))
}
