//! The one door to the database. Reads go through [`Db::rows`], which also counts them, and stops them in the database when
//! nobody waits for them any more; writes take a transaction.
//!
//! No statement stands here: statements are built, and their rows decoded, in the `store.rs` of the feature they serve.

mod address;
mod advice;
pub mod bulk;
mod copy;
mod known;
mod meter;
mod news;
mod postgres;
mod reads;
mod row;
mod shelf;
mod sqlite;
mod texts;
mod unique;
mod watched;
mod waves;

pub use advice::advised;
pub use copy::Copied;
pub use known::Known;
pub use meter::{Meter, Receipt, Stamps};
pub use news::{News, is_gone};
pub use reads::Usage;
pub use row::{Column, Row};
pub use shelf::{Kept, Shelf};
pub use unique::{free_paths, free_slugs};
pub use watched::{Transaction, Watched};
pub use waves::UnderWay;

use self::{address::Address, reads::Reads, texts::Texts, waves::Waves};
use crate::{Error, Result};
use migration::{Migrator, MigratorTrait};
use prometheus_client::metrics::histogram::Histogram;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait, Value,
    sea_query::{Expr, Query, SelectStatement},
};
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, task::spawn_blocking};
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

/// Whoever has not got a connection by then does not get one.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Connections that wait for each other's locks on SQLite give up after this.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// What a connection may hold in memory.
#[derive(Clone, Copy)]
struct Memory {
    /// How much of an SQLite file is mapped.
    mapped_bytes: i64,
    /// Of its pages, by a connection that reads for requests.
    cache_kib: i64,
    /// Prepared statements that are kept.
    statements: usize,
}

/// Pages and statements that many requests need again.
const SERVING: Memory = Memory { mapped_bytes: 256 * 1024 * 1024, cache_kib: 8_192, statements: 256 };

/// Statements with many rows come in every length: kept, they are megabytes each and not met again.
const LEAN: Memory = Memory { mapped_bytes: 0, cache_kib: 2_048, statements: 16 };

/// Fewer articles than these change little of what a database knows, or leaves undone.
const WORTH_FINISHING: usize = 1_000;

/// The tables that lists are read from.
const TABLES: [&str; 13] = [
    "article",
    "article_author",
    "article_category",
    "article_count",
    "article_tag",
    "author",
    "category",
    "figure",
    "search_document",
    "search_page",
    "search_segment",
    "suggestion",
    "tag",
];

/// After so many articles, PostgreSQL is to use again what it holds of the index of the search that was written anew.
const WORTH_RECLAIMING: usize = 8_000;

/// Names the lock of writers on PostgreSQL, among those of other programs.
const WRITE_LOCK: i64 = 0x006D_6173_7468_6561;

/// Told every statement before it runs; one that it refuses fails as if the database had failed it.
type Watcher = Arc<dyn Fn(&Statement) -> Result<(), DbErr> + Send + Sync>;

/// The connections, and the meter that counts what is read through this handle.
#[derive(Clone)]
pub struct Db {
    /// For everything but reading.
    connection: DatabaseConnection,
    reads: Reads,
    texts: Arc<Texts>,
    /// Where they lead.
    address: Arc<Address>,
    watcher: Option<Watcher>,
    meter: Arc<Meter>,
    /// Of all statements that were read by.
    durations: Histogram,
    /// Whether what is read through this handle is still wanted.
    ended: CancellationToken,
    /// Of a request that reads in batches; what else is read waits for nobody.
    waves: Option<Arc<Waves>>,
    /// Of which content that may be which was kept from earlier requests.
    known: Option<Known>,
    /// Transactions that were committed through these connections.
    commits: Arc<AtomicU64>,
}

