//! Slugs that nobody has yet.

use super::bulk;
use crate::Result;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Cond};
use std::collections::{HashMap, HashSet};

/// A free slug for each wanted one, in order: the wanted one itself, else the first free of `-2`, `-3`, … Slugs that were
/// asked for twice differ. `E` is the table and `column` its slug.
///
/// # Errors
/// When the database fails.
pub async fn free_slugs<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    wanted: &[String],
) -> Result<Vec<String>> {
    let mut taken = HashSet::new();
    for wanted in bulk::chunks(wanted) {
        taken.extend(slugs::<E>(db, column, Cond::all().add(column.is_in(wanted))).await?);
    }
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut free = Vec::with_capacity(wanted.len());
    for slug in wanted {
        if taken.insert(slug.clone()) {
            free.push(slug.clone());
            continue;
        }
        if !next.contains_key(slug.as_str()) {
            // `.` follows `-`: the range holds every numbered form, and is walked along the index.
            let numbered = Cond::all().add(column.gte(format!("{slug}-"))).add(column.lt(format!("{slug}.")));
            taken.extend(slugs::<E>(db, column, numbered).await?);
        }
        let number = next.entry(slug).or_insert(2);
        let other = numbered_slug(slug, number, &taken);
        taken.insert(other.clone());
        free.push(other);
    }
    Ok(free)
}

/// As [`free_slugs`] for paths, which end with a slash: `/tags/sea/`, then `/tags/sea-2/`.
///
/// # Errors
/// When the database fails.
pub async fn free_paths<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    wanted: &[String],
) -> Result<Vec<String>> {
    let mut taken = HashSet::new();
    for wanted in bulk::chunks(wanted) {
        taken.extend(slugs::<E>(db, column, Cond::all().add(column.is_in(wanted))).await?);
    }
    let mut free = Vec::with_capacity(wanted.len());
    for path in wanted {
        let bare = path.trim_end_matches('/');
        let mut other = path.clone();
        let mut number = 2;
        while !taken.insert(other.clone()) {
            other = format!("{bare}-{number}/");
            number += 1;
            taken.extend(slugs::<E>(db, column, Cond::all().add(column.eq(other.as_str()))).await?);
        }
        free.push(other);
    }
    Ok(free)
}

fn numbered_slug(slug: &str, number: &mut usize, taken: &HashSet<String>) -> String {
    loop {
        let candidate = format!("{slug}-{number}");
        *number += 1;
        if !taken.contains(&candidate) {
            return candidate;
        }
    }
}

async fn slugs<E: EntityTrait>(db: &impl ConnectionTrait, column: E::Column, filter: Condition) -> Result<Vec<String>> {
    Ok(E::find().select_only().column(column).filter(filter).into_tuple().all(db).await?)
}
