//! Every statement that reads categories.

use super::{
    filter::{CategoryBy, CategoryWhere, Level},
    order::CategoryOrderField,
    write::lineage,
};
use crate::{
    Result,
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
    category::{Column, Entity},
    category_closure,
};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr};
use std::{collections::HashMap, sync::Arc};

const COLUMNS: [Column; 7] =
    [Column::Id, Column::ParentId, Column::Name, Column::Lineage, Column::Slug, Column::Path, Column::Depth];

/// A category, as far as clients see it.
#[derive(Debug)]
pub struct CategoryRow {
    /// Its id.
    pub id: i64,
    /// Null for a root.
    pub parent_id: Option<i64>,
    /// Unique among its siblings.
    pub name: String,
    /// The names from the root.
    pub lineage: String,
    /// Unique among categories.
    pub slug: String,
    /// Where the site shows it, percent-encoded.
    pub path: String,
    /// 0 for a root.
    pub depth: i32,
}

impl Kept for CategoryRow {
    fn id(&self) -> i64 {
        self.id
    }

    fn bytes(&self) -> usize {
        self.name.len() + self.lineage.len() + self.slug.len() + self.path.len()
    }
}

/// What is asked of a list of categories.
pub type CategoryList = ListQuery<CategoryWhere, CategoryOrderField>;

/// A page of categories.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, terms: &Terms, list: &CategoryList) -> Result<Slice<Arc<CategoryRow>>> {
    let keys = list.order.keys((), terms);
    let layout = Layout::new(&list.page, list.wants, &keys, false);
    let select = sql::page(&passing(&list.filter, terms), &keys, &list.page, &layout, columns());
    Ok(Slice::of(db.stamped(select, |row| layout.decode(row, decode)).await?.0, &list.page))
}

/// How many categories pass.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, terms: &Terms, filter: &CategoryWhere) -> Result<i64> {
    let select = passing(filter, terms).expr(Func::count(Expr::col((Entity, Column::Id)))).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

fn passing(filter: &CategoryWhere, terms: &Terms) -> SelectStatement {
    let mut rows = Query::select().from(Entity).take();
    rows.and_where(filter.condition(Level::OWN, terms)).take()
}

/// What [`decode`] reads, in its order.
#[must_use]
pub fn columns() -> Vec<Expr> {
    COLUMNS.map(|column| Expr::col((Entity, column))).into()
}

/// The category of this name.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, shelf: &Shelf<CategoryRow>, by: &CategoryBy) -> Result<Option<Arc<CategoryRow>>> {
    shelf.by_name(db, format!("{by:?}"), || first(select(), by), decode).await
}

/// The id of the category of this name, as a column `id` of no row or one.
#[must_use]
pub fn ids(by: &CategoryBy) -> SelectStatement {
    first(Query::select().column((Entity, Column::Id)).from(Entity).take(), by)
}

/// The category of this name; of several spellings of a path the likeliest.
fn first(mut rows: SelectStatement, by: &CategoryBy) -> SelectStatement {
    if let CategoryBy::Path(path) = by {
        rows.order_by_expr(path::rank((Entity, Column::Path), &path::spellings(path)), Order::Asc);
        rows.order_by((Entity, Column::Id), Order::Asc);
    }
    rows.and_where(named(by)).limit(1).take()
}

/// The id of the category of this name.
///
/// # Errors
/// When the database fails.
pub async fn find_id(db: &Db, by: &CategoryBy) -> Result<Option<i64>> {
    db.value(&ids(by)).await
}

/// The categories with these ids.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(db: &Db, shelf: &Shelf<CategoryRow>, ids: &[i64]) -> Result<HashMap<i64, Arc<CategoryRow>>> {
    let wanted = |ids| IdSet::new(ids).condition(&Expr::col((Entity, Column::Id)), db.backend());
    shelf.by_ids(db, ids, |ids| select().and_where(wanted(ids)).take(), decode).await
}

