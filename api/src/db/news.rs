//! Hears that something was written, by whatever process, on a connection of its own.

use super::address::Address;
use sea_orm::{DbBackend, DbErr, QueryResult, RuntimeErr, StatementBuilder, sea_query::SelectStatement, sqlx};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, pool::PoolOptions, postgres::PgListener, sqlite::SqliteConnection,
};
use std::{io, sync::Arc, time::Duration};
use tokio::time::{sleep, timeout};

/// What the trigger on the content generation tells by.
const CHANNEL: &str = "masthead_generation";

/// How long an SQLite file is left alone between two looks at it.
const PAUSE: Duration = Duration::from_millis(100);

/// How long PostgreSQL is waited for until it is asked all the same: a message may be lost with its connection, and a pooler
/// in between may pass none on.
const PATIENCE: Duration = Duration::from_millis(300);

/// A connection on which news come.
pub struct News(Driver);

enum Driver {
    Sqlite {
        connection: SqliteConnection,
        /// Moves with every commit of another connection, of this process or of another one.
        version: Option<i64>,
    },
    Postgres(PgListener),
}

impl News {
    /// Connects.
    pub(super) async fn listen(address: &Address) -> Result<Self, DbErr> {
        match address {
            Address::Sqlite(options) => {
                let connection = options.clone().pragma("mmap_size", "0").connect().await.map_err(failed)?;
                Ok(Self(Driver::Sqlite { connection, version: None }))
            }
            Address::Postgres(options) => {
                // Where nobody listens, a pool does not say so, but tries again for as long as it may.
                options.connect().await.map_err(failed)?.close().await.map_err(failed)?;
                let pool = PoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
                let pool = pool.test_before_acquire(false).connect_lazy_with(options.clone());
                let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
                listener.eager_reconnect(false);
                // An engine without messages is asked every now and then.
                if let Err(error) = listener.listen(CHANNEL).await {
                    tracing::debug!(%error, "the database sends no messages");
                }
                Ok(Self(Driver::Postgres(listener)))
            }
        }
    }

    /// Waits until something may have been written, or it is time to ask for that.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn wait(&mut self) -> Result<(), DbErr> {
        match &mut self.0 {
            Driver::Sqlite { .. } => sleep(PAUSE).await,
            Driver::Postgres(listener) => {
                if let Ok(heard) = timeout(PATIENCE, listener.try_recv()).await {
                    heard.map_err(failed)?.ok_or_else(|| failed(io::Error::from(io::ErrorKind::BrokenPipe).into()))?;
                }
                // What came along with it is answered by the same look.
                while listener.next_buffered().is_some() {}
            }
        }
        Ok(())
    }

    /// Whether something may have been written since this was asked last.
    ///
    /// # Errors
    /// When the database fails or the connection is lost.
    pub async fn came(&mut self) -> Result<bool, DbErr> {
        let Driver::Sqlite { connection, version } = &mut self.0 else { return Ok(true) };
        let now = sqlx::query_scalar::<_, i64>("PRAGMA data_version").fetch_one(connection).await.map_err(failed)?;
        Ok(version.replace(now) != Some(now))
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// When the database fails or the connection is lost.
    pub async fn fetch(&mut self, select: &SelectStatement) -> Result<Vec<QueryResult>, DbErr> {
        match &mut self.0 {
            Driver::Sqlite { connection, .. } => {
                let (sql, values) = built(select, DbBackend::Sqlite);
                let rows = sqlx::query_with(sql, values).fetch_all(connection).await.map_err(failed)?;
                Ok(rows.into_iter().map(Into::into).collect())
            }
            Driver::Postgres(listener) => {
                let (sql, values) = built(select, DbBackend::Postgres);
                let rows = sqlx::query_with(sql, values).fetch_all(listener).await.map_err(failed)?;
                Ok(rows.into_iter().map(Into::into).collect())
            }
        }
    }
}

fn built(select: &SelectStatement, backend: DbBackend) -> (AssertSqlSafe<String>, SqlxValues) {
    let statement = StatementBuilder::build(select, &backend);
    (AssertSqlSafe(statement.sql), SqlxValues(statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new()))))
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

/// Whether nothing listens where the database was: whoever would write there can not.
#[must_use]
pub fn is_gone(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else { return false };
    match &**error {
        sqlx::Error::Io(error) => matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound),
        // It is starting, or shutting down.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}
