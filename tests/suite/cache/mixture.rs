//! No answer shows two states, and none an old one, however fast the content changes. The long form of this is the benchmark
//! `consistency`.

use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use tests::{
    app::TestApp,
    db::TestDb,
    seed::{self, Seed},
};
use tokio::time::sleep;

/// Statements of their own for articles, authors, categories, tags, figures and the generation; and what has a plan.
const QUERIES: [&str; 2] = [
    "query($first: Int) {
        articles(first: $first) { nodes { title authors { name } tags { name } figures { alt } } }
        categories(first: 3) { nodes { name } } site { generation }
    }",
    "query($first: Int) {
        articles(first: $first) { nodes { title authors { name } categories { name } tags { name } cover { alt } figures { alt } } }
    }",
];

/// Stands for the oldest generation when all has been written.
const OVER: i64 = i64::MAX;

/// Every text of the content says of which generation it is.
async fn write(db: &TestDb, generation: i64) {
    let name = |table: &str| format!("UPDATE {table} SET name = 'v{generation} ' || CAST(id AS text)");
    let texts = [
        format!("UPDATE article SET title = 'v{generation}'; UPDATE figure SET alt = 'v{generation}'"),
        name("author"),
        name("category"),
        name("tag"),
    ]
    .join("; ");
    db.execute(&format!("BEGIN; {texts}; UPDATE content_generation SET generation = {generation}; COMMIT")).await;
}

/// The generation that the answer with this number shows, if it is one.
fn shown(app: &TestApp, number: usize) -> i64 {
    let data = app.query(QUERIES[number % 2], json!({ "first": 2 + number % 3 })).value;
    let title = data["articles"]["nodes"][0]["title"].as_str().unwrap();
    let generation = title.strip_prefix('v').unwrap().parse().unwrap();
    assert!(number % 2 == 1 || data["site"]["generation"] == generation, "a mixture: {data}");
    let mut text = data.to_string();
    assert!(text.matches(&format!("\"v{generation}")).count() > 3, "{generation}: {text}");
    text = text.replace(&format!("\"v{generation}\""), "").replace(&format!("\"v{generation} "), "");
    assert!(!text.contains("\"v"), "a mixture under {generation}: {text}");
    generation
}

/// Reads until it is over; tells how often.
fn read(app: Arc<TestApp>, oldest: Arc<AtomicI64>) -> JoinHandle<usize> {
    thread::spawn(move || {
        let (mut last, mut reads) = (0, 0);
        loop {
            let bound = oldest.load(Ordering::SeqCst);
            if bound == OVER {
                return reads;
            }
            let generation = shown(&app, reads);
            assert!(generation >= bound, "{generation} is older than {bound}");
            assert!(generation >= last, "what was seen does not go away");
            last = generation;
            reads += 1;
        }
    })
}

tests::on_both_databases! {
    async fn every_answer_is_of_one_state_and_no_older_than_a_second(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let other = app.beside(&[]).trusting();
        let begun = app.db.number("SELECT generation FROM content_generation").await + 1;
        write(&app.db, begun).await;
        sleep(Duration::from_secs(1)).await;
        // The generation that was there a second ago.
        let oldest = Arc::new(AtomicI64::new(begun));
        let apps = [Arc::new(app), Arc::new(other)];
        let readers: Vec<_> = [0, 1, 0, 1].into_iter().map(|app| read(Arc::clone(&apps[app]), Arc::clone(&oldest))).collect();
        let (mut written, mut generation, start) = (Vec::new(), begun, Instant::now());
        while start.elapsed() < Duration::from_secs(4) {
            generation += 1;
            write(&apps[0].db, generation).await;
            written.push((Instant::now(), generation));
            let old = written.iter().rev().find(|(at, _)| at.elapsed() >= Duration::from_secs(1));
            oldest.fetch_max(old.map_or(begun, |(_, generation)| *generation), Ordering::SeqCst);
            sleep(Duration::from_millis(15)).await;
        }
        oldest.store(OVER, Ordering::SeqCst);
        let reads: usize = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
        assert!(reads > 20, "enough was read: {reads}");
    }
}