impl Db {
    /// Connects, and creates an SQLite file where the URL says so. Does not migrate.
    ///
    /// # Errors
    /// When the URL can not be used or nothing answers there.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, &SERVING).await
    }

    /// [`connect`](Self::connect) for a command that goes through the database once, and is to stay small.
    ///
    /// # Errors
    /// As `connect`.
    pub async fn connect_lean(url: &str) -> Result<Self> {
        Self::connect_with(url, &LEAN).await
    }

    async fn connect_with(url: &str, memory: &Memory) -> Result<Self> {
        Self::over(url, memory)
            .await
            .map_err(|source| Error::Connect { url: without_credentials(url), source: Arc::new(source) })
    }

    async fn over(url: &str, memory: &Memory) -> Result<Self, DbErr> {
        let address = Address::parse(url, memory)?;
        let connection = address.pool(ACQUIRE_TIMEOUT).await?;
        let reads = Reads::new(&address, *memory, connection.clone(), ACQUIRE_TIMEOUT);
        Ok(Self {
            connection,
            reads,
            texts: Arc::default(),
            address: Arc::new(address),
            watcher: None,
            meter: Arc::default(),
            durations: meter::durations(),
            ended: CancellationToken::new(),
            waves: None,
            known: None,
            commits: Arc::default(),
        })
    }

    /// The same connections; every statement is told to `watcher`, with its values, and fails where that says so. Migrations are not
    /// told.
    #[must_use]
    pub fn watched(self, watcher: impl Fn(&Statement) -> Result<(), DbErr> + Send + Sync + 'static) -> Self {
        Self { watcher: Some(Arc::new(watcher)), ..self }
    }

    /// Brings the schema up to date. Whoever comes second waits for the first one, and finds nothing left to do.
    ///
    /// # Errors
    /// When a migration fails, or another version of the program has made more of them.
    pub async fn migrate(&self) -> Result<()> {
        // Most commands find nothing to do, and are not to wait for whoever is writing.
        let pending = Migrator::get_pending_migrations_read_only(&self.connection).await.map_err(unknown)?;
        if pending.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        let migrated = match self.backend() {
            // Each in a transaction of its own, while this one keeps others away: engines that distribute change no schema among much else.
            DbBackend::Postgres => Migrator::up(&self.connection, None).await,
            // All of them or none: whoever is stopped half way leaves nothing behind.
            _ => Migrator::up(transaction.inner(), None).await,
        };
        migrated.map_err(unknown)?;
        self.commit(transaction).await
    }

    /// The same connections under a meter of their own: one for each request, and not for longer, since from SQLite it may read what was
    /// there at its first statement. What is read may come from earlier requests, if it is of this state of the content.
    #[must_use]
    pub fn metered(&self, known: Option<Known>) -> Self {
        Self {
            connection: self.connection.clone(),
            reads: self.reads.of_request(),
            texts: Arc::clone(&self.texts),
            address: Arc::clone(&self.address),
            watcher: self.watcher.clone(),
            meter: Arc::default(),
            durations: self.durations.clone(),
            ended: CancellationToken::new(),
            waves: None,
            known,
            commits: Arc::clone(&self.commits),
        }
    }

    /// The same in a transaction: whatever is written meanwhile, all that is read is of one state of the content. What is under way in
    /// it is not stopped in the database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn in_snapshot(&self) -> Result<Self> {
        let reads = Reads::Snapshot(Arc::new(Mutex::new(self.snapshot().await?)));
        Ok(Self { reads, ..self.metered(None) })
    }

    /// The same, where batches wait for what is being read.
    #[must_use]
    pub fn in_waves(self) -> Self {
        Self { waves: Some(Arc::default()), ..self }
    }

    /// The same, for what batches wait for otherwise: [`under_way`](Self::under_way).
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { waves: None, ..self.clone() }
    }

    /// The same, for what is read once for all requests, and is on nobody's receipt.
    #[must_use]
    pub fn unmetered(&self) -> Self {
        Self { meter: Arc::default(), ..self.clone() }
    }

    /// Something was read that is not of this request's transaction, and may be of another state of the content.
    pub fn doubt(&self) {
        self.meter.stamp(None);
    }

    /// Waits until what is read through this handle is not wanted any longer.
    pub async fn unwanted(&self) {
        self.ended.cancelled().await;
    }

    /// Of which content what was kept may be; none where it is not to be used.
    #[must_use]
    pub const fn known(&self) -> Option<Known> {
        self.known
    }

    /// Ends what is read through this handle and its copies, which belong to one request: statements that are under way are
    /// stopped in the database, and no other begins.
    pub fn end(&self) {
        self.ended.cancel();
    }

    /// As [`end`](Self::end), when the guard is dropped.
    #[must_use]
    pub fn end_on_drop(&self) -> DropGuard {
        self.ended.clone().drop_guard()
    }

    /// What was read through this handle so far.
    #[must_use]
    pub fn receipt(&self) -> Receipt {
        self.meter.receipt()
    }

    /// How long the statements took that were read by these connections, in seconds.
    #[must_use]
    pub fn durations(&self) -> Histogram {
        self.durations.clone()
    }

    /// How the connections by which requests read are used now.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.reads.usage()
    }

    /// Which SQL is spoken.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    /// Connections for everything but reading for a request.
    #[must_use]
    pub fn connection(&self) -> Watched<DatabaseConnection> {
        Watched::new(self.connection.clone(), self.watcher.clone())
    }

    /// Runs one statement and decodes its rows, each from left to right. When this is dropped the database is told to stop.
    ///
    /// # Errors
    /// When the database fails, has no connection for too long, a row is not as expected, the request has ended, or a bound
    /// text holds NUL, which PostgreSQL can not store.
    pub async fn rows<T>(
        &self,
        select: &SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let rows = self.unstamped(self.backend().build(select), decode).await?;
        self.meter.stamp(None);
        Ok(rows)
    }

    async fn unstamped<T>(&self, statement: Statement, decode: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        refuse_nul(&statement)?;
        let start = Instant::now();
        let under_way = self.under_way();
        if let Some(watcher) = &self.watcher {
            watcher(&statement)?;
        }
        let rows = tokio::select! {
            biased;
            () = self.ended.cancelled() => Err(Error::Cancelled),
            rows = self.reads.rows(statement, decode) => rows,
        }?;
        let took = start.elapsed();
        self.durations.observe(took.as_secs_f64());
        self.meter.add(rows.len(), took);
        drop(under_way);
        self.settled().await;
        Ok(rows)
    }

    /// [`rows`](Self::rows), and of which generation of the content they are; where there are none nobody knows.
    ///
    /// # Errors
    /// As `rows`.
    pub async fn stamped<T>(
        &self,
        mut select: SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<(Vec<T>, Option<i64>)> {
        self.of_generation(self.backend().build(select.expr(generation())), decode).await
    }

    /// [`stamped`](Self::stamped) for a statement that is asked so often that its text is kept: all statements of this name and form
    /// that have as many values are the same but for these, which are given in their order.
    ///
    /// # Errors
    /// As `rows`.
    pub async fn kept<T>(
        &self,
        of: (&'static str, u64),
        values: Vec<Value>,
        select: impl Fn() -> SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<(Vec<T>, Option<i64>)> {
        let select = || select().expr(generation()).take();
        let statement = self.texts.statement(self.backend(), of, values, select);
        self.of_generation(statement, decode).await
    }

    async fn of_generation<T>(
        &self,
        statement: Statement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<(Vec<T>, Option<i64>)> {
        let stamp = OnceLock::new();
        let stamped = |row: &mut Row<'_>| {
            stamp.get_or_init(|| row.last());
            decode(row)
        };
        let rows = self.unstamped(statement, stamped).await?;
        let generation = stamp.into_inner().transpose()?;
        self.meter.stamp(generation);
        Ok((rows, generation))
    }

    /// Which content everything was of that was read through this handle.
    #[must_use]
    pub fn stamps(&self) -> Stamps {
        self.meter.stamps()
    }

    /// [`rows`](Self::rows) of which at most the first is wanted.
    ///
    /// # Errors
    /// As `rows`.
    pub async fn row<T>(
        &self,
        select: &SelectStatement,
        decode: impl Fn(&mut Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.rows(select, decode).await?.into_iter().next())
    }

    /// The one column of the first row.
    ///
    /// # Errors
    /// As `rows`.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is tied to one lifetime of a row")]
    pub async fn value<T: Column>(&self, select: &SelectStatement) -> Result<Option<T>> {
        self.row(select, |row| row.take()).await
    }

    /// Does what takes long on a thread of its own, as if it were a statement: batches of the request wait for it.
    ///
    /// # Errors
    /// When the request has ended, or the work has failed.
    pub async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let under_way = self.under_way();
        let done = spawn_blocking(work).await;
        drop(under_way);
        self.settled().await;
        done.map_err(|_| Error::Cancelled)
    }

    /// Until it is dropped, batches of the request wait as for a statement.
    #[must_use]
    pub fn under_way(&self) -> Option<UnderWay> {
        self.waves.as_ref().map(Waves::begin)
    }

    /// Waits until no statement is under way through this handle, and what they gave has been looked at.
    pub async fn settled(&self) {
        if let Some(waves) = &self.waves {
            waves.over().await;
        }
    }

    /// To be called after so many articles were written, outside of a transaction, for what follows to be read fast.
    ///
    /// PostgreSQL plans by what it knows of its tables, and reads from an index alone what it knows to be seen by everyone: after
    /// many writes that is nothing until its autovacuum comes along, where it runs at all. An engine that can not do it goes without.
    /// Plans of SQLite are given by the form of statements, but it looks for each page in its log first while that holds any, and
    /// leaves what was written last there until more is. The log is emptied as far as nobody is in the way.
    pub async fn finish_writing(&self, written: usize) {
        if written < WORTH_FINISHING {
            return;
        }
        match &*self.address {
            Address::Postgres(_) => {
                let vacuum = format!("VACUUM (ANALYZE) {}", TABLES.join(", "));
                if let Err(error) = self.connection().execute_unprepared(&vacuum).await {
                    tracing::warn!(%error, "PostgreSQL could not look at its tables; `VACUUM (ANALYZE)` would make lists faster");
                }
            }
            Address::Sqlite(options) => {
                let file = options.get_filename().to_owned();
                let emptied = spawn_blocking(move || sqlite::empty_log(&file)).await;
                if !matches!(emptied, Ok(Ok(()))) {
                    tracing::debug!(?emptied, "SQLite's log could not be emptied");
                }
            }
        }
    }

    /// To be called between transactions while many articles are written: how many there were before the last one, and how many now.
    /// The index of the search is written anew as it grows; PostgreSQL keeps what it was before until it is told to look.
    pub async fn reclaim(&self, before: usize, now: usize) {
        if self.backend() != DbBackend::Postgres || before / WORTH_RECLAIMING == now / WORTH_RECLAIMING {
            return;
        }
        if let Err(error) = self.connection().execute_unprepared("VACUUM search_page, search_document").await {
            tracing::debug!(%error, "the database could not reclaim what the index of the search does not use any more");
        }
    }

    /// A connection of its own on which it is heard that something was written.
    ///
    /// # Errors
    /// When there is none to be had.
    pub async fn news(&self) -> Result<News, DbErr> {
        News::listen(&self.address).await
    }

    /// How many transactions were committed here. Whoever remembers what was read looks again when it has risen.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Ends a transaction that writes.
    ///
    /// # Errors
    /// When the database fails. What was written may be there all the same.
    pub async fn commit(&self, transaction: Transaction) -> Result<()> {
        let committed = transaction.commit().await;
        self.commits.fetch_add(1, Ordering::Release);
        Ok(committed?)
    }

    /// A transaction that reads: whatever is written meanwhile, it sees what was there at its first statement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshot(&self) -> Result<Transaction> {
        let is_postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            // SQLite knows no other way, and no names for it.
            isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: is_postgres.then_some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        self.start(options).await
    }

    /// A transaction that writes, one at a time on each database: what two of them found missing would be made twice. On SQLite
    /// it takes the write lock at once, since one that reads first and writes later could find its snapshot outdated.
    ///
    /// # Errors
    /// When the database fails or stays locked.
    pub async fn begin(&self) -> Result<Transaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.start(options).await?;
        if self.backend() == DbBackend::Postgres {
            // Given back with the transaction.
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({WRITE_LOCK})")).await?;
        }
        Ok(transaction)
    }

    async fn start(&self, options: TransactionOptions) -> Result<Transaction> {
        if let Some(watcher) = &self.watcher {
            watcher(&Statement::from_string(self.backend(), "BEGIN"))?;
        }
        Ok(Watched::new(self.connection.begin_with_options(options).await?, self.watcher.clone()))
    }
}

