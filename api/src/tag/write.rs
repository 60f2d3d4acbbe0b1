//! Making tags.

use crate::{
    Result,
    article::Naming,
    db::{bulk, free_paths, free_slugs},
    fold, suggest,
};
use entity::tag::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use std::collections::{BTreeSet, HashMap};

/// The ids of the tags with these names; those that are missing are made.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(
    db: &impl ConnectionTrait,
    names: &BTreeSet<&str>,
    naming: &Naming,
) -> Result<HashMap<String, i64>> {
    let found = bulk::find_all::<Entity>(db, Column::Name, names.iter().copied()).await?;
    let mut ids: HashMap<String, i64> = found.into_iter().map(|tag| (tag.name, tag.id)).collect();
    let missing: Vec<&str> = names.iter().copied().filter(|name| !ids.contains_key(*name)).collect();
    if !missing.is_empty() {
        let made = insert(db, &missing, naming).await?;
        ids.extend(made.into_iter().map(|tag| (tag.name, tag.id)));
    }
    Ok(ids)
}

async fn insert(db: &impl ConnectionTrait, names: &[&str], naming: &Naming) -> Result<Vec<Model>> {
    let wanted: Vec<String> = names.iter().map(|name| naming.tag_slug(name)).collect();
    let slugs = free_slugs::<Entity>(db, Column::Slug, &wanted).await?;
    let paths: Vec<String> = names.iter().zip(&slugs).map(|(name, slug)| naming.tag_path(name, slug)).collect();
    let paths = free_paths::<Entity>(db, Column::Path, &paths).await?;
    let rows = names.iter().zip(slugs).zip(paths).map(|((name, slug), path)| ActiveModel {
        path: Set(path),
        slug_folded: Set(fold::loose(&slug)),
        name_folded: Set(fold::loose(name)),
        slug: Set(slug),
        name: Set((*name).to_owned()),
        ..Default::default()
    });
    let made = bulk::make_all(db, rows).await?;
    suggest::add_names(db, suggest::Kind::Tag, made.iter().map(|row| (row.id, row.name.as_str()))).await?;
    Ok(made)
}