/// The categories directly below each of these, by name.
///
/// # Errors
/// When the database fails.
pub async fn children(db: &Db, parents: &[i64]) -> Result<HashMap<i64, Vec<Arc<CategoryRow>>>> {
    let below = Expr::col((Entity, Column::ParentId)).is_in(parents.iter().copied());
    let select = select().and_where(below).order_by((Entity, Column::Name), Order::Asc).take();
    let rows = db.rows(&select, decode).await?;
    Ok(grouped(rows.into_iter().filter_map(|category| Some((category.parent_id?, category)))))
}

/// The categories above each of these, root first.
///
/// # Errors
/// When the database fails.
pub async fn ancestors(
    db: &Db,
    shelf: &Shelf<CategoryRow>,
    categories: &[i64],
) -> Result<HashMap<i64, Vec<Arc<CategoryRow>>>> {
    use category_closure::{Column as Step, Entity as Closure};
    let kept = categories.iter().map(|id| Some((*id, kept_ancestors(db, shelf, *id)?)));
    if let Some(kept) = kept.collect() {
        return Ok(kept);
    }
    let below = (Closure, Step::DescendantId);
    let select = select()
        .clear_selects()
        .column(below)
        .columns(COLUMNS.map(|column| (Entity, column)))
        .inner_join(Closure, Expr::col((Closure, Step::AncestorId)).equals((Entity, Column::Id)))
        .and_where(Expr::col(below).is_in(categories.iter().copied()))
        .and_where(Expr::col((Closure, Step::Distance)).gt(0))
        .order_by((Closure, Step::Distance), Order::Desc)
        .take();
    Ok(grouped(shelf.read(db, select, |row| Ok((row.take()?, decode(row)?))).await?))
}

/// Nothing where one of them, or the category itself, is not kept.
fn kept_ancestors(db: &Db, shelf: &Shelf<CategoryRow>, id: i64) -> Option<Vec<Arc<CategoryRow>>> {
    let mut ancestors = Vec::new();
    let mut next = shelf.get(db, id)?.parent_id;
    while let Some(id) = next {
        let category = shelf.get(db, id)?;
        next = category.parent_id;
        ancestors.push(category);
    }
    ancestors.reverse();
    Some(ancestors)
}

/// The category above one level of a statement, as a row, if these conditions hold of it.
#[must_use]
pub fn parents(level: Level, above: Level, conditions: Vec<Expr>) -> SelectStatement {
    let mut rows = Query::select().expr(Expr::cust("1")).from_as(Entity, above.table()).take();
    rows.and_where(above.column(Column::Id).eq(level.column(Column::ParentId)));
    rows.and_where(logic::all(conditions)).take()
}

fn named(by: &CategoryBy) -> SimpleExpr {
    match by {
        CategoryBy::Id(id) => match Kind::Category.number(id) {
            Some(id) => Expr::col((Entity, Column::Id)).eq(id),
            None => Expr::val(false),
        },
        CategoryBy::Slug(slug) => Expr::col((Entity, Column::Slug)).eq(slug.as_str()),
        CategoryBy::Path(path) => Expr::col((Entity, Column::Path)).is_in(path::spellings(path)),
        CategoryBy::Names(names) => Expr::col((Entity, Column::Lineage)).eq(lineage(names)),
    }
}

fn select() -> SelectStatement {
    Query::select().columns(COLUMNS.map(|column| (Entity, column))).from(Entity).take()
}

/// Reads [`columns`].
///
/// # Errors
/// When they are not as expected.
pub fn decode(row: &mut Row<'_>) -> Result<Arc<CategoryRow>> {
    Ok(Arc::new(CategoryRow {
        id: row.take()?,
        parent_id: row.take()?,
        name: row.take()?,
        lineage: row.take()?,
        slug: row.take()?,
        path: path::encode(&row.take::<String>()?),
        depth: row.take()?,
    }))
}

fn grouped(rows: impl IntoIterator<Item = (i64, Arc<CategoryRow>)>) -> HashMap<i64, Vec<Arc<CategoryRow>>> {
    let mut groups: HashMap<i64, Vec<Arc<CategoryRow>>> = HashMap::new();
    for (key, category) in rows {
        groups.entry(key).or_default().push(category);
    }
    groups
}
