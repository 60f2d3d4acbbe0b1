//! What making articles asks the database.

use crate::Result;
use entity::article::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// How many articles came from this root.
///
/// # Errors
/// When the database fails.
pub async fn made(db: &impl ConnectionTrait, root: &str) -> Result<u64> {
    Ok(Entity::find().filter(Column::SourceRoot.eq(root)).count(db).await?)
}
