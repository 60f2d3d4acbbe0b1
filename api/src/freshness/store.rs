//! The one statement that tells which content there is, and until when.

use super::Known;
use crate::{Result, audience::Audience, db::Row};
use entity::{Timestamp, article, content_generation};
use sea_orm::{
    DbErr,
    sea_query::{Expr, Order, Query, SelectStatement},
};

/// The generation, and when the next article appears by its time.
pub fn select(audience: Audience) -> SelectStatement {
    let next = Query::select()
        .column((article::Entity, article::Column::PublishedAt))
        .from(article::Entity)
        .cond_where(audience.scheduled(article::Entity))
        .order_by((article::Entity, article::Column::PublishedAt), Order::Asc)
        .limit(1)
        .take();
    Query::select()
        .column((content_generation::Entity, content_generation::Column::Generation))
        .expr(Expr::SubQuery(None, Box::new(next.into())))
        .from(content_generation::Entity)
        .take()
}

/// What a row of it says.
///
/// # Errors
/// When it is another one.
pub fn decode(row: &mut Row<'_>, audience: Audience) -> Result<Known> {
    let generation = row.take()?;
    let next: Option<i64> = row.take()?;
    Ok(Known { generation, from: audience.now, until: next.map_or(Timestamp(i64::MAX), Timestamp) })
}

/// Why there is no row.
pub fn missing() -> DbErr {
    DbErr::RecordNotFound("content_generation has no row".to_owned())
}
