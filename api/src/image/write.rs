//! Making images.

use crate::{Result, article::Picture, db::bulk};
use entity::{
    Timestamp,
    image::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use std::collections::{BTreeMap, HashMap};

/// What is known of one image: its size and the first alternative text.
#[derive(Clone, Debug)]
pub struct Sighting<'a> {
    /// Where it is, and how large.
    pub picture: &'a Picture,
    /// May be empty.
    pub alt: &'a str,
}

/// The ids of these images, by original URL; those that are missing are made, and those of which a source now tells
/// something else are brought up to date.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(
    db: &impl ConnectionTrait,
    images: &BTreeMap<&str, Sighting<'_>>,
    now: Timestamp,
) -> Result<HashMap<String, i64>> {
    let mut ids = HashMap::with_capacity(images.len());
    for image in bulk::find_all::<Entity>(db, Column::OriginalUrl, images.keys().copied()).await? {
        ids.insert(image.original_url.clone(), image.id);
        if let Some(sighting) = images.get(image.original_url.as_str()) {
            complete(db, image, sighting).await?;
        }
    }
    let missing = images.iter().filter(|(url, _)| !ids.contains_key(**url));
    let rows: Vec<ActiveModel> = missing.map(|(_, sighting)| row(sighting, now)).collect();
    let made = bulk::make_all(db, rows).await?;
    ids.extend(made.into_iter().map(|image| (image.original_url, image.id)));
    Ok(ids)
}

/// What is told last counts; what is not told is kept.
async fn complete(db: &impl ConnectionTrait, stored: Model, sighting: &Sighting<'_>) -> Result<()> {
    let (width, height) = match (sighting.picture.width, sighting.picture.height) {
        (None, None) => (stored.width, stored.height),
        told => told,
    };
    let alt = given(sighting.alt).or_else(|| stored.alt.clone());
    if (width, height, &alt) == (stored.width, stored.height, &stored.alt) {
        return Ok(());
    }
    ActiveModel { width: Set(width), height: Set(height), alt: Set(alt), ..stored.into() }.update(db).await?;
    Ok(())
}

fn row(sighting: &Sighting<'_>, now: Timestamp) -> ActiveModel {
    let url = &sighting.picture.original_url;
    ActiveModel {
        original_url: Set(url.clone()),
        alt: Set(given(sighting.alt)),
        width: Set(sighting.picture.width),
        height: Set(sighting.picture.height),
        mime_type: Set(mime_type(url)),
        created_at: Set(now),
        ..Default::default()
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn mime_type(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    mime_guess::from_path(path).first_raw().filter(|mime| mime.starts_with("image/")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_told_by_the_ending_of_the_name() {
        assert_eq!(mime_type("https://example.com/a.JPG?v=2").as_deref(), Some("image/jpeg"));
        assert_eq!(mime_type("https://example.com/picture"), None);
        assert_eq!(mime_type("https://example.com/page.html"), None);
    }
}
