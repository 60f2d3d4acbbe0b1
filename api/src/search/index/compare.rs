//! Holding the index against what is stored.
//!
//! A segment of many thousands of articles is not made again in memory. Instead each of its keys, with what is known of a document
//! under it, is hashed into one number for each document, in whatever order they come; so are the keys that an article would have
//! now. Both are the same where the index has exactly what would be written.

use super::{
    documents::{self, Bits, Document},
    postings::Postings,
    segment::{self, Builder, Source, entries},
    source::sources,
    terms::Key,
    write::{Standing, standing, state},
};
use crate::{Result, search::VERSION};
use entity::{search_document, search_page, search_segment};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// Pages that are read at once. One of a common term is long.
const READ: u64 = 32;

/// Articles that are read at once: their texts are in memory.
const ARTICLES: usize = 100;

/// Tells of everything in the index that is not what would be written now.
///
/// # Errors
/// When the database fails.
pub async fn compare(db: &impl ConnectionTrait, tell: &mut dyn FnMut(String)) -> Result<()> {
    let version = state(db).await?.version;
    if version != VERSION {
        // What other rules have written can not be read; whoever opens the database next makes it anew.
        tell(format!("the index was made by the rules {version}, and this program has {VERSION}"));
        return Ok(());
    }
    for segment in standing(db, None).await? {
        one(db, segment, tell).await?;
    }
    Ok(())
}

async fn one(db: &impl ConnectionTrait, segment: Standing, tell: &mut dyn FnMut(String)) -> Result<()> {
    let Standing { id, documents: count, dead, .. } = segment;
    let mut tell = |what: String| tell(format!("segment {id}: {what}"));
    let data = search_segment::Entity::find_by_id(id).select_only().column(search_segment::Column::Data);
    let data: Vec<u8> = data.into_tuple().one(db).await?.unwrap_or_default();
    let documents = documents::unpack(&data);
    if usize::try_from(count) != Ok(documents.len()) || data.len() != documents.len() * documents::SIZE {
        tell(format!("it has {} documents, and {count} are noted", documents.len()));
        return Ok(());
    }
    let living = living(db, id, &documents, &Bits(dead.unwrap_or_default()), &mut tell).await?;
    let marks = marks(db, id, documents.len(), &mut tell).await?;
    let ids: Vec<i64> = living.keys().copied().collect();
    for ids in ids.chunks(ARTICLES) {
        for source in sources(db, ids).await? {
            let Some(number) = living.get(&source.article) else { continue };
            let (document, mark) = expected(&source);
            if documents.get(*number) != Some(&document) {
                tell(format!("of article {} other dates or lengths are noted", source.article));
            }
            if marks.get(*number) != Some(&mark) {
                tell(format!("article {} is found by other words or in other lists than it has", source.article));
            }
        }
    }
    Ok(())
}

/// The articles that have a document here, and its number. All other documents are to be dead, and these are not.
async fn living(
    db: &impl ConnectionTrait,
    id: i64,
    documents: &[Document],
    dead: &Bits,
    tell: &mut dyn FnMut(String),
) -> Result<BTreeMap<i64, usize>> {
    use search_document::Column::{ArticleId, Number, SegmentId};
    let select = search_document::Entity::find().select_only().columns([ArticleId, Number]);
    let placed: Vec<(i64, i32)> = select.filter(SegmentId.eq(id)).order_by_asc(ArticleId).into_tuple().all(db).await?;
    let mut living = BTreeMap::new();
    let mut seen = Bits::default();
    for (article, number) in placed {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        if documents.get(at).is_some_and(|document| document.article == article) {
            living.insert(article, at);
            seen.insert(u32::try_from(at).unwrap_or(u32::MAX));
        } else {
            tell(format!("its document {number} is not article {article}"));
        }
    }
    for (number, document) in (0_u32..).zip(documents) {
        if dead.contains(number) == seen.contains(number) {
            let is = if dead.contains(number) { "does not count, and is" } else { "counts, and is not" };
            tell(format!("its document {number} {is} what article {} is found by", document.article));
        }
    }
    Ok(living)
}

/// Of each document the sum of what stands under all keys.
async fn marks(db: &impl ConnectionTrait, id: i64, documents: usize, tell: &mut dyn FnMut(String)) -> Result<Vec<u64>> {
    use search_page::Column::{Data, FirstKey, LastKey, SegmentId};
    let mut marks = vec![0; documents];
    let mut last: Option<Vec<u8>> = None;
    loop {
        let mut select = search_page::Entity::find().select_only().columns([FirstKey, LastKey, Data]);
        select = select.filter(SegmentId.eq(id));
        if let Some(last) = &last {
            select = select.filter(FirstKey.gt(last.clone()));
        }
        let pages: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> =
            select.order_by_asc(FirstKey).limit(READ).into_tuple().all(db).await?;
        let Some((first, ..)) = pages.last() else { return Ok(marks) };
        let next = Some(first.clone());
        let mut before = None;
        for page in &pages {
            // A page that is found by its first key must have it, and everything up to the next page.
            if !is_sound(page, before) || !page_marks(&page.2, &mut marks) {
                tell(format!("the page from `{}` on can not be read", String::from_utf8_lossy(&page.0)));
            }
            before = Some(&page.1);
        }
        last = next;
    }
}

/// Whether a page holds what it says, behind the last key of the page before.
fn is_sound((first, last, data): &(Vec<u8>, Vec<u8>, Vec<u8>), before: Option<&Vec<u8>>) -> bool {
    let keys = entries(data).map(|(key, _)| key);
    segment::is_whole(data)
        && before.is_none_or(|before| before < first)
        && keys.clone().next() == Some(first)
        && keys.clone().last() == Some(last)
        && keys.is_sorted_by(|one, other| one < other)
}

/// Whether every document of the page is one of the segment.
fn page_marks(data: &[u8], marks: &mut [u64]) -> bool {
    entries(data).all(|(key, packed)| {
        let Some(kind) = Key(key.to_vec()).kind() else { return false };
        let mut postings = Postings::new(packed, kind.form());
        let (mut count, mut before) = (0, None);
        let of_key = hashed(key);
        while let Some(number) = postings.document() {
            let is_behind = before.is_none_or(|before| before < number);
            let Some(mark) = marks.get_mut(number as usize).filter(|_| is_behind) else { return false };
            *mark = mark.wrapping_add(of_document(&of_key, postings.packed()));
            count += 1;
            before = Some(number);
        }
        count == postings.documents && postings.is_at_end()
    })
}

/// What stands of an article in a segment.
fn expected(source: &Source) -> (Document, u64) {
    let mut builder = Builder::default();
    builder.add(source);
    let (documents, entries) = builder.finish();
    let mut mark = 0_u64;
    for entry in entries {
        let Some(kind) = entry.key.kind() else { continue };
        let mut postings = Postings::new(&entry.postings, kind.form());
        let of_key = hashed(&entry.key.0);
        while postings.document().is_some() {
            mark = mark.wrapping_add(of_document(&of_key, postings.packed()));
        }
    }
    (documents.into_iter().next().unwrap_or_default(), mark)
}

fn hashed(key: &[u8]) -> DefaultHasher {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher
}

fn of_document(key: &DefaultHasher, what: &[u8]) -> u64 {
    let mut hasher = key.clone();
    what.hash(&mut hasher);
    hasher.finish()
}
