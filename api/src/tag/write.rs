//! Making tags.

use crate::{Result, db::free_slugs, slug::slugify};
use entity::tag::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};

/// The ids of the tags with these names; those that are missing are made.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(db: &impl ConnectionTrait, names: &BTreeSet<&str>) -> Result<HashMap<String, i64>> {
    let found = Entity::find().filter(Column::Name.is_in(names.iter().copied())).all(db).await?;
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
    Ok(Entity::insert_many(rows).exec_with_returning(db).await?)
}

/// A name without a letter or digit still needs a slug.
fn or_tag(slug: String) -> String {
    if slug.is_empty() { "tag".to_owned() } else { slug }
}
