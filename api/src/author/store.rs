//! Every statement that reads authors.

use super::{
    filter::{AuthorBy, AuthorWhere},
    order::AuthorOrderField,
};
use crate::{
    Result,
    db::{Db, Kept, Row, Shelf},
    graphql::id::Kind,
    list::{
        IdSet, ListQuery, Terms,
        filter::Where,
        page::Slice,
        sql::{self, Layout},
    },
    path,
};
use entity::author::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
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
    /// Where the site shows it, percent-encoded.
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

impl Kept for AuthorRow {
    fn id(&self) -> i64 {
        self.id
    }

    fn bytes(&self) -> usize {
        let texts = [Some(&self.slug), Some(&self.path), Some(&self.name), self.bio.as_ref(), self.website.as_ref()];
        texts.into_iter().flatten().map(String::len).sum()
    }
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
pub async fn find(db: &Db, shelf: &Shelf<AuthorRow>, by: &AuthorBy) -> Result<Option<Arc<AuthorRow>>> {
    let named = match by {
        AuthorBy::Id(id) => match Kind::Author.number(id) {
            Some(id) => Expr::col((Entity, Column::Id)).eq(id),
            None => return Ok(None),
        },
        AuthorBy::Slug(slug) => Expr::col((Entity, Column::Slug)).eq(slug.as_str()),
    };
    shelf.by_name(db, format!("{by:?}"), || select().and_where(named).take(), decode).await
}

/// The authors with these ids.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(db: &Db, shelf: &Shelf<AuthorRow>, ids: &[i64]) -> Result<HashMap<i64, Arc<AuthorRow>>> {
    let wanted = |ids| IdSet::new(ids).condition(&Expr::col((Entity, Column::Id)), db.backend());
    shelf.by_ids(db, ids, |ids| select().and_where(wanted(ids)).take(), decode).await
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
        path: path::encode(&row.take::<String>()?),
        name: row.take()?,
        bio: row.take()?,
        website: row.take()?,
        avatar_id: row.take()?,
    }))
}
