//! The local pictures of an import: copies for those that posts show, and a look at those that were there before.

use super::{document::Document, source::Source};
use crate::{
    Result,
    app::App,
    article::Picture,
    image,
    media::{Collector, Files, LocalPicture},
    site,
};
use std::{borrow::Cow, io};

/// Images that are looked at together.
const PAGE: u64 = 1_000;

impl Files for Source {
    fn stamp(&self, file: &str) -> io::Result<String> {
        self.picture_stamp(file)
    }

    fn read(&self, file: &str) -> io::Result<Cow<'static, [u8]>> {
        self.picture(file)
    }
}

/// Every picture of a post.
pub(crate) fn of(document: &Document) -> impl Iterator<Item = &Picture> {
    let portraits = document.authors.iter().filter_map(|author| author.avatar.as_ref());
    let shown = document.body.figures.iter().map(|figure| &figure.image);
    document.cover.iter().chain(&document.thumbnail).chain(portraits).chain(shown)
}

/// Looks at every image that is a file of this root: whether the file has changed, has come, or is gone. So a picture is
/// brought up to date though no post that shows it has changed.
///
/// # Errors
/// When the database fails.
pub(super) async fn refresh(app: &App, root: &str, collector: &mut Collector<'_>) -> Result<()> {
    let mut after = 0;
    loop {
        let images = image::of_root(&app.db.connection(), root, after, PAGE).await?;
        let Some(last) = images.last() else { return Ok(()) };
        after = last.id;
        let mut changed = Vec::new();
        for image in images {
            if let Some(local) = change(root, &image, collector) {
                changed.push((image, local));
            }
        }
        store(app, &changed).await?;
    }
}

/// What has become of an image's file; None where it is as it was.
fn change(root: &str, image: &image::Row, collector: &mut Collector<'_>) -> Option<LocalPicture> {
    let file = image.source_file.as_deref()?;
    let stamp = collector.stamp(file);
    let is_kept = image.media.as_ref().is_none_or(|name| collector.has(name));
    if stamp == image.source_stamp && (is_kept || stamp.is_none()) {
        return None;
    }
    if stamp.is_some() {
        return Some(collector.look_at(file, "an article"));
    }
    if image.media.is_some() {
        collector.complain(file, "the file is gone; its copy is shown until it is back");
    }
    Some(LocalPicture { root: root.to_owned(), file: file.to_owned(), stamp: None, kept: None })
}

async fn store(app: &App, changed: &[(image::Row, LocalPicture)]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let transaction = app.db.begin().await?;
    let mut is_seen = false;
    for (image, local) in changed {
        is_seen |= image::refresh(&transaction, image, local).await?;
    }
    if is_seen {
        site::store::raise_generation(&transaction).await?;
    }
    app.db.commit(transaction).await?;
    Ok(())
}
