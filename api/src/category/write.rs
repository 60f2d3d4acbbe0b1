//! Growing the tree.

use crate::{
    Result,
    article::Naming,
    db::{bulk, free_paths, free_slugs},
    fold, suggest,
};
use entity::{
    category::{ActiveModel, Column, Entity, Model, SEPARATOR},
    category_closure,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use std::collections::{BTreeSet, HashMap};

/// What identifies the category at the end of this chain of names.
#[must_use]
pub fn lineage(names: &[String]) -> String {
    names.join(&SEPARATOR.to_string())
}

/// The ids of the categories at the end of these chains and of all above them, by lineage; those that are missing are made,
/// with their place in the closure.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(
    db: &impl ConnectionTrait,
    chains: &BTreeSet<&[String]>,
    naming: &Naming,
) -> Result<HashMap<String, i64>> {
    let wanted: BTreeSet<&[String]> = chains.iter().flat_map(|chain| prefixes(chain)).collect();
    let lineages = wanted.iter().map(|chain| lineage(chain));
    let found = bulk::find_all::<Entity>(db, Column::Lineage, lineages).await?;
    let mut known: HashMap<String, Model> = found.into_iter().map(|row| (row.lineage.clone(), row)).collect();

    let deepest = wanted.iter().map(|chain| chain.len()).max().unwrap_or(0);
    for depth in 1..=deepest {
        let level = wanted.iter().copied().filter(|chain| chain.len() == depth);
        let missing: Vec<&[String]> = level.filter(|chain| !known.contains_key(&lineage(chain))).collect();
        if !missing.is_empty() {
            let made = insert(db, &missing, &known, naming).await?;
            known.extend(made.into_iter().map(|row| (row.lineage.clone(), row)));
            enclose(db, &missing, &known).await?;
        }
    }
    Ok(known.into_iter().map(|(lineage, row)| (lineage, row.id)).collect())
}

/// A chain and all chains above it, root first.
#[must_use = "an iterator does nothing by itself"]
pub fn prefixes(chain: &[String]) -> impl Iterator<Item = &[String]> {
    (1..=chain.len()).filter_map(|length| chain.get(..length))
}

/// Categories of one depth, whose parents are known.
async fn insert(
    db: &impl ConnectionTrait,
    chains: &[&[String]],
    known: &HashMap<String, Model>,
    naming: &Naming,
) -> Result<Vec<Model>> {
    let wanted: Vec<String> = chains.iter().map(|chain| slug(chain, known, naming)).collect();
    let slugs = free_slugs::<Entity>(db, Column::Slug, &wanted).await?;
    let paths: Vec<String> = chains.iter().zip(&slugs).map(|(chain, slug)| naming.category_path(chain, slug)).collect();
    let paths = free_paths::<Entity>(db, Column::Path, &paths).await?;
    let rows = chains.iter().zip(slugs).zip(paths).map(|((chain, slug), path)| ActiveModel {
        parent_id: Set(parent(chain, known).map(|parent| parent.id)),
        slug_folded: Set(fold::loose(&slug)),
        name_folded: Set(chain.last().map(|name| fold::loose(name)).unwrap_or_default()),
        path_folded: Set(fold::loose(&path)),
        name: Set(chain.last().cloned().unwrap_or_default()),
        lineage: Set(lineage(chain)),
        path: Set(path),
        slug: Set(slug),
        depth: Set(i32::try_from(chain.len()).unwrap_or(i32::MAX) - 1),
        ..Default::default()
    });
    let made = bulk::make_all(db, rows).await?;
    suggest::add_names(db, suggest::Kind::Category, made.iter().map(|row| (row.id, row.name.as_str()))).await?;
    Ok(made)
}

/// Each new category stands below itself and below everything above it.
async fn enclose(db: &impl ConnectionTrait, chains: &[&[String]], known: &HashMap<String, Model>) -> Result<()> {
    let id = |chain: &[String]| known.get(&lineage(chain)).map(|row| row.id);
    let steps = chains.iter().flat_map(|chain| {
        prefixes(chain).filter_map(move |above| {
            let distance = i32::try_from(chain.len() - above.len()).unwrap_or(i32::MAX);
            Some(category_closure::ActiveModel {
                ancestor_id: Set(id(above)?),
                descendant_id: Set(id(chain)?),
                distance: Set(distance),
            })
        })
    });
    bulk::insert_all(db, steps).await
}

fn parent<'a>(chain: &[String], known: &'a HashMap<String, Model>) -> Option<&'a Model> {
    let (_, above) = chain.split_last()?;
    known.get(&lineage(above))
}

fn slug(chain: &[String], known: &HashMap<String, Model>, naming: &Naming) -> String {
    let own = chain.last().map(|name| naming.category_slug(name)).unwrap_or_default();
    parent(chain, known).map_or_else(|| own.clone(), |parent| format!("{}/{own}", parent.slug))
}
