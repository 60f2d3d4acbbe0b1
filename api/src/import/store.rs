//! What an import asks the database.

use super::plan::Known;
use crate::{
    Result,
    article::{Origin, Stored},
    db::bulk,
    fold, search, suggest,
};
use entity::{
    Timestamp,
    article::{Column, Entity},
    site_file,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Cond,
};
use std::collections::HashSet;

type Columns = (i64, String, String, i32, Timestamp, Timestamp, Option<String>, Option<String>, Option<String>);

/// The articles that came from one of these paths below any root, stand at one of these paths of the site, or have one of
/// these slugs.
///
/// # Errors
/// When the database fails.
pub async fn known(
    db: &impl ConnectionTrait,
    sources: &[String],
    paths: &[String],
    slugs: &[String],
) -> Result<Vec<Known>> {
    let wanted = Cond::any()
        .add(Column::SourcePath.is_in(sources))
        .add(Column::Path.is_in(paths))
        .add(Column::Slug.is_in(slugs));
    let rows: Vec<Columns> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Slug, Column::Path, Column::Version, Column::PublishedAt, Column::CreatedAt])
        .columns([Column::SourceRoot, Column::SourcePath, Column::SourceDigest])
        .filter(wanted)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(decode).collect())
}

fn decode((id, slug, path, version, published_at, created_at, root, source, digest): Columns) -> Known {
    let origin = match (root, source, digest) {
        (Some(root), Some(path), Some(digest)) => Some(Origin { root, path, digest }),
        _ => None,
    };
    Known { stored: Stored { id, slug, path, version }, published_at, created_at, origin }
}

/// Notes that the folder of these articles has moved.
///
/// # Errors
/// When the database fails.
pub async fn relocate(db: &impl ConnectionTrait, root: &str, ids: &[i64]) -> Result<()> {
    if !ids.is_empty() {
        let moved = Entity::update_many().col_expr(Column::SourceRoot, root.into());
        moved.filter(Column::Id.is_in(ids.iter().copied())).exec(db).await?;
    }
    Ok(())
}

/// Gives articles whose files are gone other paths, where theirs are wanted.
///
/// # Errors
/// When the database fails.
pub async fn move_aside(db: &impl ConnectionTrait, aside: &[(i64, String)]) -> Result<()> {
    for (id, path) in aside {
        let moved = Entity::update_many().col_expr(Column::Path, path.as_str().into());
        let moved = moved.col_expr(Column::PathFolded, fold::loose(path).into());
        moved.filter(Column::Id.eq(*id)).exec(db).await?;
    }
    Ok(())
}

/// The folders from which articles came.
///
/// # Errors
/// When the database fails.
pub async fn roots(db: &impl ConnectionTrait) -> Result<Vec<String>> {
    let select = Entity::find().select_only().column(Column::SourceRoot).distinct();
    let roots: Vec<Option<String>> = select.into_tuple().all(db).await?;
    Ok(roots.into_iter().flatten().collect())
}

/// Deletes these articles with everything that is theirs alone.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: &impl ConnectionTrait, ids: &[i64]) -> Result<()> {
    search::remove(db, ids).await?;
    suggest::remove_articles(db, ids).await?;
    bulk::delete_all::<Entity>(db, Column::Id, ids.iter().copied()).await
}

/// The articles that came from this root and from none of these files: their ids, and the files' paths, in order.
///
/// # Errors
/// When the database fails.
pub async fn missing(db: &impl ConnectionTrait, root: &str, files: &HashSet<&str>) -> Result<Vec<(i64, String)>> {
    let select = Entity::find().select_only().columns([Column::Id, Column::SourcePath]);
    let came = select.filter(Column::SourceRoot.eq(root)).order_by_asc(Column::SourcePath);
    let came: Vec<(i64, Option<String>)> = came.into_tuple().all(db).await?;
    let named = came.into_iter().filter_map(|(id, path)| Some((id, path?)));
    Ok(named.filter(|(_, path)| !files.contains(path.as_str())).collect())
}

/// Keeps the files of the configuration of a root, in place of those that were kept before.
///
/// # Errors
/// When the database fails.
pub async fn keep_configuration(
    db: &impl ConnectionTrait,
    root: &str,
    dialect: &str,
    files: Vec<(String, Vec<u8>)>,
) -> Result<()> {
    site_file::Entity::delete_many().filter(site_file::Column::Root.eq(root)).exec(db).await?;
    let row = |(position, (path, content)): (i32, (String, Vec<u8>))| site_file::ActiveModel {
        root: Set(root.to_owned()),
        path: Set(path),
        position: Set(position),
        dialect: Set(dialect.to_owned()),
        content: Set(content),
    };
    bulk::insert_all(db, (0_i32..).zip(files).map(row)).await
}
