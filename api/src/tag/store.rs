//! Every statement that reads tags.

use super::{
    filter::{TagBy, TagWhere},
    order::TagOrderField,
};
use crate::{
    Result,
    audience::Audience,
    db::{Db, Kept, Row, Shelf},
    graphql::id::Kind,
    list::{
        IdSet, ListQuery, Terms,
        filter::Where,
        logic,
        page::Slice,
        sql::{self, Layout},
    },
    path,
};
use entity::{
    article_tag,
    tag::{Column, Entity},
};
use sea_orm::sea_query::{Cond, Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use std::{collections::HashMap, sync::Arc};

const COLUMNS: [Column; 4] = [Column::Id, Column::Slug, Column::Path, Column::Name];

/// A tag, as far as clients see it.
#[derive(Debug)]
pub struct TagRow {
    /// Its id.
    pub id: i64,
    /// Unique among tags.
    pub slug: String,
    /// Where the site shows it, percent-encoded.
    pub path: String,
    /// As articles write it.
    pub name: String,
}

impl Kept for TagRow {
    fn id(&self) -> i64 {
        self.id
    }

    fn bytes(&self) -> usize {
        self.slug.len() + self.path.len() + self.name.len()
    }
}

/// What is asked of a list of tags.
pub type TagList = ListQuery<TagWhere, TagOrderField>;

/// A page of tags.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, terms: &Terms, list: &TagList) -> Result<Slice<Arc<TagRow>>> {
    let keys = list.order.keys((), terms);
    let layout = Layout::new(&list.page, list.wants, &keys, false);
    let select = sql::page(&passing(&list.filter, terms), &keys, &list.page, &layout, columns());
    Ok(Slice::of(db.rows(&select, |row| layout.decode(row, decode)).await?, &list.page))
}

/// How many tags pass.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, terms: &Terms, filter: &TagWhere) -> Result<i64> {
    let select = passing(filter, terms).expr(Func::count(Expr::col((Entity, Column::Id)))).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

fn passing(filter: &TagWhere, terms: &Terms) -> SelectStatement {
    let mut rows = Query::select().from(Entity).cond_where(exists(terms.audience)).take();
    rows.and_where(filter.condition((), terms)).take()
}

/// What [`decode`] reads, in its order.
#[must_use]
pub fn columns() -> Vec<Expr> {
    COLUMNS.map(|column| Expr::col((Entity, column))).into()
}

/// The tag of this name, if it exists for the reader.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, audience: Audience, by: &TagBy) -> Result<Option<Arc<TagRow>>> {
    let named = match by {
        TagBy::Id(id) => match Kind::Tag.number(id) {
            Some(id) => Expr::col((Entity, Column::Id)).eq(id),
            None => return Ok(None),
        },
        TagBy::Slug(slug) => Expr::col((Entity, Column::Slug)).eq(slug.as_str()),
    };
    db.row(&select(audience).and_where(named).take(), decode).await
}

/// The tags with these ids that exist for the reader.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(db: &Db, audience: Audience, ids: &[i64]) -> Result<HashMap<i64, Arc<TagRow>>> {
    let wanted = IdSet::new(ids.to_vec()).condition(&Expr::col((Entity, Column::Id)), db.backend());
    let rows = db.rows(&select(audience).and_where(wanted).take(), decode).await?;
    Ok(rows.into_iter().map(|tag| (tag.id, tag)).collect())
}

/// The tags with these ids, which articles bear that the reader sees.
///
/// # Errors
/// When the database fails.
pub async fn borne(db: &Db, shelf: &Shelf<TagRow>, ids: &[i64]) -> Result<HashMap<i64, Arc<TagRow>>> {
    let select = |ids| {
        let wanted = IdSet::new(ids).condition(&Expr::col((Entity, Column::Id)), db.backend());
        Query::select().columns(COLUMNS.map(|column| (Entity, column))).from(Entity).and_where(wanted).take()
    };
    shelf.by_ids(db, ids, select, decode).await
}

fn select(audience: Audience) -> SelectStatement {
    Query::select().columns(COLUMNS.map(|column| (Entity, column))).from(Entity).cond_where(exists(audience)).take()
}

/// A tag that stands only in articles that the reader may not see does not exist.
#[must_use]
pub fn exists(audience: Audience) -> Condition {
    exists_of(Expr::col((Entity, Column::Id)), audience)
}

/// The same of the tag with this id.
#[must_use]
pub fn exists_of(id: Expr, audience: Audience) -> Condition {
    let bears = Expr::col((article_tag::Entity, article_tag::Column::TagId)).eq(id);
    let articles = Query::select()
        .expr(Expr::val(1))
        .from(article_tag::Entity)
        .and_where(bears)
        .cond_where(audience.visible(article_tag::Entity))
        .take();
    Cond::all().add(logic::exists(articles))
}

/// Reads [`columns`].
///
/// # Errors
/// When they are not as expected.
pub fn decode(row: &mut Row<'_>) -> Result<Arc<TagRow>> {
    Ok(Arc::new(TagRow {
        id: row.take()?,
        slug: row.take()?,
        path: path::encode(&row.take::<String>()?),
        name: row.take()?,
    }))
}
