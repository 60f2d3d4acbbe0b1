//! Copies of pictures: every one that an image names is there, whole and unchanged.

use super::{
    found::Found,
    store::{self, Copied},
};
use crate::{Result, db::bulk, media::Media};
use sea_orm::ConnectionTrait;

/// Images that are read at once.
const PAGE: u64 = 1_000;

/// What is wrong, and what is in nobody's way: files that no image names, as those that an import has copied and not stored yet.
///
/// # Errors
/// When the database fails.
pub async fn check(db: &impl ConnectionTrait, media: &Media) -> Result<(Found, Found)> {
    let (mut found, mut notes) = (Found::default(), Found::default());
    let mut after = i64::MIN;
    loop {
        let images = store::copied(db, after, PAGE).await?;
        let Some(last) = images.last() else { break };
        after = last.id;
        for Copied { id, original_url, media: name, bytes } in images {
            if let Some(what) = media.doubt(&name, bytes) {
                found.add(format!("image {id} ({original_url}): {} {what}", media.folder().join(&name)));
            }
        }
    }
    for files in bulk::chunks(media.files()) {
        let named = store::named(db, &files).await?;
        for file in files.iter().filter(|file| !named.contains(*file)) {
            notes.add(format!(
                "no image names {}; it may be deleted while nothing is imported",
                media.folder().join(file)
            ));
        }
    }
    Ok((found, notes))
}
