//! Making images, and bringing them up to date.

use crate::{
    Result,
    article::Picture,
    db::bulk,
    fold,
    media::{LocalPicture, LocalPictures},
};
use entity::{
    Timestamp, author, figure,
    image::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Cond, Condition, Expr, ExprTrait, Query},
};
use std::collections::{BTreeMap, HashMap};

/// What is known of one image: its size and the first alternative text.
#[derive(Clone, Debug)]
pub struct Sighting<'a> {
    /// Where it is, and how large.
    pub picture: &'a Picture,
    /// May be empty.
    pub alt: &'a str,
}

/// The ids of these images, by original URL; those that are missing are made, and those of which a source or their file now
/// tells something else are brought up to date.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure(
    db: &impl ConnectionTrait,
    images: &BTreeMap<&str, Sighting<'_>>,
    local: &LocalPictures,
    now: Timestamp,
) -> Result<HashMap<String, i64>> {
    let mut ids = HashMap::with_capacity(images.len());
    for image in bulk::find_all::<Entity>(db, Column::OriginalUrl, images.keys().copied()).await? {
        ids.insert(image.original_url.clone(), image.id);
        if let Some(sighting) = images.get(image.original_url.as_str()) {
            let local = local.get(&image.original_url);
            complete(db, image, sighting, local).await?;
        }
    }
    let missing = images.iter().filter(|(url, _)| !ids.contains_key(**url));
    let rows: Vec<ActiveModel> = missing.map(|(url, sighting)| row(sighting, local.get(*url), now)).collect();
    let made = bulk::make_all(db, rows).await?;
    ids.extend(made.into_iter().map(|image| (image.original_url, image.id)));
    Ok(ids)
}

/// The images that are files of this root and stand somewhere, behind this id, at most so many, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_root(db: &impl ConnectionTrait, root: &str, after: i64, limit: u64) -> Result<Vec<Model>> {
    let of_root = Entity::find().filter(Column::SourceRoot.eq(root)).filter(Column::Id.gt(after)).filter(is_shown());
    Ok(of_root.order_by_asc(Column::Id).limit(limit).all(db).await?)
}

/// An article shows it, or an author bears it.
pub(crate) fn is_shown() -> Condition {
    let id = (Entity, Column::Id);
    let by_figure = Expr::col((figure::Entity, figure::Column::ImageId)).equals(id);
    let by_avatar = Expr::col((author::Entity, author::Column::AvatarId)).equals(id);
    let one = || Query::select().expr(Expr::val(1)).take();
    Cond::any()
        .add(Expr::exists(one().from(figure::Entity).and_where(by_figure).take()))
        .add(Expr::exists(one().from(author::Entity).and_where(by_avatar).take()))
}

/// Notes what a file has become. Answers whether clients see a difference.
///
/// # Errors
/// When the database fails.
pub(crate) async fn refresh(db: &impl ConnectionTrait, stored: &Model, local: &LocalPicture) -> Result<bool> {
    let fresh = with_file(stored.clone(), local);
    if fresh == *stored {
        return Ok(false);
    }
    let is_seen = fresh.media != stored.media;
    update(db, fresh).await?;
    Ok(is_seen)
}

/// Notes that the folder of these images has moved.
///
/// # Errors
/// When the database fails.
pub(crate) async fn relocate(db: &impl ConnectionTrait, from: &str, to: &str) -> Result<()> {
    let moved = Entity::update_many().col_expr(Column::SourceRoot, to.into());
    moved.filter(Column::SourceRoot.eq(from)).exec(db).await?;
    Ok(())
}

/// What is told last counts; what is not told is kept, and what was measured wins.
async fn complete(
    db: &impl ConnectionTrait,
    stored: Model,
    sighting: &Sighting<'_>,
    local: Option<&LocalPicture>,
) -> Result<()> {
    let mut fresh = stored.clone();
    fresh.alt = given(sighting.alt).or(fresh.alt);
    if fresh.media.is_none() && sighting.picture.width.is_some() {
        (fresh.width, fresh.height) = (sighting.picture.width, sighting.picture.height);
    }
    if let Some(local) = local {
        fresh = with_file(fresh, local);
    }
    if fresh == stored { Ok(()) } else { update(db, fresh).await }
}

