//! Making authors, and keeping what sources tell about them.

use crate::{
    Result,
    article::{AuthorDraft, Naming},
    db::{bulk, free_slugs},
    fold,
    slug::slugify,
    suggest,
};
use entity::author::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use std::collections::{BTreeMap, HashMap};

/// The ids of these authors, by name; those that are missing are made, and those about whom a source now tells more are
/// brought up to date. What a source leaves out is kept. `images` gives the id of each avatar's URL.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(
    db: &impl ConnectionTrait,
    authors: &BTreeMap<&str, AuthorDraft>,
    images: &HashMap<String, i64>,
    naming: &Naming,
) -> Result<HashMap<String, i64>> {
    let found = bulk::find_all::<Entity>(db, Column::Name, authors.keys().copied()).await?;
    let mut ids = HashMap::new();
    for author in found {
        ids.insert(author.name.clone(), author.id);
        if let Some(draft) = authors.get(author.name.as_str()) {
            update(db, author, draft, images).await?;
        }
    }
    let missing: Vec<&AuthorDraft> = authors.values().filter(|author| !ids.contains_key(&author.name)).collect();
    if !missing.is_empty() {
        let made = insert(db, &missing, images, naming).await?;
        ids.extend(made.into_iter().map(|author| (author.name, author.id)));
    }
    Ok(ids)
}

async fn update(
    db: &impl ConnectionTrait,
    stored: Model,
    draft: &AuthorDraft,
    images: &HashMap<String, i64>,
) -> Result<()> {
    let avatar_id = avatar(draft, images).or(stored.avatar_id);
    let bio = draft.bio.clone().or_else(|| stored.bio.clone());
    let website = draft.website.clone().or_else(|| stored.website.clone());
    if (avatar_id, &bio, &website) == (stored.avatar_id, &stored.bio, &stored.website) {
        return Ok(());
    }
    let row = ActiveModel { bio: Set(bio), website: Set(website), avatar_id: Set(avatar_id), ..stored.into() };
    row.update(db).await?;
    Ok(())
}

async fn insert(
    db: &impl ConnectionTrait,
    authors: &[&AuthorDraft],
    images: &HashMap<String, i64>,
    naming: &Naming,
) -> Result<Vec<Model>> {
    let wanted: Vec<String> = authors.iter().map(|author| slugify(&author.name)).map(or_author).collect();
    let slugs = free_slugs::<Entity>(db, Column::Slug, &wanted).await?;
    let rows = authors.iter().zip(slugs).map(|(author, slug)| ActiveModel {
        path: Set(naming.author_path(&slug)),
        slug_folded: Set(fold::loose(&slug)),
        name_folded: Set(fold::loose(&author.name)),
        slug: Set(slug),
        name: Set(author.name.clone()),
        bio: Set(author.bio.clone()),
        website: Set(author.website.clone()),
        avatar_id: Set(avatar(author, images)),
        ..Default::default()
    });
    let made = bulk::make_all(db, rows).await?;
    suggest::add_names(db, suggest::Kind::Author, made.iter().map(|row| (row.id, row.name.as_str()))).await?;
    Ok(made)
}

fn avatar(author: &AuthorDraft, images: &HashMap<String, i64>) -> Option<i64> {
    author.avatar.as_ref().and_then(|picture| images.get(&picture.original_url)).copied()
}

/// A name without a letter or digit still needs a slug.
fn or_author(slug: String) -> String {
    if slug.is_empty() { "author".to_owned() } else { slug }
}
