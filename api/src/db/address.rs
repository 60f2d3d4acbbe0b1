//! Where the database is, and the connections for everything but reading for a request.

use super::{BUSY_TIMEOUT, Memory};
use sea_orm::{
    DatabaseConnection, DbErr, RuntimeErr, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        self, ConnectOptions,
        pool::PoolOptions,
        postgres::{PgConnectOptions, PgSslMode},
        sqlite::SqliteConnectOptions,
    },
};
use std::{env, io, sync::Arc, time::Duration};
use tokio::time::timeout;

/// Connections for all that is not read by requests: migrations, writes, and stopping what requests read.
const POOL: u32 = 4;

/// What a server that is there takes at the most to take a connection.
const TRIAL: Duration = Duration::from_secs(5);

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

    /// Left alone, a pool asks the server for a sign of life before each statement.
    pub async fn pool(&self, acquire_timeout: Duration) -> Result<DatabaseConnection, DbErr> {
        match self {
            Self::Sqlite(options) => {
                let pool = pool(acquire_timeout).connect_with(options.clone()).await.map_err(connecting)?;
                Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
            }
            Self::Postgres(options) => {
                // Waits where nothing listens yet.
                let pool = match pool(acquire_timeout).connect_with(options.clone()).await {
                    Err(sqlx::Error::PoolTimedOut) => return Err(connecting(why(options).await)),
                    pool => pool.map_err(connecting)?,
                };
                Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
            }
        }
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

/// Why no connection comes about, of which a pool says only that it took too long.
async fn why(options: &PgConnectOptions) -> sqlx::Error {
    match timeout(TRIAL, options.connect()).await {
        Ok(Err(error)) => error,
        Ok(Ok(_)) => sqlx::Error::PoolTimedOut,
        Err(_) => sqlx::Error::Io(io::ErrorKind::TimedOut.into()),
    }
}

pub(super) fn connecting(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}
