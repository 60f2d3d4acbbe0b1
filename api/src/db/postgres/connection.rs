//! A connection, and how what it is doing is stopped.

use crate::error::driver;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, Statement, Value, sqlx};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection as _, Executor,
    postgres::{PgConnectOptions, PgConnection},
};
use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// The first two are for a statement that nobody could stop, since its connection broke or Masthead did. Machine code for a filter of
/// 240 conditions takes seconds to make, and no statement here runs for as long. An engine that does not know one of them goes without.
const SETTINGS: [&str; 3] =
    ["SET client_connection_check_interval = '2s'", "SET statement_timeout = '5min'", "SET jit = off"];

/// A connection that reads, one statement after the other.
pub struct Connection {
    driver: PgConnection,
    stop: Stop,
}

/// Stops the statement of one connection.
#[derive(Clone)]
pub struct Stop {
    /// As which the server knows the connection. Unlike the number of its process there, a pooler in between keeps it.
    name: Arc<str>,
    /// Connections to tell the server by.
    others: DatabaseConnection,
}

/// A name that no other connection has or had, whichever process it belongs to.
fn unique_name() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(()));
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("masthead {:016x} {}", *PROCESS, NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl Connection {
    /// A connection whose statements are stopped from one of the `others`.
    pub async fn open(options: &PgConnectOptions, others: &DatabaseConnection) -> sqlx::Result<Self> {
        let name = unique_name();
        let mut driver = options.clone().application_name(&name).connect().await?;
        for setting in SETTINGS {
            if let Err(error) = driver.execute(setting).await {
                tracing::debug!(%error, setting, "a setting of connections is unknown to the database");
            }
        }
        Ok(Self { driver, stop: Stop { name: name.into(), others: others.clone() } })
    }

    /// All rows of a statement.
    pub async fn fetch(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let values = SqlxValues(statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new())));
        let rows = sqlx::query_with(AssertSqlSafe(statement.sql), values).fetch_all(&mut self.driver).await;
        let rows = rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))))?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Whether the connection can be used for another statement, after one has failed.
    pub async fn is_sound(&mut self) -> bool {
        self.driver.ping().await.is_ok()
    }

    /// What stops its statements.
    pub const fn stop(&self) -> &Stop {
        &self.stop
    }
}

impl Stop {
    /// Asks the database to stop what the connection is doing. It may have been too early for that.
    pub async fn ask(&self) {
        let sql =
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND state = 'active'";
        let cancel = Statement::from_sql_and_values(DbBackend::Postgres, sql, [Value::from(self.name.to_string())]);
        if let Err(error) = self.others.query_all_raw(cancel).await {
            tracing::debug!(%error, "PostgreSQL could not be asked to stop a statement");
        }
    }
}

/// Whether a statement failed because its connection was cut, by the server or in between.
pub fn is_lost(error: &DbErr) -> bool {
    match driver(error) {
        Some(sqlx::Error::Io(_)) => true,
        // As it is told by a server that ends one session, or all of them.
        Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| code == "57P01" || code == "57P02"),
        _ => false,
    }
}
