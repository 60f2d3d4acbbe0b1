//! Where the database is, the connections that lead there, and how what they are doing is stopped.

use super::{BUSY_TIMEOUT, Memory};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, SqlxPostgresConnector,
    SqlxSqliteConnector, Statement, Value, sqlx,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection as _, Executor,
    pool::PoolOptions,
    postgres::{PgConnectOptions, PgConnection, PgSslMode},
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use std::{
    env,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

/// Connections for all that is not read by requests: migrations, writes, and stopping what requests read.
const POOL: u32 = 4;

/// Steps of SQLite's machine between two looks at whether the statement is still wanted: some 0.1 ms.
const STEPS: i32 = 10_000;

/// For a statement that nobody could stop, since its connection broke or Masthead did. An engine that does not know one of
/// them goes without.
const LAST_RESORTS: [&str; 2] = ["SET client_connection_check_interval = '2s'", "SET statement_timeout = '5min'"];

/// Where a database is and how it is spoken to.
#[derive(Clone)]
pub enum Address {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

impl Address {
    /// Left alone, the drivers log every statement.
    pub fn parse(url: &str, memory: &Memory) -> Result<Self, DbErr> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite(sqlite(url.parse().map_err(connecting)?, memory))),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(postgres(url, url.parse().map_err(connecting)?))),
            _ => Err(DbErr::Conn(RuntimeErr::Internal("the URL begins with neither `sqlite:` nor `postgres:`".into()))),
        }
    }

    pub const fn backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// Left alone, a pool asks the server for a sign of life before each statement.
    pub async fn pool(&self, acquire_timeout: Duration) -> Result<DatabaseConnection, DbErr> {
        match self {
            Self::Sqlite(options) => {
                let pool = pool(acquire_timeout).connect_with(options.clone()).await.map_err(connecting)?;
                Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
            }
            Self::Postgres(options) => {
                let pool = pool(acquire_timeout).connect_with(options.clone()).await.map_err(connecting)?;
                Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
            }
        }
    }

    /// One connection whose statements can be stopped; on PostgreSQL from one of the `others`.
    pub async fn open(&self, others: &DatabaseConnection) -> Result<Connection, DbErr> {
        match self {
            Self::Sqlite(options) => open_sqlite(options).await,
            Self::Postgres(options) => open_postgres(options, others).await,
        }
        .map_err(connecting)
    }
}

fn pool<DB: sqlx::Database>(acquire_timeout: Duration) -> PoolOptions<DB> {
    PoolOptions::new().max_connections(POOL).acquire_timeout(acquire_timeout).test_before_acquire(false)
}

fn sqlite(options: SqliteConnectOptions, memory: &Memory) -> SqliteConnectOptions {
    options
        .disable_statement_logging()
        .pragma("journal_mode", "WAL")
        .pragma("synchronous", "NORMAL")
        .pragma("cache_size", "-8192")
        .pragma("mmap_size", memory.mapped_bytes.to_string())
        .pragma("temp_store", "MEMORY")
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(memory.statements)
}

fn postgres(url: &str, options: PgConnectOptions) -> PgConnectOptions {
    // "Prefer", the driver's default, protects nobody and costs each statement a second packet that waits for the first.
    let asks_for_tls = url.contains("sslmode=") || url.contains("ssl-mode=") || env::var_os("PGSSLMODE").is_some();
    let options = options.disable_statement_logging();
    if asks_for_tls { options } else { options.ssl_mode(PgSslMode::Disable) }
}

/// A connection that reads, one statement after the other.
pub struct Connection {
    driver: Driver,
    stop: Stop,
}

enum Driver {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Stops the statement of one connection.
#[derive(Clone)]
pub enum Stop {
    /// Looked at by the connection's thread.
    Sqlite(Arc<AtomicBool>),
    Postgres {
        /// As which the server knows the connection. Unlike the number of its process there, a pooler in between keeps it.
        name: Arc<str>,
        /// Connections to tell the server by.
        others: DatabaseConnection,
    },
}

async fn open_sqlite(options: &SqliteConnectOptions) -> sqlx::Result<Connection> {
    let mut connection = options.connect().await?;
    let is_unwanted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_unwanted);
    connection.lock_handle().await?.set_progress_handler(STEPS, move || !flag.load(Ordering::Relaxed));
    Ok(Connection { driver: Driver::Sqlite(connection), stop: Stop::Sqlite(is_unwanted) })
}

async fn open_postgres(options: &PgConnectOptions, others: &DatabaseConnection) -> sqlx::Result<Connection> {
    let name = unique_name();
    let mut connection = options.clone().application_name(&name).connect().await?;
    for setting in LAST_RESORTS {
        if let Err(error) = connection.execute(setting).await {
            tracing::debug!(%error, setting, "a setting of connections is unknown to the database");
        }
    }
    let stop = Stop::Postgres { name: name.into(), others: others.clone() };
    Ok(Connection { driver: Driver::Postgres(connection), stop })
}

/// A name that no other connection has or had, whichever process it belongs to.
fn unique_name() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(()));
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("masthead {:016x} {}", *PROCESS, NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl Connection {
    /// All rows of a statement.
    pub async fn fetch(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let values = SqlxValues(statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new())));
        let sql = AssertSqlSafe(statement.sql);
        match &mut self.driver {
            Driver::Sqlite(driver) => sqlx::query_with(sql, values).fetch_all(driver).await.map(results),
            Driver::Postgres(driver) => sqlx::query_with(sql, values).fetch_all(driver).await.map(results),
        }
        .map_err(|error| DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))))
    }

    /// Whether the connection can be used for another statement, after one has failed.
    pub async fn is_sound(&mut self) -> bool {
        match &mut self.driver {
            Driver::Sqlite(driver) => driver.ping().await.is_ok(),
            Driver::Postgres(driver) => driver.ping().await.is_ok(),
        }
    }

    /// What stops its statements.
    pub const fn stop(&self) -> &Stop {
        &self.stop
    }
}

fn results<R: Into<QueryResult>>(rows: Vec<R>) -> Vec<QueryResult> {
    rows.into_iter().map(Into::into).collect()
}

impl Stop {
    /// Asks the database to stop what the connection is doing. It may have been too early for that.
    pub async fn ask(&self) {
        match self {
            Self::Sqlite(is_unwanted) => is_unwanted.store(true, Ordering::Relaxed),
            Self::Postgres { name, others } => {
                let sql = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND state = 'active'";
                let cancel = Statement::from_sql_and_values(DbBackend::Postgres, sql, [Value::from(name.to_string())]);
                if let Err(error) = others.query_all_raw(cancel).await {
                    tracing::debug!(%error, "PostgreSQL could not be asked to stop a statement");
                }
            }
        }
    }

    /// To be called between two statements: the next one is wanted.
    pub fn reset(&self) {
        if let Self::Sqlite(is_unwanted) = self {
            is_unwanted.store(false, Ordering::Relaxed);
        }
    }
}

fn connecting(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}
