//! Many rows at once, in statements that stay below the databases' limits on bound values.

use crate::Result;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};

/// Rows of one INSERT, values of one IN: with at most 32 columns below SQLite's 32,766 and PostgreSQL's 65,535 parameters.
const CHUNK: usize = 1_000;

/// The rows of which `column` has one of these values.
///
/// # Errors
/// When the database fails.
pub async fn find_all<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    values: impl IntoIterator<Item = impl Into<sea_orm::Value>>,
) -> Result<Vec<E::Model>> {
    let mut found = Vec::new();
    for values in chunks(values) {
        found.extend(E::find().filter(column.is_in(values)).all(db).await?);
    }
    Ok(found)
}

/// Deletes the rows of which `column` has one of these values.
///
/// # Errors
/// When the database fails.
pub async fn delete_all<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    values: impl IntoIterator<Item = impl Into<sea_orm::Value>>,
) -> Result<()> {
    for values in chunks(values) {
        E::delete_many().filter(column.is_in(values)).exec(db).await?;
    }
    Ok(())
}

/// Inserts these rows.
///
/// # Errors
/// When the database fails.
pub async fn insert_all<A>(db: &impl ConnectionTrait, rows: impl IntoIterator<Item = A>) -> Result<()>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    for rows in chunks(rows) {
        A::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Inserts these rows, or does to those that are there what `conflict` says.
///
/// # Errors
/// When the database fails.
pub async fn upsert_all<A>(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
    conflict: &OnConflict,
) -> Result<()>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    for rows in chunks(rows) {
        A::Entity::insert_many(rows).on_conflict(conflict.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Inserts these rows, and gives them back with their ids, in no particular order.
///
/// # Errors
/// When the database fails.
pub async fn make_all<A>(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
) -> Result<Vec<<A::Entity as EntityTrait>::Model>>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let mut made = Vec::new();
    for rows in chunks(rows) {
        made.extend(A::Entity::insert_many(rows).exec_with_returning(db).await?);
    }
    Ok(made)
}

/// Pieces of one statement's size.
pub fn chunks<T>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = Vec<T>> {
    let mut items = items.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<T> = items.by_ref().take(CHUNK).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}