/// A copy stays where its file is gone or can not be kept any more.
fn with_file(stored: Model, local: &LocalPicture) -> Model {
    let mut fresh = Model {
        source_root: Some(local.root.clone()),
        source_file: Some(local.file.clone()),
        source_stamp: local.stamp.clone(),
        ..stored
    };
    if let Some(kept) = &local.kept {
        (fresh.width, fresh.height) = (kept.width, kept.height);
        fresh.mime_type = Some(kept.mime_type.to_owned());
        fresh.mime_type_folded = Some(fold::loose(kept.mime_type));
        fresh.media = Some(kept.name.clone());
        fresh.bytes = Some(kept.bytes);
    }
    fresh
}

async fn update(db: &impl ConnectionTrait, fresh: Model) -> Result<()> {
    let id = Unchanged(fresh.id);
    ActiveModel { id, ..fresh.into_active_model().reset_all() }.update(db).await?;
    Ok(())
}

fn row(sighting: &Sighting<'_>, local: Option<&LocalPicture>, now: Timestamp) -> ActiveModel {
    let url = &sighting.picture.original_url;
    let kept = local.and_then(|local| local.kept.as_ref());
    let told = (sighting.picture.width, sighting.picture.height);
    let (width, height) = kept.map_or(told, |kept| (kept.width, kept.height));
    let mime_type = kept.map(|kept| kept.mime_type.to_owned()).or_else(|| mime_type(url));
    ActiveModel {
        original_url: Set(url.clone()),
        original_url_folded: Set(fold::loose(url)),
        mime_type_folded: Set(mime_type.as_deref().map(fold::loose)),
        alt: Set(given(sighting.alt)),
        width: Set(width),
        height: Set(height),
        mime_type: Set(mime_type),
        created_at: Set(now),
        media: Set(kept.map(|kept| kept.name.clone())),
        bytes: Set(kept.map(|kept| kept.bytes)),
        source_root: Set(local.map(|local| local.root.clone())),
        source_file: Set(local.map(|local| local.file.clone())),
        source_stamp: Set(local.and_then(|local| local.stamp.clone())),
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
    use crate::media::Kept;

    #[test]
    fn the_type_is_told_by_the_ending_of_the_name() {
        assert_eq!(mime_type("https://example.com/a.JPG?v=2").as_deref(), Some("image/jpeg"));
        assert_eq!(mime_type("https://example.com/picture"), None);
        assert_eq!(mime_type("https://example.com/page.html"), None);
    }

    fn stored() -> Model {
        Model {
            id: 1,
            original_url: "/a.jpg".to_owned(),
            alt: None,
            width: Some(770),
            height: Some(513),
            mime_type: Some("image/jpeg".to_owned()),
            created_at: Timestamp(0),
            media: None,
            bytes: None,
            source_root: None,
            source_file: None,
            source_stamp: None,
            original_url_folded: "/a.jpg".to_owned(),
            mime_type_folded: Some("image/jpeg".to_owned()),
        }
    }

    fn local(kept: Option<Kept>) -> LocalPicture {
        LocalPicture { root: "/site".to_owned(), file: "a.jpg".to_owned(), stamp: Some("1".to_owned()), kept }
    }

    #[test]
    fn what_is_measured_wins_and_a_copy_outlives_its_file() {
        let name = "ab/abc.png".to_owned();
        let kept = Kept { name: name.clone(), mime_type: "image/png", bytes: 9, width: Some(10), height: Some(20) };
        let with_copy = with_file(stored(), &local(Some(kept)));
        assert_eq!((with_copy.width, with_copy.height, with_copy.bytes), (Some(10), Some(20), Some(9)));
        assert_eq!((with_copy.mime_type.as_deref(), with_copy.media.as_ref()), (Some("image/png"), Some(&name)));
        let gone = with_file(with_copy, &LocalPicture { stamp: None, ..local(None) });
        assert_eq!((gone.width, gone.media, gone.source_stamp), (Some(10), Some(name), None));
    }

    #[test]
    fn a_file_without_a_copy_leaves_what_is_told() {
        let without = with_file(stored(), &local(None));
        assert_eq!((without.width, without.media, without.source_file.as_deref()), (Some(770), None, Some("a.jpg")));
    }
}
