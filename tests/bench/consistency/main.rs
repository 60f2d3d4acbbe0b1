//! Whether answers are right while the content changes all the time: two servers over one PostgreSQL, a writer that publishes, edits
//! and unpublishes fifty articles a second, and readers whose every answer is held against a model of what was written.
//!
//! ```sh
//! cargo build --release && cargo bench --package tests --bench consistency -- 1000000
//! ```
//!
//! It ends with an error at the first answer that shows two states of the content, or one that was over a second ago when it was
//! asked for. The suite does the same in short, on SQLite too (`tests/suite/cache/mixture.rs`).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark that can not go on ends; what it finds is printed"
)]

use api::graphql::id::Kind;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tests::{
    db::{self, TestDb},
    program::Released,
    seed::{self, Seed},
};
use tokio::time::{MissedTickBehavior, interval};
use ureq::Agent;

/// Between two changes.
const PAUSE: Duration = Duration::from_millis(20);

/// How long a state may be over that is shown.
const MOST: Duration = Duration::from_secs(1);

const READERS: usize = 8;

const QUERY: &str = "query($first: Int) {
    site { generation articleCount } articles(first: $first) { totalCount nodes { id title } }
}";

/// An article: its global id, its title, and whether it is published.
type Article = (String, String, bool);

/// What was written: the content under each generation, newest article first, and when the next one took its place.
#[derive(Default)]
struct Model {
    states: RwLock<HashMap<i64, Arc<Vec<Article>>>>,
    over: Mutex<HashMap<i64, Instant>>,
}

/// Asks, and holds the answer against the model; tells for how long the state was over that it shows.
fn read(agent: &Agent, url: &str, model: &Model, first: usize) -> Duration {
    let body = json!({ "query": QUERY, "variables": { "first": first } }).to_string();
    let asked = Instant::now();
    let sent = agent.post(url).header("content-type", "application/json").send(body.as_bytes());
    let answer = sent.expect("the server answers").body_mut().read_to_string().expect("an answer is text");
    let data = &serde_json::from_str::<Value>(&answer).expect("an answer is JSON")["data"];
    let generation = data["site"]["generation"].as_i64().unwrap_or_else(|| panic!("no answer: {answer}"));
    let state = Arc::clone(&model.states.read().expect("nobody fails")[&generation]);
    let published = || state.iter().filter(|(_, _, is_published)| *is_published);
    let count = json!(published().count());
    let nodes: Vec<Value> = published().take(first).map(|(id, title, _)| json!({ "id": id, "title": title })).collect();
    assert_eq!(
        (&data["articles"]["totalCount"], &data["site"]["articleCount"], &data["articles"]["nodes"]),
        (&count, &count, &Value::Array(nodes)),
        "a mixture under {generation}"
    );
    let over = model.over.lock().expect("nobody fails").get(&generation).copied();
    let late = over.map_or(Duration::ZERO, |over| asked.saturating_duration_since(over));
    assert!(late < MOST, "{generation} was over for {late:?}");
    late
}

/// The content as it is, newest first.
async fn content(db: &TestDb) -> Vec<(i64, Article)> {
    let rows: Vec<(i64, String, bool)> =
        db.rows("SELECT id, title, NOT is_draft FROM article ORDER BY published_at DESC, id DESC").await;
    rows.into_iter().map(|(id, title, is_shown)| (id, (Kind::Article.id(id).0, title, is_shown))).collect()
}

/// Changes one article after the other: its title, or whether it is published.
async fn write(db: &TestDb, model: &Model, is_over: &AtomicBool) -> i64 {
    let mut articles = content(db).await;
    let mut generation = db.number("SELECT generation FROM content_generation").await;
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut changes = 0;
    while !is_over.load(Ordering::Relaxed) {
        ticks.tick().await;
        let place = (changes * 7) % articles.len().min(60);
        let (id, (_, title, is_published)) = &mut articles[place];
        let id = *id;
        let change = if changes % 3 == 0 {
            *title = format!("Edited {changes}");
            format!("title = '{title}'")
        } else {
            *is_published = !*is_published;
            format!("is_draft = {}", !*is_published)
        };
        let state = articles.iter().map(|(_, article)| article.clone()).collect();
        model.states.write().expect("nobody fails").insert(generation + 1, Arc::new(state));
        let raise = format!("UPDATE content_generation SET generation = {}", generation + 1);
        db.execute(&format!("BEGIN; UPDATE article SET {change} WHERE id = {id}; {raise}; COMMIT")).await;
        model.over.lock().expect("nobody fails").insert(generation, Instant::now());
        generation += 1;
        changes += 1;
    }
    generation
}

async fn run(db: TestDb, wanted: usize) {
    seed::plant(&db, Seed::Demo(400)).await;
    // Whatever is scheduled would appear in the middle.
    db.execute("DELETE FROM article WHERE published_at > extract(epoch FROM now()) * 1000000").await;
    let model = Arc::new(Model::default());
    let begun = db.number("SELECT generation FROM content_generation").await;
    let state = content(&db).await.into_iter().map(|(_, article)| article).collect();
    model.states.write().expect("nobody fails").insert(begun, Arc::new(state));
    let servers = [(); 2].map(|()| Released::start(Path::new("."), &["--database-url", db.url()]));
    let (reads, is_over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let start = Instant::now();
    let readers: Vec<_> = (0..READERS)
        .map(|reader| {
            let url = servers[reader % servers.len()].url.clone();
            let (model, reads, is_over) = (Arc::clone(&model), Arc::clone(&reads), Arc::clone(&is_over));
            thread::spawn(move || {
                let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
                let mut latest = Duration::ZERO;
                let mut first = reader;
                while reads.fetch_add(1, Ordering::Relaxed) < wanted && !is_over.load(Ordering::Relaxed) {
                    first = first % 50 + 1;
                    latest = latest.max(read(&agent, &url, &model, first));
                }
                is_over.store(true, Ordering::Relaxed);
                latest
            })
        })
        .collect();
    let ended = write(&db, &model, &is_over).await;
    let latest = readers.into_iter().map(|reader| reader.join().expect("every answer is right")).max();
    let seconds = start.elapsed().as_secs_f64();
    let (reads, states) = (reads.load(Ordering::Relaxed).min(wanted), ended - begun);
    println!("{reads} answers of two servers in {seconds:.0} s, {states} states: every one right");
    println!(
        "the oldest state was over for {:.0} ms when it was asked for",
        latest.unwrap_or_default().as_secs_f64() * 1e3
    );
}

fn main() {
    let wanted = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    db::on_postgres(|db| run(db, wanted));
}
