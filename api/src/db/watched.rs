//! Connections and transactions whose statements are told to whoever watches, before they run.

use super::Watcher;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

/// A connection, or a transaction, by which anything can be done.
pub struct Watched<C> {
    by: C,
    watcher: Option<Watcher>,
}

/// What is written, or read of one state of the content, ends together.
pub type Transaction = Watched<DatabaseTransaction>;

impl<C: ConnectionTrait> Watched<C> {
    pub(super) const fn new(by: C, watcher: Option<Watcher>) -> Self {
        Self { by, watcher }
    }

    /// What is done by it nobody is told of.
    pub(super) const fn inner(&self) -> &C {
        &self.by
    }

    fn tell(&self, statement: &Statement) -> Result<(), DbErr> {
        self.watcher.as_ref().map_or(Ok(()), |watcher| watcher(statement))
    }

    fn tell_sql(&self, sql: &str) -> Result<(), DbErr> {
        match &self.watcher {
            Some(watcher) => watcher(&Statement::from_string(self.by.get_database_backend(), sql)),
            None => Ok(()),
        }
    }
}

impl Watched<DatabaseConnection> {
    /// The connections themselves, of which nobody is told anything.
    #[must_use]
    pub fn into_inner(self) -> DatabaseConnection {
        self.by
    }
}

impl Transaction {
    /// What was written is there from now on. [`Db::commit`](super::Db::commit) also tells whoever remembers what was read.
    ///
    /// # Errors
    /// When the database fails. What was written may be there all the same.
    pub async fn commit(self) -> Result<(), DbErr> {
        // Watched after the fact it could not be failed: a transaction that is dropped is rolled back.
        self.tell_sql("COMMIT")?;
        self.by.commit().await
    }

    /// What was written is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.by.rollback().await
    }
}

#[async_trait::async_trait]
impl<C: ConnectionTrait> ConnectionTrait for Watched<C> {
    fn get_database_backend(&self) -> DbBackend {
        self.by.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.tell(&statement)?;
        self.by.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.tell_sql(sql)?;
        self.by.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.tell(&statement)?;
        self.by.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.tell(&statement)?;
        self.by.query_all_raw(statement).await
    }
}
