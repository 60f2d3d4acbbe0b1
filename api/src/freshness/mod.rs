//! Which state of the content is the present one, as far as this process knows, and since when it knows.
//!
//! What was read under a generation holds until that rises or the next article appears by its time. The generation is looked at
//! by `watch`, which hears of writes by other processes within milliseconds on PostgreSQL and a tenth of a second on SQLite. What
//! is known is trusted for less than a second, so nothing older is served, whatever happens to the watcher.

mod store;
mod watch;

pub use crate::db::Known;

use crate::{
    Result,
    audience::Audience,
    db::{Db, Row},
};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

/// How long what was seen is trusted.
const LEASE: Duration = Duration::from_millis(900);

/// What the process knows. One for all requests.
pub struct Freshness {
    /// Reads here are no reader's: neither metered nor watched.
    db: Db,
    seen: Mutex<Option<Seen>>,
    /// What is added to the generations of the database.
    skipped: AtomicI64,
    /// Those who need to look wait for the one who does.
    looking: tokio::sync::Mutex<()>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    known: Known,
    /// When it was looked at.
    at: Instant,
    /// Transactions of this process that had been committed by then.
    commits: u64,
}

/// When a look began, and after how many commits.
#[derive(Clone, Copy, Debug)]
struct Look {
    at: Instant,
    commits: u64,
}

impl Freshness {
    /// Nothing is known yet.
    #[must_use]
    pub fn new(db: &Db) -> Arc<Self> {
        Arc::new(Self {
            db: db.clone(),
            seen: Mutex::default(),
            skipped: AtomicI64::new(0),
            looking: tokio::sync::Mutex::default(),
        })
    }

    /// The state of the content, if it is known well enough to answer by it without asking the database.
    #[must_use]
    pub fn known(&self) -> Option<Known> {
        let seen = (*self.seen())?;
        let is_fresh = seen.at.elapsed() < LEASE && seen.commits == self.db.commits();
        is_fresh.then_some(seen.known)
    }

    /// The generation, if it is known so well.
    #[must_use]
    pub fn generation(&self) -> Option<i64> {
        Some(self.known()?.generation)
    }

    /// The generation that was seen last, however long ago. Whatever is read from now on is of this one or of a later one.
    #[must_use]
    pub fn latest(&self) -> Option<i64> {
        Some((*self.seen())?.known.generation)
    }

    /// Since when what was seen last is known.
    #[must_use]
    pub fn age(&self) -> Option<Duration> {
        Some((*self.seen())?.at.elapsed())
    }

    /// The generation, from the database where it is not known well enough.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look(&self, audience: Audience) -> Result<i64> {
        if let Some(generation) = self.generation() {
            return Ok(generation);
        }
        let _turn = self.looking.lock().await;
        match self.generation() {
            Some(generation) => Ok(generation),
            None => Ok(self.read(audience).await?.generation),
        }
    }

    /// The state of the content once everything of a request has been read. If its generation is the one that was known before
    /// that, everything was of this state, since a generation never comes back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(&self, audience: Audience) -> Result<Known> {
        self.read(audience).await
    }

    /// The state of the content that a snapshot shows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_snapshot(snapshot: &Db, audience: Audience) -> Result<Known> {
        let decode = |row: &mut Row<'_>| store::decode(row, audience);
        Ok(snapshot.row(&store::select(audience), decode).await?.ok_or_else(store::missing)?)
    }

    async fn read(&self, audience: Audience) -> Result<Known> {
        let look = self.begin();
        let decode = |row: &mut Row<'_>| store::decode(row, audience);
        let known = self.db.row(&store::select(audience), decode).await?.ok_or_else(store::missing)?;
        Ok(self.note(known, look))
    }

    fn begin(&self) -> Look {
        Look { at: Instant::now(), commits: self.db.commits() }
    }

    /// Takes note of what the database says, unless more is known already.
    fn note(&self, said: Known, look: Look) -> Known {
        let mut seen = self.seen();
        let known = Known { generation: said.generation + self.skipped.load(Ordering::Relaxed), ..said };
        let (at, commits) = match *seen {
            Some(before) if before.known.generation > known.generation => return known,
            Some(before) if before.known.generation == known.generation => {
                (before.at.max(look.at), before.commits.max(look.commits))
            }
            _ => (look.at, look.commits),
        };
        *seen = Some(Seen { known, at, commits });
        known
    }

    /// Nothing has changed since the last look, or can have.
    fn confirm(&self, look: Look) {
        if let Some(seen) = self.seen().as_mut() {
            seen.at = seen.at.max(look.at);
            seen.commits = seen.commits.max(look.commits);
        }
    }

    /// What is known is not trusted any longer: whoever needs it looks.
    pub fn distrust(&self) {
        if let Some(seen) = self.seen().as_mut() {
            seen.at = seen.at.checked_sub(LEASE).unwrap_or(seen.at);
        }
    }

    /// What was known is of another database than the one that is there now, such as one that a backup was put back into. Its
    /// generations are to be none that were there before.
    fn skip(&self) {
        let seen = self.seen();
        if let Some(Seen { known, .. }) = &*seen {
            self.skipped.fetch_add(known.generation + 1, Ordering::Relaxed);
        }
    }

    fn seen(&self) -> MutexGuard<'_, Option<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
