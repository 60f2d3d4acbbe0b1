//! What stands before and behind an article in time.

use super::columns_of;
use crate::{
    article::{
        columns::Columns,
        loader::Side,
        scope::{Link, Place},
    },
    audience::Audience,
    category::{self, CategoryBy},
    list::logic,
};
use entity::article::{self, Column};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};

/// The published neighbour of each of these articles on one side, behind the article's id; within a category where one is
/// named, whether the article stands there or not.
pub fn neighbours(
    audience: Audience,
    articles: &[i64],
    side: Side,
    category: Option<&CategoryBy>,
    columns: Columns,
) -> SelectStatement {
    let original = |column: Column| Expr::col(("original", column));
    let place = if category.is_some() { Link::Category.place() } else { Place { table: "other", id: "id" } };
    let row = Expr::tuple([place.published_at(), place.id()]);
    let at = Expr::tuple([original(Column::PublishedAt), original(Column::Id)]);
    let (beyond, order) = match side {
        Side::Older => (row.lt(at), Order::Desc),
        Side::Newer => (row.gt(at), Order::Asc),
    };
    let mut nearest = match category {
        None => Query::select().from_as(article::Entity, "other").take(),
        Some(category) => Link::Category.rows_of(logic::scalar(category::store::ids(category))),
    };
    nearest
        .expr(place.id())
        .cond_where(audience.published_from_elsewhere(place.table))
        .and_where(beyond)
        .order_by_expr(place.published_at(), order.clone())
        .order_by_expr(place.id(), order)
        .limit(1);
    let id = Expr::col((article::Entity, Column::Id));
    Query::select()
        .expr(original(Column::Id))
        .exprs(columns_of(columns))
        .from_as(article::Entity, "original")
        .inner_join(article::Entity, Cond::all().add(id.eq(logic::scalar(nearest))))
        .and_where(original(Column::Id).is_in(articles.iter().copied()))
        .take()
}
