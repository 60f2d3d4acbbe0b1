//! Every statement that reads authors.

use super::filter::AuthorBy;
use crate::{
    Result,
    db::{Db, Row},
    graphql::{
        id::Kind,
        page::{Page, Slice},
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

/// Names are unique, so that they alone order the list.
pub type Key = (String,);

/// Authors by name.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, page: &Page<Key>) -> Result<Slice<Arc<AuthorRow>>> {
    let mut select = select().order_by((Entity, Column::Name), Order::Asc).limit(page.limit()).take();
    if let Some((name,)) = &page.after {
        select.and_where(Expr::col((Entity, Column::Name)).gt(name.as_str()));
    }
    Ok(Slice::cut(db.rows(&select, decode).await?, page.first))
}

/// How many authors there are.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db) -> Result<i64> {
    let select = Query::select().expr(Func::count(Expr::col((Entity, Column::Id)))).from(Entity).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

/// Whether there are authors up to this name.
///
/// # Errors
/// When the database fails.
pub async fn has_through(db: &Db, (name,): &Key) -> Result<bool> {
    let select = select().and_where(Expr::col((Entity, Column::Name)).lte(name.as_str())).limit(1).take();
    Ok(db.row(&select, decode).await?.is_some())
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
    let wanted = Expr::col((Entity, Column::Id)).is_in(ids.iter().copied());
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

fn decode(row: &mut Row<'_>) -> Result<Arc<AuthorRow>> {
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
