//! The connections that requests read by: so many places, and a connection for each that was needed so far.

use super::{
    connection::{Address, Connection},
    running::Running,
};
use crate::{Error, Result};
use sea_orm::{DatabaseConnection, DbBackend, DbErr, QueryResult, Statement};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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

/// Places for statements that read at the same time. Each holds a connection of its own while one runs, and until one that
/// nobody waits for any more has been stopped.
pub struct Reads {
    address: Address,
    others: DatabaseConnection,
    places: Arc<Semaphore>,
    acquire_timeout: Duration,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: Connection,
    opened: Instant,
    used: Instant,
}

impl Reads {
    /// No connection is opened before it is needed. Where statements are stopped from another connection, that is one of
    /// the `others`.
    pub fn new(address: Address, others: DatabaseConnection, acquire_timeout: Duration) -> Self {
        let places = match address.backend() {
            DbBackend::Postgres => 8,
            _ => 4,
        };
        Self { address, others, places: Arc::new(Semaphore::new(places)), acquire_timeout, idle: Mutex::default() }
    }

    /// The rows of one statement. When this is dropped the statement is stopped.
    pub async fn run(self: &Arc<Self>, statement: Statement) -> Result<Vec<QueryResult>> {
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
        let connection = self.address.open(&self.others).await?;
        let now = Instant::now();
        Ok((place, Idle { connection, opened: now, used: now }))
    }

    fn fresh(&self) -> Option<Idle> {
        let mut idle = self.idle();
        idle.retain(|idle| idle.used.elapsed() < IDLE && idle.opened.elapsed() < AGE);
        // The one that was used last has most of what it needs at hand.
        idle.pop()
    }

    /// Goes to its end also where nobody waits for it. A connection that can not be used again is closed.
    async fn fetch(
        self: Arc<Self>,
        place: OwnedSemaphorePermit,
        mut taken: Idle,
        statement: Statement,
    ) -> Result<Vec<QueryResult>, DbErr> {
        let rows = taken.connection.fetch(statement).await;
        taken.connection.stop().reset();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::SERVING;
    use tokio::{task::yield_now, time::sleep};

    /// Minutes of counting, unless it is stopped.
    const ENDLESS: &str =
        "WITH RECURSIVE count(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM count WHERE step < 5000000000)
                           SELECT count(*) FROM count";

    fn sql(sql: &str) -> Statement {
        Statement::from_string(DbBackend::Sqlite, sql)
    }

    #[tokio::test]
    async fn whoever_gets_no_place_in_time_is_told_so_and_a_place_is_free_once_its_statement_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("places.db").display());
        let address = Address::parse(&url, &SERVING).unwrap();
        let patience = Duration::from_millis(200);
        let others = address.pool(patience).await.unwrap();
        let reads = Arc::new(Reads::new(address, others, patience));
        let start = || {
            let reads = Arc::clone(&reads);
            tokio::spawn(async move { reads.run(sql(ENDLESS)).await })
        };
        let mut crowd = vec![start(), start(), start(), start()];
        while reads.places.available_permits() > 0 {
            yield_now().await;
        }
        assert!(matches!(reads.run(sql("SELECT 1")).await, Err(Error::Overloaded)));
        crowd.remove(0).abort();
        assert_eq!(reads.run(sql("SELECT 1")).await.unwrap().len(), 1);
        for statement in crowd {
            statement.abort();
        }
        // Each of them gives its connection back, and no other was opened.
        while reads.places.available_permits() < 4 || reads.idle().len() < 4 {
            sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(reads.idle().len(), 4);
    }
}
