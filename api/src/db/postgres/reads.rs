//! The connections that requests read by: so many places, and a connection for each that was needed so far.

use super::{
    connection::{Connection, is_lost},
    running::Running,
};
use crate::{
    Error, Result,
    db::{address::connecting, reads::Usage, row::Row},
};
use sea_orm::{DatabaseConnection, DbErr, QueryResult, Statement, sqlx::postgres::PgConnectOptions};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::{self, ThreadId},
    time::{Duration, Instant},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// A connection that was not used for so long may have been cut by whatever lies between.
const IDLE: Duration = Duration::from_mins(10);

/// What a server remembers of a connection grows with its age.
const AGE: Duration = Duration::from_mins(30);

/// Statements at the same time.
const PLACES: usize = 8;

/// Places for statements that read at the same time. Each holds a connection of its own while one runs, and until one that
/// nobody waits for any more has been stopped.
pub struct Reads {
    options: PgConnectOptions,
    others: DatabaseConnection,
    places: Arc<Semaphore>,
    acquire_timeout: Duration,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: Connection,
    /// Of the thread that opened it, which also waits for what comes in on it: others would have to be woken by that one.
    thread: ThreadId,
    opened: Instant,
    used: Instant,
}

impl Reads {
    /// No connection is opened before it is needed. Statements are stopped from one of the `others`.
    pub fn new(options: PgConnectOptions, others: DatabaseConnection, acquire_timeout: Duration) -> Self {
        Self { options, others, places: Arc::new(Semaphore::new(PLACES)), acquire_timeout, idle: Mutex::default() }
    }

    /// How the connections are used now.
    pub fn usage(&self) -> Usage {
        let busy = PLACES.saturating_sub(self.places.available_permits());
        Usage { idle: self.idle().len(), busy, places: PLACES }
    }

    /// The rows of one statement. When this is dropped the statement is stopped.
    pub async fn rows<T>(
        self: &Arc<Self>,
        statement: Statement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let rows = match self.fetched(statement.clone()).await {
            // Nobody has seen anything of it, and it changes nothing. By now all idle connections are closed.
            Err(Error::Database(error)) if is_lost(&error) => self.fetched(statement).await,
            rows => rows,
        }?;
        rows.iter().map(|row| decode(&mut Row::fetched(row))).collect()
    }

    async fn fetched(self: &Arc<Self>, statement: Statement) -> Result<Vec<QueryResult>> {
        let taken = timeout(self.acquire_timeout, self.take()).await;
        let (place, idle) = taken.map_err(|_| Error::Overloaded)??;
        let stop = idle.connection.stop().clone();
        Ok(Running::new(Arc::clone(self).fetch(place, idle, statement), stop).await?)
    }

    async fn take(&self) -> Result<(OwnedSemaphorePermit, Idle), DbErr> {
        let closed = |_| DbErr::Custom("nobody closes the places".to_owned());
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(closed)?;
        if let Some(idle) = self.fresh() {
            return Ok((place, idle));
        }
        let connection = Connection::open(&self.options, &self.others).await.map_err(connecting)?;
        let now = Instant::now();
        Ok((place, Idle { connection, thread: thread::current().id(), opened: now, used: now }))
    }

    /// One of this thread's own, of these the one that was used last: it has most of what it needs at hand. Another thread's only
    /// where there are as many connections as places.
    fn fresh(&self) -> Option<Idle> {
        let mut idle = self.idle();
        idle.retain(|idle| idle.used.elapsed() < IDLE && idle.opened.elapsed() < AGE);
        let this = thread::current().id();
        let own = idle.iter().rposition(|idle| idle.thread == this);
        // Whoever has a place uses no more than one; the others are idle.
        let is_full = idle.len() + (PLACES - self.places.available_permits()) > PLACES;
        match own {
            Some(own) => Some(idle.remove(own)),
            None if is_full => idle.pop(),
            None => None,
        }
    }

    /// Goes to its end also where nobody waits for it. A connection that can not be used again is closed.
    async fn fetch(
        self: Arc<Self>,
        place: OwnedSemaphorePermit,
        mut taken: Idle,
        statement: Statement,
    ) -> Result<Vec<QueryResult>, DbErr> {
        let rows = taken.connection.fetch(statement).await;
        if rows.is_ok() || taken.connection.is_sound().await {
            taken.used = Instant::now();
            self.idle().push(taken);
        } else {
            // What cut this one has most likely cut all of them.
            self.idle().clear();
        }
        drop(place);
        rows
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
