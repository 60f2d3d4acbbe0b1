//! Making tags.

use crate::{
    Result,
    db::{bulk, free_slugs},
    slug::slugify,
};
use entity::tag::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use std::collections::{BTreeSet, HashMap};

/// The ids of the tags with these names; those that are missing are made.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(db: &impl ConnectionTrait, names: &BTreeSet<&str>) -> Result<HashMap<String, i64>> {
    let found = bulk::find_all::<Entity>(db, Column::Name, names.iter().copied()).await?;
    let mut ids: HashMap<String, i64> = found.into_iter().map(|tag| (tag.name, tag.id)).collect();
    let missing: Vec<&str> = names.iter().copied().filter(|name| !ids.contains_key(*name)).collect();
    if !missing.is_empty() {
        let made = insert(db, &missing).await?;
        ids.extend(made.into_iter().map(|tag| (tag.name, tag.id)));
    }
    Ok(ids)
}

async fn insert(db: &impl ConnectionTrait, names: &[&str]) -> Result<Vec<Model>> {
    let wanted: Vec<String> = names.iter().map(|name| slugify(name)).map(or_tag).collect();
    let slugs = free_slugs::<Entity>(db, Column::Slug, &wanted).await?;
    let rows = names.iter().zip(slugs).map(|(name, slug)| ActiveModel {
        path: Set(format!("/tags/{slug}/")),
        slug: Set(slug),
        name: Set((*name).to_owned()),
        ..Default::default()
    });
    bulk::make_all(db, rows).await
}

/// A name without a letter or digit still needs a slug.
fn or_tag(slug: String) -> String {
    if slug.is_empty() { "tag".to_owned() } else { slug }
}
