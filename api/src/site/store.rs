//! The content generation and what is known of the site: read here, written with every change.

use crate::{
    Result,
    db::{Db, Row},
};
use entity::{
    content_generation,
    site::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};

const COLUMNS: [Column; 6] =
    [Column::Id, Column::Title, Column::Description, Column::Url, Column::Locale, Column::Timezone];

/// How often the content has changed.
///
/// # Errors
/// When the database fails.
pub async fn generation(db: &Db) -> Result<i64> {
    let select = Query::select().column(content_generation::Column::Generation).from(content_generation::Entity).take();
    Ok(db.value(&select).await?.unwrap_or_default())
}

/// To be called once in every transaction that changes content.
///
/// # Errors
/// When the database fails.
pub async fn raise_generation(db: &impl ConnectionTrait) -> Result<()> {
    let next = Expr::col(content_generation::Column::Generation).add(1);
    content_generation::Entity::update_many().col_expr(content_generation::Column::Generation, next).exec(db).await?;
    Ok(())
}

/// What the last import read from a site's configuration; nothing of it before.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db) -> Result<Model> {
    let select = Query::select().columns(COLUMNS.map(|column| (Entity, column))).from(Entity).take();
    Ok(db.row(&select, decode).await?.unwrap_or_default())
}

fn decode(row: &mut Row<'_>) -> Result<Model> {
    Ok(Model {
        id: row.take()?,
        title: row.take()?,
        description: row.take()?,
        url: row.take()?,
        locale: row.take()?,
        timezone: row.take()?,
    })
}

/// Remembers what a site's configuration says. Tells whether that is news.
///
/// # Errors
/// When the database fails.
pub async fn remember(db: &impl ConnectionTrait, site: Model) -> Result<bool> {
    let site = Model { id: 1, ..site };
    if Entity::find_by_id(1).one(db).await?.as_ref() == Some(&site) {
        return Ok(false);
    }
    let replace = OnConflict::column(Column::Id)
        .update_columns([Column::Title, Column::Description, Column::Url, Column::Locale, Column::Timezone])
        .to_owned();
    let Model { id, title, description, url, locale, timezone } = site;
    let row = ActiveModel {
        id: Set(id),
        title: Set(title),
        description: Set(description),
        url: Set(url),
        locale: Set(locale),
        timezone: Set(timezone),
    };
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(true)
}
