//! Fresh databases: on SQLite a temporary file, on PostgreSQL a copy of a template that was migrated once.
//!
//! Each is gone when its test ends, also when that panics; what a killed run leaves behind goes after a day.

use crate::app;
use api::db::Db;
use camino::Utf8Path;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TryGetableMany, Value,
};
use std::{
    env, fs,
    future::Future,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    net::{TcpStream, ToSocketAddrs},
    process,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Where PostgreSQL is, unless `MASTHEAD_TEST_POSTGRES` says otherwise.
const POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// Of the advisory lock that one process holds while it looks after the template.
const LOCK: i64 = 0x6d61_7374;

/// A migrated database of one test.
pub struct TestDb {
    /// One, so that what it changes in the schema is known to it.
    connection: Option<DatabaseConnection>,
    url: String,
    place: Place,
}

enum Place {
    File {
        _folder: TempDir,
    },
    /// Who made it looks after it.
    Elsewhere,
    Server {
        name: String,
    },
}

/// Runs a test with a database in a temporary file.
pub fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(TestDb) -> F) {
    runtime().block_on(async { test(TestDb::sqlite().await).await });
}

/// Runs a test with a database on PostgreSQL. Where none answers the test says so and is skipped, except in CI.
pub fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(TestDb) -> F) {
    runtime().block_on(async {
        if let Some(db) = TestDb::postgres().await {
            test(db).await;
        }
    });
}

impl TestDb {
    /// A migrated database in a temporary file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
        let db = Db::connect(&url).await.expect("SQLite opens a new file");
        db.migrate().await.expect("the migrations run on SQLite");
        Self {
            connection: Some(connect(&url).await.expect("SQLite opens its file again")),
            url,
            place: Place::File { _folder: folder },
        }
    }

    /// A copy of the migrated template; nothing where no PostgreSQL answers.
    pub async fn postgres() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let template = template()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let server = connect(&server_url()).await.expect("PostgreSQL answered before");
        let now: Vec<(i64,)> = rows(&server, "SELECT CAST(extract(epoch FROM now()) AS bigint)").await;
        let name = format!("masthead_test_{}_{}_{number}", now[0].0, process::id());
        execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        server.close().await.expect("a connection can be closed");
        let url = url_of(&name);
        Some(Self {
            connection: Some(connect(&url).await.expect("a new database answers")),
            url,
            place: Place::Server { name },
        })
    }

    /// One that is there already, and stays.
    pub async fn over(url: &str) -> Self {
        let connection = Some(connect(url).await.expect("the database answers"));
        Self { connection, url: url.to_owned(), place: Place::Elsewhere }
    }

    /// Leaves it as it is on disk. Nothing stands beside a file of SQLite once the last one has left.
    pub async fn close(mut self) {
        let connection = self.connection.take().expect("it is taken here and by `drop` alone");
        connection.close().await.expect("a connection can be closed");
    }

    /// Takes everything out of it, the schema too.
    pub async fn clear(&self) {
        if self.is_postgres() {
            self.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public").await;
        } else {
            self.execute(
                "PRAGMA writable_schema = ON; DELETE FROM sqlite_master; PRAGMA writable_schema = RESET; VACUUM",
            )
            .await;
        }
    }

    /// For `--database-url`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The test's own connection.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        self.connection.as_ref().expect("it is taken by `drop` alone")
    }

    /// Which SQL is spoken.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.connection().get_database_backend()
    }

    /// Whether this is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }

    /// Runs statements for what they do.
    pub async fn execute(&self, sql: &str) {
        execute(self.connection(), sql).await;
    }

    /// Runs a statement for its rows.
    pub async fn rows<T: TryGetableMany>(&self, sql: &str) -> Vec<T> {
        rows(self.connection(), sql).await
    }

    /// The one number that a statement gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let rows: Vec<(i64,)> = self.rows(sql).await;
        rows[0].0
    }

    /// Takes the database away from everyone who is connected to it.
    pub async fn vanish(&self) {
        match &self.place {
            Place::File { .. } | Place::Elsewhere => self.execute("DROP TABLE content_generation").await,
            Place::Server { name } => drop_database(name).await,
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        drop(self.connection.take());
        if let Place::Server { name } = &self.place {
            let name = name.clone();
            // It is there where the test has kept something.
            let _ = app::media(&self.url).parent().map(fs::remove_dir_all);
            // A runtime can not be started inside another one.
            let gone = thread::spawn(move || runtime().block_on(drop_database(&name))).join();
            if gone.is_err() {
                eprintln!("{} could not be dropped", self.url);
            }
        }
    }
}

