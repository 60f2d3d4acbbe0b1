//! The content generation: read here, raised by every write.

use crate::{Result, db::Db};
use entity::content_generation::{Column, Entity};
use sea_orm::{
    ConnectionTrait, EntityTrait,
    sea_query::{Expr, ExprTrait, Query},
};

/// How often the content has changed.
///
/// # Errors
/// When the database fails.
pub async fn generation(db: &Db) -> Result<i64> {
    let select = Query::select().column(Column::Generation).from(Entity).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

/// To be called once in every transaction that changes content.
///
/// # Errors
/// When the database fails.
pub async fn raise_generation(db: &impl ConnectionTrait) -> Result<()> {
    let next = Expr::col(Column::Generation).add(1);
    Entity::update_many().col_expr(Column::Generation, next).exec(db).await?;
    Ok(())
}
