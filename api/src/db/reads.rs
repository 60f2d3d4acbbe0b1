//! How requests read: each database in its own way.

use super::{Memory, address::Address, postgres, row::Row, sqlite, watched::Transaction};
use crate::Result;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;

/// The connections by which requests read.
#[derive(Clone)]
pub enum Reads {
    /// On the thread of whoever asks.
    Sqlite(Arc<sqlite::Reads>),
    /// From a server.
    Postgres(Arc<postgres::Reads>),
    /// In a transaction, one statement after the other.
    Snapshot(Arc<Mutex<Transaction>>),
}

/// How connections are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Those that are open and that nobody uses.
    pub idle: usize,
    /// Statements that are under way; on SQLite those alone that take long.
    pub busy: usize,
    /// How many may be. More wait.
    pub places: usize,
}

impl Reads {
    /// How its connections are used now.
    pub fn usage(&self) -> Usage {
        match self {
            Self::Sqlite(reads) => reads.usage(),
            Self::Postgres(reads) => reads.usage(),
            Self::Snapshot(_) => Usage::default(),
        }
    }

    /// No connection is opened before it is needed. Where statements are stopped from another connection, that is one of
    /// the `others`.
    pub fn new(address: &Address, memory: Memory, others: DatabaseConnection, acquire_timeout: Duration) -> Self {
        match address {
            Address::Sqlite(options) => {
                let file = options.get_filename().to_owned();
                Self::Sqlite(Arc::new(sqlite::Reads::new(file, memory, acquire_timeout)))
            }
            Address::Postgres(options) => {
                Self::Postgres(Arc::new(postgres::Reads::new(options.clone(), others, acquire_timeout)))
            }
        }
    }

    /// By the same connections, for one request.
    #[must_use]
    pub fn of_request(&self) -> Self {
        match self {
            Self::Sqlite(reads) => Self::Sqlite(Arc::new(reads.of_request())),
            Self::Postgres(_) | Self::Snapshot(_) => self.clone(),
        }
    }

    /// The rows of one statement. When this is dropped the statement is stopped.
    ///
    /// # Errors
    /// When the database fails, has no connection for too long, or a row is not as expected.
    pub async fn rows<T>(&self, statement: Statement, decode: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        match self {
            Self::Sqlite(reads) => reads.rows(statement, decode).await,
            Self::Postgres(reads) => reads.rows(statement, decode).await,
            Self::Snapshot(transaction) => {
                let rows = transaction.lock().await.query_all_raw(statement).await?;
                rows.iter().map(|row| decode(&mut Row::fetched(row))).collect()
            }
        }
    }
}