async fn drop_database(name: &str) {
    let server = connect(&server_url()).await.expect("PostgreSQL answered before");
    execute(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    server.close().await.expect("a connection can be closed");
}

/// The name of the migrated template, made where it is missing; looked after once a process.
fn template() -> Option<&'static str> {
    static TEMPLATE: OnceLock<Option<String>> = OnceLock::new();
    let made = || thread::spawn(|| runtime().block_on(make_template())).join();
    TEMPLATE.get_or_init(|| made().expect("the template database can be made")).as_deref()
}

async fn make_template() -> Option<String> {
    if let Err(error) = answers(&server_url()) {
        let is_ci = env::var_os("CI").is_some_and(|value| value == "true");
        assert!(!is_ci, "in CI PostgreSQL is not skipped: {error}");
        eprintln!("skipped: no PostgreSQL answers at {} ({error})", server_url());
        return None;
    }
    let server = connect(&server_url()).await.expect("PostgreSQL lets the tests in");
    execute(&server, &format!("SELECT pg_advisory_lock({LOCK})")).await;
    sweep(&server).await;
    let name = format!("masthead_template_{:016x}", schema_hash());
    let found: Vec<(i32,)> = rows(&server, &format!("SELECT 1 FROM pg_database WHERE datname = '{name}'")).await;
    if found.is_empty() {
        // Under another name until it is whole: a run may be killed meanwhile.
        let unfinished = format!("{name}_unfinished");
        execute(&server, &format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        execute(&server, &format!("CREATE DATABASE {unfinished}")).await;
        let db = Db::connect(&url_of(&unfinished)).await.expect("a new database answers");
        db.migrate().await.expect("the migrations run on PostgreSQL");
        db.connection().into_inner().close().await.expect("a connection can be closed");
        execute(&server, &format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
    }
    execute(&server, &format!("SELECT pg_advisory_unlock({LOCK})")).await;
    server.close().await.expect("a connection can be closed");
    Some(name)
}

/// Drops what tests of more than a day ago have left: the second part of a name is when it was made.
async fn sweep(server: &DatabaseConnection) {
    let old: Vec<(String,)> = rows(
        server,
        r"SELECT CAST(datname AS text) FROM pg_database
           WHERE datname ~ '^masthead_test_[0-9]+_[0-9]+_[0-9]+$'
             AND CAST(split_part(datname, '_', 3) AS bigint) < extract(epoch FROM now()) - 86400",
    )
    .await;
    for (name,) in old {
        execute(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
}

/// Of the migrations' names and texts: while they are not released they still change under their names.
fn schema_hash() -> u64 {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../migration/src");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the migrations are in the repository")
        .map(|file| file.expect("a folder can be listed").path())
        .collect();
    files.sort_unstable();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        fs::read(&file).expect("a migration can be read").hash(&mut hasher);
    }
    hasher.finish()
}

fn server_url() -> String {
    env::var("MASTHEAD_TEST_POSTGRES").unwrap_or_else(|_| POSTGRES.to_owned())
}

/// Asked before connecting, since a pool keeps on trying.
fn answers(url: &str) -> io::Result<()> {
    let place = url.split_once("://").map_or(url, |(_, place)| place);
    let host = place.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
    let address = address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
    TcpStream::connect_timeout(&address, Duration::from_secs(2)).map(|_| ())
}

/// The same server, another database.
fn url_of(name: &str) -> String {
    let server = server_url();
    let (place, arguments) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = place.rsplit_once('/').expect("a PostgreSQL URL names a database");
    let separator = if arguments.is_empty() { "" } else { "?" };
    format!("{host}/{name}{separator}{arguments}")
}

/// One connection, since a lock belongs to one.
async fn connect(url: &str) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

async fn execute(connection: &DatabaseConnection, sql: &str) {
    if let Err(error) = connection.execute_unprepared(sql).await {
        panic!("{sql}: {error}");
    }
}

async fn rows<T: TryGetableMany>(connection: &DatabaseConnection, sql: &str) -> Vec<T> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, Vec::<Value>::new());
    let rows = match connection.query_all_raw(statement).await {
        Ok(rows) => rows,
        Err(error) => panic!("{sql}: {error}"),
    };
    rows.iter().map(|row| T::try_get_many_by_index(row).unwrap_or_else(|error| panic!("{sql}: {error:?}"))).collect()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime can be made")
}
