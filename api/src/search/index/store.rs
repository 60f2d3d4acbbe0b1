//! Reading the index.

use super::{
    documents::{self, Bits, Document},
    segment, sql,
    terms::Key,
};
use crate::{
    Error, Result,
    app::App,
    audience::Audience,
    db::{Db, Row, UnderWay},
};
use quick_cache::{Weighter, sync::Cache};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    num::NonZero,
    sync::Arc,
    thread::available_parallelism,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of documents that are remembered: those of some three million articles.
const REMEMBERED: u64 = 64 * 1024 * 1024;

/// Keys of one statement: two values each, below SQLite's 32,766.
pub const KEYS: usize = 8_000;

/// How often a segment may go away between reading which there are and reading it.
const TRIES: usize = 5;

/// What searches share.
#[derive(Clone, Debug)]
pub struct Memory {
    /// The documents of segments that were read, as long as these are there. A segment does not change, and its id is not used again.
    documents: Arc<Cache<i64, Arc<Vec<Document>>, BySize>>,
    places: Arc<Semaphore>,
}

/// Leave to search.
pub struct Place {
    permit: OwnedSemaphorePermit,
    under_way: Option<UnderWay>,
}

impl Place {
    /// Gives it back, and waits until nothing else of the request is under way.
    pub async fn leave(self, db: &Db) {
        drop((self.permit, self.under_way));
        db.settled().await;
    }
}

#[derive(Clone, Debug)]
struct BySize;

impl Weighter<i64, Arc<Vec<Document>>> for BySize {
    fn weight(&self, _: &i64, documents: &Arc<Vec<Document>>) -> u64 {
        (documents.len() * size_of::<Document>()).max(1) as u64
    }
}

impl Default for Memory {
    fn default() -> Self {
        let places = available_parallelism().map_or(1, NonZero::get) * 2;
        Self {
            documents: Arc::new(Cache::with_weighter(1_000, REMEMBERED, BySize)),
            places: Arc::new(Semaphore::new(places)),
        }
    }
}

impl Memory {
    /// A place to search, for reading the index and going through what was read: that takes memory, and processors. Batches of the
    /// request wait until it is left. Whoever has it may not wait for them: it reads [`apart`](Db::apart).
    ///
    /// # Errors
    /// When the request has ended.
    pub async fn enter(&self, db: &Db) -> Result<Place> {
        let under_way = db.under_way();
        tokio::select! {
            biased;
            () = db.unwanted() => Err(Error::Cancelled),
            permit = Arc::clone(&self.places).acquire_owned() => {
                Ok(Place { permit: permit.map_err(|_| Error::Cancelled)?, under_way })
            }
        }
    }
}

/// A segment, as far as a query asks of it.
#[derive(Clone, Debug)]
pub struct View {
    /// Its id.
    pub id: i64,
    /// Its documents.
    pub documents: Arc<Vec<Document>>,
    /// Those of them that count no more.
    pub dead: Bits,
    /// The packed postings of each key of the plan.
    pub postings: Vec<Option<Vec<u8>>>,
}

impl View {
    /// How many documents count and are shown in lists.
    #[must_use]
    pub fn published(&self, audience: Audience) -> usize {
        let numbers = 0..u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        numbers.filter(|number| self.is_published(*number, audience)).count()
    }

    /// Whether a document counts, and is shown in lists.
    #[must_use]
    pub fn is_published(&self, number: u32, audience: Audience) -> bool {
        let document = self.documents.get(number as usize);
        !self.dead.contains(number) && document.is_some_and(|document| document.is_published(audience))
    }
}

/// What stands under these keys in each segment.
///
/// # Errors
/// When the database fails.
pub async fn lookup(db: &Db, app: &App, keys: &[Key]) -> Result<Vec<View>> {
    lookup_of(db, app, keys, None).await
}

/// [`lookup`] without the keys whose postings take more bytes than these in a segment. As many keys as are asked for are looked up in
/// statements that both databases can bear.
///
/// # Errors
/// When the database fails.
pub async fn lookup_rare(db: &Db, app: &App, keys: &[Key], most: i64) -> Result<Vec<Vec<View>>> {
    let mut views = Vec::new();
    for keys in keys.chunks(KEYS) {
        views.push(lookup_of(db, app, keys, Some(most)).await?);
    }
    Ok(views)
}

