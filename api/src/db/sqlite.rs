//! How requests read from SQLite: through connections of their own, which can do nothing else.
//!
//! A statement begins on the thread of whoever asks, since most end sooner than another thread could be woken. One that takes
//! longer, or has to wait for a lock, is given up and begins anew on a thread on which it holds up nobody else.
//!
//! The statements of a request run in one transaction, as far as they do not run side by side: a lock of the file costs as much as
//! finding a row, and what is written meanwhile is not seen.

use super::{
    BUSY_TIMEOUT, LEAN, Memory,
    reads::Usage,
    row::{Columns, Row},
};
use crate::{Error, Result};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ToSql,
    config::DbConfig,
    params_from_iter,
    types::{ToSqlOutput, ValueRef},
};
use sea_orm::{DbErr, RuntimeErr, Statement, Value};
use std::{
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::timeout,
};

/// Steps of SQLite's machine between two looks at whether the statement may go on: some 0.1 ms.
const STEPS: i32 = 10_000;

/// Looks that a statement may take on the thread of whoever asks.
const LOOKS: u32 = 10;

/// Statements that may take long at the same time.
const PLACES: usize = 4;

/// Connections that nobody uses.
const IDLE: usize = 16;

/// The connections by which requests read.
pub struct Connections {
    file: PathBuf,
    memory: Memory,
    places: Arc<Semaphore>,
    acquire_timeout: Duration,
    /// How many are to have all of the memory. Requests that go on at the same time without reading, as searches do, have a connection
    /// each, and every one of them would map the whole file.
    large: Arc<Semaphore>,
    /// The large ones at the end.
    idle: Mutex<Vec<Reader>>,
}

/// A connection that nobody else uses.
struct Reader {
    connection: Connection,
    large: Option<OwnedSemaphorePermit>,
}

/// By which somebody reads.
pub struct Reads {
    connections: Arc<Connections>,
    /// Of a request, its transaction, once it has begun and while no statement runs in it.
    transaction: Option<Mutex<Option<Reader>>>,
}

/// Why there are no rows.
enum Failure {
    Database(rusqlite::Error),
    Decoding(Error),
}

/// Says so when it is dropped.
struct Unwanted(Arc<AtomicBool>);

/// A value that is bound.
struct Bound<'a>(&'a Value);

