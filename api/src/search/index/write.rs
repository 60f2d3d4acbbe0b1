//! Writing the index. Callers hold the transaction: an article and what finds it change together.
//!
//! Whatever is written makes a new segment, and nothing in a segment changes but which of its documents are dead. Where eight segments
//! are of one size they become one, so there are few of them and each article is written some times, not once for each other.

use super::{
    documents::{self, Bits, Document},
    merge, segment,
    source::sources,
    terms::Key,
};
use crate::{Result, db::bulk};
use entity::{search_document, search_page, search_segment, search_state};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use std::collections::HashMap;

/// Segments of one size that become one.
const FAN: usize = 8;

/// More documents than these no segment gets by becoming one of several.
const MOST: i32 = 100_000;

/// What the index has of these articles is what is stored of them now.
///
/// # Errors
/// When the database fails.
pub async fn put(db: &impl ConnectionTrait, articles: &[i64]) -> Result<()> {
    bury(db, articles).await?;
    let sources = sources(db, articles).await?;
    if sources.is_empty() {
        return Ok(());
    }
    let mut builder = segment::Builder::default();
    for source in &sources {
        builder.add(source);
    }
    let (documents, entries) = builder.finish();
    let segment = begin(db, state(db).await?.epoch, &documents).await?;
    let mut pages = segment::Pages::default();
    for entry in entries {
        pages.add(entry);
    }
    insert_pages(db, segment, pages.finish()).await?;
    place(db, segment, documents.iter().map(|document| document.article)).await?;
    settle(db).await
}

/// These articles are found no more.
///
/// # Errors
/// When the database fails.
pub async fn remove(db: &impl ConnectionTrait, articles: &[i64]) -> Result<()> {
    use search_document::{Column::ArticleId, Entity};
    bury(db, articles).await?;
    bulk::delete_all::<Entity>(db, ArticleId, articles.iter().copied()).await
}

/// What the index has of these articles counts no more. A segment of which most is dead is written anew without that, unless all of
/// its articles will be.
async fn bury(db: &impl ConnectionTrait, articles: &[i64]) -> Result<()> {
    use search_document::{Column::ArticleId, Entity};
    let known = bulk::find_all::<Entity>(db, ArticleId, articles.iter().copied()).await?;
    let mut buried: HashMap<i64, Vec<u32>> = HashMap::new();
    for document in known {
        buried.entry(document.segment_id).or_default().push(u32::try_from(document.number).unwrap_or(0));
    }
    let epoch = state(db).await?.epoch;
    for (id, numbers) in buried {
        let Some(Standing { documents, dead, epoch: of, .. }) = standing(db, Some(id)).await?.pop() else {
            continue;
        };
        let mut dead = Bits(dead.unwrap_or_default());
        for number in numbers {
            dead.insert(number);
        }
        let left = documents - i32::try_from(dead.count()).unwrap_or(i32::MAX);
        let row = search_segment::ActiveModel { id: Set(id), dead: Set(Some(dead.0)), ..Default::default() };
        search_segment::Entity::update(row).exec_without_returning(db).await?;
        if left == 0 {
            drop_segment(db, id).await?;
        } else if left * 2 < documents && of == epoch {
            merge::run(db, epoch, &[id]).await?;
        }
    }
    Ok(())
}

/// A segment without its documents.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) id: i64,
    pub(super) epoch: i32,
    pub(super) documents: i32,
    pub(super) dead: Option<Vec<u8>>,
}

/// Of all segments, or of one, oldest first.
pub(super) async fn standing(db: &impl ConnectionTrait, only: Option<i64>) -> Result<Vec<Standing>> {
    use search_segment::{
        Column::{Dead, Documents, Epoch, Id},
        Entity,
    };
    let mut select = Entity::find().select_only().columns([Id, Epoch, Documents, Dead]).order_by_asc(Id);
    if let Some(id) = only {
        select = select.filter(Id.eq(id));
    }
    let rows: Vec<(i64, i32, i32, Option<Vec<u8>>)> = select.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, epoch, documents, dead)| Standing { id, epoch, documents, dead }).collect())
}

/// A new segment with these documents, and no keys yet.
pub(super) async fn begin(db: &impl ConnectionTrait, epoch: i32, documents: &[Document]) -> Result<i64> {
    let row = search_segment::ActiveModel {
        id: NotSet,
        epoch: Set(epoch),
        documents: Set(i32::try_from(documents.len()).unwrap_or(i32::MAX)),
        data: Set(documents::pack(documents)),
        dead: Set(None),
    };
    Ok(row.insert(db).await?.id)
}

/// The one row of the state.
pub(super) async fn state(db: &impl ConnectionTrait) -> Result<search_state::Model> {
    let state = search_state::Entity::find().one(db).await?;
    Ok(state.unwrap_or(search_state::Model { id: 1, version: 0, epoch: 0, is_complete: false }))
}

/// Adds pages to a segment.
pub(super) async fn insert_pages(db: &impl ConnectionTrait, segment: i64, pages: Vec<segment::Page>) -> Result<()> {
    let key = |Key(bytes)| Set(bytes);
    let rows = pages.into_iter().map(|page| search_page::ActiveModel {
        id: NotSet,
        segment_id: Set(segment),
        first_key: key(page.first),
        last_key: key(page.last),
        data: Set(page.data),
    });
    bulk::insert_all(db, rows).await
}

/// These articles are the documents of this segment, in order.
pub(super) async fn place(db: &impl ConnectionTrait, segment: i64, articles: impl Iterator<Item = i64>) -> Result<()> {
    use search_document::Column::{ArticleId, Number, SegmentId};
    let rows = (0_i32..).zip(articles).map(|(number, article)| search_document::ActiveModel {
        article_id: Set(article),
        segment_id: Set(segment),
        number: Set(number),
    });
    let replace = OnConflict::column(ArticleId).update_columns([SegmentId, Number]).to_owned();
    bulk::upsert_all(db, rows, &replace).await
}

/// Takes a segment away.
pub(super) async fn drop_segment(db: &impl ConnectionTrait, id: i64) -> Result<()> {
    search_page::Entity::delete_many().filter(search_page::Column::SegmentId.eq(id)).exec(db).await?;
    search_segment::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Makes one segment of several where there are many of a size.
async fn settle(db: &impl ConnectionTrait) -> Result<()> {
    let epoch = state(db).await?.epoch;
    loop {
        let mut sizes: HashMap<u32, Vec<Standing>> = HashMap::new();
        for segment in standing(db, None).await?.into_iter().filter(|segment| segment.epoch == epoch) {
            let size = segment.documents.max(1).ilog(8);
            sizes.entry(size).or_default().push(segment);
        }
        let Some(many) = sizes.into_values().find_map(|segments| mergeable(&segments)) else {
            return Ok(());
        };
        merge::run(db, epoch, &many).await?;
    }
}

/// The oldest of these segments that together are not too large, if they are many.
fn mergeable(segments: &[Standing]) -> Option<Vec<i64>> {
    let mut documents = 0;
    let fits = |segment: &&Standing| {
        documents += segment.documents;
        documents <= MOST
    };
    let small: Vec<&Standing> = segments.iter().filter(|segment| segment.documents <= MOST / 2).collect();
    let ids: Vec<i64> = small.iter().copied().take_while(fits).map(|segment| segment.id).collect();
    (small.len() >= FAN && ids.len() > 1).then_some(ids)
}