async fn lookup_of(db: &Db, app: &App, keys: &[Key], most: Option<i64>) -> Result<Vec<View>> {
    for _ in 0..TRIES {
        let found = segments(db, keys, most).await?;
        if let Some(views) = with_documents(db, app, found).await? {
            return Ok(views);
        }
    }
    Err(Error::Overloaded)
}

/// A segment whose documents are not known yet.
#[derive(Default)]
struct Segment {
    dead: Bits,
    postings: Vec<Option<Vec<u8>>>,
}

async fn segments(db: &Db, keys: &[Key], most: Option<i64>) -> Result<BTreeMap<i64, Segment>> {
    let any = [Key(Vec::new())];
    let asked = if keys.is_empty() { &any[..] } else { keys };
    // A page is much longer than what stands under its key: no two of them are held.
    let decode = |row: &mut Row<'_>| -> Result<_> {
        let (id, dead, number, page): (i64, Option<Vec<u8>>, i64, Option<Vec<u8>>) =
            (row.take()?, row.take()?, row.take()?, row.take()?);
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        let found = |page: &Vec<u8>| segment::find(page, keys.get(number)?).map(<[u8]>::to_vec);
        Ok((id, dead, number, page.as_ref().is_some_and(Vec::is_empty), page.as_ref().and_then(found)))
    };
    let mut segments: BTreeMap<i64, Segment> = BTreeMap::new();
    let mut common: HashSet<usize> = HashSet::new();
    for (id, dead, number, is_common, found) in db.rows(&sql::lookup(asked, most), decode).await? {
        let segment = segments.entry(id).or_default();
        if let Some(dead) = dead {
            segment.dead = Bits(dead);
        }
        segment.postings.resize(keys.len(), None);
        common.extend(is_common.then_some(number));
        if let (Some(found), Some(postings)) = (found, segment.postings.get_mut(number)) {
            *postings = Some(found);
        }
    }
    // A key that is common in one segment is common in all.
    for number in common {
        for segment in segments.values_mut() {
            if let Some(postings) = segment.postings.get_mut(number) {
                *postings = None;
            }
        }
    }
    Ok(segments)
}

/// Nothing where one of the segments has gone away.
async fn with_documents(db: &Db, app: &App, segments: BTreeMap<i64, Segment>) -> Result<Option<Vec<View>>> {
    let memory = &app.search.documents;
    // What is known is held before more is read: remembering that may take the place of this.
    let mut known: HashMap<i64, Arc<Vec<Document>>> =
        segments.keys().filter_map(|id| Some((*id, memory.get(id)?))).collect();
    let unknown: Vec<i64> = segments.keys().copied().filter(|id| !known.contains_key(id)).collect();
    if !unknown.is_empty() {
        memory.retain(|id, _| segments.contains_key(id));
        let rows = db.unmetered().rows(&sql::documents(&unknown), |row| Ok((row.take()?, row.take()?))).await?;
        for (id, data) in rows {
            let (id, data): (i64, Vec<u8>) = (id, data);
            let documents = Arc::new(documents::unpack(&data));
            memory.insert(id, Arc::clone(&documents));
            known.insert(id, documents);
        }
    }
    let view =
        |(id, Segment { dead, postings })| Some(View { id, documents: Arc::clone(known.get(&id)?), dead, postings });
    Ok(segments.into_iter().map(view).collect())
}

/// What stands under a range of keys.
pub struct Range {
    /// All segments, upwards.
    pub segments: Vec<i64>,
    /// Segment, key and what stands there.
    pub postings: Vec<(i64, Key, Vec<u8>)>,
}

/// What stands under those of the keys from the first one up to the second one that are wanted.
///
/// # Errors
/// When the database fails.
pub async fn range(db: &Db, from: &Key, to: &Key, is_wanted: impl Fn(&[u8]) -> bool) -> Result<Range> {
    let mut segments: BTreeSet<i64> = BTreeSet::new();
    let mut postings = Vec::new();
    let rows = db.rows(&sql::range(from, to), |row| Ok((row.take()?, row.take()?))).await?;
    for (segment, data) in rows {
        let data: Option<Vec<u8>> = data;
        segments.insert(segment);
        for (key, packed) in segment::entries(data.as_deref().unwrap_or_default()) {
            if key >= from.0.as_slice() && key < to.0.as_slice() && is_wanted(key) {
                postings.push((segment, Key(key.to_vec()), packed.to_vec()));
            }
        }
    }
    Ok(Range { segments: segments.into_iter().collect(), postings })
}