impl Reads {
    /// From this file, each statement for itself. No connection is opened before it is needed.
    pub fn new(file: PathBuf, memory: Memory, acquire_timeout: Duration) -> Self {
        let places = Arc::new(Semaphore::new(PLACES));
        let large = Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZero::get)));
        let connections = Connections { file, memory, places, acquire_timeout, large, idle: Mutex::default() };
        Self { connections: Arc::new(connections), transaction: None }
    }

    /// By the same connections, for one request.
    pub fn of_request(&self) -> Self {
        Self { connections: Arc::clone(&self.connections), transaction: Some(Mutex::default()) }
    }

    /// How the connections are used now.
    pub fn usage(&self) -> Usage {
        let Connections { places, idle, .. } = &*self.connections;
        Usage { idle: locked(idle).len(), busy: PLACES.saturating_sub(places.available_permits()), places: PLACES }
    }

    /// The rows of one statement. When this is dropped the statement is stopped.
    pub async fn rows<T>(
        self: &Arc<Self>,
        statement: Statement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        if let Some(rows) = self.at_once(&statement, &decode)? {
            return Ok(rows);
        }
        let rows = self.aside(statement).await?;
        rows.iter().map(|row| decode(&mut Row::new(Columns::Copied(row)))).collect()
    }

    /// Nothing where it takes too long.
    fn at_once<T>(&self, statement: &Statement, decode: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Option<Vec<T>>> {
        let reader = self.take(Duration::ZERO)?;
        let mut looks = 0;
        let is_long = move || {
            looks += 1;
            looks > LOOKS
        };
        let rows = rows(&reader.connection, statement, is_long, |row| {
            decode(&mut Row::new(Columns::Sqlite(row))).map_err(Failure::Decoding)
        });
        self.give_back(reader);
        match rows {
            Ok(rows) => Ok(Some(rows)),
            Err(Failure::Database(error)) if would_go_on(&error) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }

    /// All rows as they are, from a thread of its own.
    async fn aside(self: &Arc<Self>, statement: Statement) -> Result<Vec<Vec<rusqlite::types::Value>>> {
        let place = Arc::clone(&self.connections.places).acquire_owned();
        let place = timeout(self.connections.acquire_timeout, place).await;
        let place = place.map_err(|_| Error::Overloaded)?.map_err(|_| Error::Overloaded)?;
        let is_unwanted = Arc::<AtomicBool>::default();
        let _unwanted = Unwanted(Arc::clone(&is_unwanted));
        let reads = Arc::clone(self);
        let rows = spawn_blocking(move || -> Result<_> {
            let reader = reads.take(BUSY_TIMEOUT)?;
            let rows = rows(&reader.connection, &statement, move || is_unwanted.load(Ordering::Relaxed), copy);
            reads.give_back(reader);
            drop(place);
            Ok(rows?)
        });
        rows.await.map_err(|_| Error::Cancelled)?
    }

    /// In a transaction, where there is to be one.
    fn take(&self, busy_timeout: Duration) -> Result<Reader> {
        let begun = self.transaction.as_ref().and_then(|transaction| locked(transaction).take());
        let reader = begun.map_or_else(|| self.begin(), Ok);
        let waits = |reader: Reader| reader.connection.busy_timeout(busy_timeout).map(|()| reader);
        Ok(reader.and_then(waits).map_err(Failure::Database)?)
    }

    fn begin(&self) -> rusqlite::Result<Reader> {
        let reader = self.connections.take()?;
        if self.transaction.is_some() {
            reader.connection.prepare_cached("BEGIN")?.execute([])?;
        }
        Ok(reader)
    }

    /// Of two that were used at the same time one is the request's from then on.
    fn give_back(&self, reader: Reader) {
        let Some(transaction) = &self.transaction else { return self.connections.give_back(reader) };
        if let Some(other) = locked(transaction).replace(reader) {
            self.connections.end(other);
        }
    }
}

impl Drop for Reads {
    fn drop(&mut self) {
        if let Some(reader) = self.transaction.take().and_then(|it| it.into_inner().ok().flatten()) {
            self.connections.end(reader);
        }
    }
}

impl Connections {
    /// The one that was used last has most of what it needs at hand.
    fn take(&self) -> rusqlite::Result<Reader> {
        let idle = locked(&self.idle).pop();
        idle.map_or_else(|| self.open(), Ok)
    }

    fn open(&self) -> rusqlite::Result<Reader> {
        let large = Arc::clone(&self.large).try_acquire_owned().ok();
        let memory = if large.is_some() { self.memory } else { LEAN };
        Ok(Reader { connection: open(&self.file, memory)?, large })
    }

    /// Of so many that many requests had one, most are closed again.
    fn give_back(&self, reader: Reader) {
        let mut idle = locked(&self.idle);
        if reader.large.is_some() {
            idle.push(reader);
        } else if idle.len() < IDLE {
            idle.insert(0, reader);
        }
    }

    /// One whose transaction can not be ended is closed.
    fn end(&self, reader: Reader) {
        let ended = reader.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        if ended.is_ok() {
            self.give_back(reader);
        }
    }
}

/// Moves what the write-ahead log holds into the file, and shortens the log to nothing. Who waited for readers here would hold up all
/// writers meanwhile: what readers still need stays in the log.
///
/// # Errors
/// When the file can not be opened or written.
pub fn empty_log(file: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(Duration::ZERO)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open(file: &PathBuf, memory: Memory) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.pragma_update(None, "cache_size", -memory.cache_kib)?;
    connection.pragma_update(None, "mmap_size", memory.mapped_bytes)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // The bundled SQLite would prepare a statement anew for other values; no plan of ours depends on them.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(memory.statements);
    Ok(connection)
}

fn rows<T>(
    connection: &Connection,
    statement: &Statement,
    is_over: impl FnMut() -> bool + Send + 'static,
    read: impl FnMut(&rusqlite::Row<'_>) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    connection.progress_handler(STEPS, Some(is_over))?;
    let rows = all(connection, statement, read);
    // What begins and ends transactions is not to be stopped.
    connection.progress_handler(0, None::<fn() -> bool>)?;
    rows
}

fn all<T>(
    connection: &Connection,
    statement: &Statement,
    mut read: impl FnMut(&rusqlite::Row<'_>) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let values = statement.values.iter().flat_map(sea_orm::Values::iter).map(Bound);
    let mut found = prepared.query(params_from_iter(values))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(read(row)?);
    }
    Ok(rows)
}

fn copy(row: &rusqlite::Row<'_>) -> Result<Vec<rusqlite::types::Value>, Failure> {
    (0..row.as_ref().column_count()).map(|at| row.get(at).map_err(Failure::Database)).collect()
}

/// Whether it was stopped, or somebody else has what it needs.
fn would_go_on(error: &rusqlite::Error) -> bool {
    let codes = [ErrorCode::OperationInterrupted, ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked];
    error.sqlite_error_code().is_some_and(|code| codes.contains(&code))
}

impl Drop for Unwanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Database(error) => DbErr::Query(RuntimeErr::Internal(error.to_string())).into(),
            Failure::Decoding(error) => error,
        }
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let integer = |number: Option<i64>| number.map_or(ValueRef::Null, ValueRef::Integer);
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Bool(is) => integer(is.map(i64::from)),
            Value::Int(number) => integer(number.map(i64::from)),
            Value::BigInt(number) => integer(*number),
            Value::BigUnsigned(number) => integer(number.and_then(|number| number.try_into().ok())),
            Value::Double(number) => number.map_or(ValueRef::Null, ValueRef::Real),
            Value::String(text) => text.as_ref().map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => bytes.as_ref().map_or(ValueRef::Null, |bytes| ValueRef::Blob(bytes)),
            other => return Err(rusqlite::Error::ToSqlConversionFailure(format!("{other:?} is not bound").into())),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::SERVING;
    use sea_orm::DbBackend;
    use tokio::{task::yield_now, time::sleep};

    /// A statement that counts up to this.
    fn count(to: u64) -> Statement {
        let sql = format!(
            "WITH RECURSIVE count(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM count WHERE step < {to})
             SELECT count(*), 'counted', x'00ff', NULL FROM count"
        );
        Statement::from_string(DbBackend::Sqlite, sql)
    }

    fn reads(folder: &tempfile::TempDir, patience: Duration) -> Arc<Reads> {
        let file = folder.path().join("reads.db");
        Connection::open(&file).unwrap();
        Arc::new(Reads::new(file, SERVING, patience))
    }

    type Counted = (i64, String, Vec<u8>, Option<i64>);

    async fn run(reads: &Arc<Reads>, statement: Statement) -> Result<Vec<Counted>> {
        reads.rows(statement, |row| Ok((row.take()?, row.take()?, row.take()?, row.take()?))).await
    }

    #[tokio::test]
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is tied to one lifetime of a row")]
    async fn a_statement_gives_the_same_rows_on_either_thread() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_secs(10));
        for (to, is_long) in [(1_000_u32, false), (1_000_000, true)] {
            let at_once = reads.at_once(&count(to.into()), |row| row.take::<i64>()).unwrap();
            assert_eq!(at_once.is_none(), is_long, "{to}");
            let rows = run(&reads, count(to.into())).await.unwrap();
            assert_eq!(rows, [(i64::from(to), "counted".to_owned(), vec![0, 255], None)]);
        }
    }

    #[tokio::test]
    async fn whoever_gets_no_place_in_time_is_told_so_and_a_place_is_free_once_its_statement_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_millis(200));
        let start = || {
            let reads = Arc::clone(&reads);
            tokio::spawn(async move { run(&reads, count(5_000_000_000)).await })
        };
        let mut crowd: Vec<_> = (0..PLACES).map(|_| start()).collect();
        while reads.connections.places.available_permits() > 0 {
            yield_now().await;
        }
        assert_eq!(run(&reads, count(1)).await.unwrap().len(), 1, "what is short needs no place");
        assert!(matches!(run(&reads, count(1_000_000)).await, Err(Error::Overloaded)));
        crowd.remove(0).abort();
        assert_eq!(run(&reads, count(1_000_000)).await.unwrap().len(), 1);
        for statement in crowd {
            statement.abort();
        }
        while reads.connections.places.available_permits() < PLACES {
            sleep(Duration::from_millis(1)).await;
        }
    }

    #[tokio::test]
    async fn what_stops_one_statement_stops_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_secs(10));
        run(&reads, count(1_000_000)).await.unwrap();
        assert_eq!(locked(&reads.connections.idle).len(), 1, "the one that was given up is used again");
        for _ in 0..4_000 {
            run(&Arc::new(reads.of_request()), count(1)).await.unwrap();
        }
    }

    #[tokio::test]
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is tied to one lifetime of a row")]
    async fn a_request_sees_what_was_there_when_it_began_to_read() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_secs(10));
        let writer = Connection::open(folder.path().join("reads.db")).unwrap();
        writer.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE number (value)").unwrap();
        let value = Statement::from_string(DbBackend::Sqlite, "SELECT count(*) FROM number");
        let read = async |reads: &Arc<Reads>| reads.rows(value.clone(), |row| row.take::<i64>()).await.unwrap();
        let [first, second] = [Arc::new(reads.of_request()), Arc::new(reads.of_request())];
        assert_eq!(read(&first).await, [0]);
        writer.execute_batch("INSERT INTO number VALUES (1)").unwrap();
        for (reads, count) in [(&first, 0), (&second, 1), (&reads, 1)] {
            assert_eq!(read(reads).await, [count]);
        }
        // A statement that takes long goes on in the same transaction.
        run(&first, count(1_000_000)).await.unwrap();
        assert_eq!(read(&first).await, [0]);
        drop(first);
        assert_eq!(read(&reads).await, [1]);
        drop(second);
        assert_eq!(
            locked(&reads.connections.idle).len(),
            3,
            "those of both requests, and the one that others used meanwhile"
        );
    }

    #[test]
    fn the_log_is_emptied_as_far_as_nobody_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.db");
        let log = || std::fs::metadata(folder.path().join("log.db-wal")).unwrap().len();
        let writer = Connection::open(&file).unwrap();
        writer
            .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE number (value); INSERT INTO number VALUES (1)")
            .unwrap();
        let reader = Connection::open(&file).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM number").unwrap();
        writer.execute_batch("INSERT INTO number VALUES (2); BEGIN IMMEDIATE").unwrap();
        empty_log(&file).unwrap();
        assert!(log() > 0, "somebody reads from it");
        writer.execute_batch("INSERT INTO number VALUES (3); COMMIT").unwrap();
        reader.execute_batch("COMMIT").unwrap();
        empty_log(&file).unwrap();
        assert_eq!(log(), 0);
        let count = |connection: &Connection| connection.query_row("SELECT count(*) FROM number", [], |row| row.get(0));
        assert_eq!((count(&writer), count(&reader)), (Ok(3), Ok(3)));
    }

    #[test]
    fn nobody_waits_for_the_log_to_be_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.db");
        let writer = Connection::open(&file).unwrap();
        writer.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE number (value)").unwrap();
        let reader = Connection::open(&file).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM number").unwrap();
        writer.execute_batch("INSERT INTO number VALUES (1)").unwrap();
        // Shorter than the time for which one who waited for the reader would hold up writers.
        writer.busy_timeout(Duration::from_secs(2)).unwrap();
        let emptying = std::thread::spawn(move || empty_log(&file));
        while !emptying.is_finished() {
            writer.execute_batch("INSERT INTO number VALUES (2)").unwrap();
        }
        emptying.join().unwrap().unwrap();
    }

    #[tokio::test]
    async fn nothing_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let reads = reads(&folder, Duration::from_secs(10));
        let create = Statement::from_string(DbBackend::Sqlite, "CREATE TABLE article (id integer)");
        assert!(matches!(run(&reads, create).await, Err(Error::Database(_))));
    }
}
