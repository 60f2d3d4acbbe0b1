//! What a resolver finds in its context: the [`Reader`] of this request.

use crate::{
    Result,
    app::App,
    article::Searches,
    audience::Audience,
    db::{Db, Kept, Shelf},
    list::Terms,
};
use async_graphql::{
    Context,
    dataloader::{DataLoader, HashMapCache, Loader},
    runtime::{Timer, TokioSpawner},
};
use chrono_tz::Tz;
use std::{future::Future, hash::Hash, pin::Pin, sync::Arc, time::Duration};
use tokio_util::sync::DropGuard;

/// Who reads, when, and through what. One for each request: what it has loaded is remembered no longer than that.
pub struct Reader {
    /// Settings and limits.
    pub app: App,
    /// The database under this request's own meter.
    pub db: Db,
    /// What may be seen, decided once.
    pub audience: Audience,
    /// What was searched.
    pub searches: Arc<Searches>,
    loader: DataLoader<Batches, HashMapCache>,
    /// Batches run as tasks of their own: what they read ends with the reader.
    _end: DropGuard,
}

/// What the batches of one request read with. Each feature's `loader.rs` says what can be loaded through it.
pub struct Batches {
    /// Settings and limits.
    pub app: App,
    /// The database under this request's own meter.
    pub db: Db,
    /// What may be seen.
    pub audience: Audience,
    /// What was searched.
    pub searches: Arc<Searches>,
}

impl Reader {
    /// A reader for one request, which reads by a handle of its own. Must be made on the runtime that executes it.
    #[must_use]
    pub fn new(app: &App, db: Db, audience: Audience) -> Self {
        let db = db.in_waves();
        let searches: Arc<Searches> = Arc::default();
        let batches = Batches { app: app.clone(), db: db.clone(), audience, searches: Arc::clone(&searches) };
        let spawner = TokioSpawner::current();
        let loader = DataLoader::with_cache(batches, spawner, EndOfWave(db.clone()), HashMapCache::default());
        let end = db.end_on_drop();
        Self { app: app.clone(), db, audience, searches, loader, _end: end }
    }

    /// What the conditions of statements depend on, where the site's days are those of this zone.
    #[must_use]
    pub fn terms(&self, zone: Tz) -> Terms {
        terms(&self.app, self.audience, zone)
    }

    /// What belongs to the key, read together with what its siblings ask for.
    ///
    /// # Errors
    /// When the batch failed.
    pub async fn load<K>(&self, key: K) -> Result<Option<<Batches as Loader<K>>::Value>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batches: Loader<K, Error = crate::Error>,
    {
        self.loader.load_one(key).await
    }

    /// The rows with these ids, in their order: at once where all of them are kept, else with what the siblings ask for. Ids that name
    /// nothing are left out.
    ///
    /// # Errors
    /// When the batch failed.
    pub async fn named<R, K>(
        &self,
        rows: &Shelf<R>,
        ids: &[i64],
        key: fn(i64) -> K,
    ) -> Result<Vec<<Batches as Loader<K>>::Value>>
    where
        R: Kept,
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batches: Loader<K, Error = crate::Error>,
        <Batches as Loader<K>>::Value: From<Arc<R>>,
    {
        if let Some(kept) = rows.all(&self.db, ids) {
            return Ok(kept.into_iter().map(Into::into).collect());
        }
        let found = self.loader.load_many(ids.iter().copied().map(key)).await?;
        Ok(ids.iter().filter_map(|id| found.get(&key(*id)).cloned()).collect())
    }

    /// What belongs to the row with this id: at once where it is kept, else with what the siblings ask for.
    ///
    /// # Errors
    /// When the batch failed.
    pub async fn kept<R, K>(&self, rows: &Shelf<R>, id: i64, key: fn(i64) -> K) -> Result<Arc<R>>
    where
        R: Kept + Default,
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batches: Loader<K, Error = crate::Error, Value = Arc<R>>,
    {
        match rows.get(&self.db, id) {
            Some(kept) => Ok(kept),
            None => self.load_or_default(key(id)).await,
        }
    }

    /// [`load`](Self::load) where nothing means an empty list or zero.
    ///
    /// # Errors
    /// When the batch failed.
    pub async fn load_or_default<K>(&self, key: K) -> Result<<Batches as Loader<K>>::Value>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batches: Loader<K, Error = crate::Error>,
        <Batches as Loader<K>>::Value: Default,
    {
        Ok(self.load(key).await?.unwrap_or_default())
    }
}

impl Batches {
    /// As [`Reader::terms`].
    #[must_use]
    pub fn terms(&self, zone: Tz) -> Terms {
        terms(&self.app, self.audience, zone)
    }
}

/// What the conditions of statements depend on.
pub(super) fn terms(app: &App, audience: Audience, zone: Tz) -> Terms {
    Terms { backend: app.db.backend(), audience, zone, site: app.settings.site_url.clone() }
}

/// Collects a batch until nothing else of the request is being read, instead of waiting for a time.
struct EndOfWave(Db);

impl Timer for EndOfWave {
    fn delay(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + 'static>> {
        let db = self.0.clone();
        Box::pin(async move { db.settled().await })
    }
}

/// Reaches the reader of a request.
pub trait ContextExt<'a> {
    /// The reader of this request.
    fn reader(&self) -> &'a Reader;
}

impl<'a> ContextExt<'a> for Context<'a> {
    #[expect(clippy::disallowed_methods, reason = "the one place; every request is given a reader")]
    fn reader(&self) -> &'a Reader {
        self.data_unchecked::<Arc<Reader>>()
    }
}
