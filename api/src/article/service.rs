//! The rules of storing articles, for every source of them alike. Callers hold the transaction: what is saved together
//! becomes visible together, or not at all.

use super::{
    Naming,
    draft::{Author, Draft, Picture, Save},
    write::{self, Rows},
};
use crate::{Result, author, category, image, media::LocalPictures, search, site, suggest, tag};
use entity::Timestamp;
use sea_orm::ConnectionTrait;
use std::collections::{BTreeMap, BTreeSet};

/// Stores these articles with everything that hangs on them, and raises the content generation. Answers the slug that each
/// was given, in order: that asked for, or another one where it was taken. `local` tells which of their pictures are files.
///
/// # Errors
/// When the database fails; the transaction is to be rolled back then.
pub async fn save(
    db: &impl ConnectionTrait,
    saves: &[Save],
    local: &LocalPictures,
    naming: &Naming,
    now: Timestamp,
) -> Result<Vec<String>> {
    if saves.is_empty() {
        return Ok(Vec::new());
    }
    let rows = refer(db, saves, local, naming, now).await?;
    let slugs = write::slugs(db, saves).await?;
    let ids = write::articles(db, saves, &slugs, &rows).await?;
    let placed: Vec<(i64, &Draft)> = ids.iter().copied().zip(saves.iter().map(|save| &save.draft)).collect();
    let replaced: Vec<i64> = saves.iter().filter_map(|save| save.replaces.as_ref().map(|stored| stored.id)).collect();
    write::bodies(db, &placed).await?;
    write::source_files(db, &placed, &replaced).await?;
    write::clear_relations(db, &replaced).await?;
    write::relations(db, &placed, &rows).await?;
    write::figures(db, &placed, &replaced, &rows.images).await?;
    write::earlier_paths(db, saves, &placed, now).await?;
    search::put(db, &ids).await?;
    suggest::put_articles(db, &ids).await?;
    site::store::raise_generation(db).await?;
    Ok(slugs)
}

async fn refer(
    db: &impl ConnectionTrait,
    saves: &[Save],
    local: &LocalPictures,
    naming: &Naming,
    now: Timestamp,
) -> Result<Rows> {
    let drafts = || saves.iter().map(|save| &save.draft);
    let authors = merged(drafts().flat_map(|draft| &draft.authors));
    let portraits: Vec<&Picture> = authors.values().filter_map(|author| author.avatar.as_ref()).collect();
    let images = image::ensure(db, &write::sightings(drafts(), &portraits, now), local, now).await?;
    let tags: BTreeSet<&str> = drafts().flat_map(|draft| &draft.tags).map(String::as_str).collect();
    let chains: BTreeSet<&[String]> = drafts().flat_map(|draft| &draft.categories).map(Vec::as_slice).collect();
    Ok(Rows {
        authors: author::ensure(db, &authors, &images, naming).await?,
        tags: tag::ensure(db, &tags, naming).await?,
        categories: category::ensure(db, &chains, naming).await?,
        images,
    })
}

/// One author for each name; of what several articles tell, the last word counts.
fn merged<'a>(authors: impl Iterator<Item = &'a Author>) -> BTreeMap<&'a str, Author> {
    let mut merged: BTreeMap<&str, Author> = BTreeMap::new();
    for author in authors {
        let known =
            merged.entry(&author.name).or_insert_with(|| Author { name: author.name.clone(), ..Author::default() });
        known.bio = author.bio.clone().or_else(|| known.bio.take());
        known.website = author.website.clone().or_else(|| known.website.take());
        known.avatar = author.avatar.clone().or_else(|| known.avatar.take());
    }
    merged
}
