//! What a request was reading when it ended: it is stopped in the database, at once, and its connection serves the next one.

use api::{
    Error, Result,
    app::App,
    audience::Audience,
    db::Db,
    graphql::{Schema, context::Reader, schema},
};
use async_graphql::{Request, Response};
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use std::{
    sync::{Arc, LazyLock},
    time::{Duration, Instant},
};
use tests::{
    app::{NOW, TestClock, open},
    db::TestDb,
    seed::{self, Seed},
};
use tokio::{
    task::{JoinHandle, yield_now},
    time::{sleep, timeout},
};

/// A root field that reads tags, and a batch that does.
const DIRECTLY: &str = "{ tags { nodes { name } } }";
const IN_A_BATCH: &str = "{ articles(first: 1) { nodes { tags { name } } } }";

/// Within this everything is over. A statement on tags would take minutes.
const AT_ONCE: Duration = Duration::from_secs(1);

static SCHEMA: LazyLock<Schema> = LazyLock::new(schema);

/// An app whose tags come slowly: PostgreSQL sleeps before it has them, SQLite counts.
async fn slow(db: &TestDb) -> App {
    seed::plant(db, Seed::Content).await;
    seed::slow_tags(db, 300.0, 5_000_000_000).await;
    open(db, &TestClock::at(NOW), &[]).await
}

/// How many of our statements the server is at. SQLite tells no more than whether there is one: that holds up a checkpoint of
/// what was written.
async fn under_way(db: &TestDb) -> i64 {
    if db.is_postgres() {
        let others = "datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%\"tag\"%'";
        db.number(&format!("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND {others}")).await
    } else {
        db.execute("PRAGMA busy_timeout = 0; UPDATE content_generation SET generation = generation + 1").await;
        let checkpoint: Vec<(i64, i64, i64)> = db.rows("PRAGMA wal_checkpoint(TRUNCATE)").await;
        checkpoint[0].0
    }
}

async fn wait_for(db: &TestDb, count: i64) {
    let start = Instant::now();
    while under_way(db).await != count {
        assert!(start.elapsed() < AT_ONCE, "after {AT_ONCE:?} there are {} instead of {count}", under_way(db).await);
        sleep(Duration::from_millis(5)).await;
    }
}

fn reader(app: &App) -> Arc<Reader> {
    Arc::new(Reader::new(app, app.db.metered(None), Audience { now: app.now(), is_preview: false }))
}

/// Executes an operation as a request does: the task holds the reader, and who else is given a copy.
fn request(reader: Arc<Reader>, query: &'static str) -> JoinHandle<Response> {
    tokio::spawn(async move { SCHEMA.execute(Request::new(query).data(reader)).await })
}

/// One that is at the database by now.
async fn begun(db: &TestDb, app: &App, query: &'static str) -> JoinHandle<Response> {
    let request = request(reader(app), query);
    wait_for(db, 1).await;
    request
}

fn names(table: &'static str) -> SelectStatement {
    Query::select().expr(Expr::col("name")).from(Alias::new(table)).take()
}

#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is tied to one lifetime of a row")]
async fn read(db: &Db, table: &'static str) -> Result<Vec<String>> {
    db.rows(&names(table), |row| row.take()).await
}

/// At most so many statements are at the database at the same time; on SQLite so many that take long.
fn places(db: &TestDb) -> usize {
    if db.is_postgres() { 8 } else { 4 }
}

tests::on_both_databases! {
    async fn a_statement_is_stopped_when_its_request_is_dropped(db: TestDb) {
        let app = slow(&db).await;
        for query in [DIRECTLY, IN_A_BATCH] {
            let request = begun(&db, &app, query).await;
            request.abort();
            wait_for(&db, 0).await;
        }
    }

    async fn a_request_that_is_ended_answers_at_once_and_reads_no_more(db: TestDb) {
        let app = slow(&db).await;
        for query in [DIRECTLY, IN_A_BATCH] {
            let reader = reader(&app);
            let request = request(Arc::clone(&reader), query);
            wait_for(&db, 1).await;
            reader.db.end();
            let response = timeout(AT_ONCE, request).await.expect("nobody waits for the database").unwrap();
            assert!(!response.errors.is_empty(), "{query}");
            assert!(matches!(read(&reader.db, "author").await, Err(Error::Cancelled)));
            // From SQLite it has read in a transaction, which is over with the request.
            drop(reader);
            wait_for(&db, 0).await;
        }
        assert!(!read(&app.db, "author").await.unwrap().is_empty(), "other requests go on");
    }

    async fn requests_that_end_early_take_no_place_and_no_connection_away(db: TestDb) {
        let app = slow(&db).await;
        for round in 0..20 {
            begun(&db, &app, if round % 2 == 0 { DIRECTLY } else { IN_A_BATCH }).await.abort();
            wait_for(&db, 0).await;
        }
        if db.is_postgres() {
            let ours = "datname = current_database() AND application_name LIKE 'masthead %'";
            let connections = db.number(&format!("SELECT count(*) FROM pg_stat_activity WHERE {ours}")).await;
            assert!(connections <= 2, "{connections} connections for one statement at a time");
        }
        // All places but one are taken, at the same time, and the last one is free.
        let slow: Vec<_> = (1..places(&db)).map(|_| request(reader(&app), DIRECTLY)).collect();
        let count = if db.is_postgres() { slow.len() } else { 1 };
        wait_for(&db, i64::try_from(count).unwrap()).await;
        let quick = timeout(AT_ONCE, read(&app.db, "author")).await.expect("a place is free");
        assert!(!quick.unwrap().is_empty());
        for request in slow {
            request.abort();
        }
        wait_for(&db, 0).await;
    }

    async fn whoever_waits_for_a_place_has_it_once_others_end(db: TestDb) {
        let app = slow(&db).await;
        let crowd: Vec<_> = (0..3 * places(&db)).map(|_| request(reader(&app), DIRECTLY)).collect();
        wait_for(&db, if db.is_postgres() { 8 } else { 1 }).await;
        if db.is_postgres() {
            assert!(timeout(AT_ONCE / 4, read(&app.db, "author")).await.is_err(), "every place is taken");
        } else {
            let short = timeout(AT_ONCE / 4, read(&app.db, "author")).await.expect("what is short needs no place");
            assert!(!short.unwrap().is_empty());
        }
        for request in crowd {
            request.abort();
        }
        let quick = timeout(AT_ONCE, read(&app.db, "author")).await.expect("places are free");
        assert!(!quick.unwrap().is_empty());
        wait_for(&db, 0).await;
    }

    async fn a_statement_is_never_stopped_for_another_one(db: TestDb) {
        let app = slow(&db).await;
        for round in 0..100_u64 {
            // These end before, while or after they reach the database.
            let doomed = request(reader(&app), if round % 3 == 0 { DIRECTLY } else { "{ authors { nodes { name } } }" });
            for _ in 0..round % 16 {
                yield_now().await;
            }
            if round % 4 == 0 {
                sleep(Duration::from_millis(round % 5)).await;
            }
            doomed.abort();
            let (some, others) = tokio::join!(read(&app.db, "author"), read(&app.db, "category"));
            assert!(!some.unwrap().is_empty() && !others.unwrap().is_empty(), "round {round}");
        }
        wait_for(&db, 0).await;
    }
}