/// How often the content had changed when the statement began.
fn generation() -> Expr {
    let select = Query::select().column("generation").from("content_generation").take();
    Expr::SubQuery(None, Box::new(select.into()))
}

/// Migrations are known by their names. Nothing else that goes wrong with them is told in the library's own words.
fn unknown(error: DbErr) -> Error {
    match error {
        DbErr::Custom(_) => Error::NewerDatabase,
        other => other.into(),
    }
}

fn refuse_nul(statement: &Statement) -> Result<()> {
    let has_nul = |value: &Value| matches!(value, Value::String(Some(text)) if text.contains('\0'));
    match &statement.values {
        Some(values) if values.iter().any(has_nul) => Err(Error::Nul),
        _ => Ok(()),
    }
}

/// For messages: of a server its host and the database, since whatever else an address has may be a password. What can not be taken
/// apart is not shown at all.
#[must_use]
pub fn without_credentials(url: &str) -> String {
    if url.starts_with("sqlite:") {
        return url.to_owned();
    }
    let Ok(parsed) = Url::parse(url) else {
        return "an address that can not be read".to_owned();
    };
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{}", parsed.scheme(), parsed.host_str().unwrap_or_default(), parsed.path())
}

#[cfg(test)]
mod tests {
    use super::without_credentials;

    #[test]
    fn no_message_shows_a_password() {
        for (url, shown) in [
            ("postgres://ada:secret@db.example:5433/site", "postgres://db.example:5433/site"),
            ("postgres://db.example/site?password=secret&sslmode=require", "postgres://db.example/site"),
            ("postgres://db.example/site?password=sec@ret", "postgres://db.example/site"),
            ("postgres://ada:sec?ret@db.example/site", "an address that can not be read"),
            ("postgres:///site?host=/run/postgresql", "postgres:///site"),
            ("sqlite://a@b.db?mode=rwc", "sqlite://a@b.db?mode=rwc"),
        ] {
            assert_eq!(without_credentials(url), shown);
        }
    }
}
