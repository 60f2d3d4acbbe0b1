//! The clock of the machine is set while the program runs: by an hour forward, back, and back to where it was. What is published follows
//! at once, in kept answers as well, and nothing else happens.

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};
use tests::{
    cluster::skipped,
    db::TestDb,
    program,
    seed::{Folder, post},
    serving::Serving,
};
use ureq::Agent;

/// Of the package `faketime`.
const LIBRARIES: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
];

/// What is known is trusted for less than a second; on a busy machine a look takes a while, too.
const FOLLOWS: Duration = Duration::from_secs(5);

const QUERY: &str = "{articles{totalCount nodes{slug}}category(by:{slug:\"sea\"}){articleCount}}";

/// When the articles are published, in minutes from now on.
const MINUTES: [(&str, i64); 4] = [("yesterday", -1500), ("just-now", -30), ("soon", 20), ("later", 50)];

/// What a reader sees whose clock is off by so many minutes, the newest first.
fn seen(offset: i64) -> Value {
    let slugs = MINUTES.iter().rev().filter(|(_, minutes)| *minutes <= offset).map(|(slug, _)| json!({ "slug": slug }));
    let slugs: Vec<Value> = slugs.collect();
    let count = slugs.len();
    json!({ "articles": { "totalCount": count, "nodes": slugs }, "category": { "articleCount": count } })
}

/// How long caches may keep an answer that they are given when the clock is off by so many minutes, at the most.
fn longest(offset: i64) -> u64 {
    let next = MINUTES.iter().map(|(_, minutes)| minutes - offset).filter(|minutes| *minutes > 0).min();
    // A minute is what articles may be kept for.
    next.map_or(60, |minutes| u64::try_from(minutes).unwrap() * 60).min(60)
}

/// An answer to GET, and for how long it may be kept.
fn ask(agent: &Agent, base: &str) -> (Value, u64) {
    let mut answer = agent.get(format!("{base}/graphql")).query("query", QUERY).call().unwrap();
    let control = answer.headers()["cache-control"].to_str().unwrap().to_owned();
    let age = control.strip_prefix("public, max-age=").map_or(0, |age| age.parse().unwrap());
    let json: Value = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
    assert_eq!(json.get("errors"), None, "{json}");
    (json["data"].clone(), age)
}

fn set(file: &Path, minutes: i64) {
    // Renamed, so that nobody reads half of it.
    let new = file.with_extension("new");
    fs::write(&new, format!("{:+}\n", minutes * 60)).unwrap();
    fs::rename(&new, file).unwrap();
}

tests::on_both_databases! {
    async fn what_is_published_follows_the_clock(db: TestDb) {
        let Some(library) = LIBRARIES.iter().find(|library| Path::new(library).is_file()) else {
            return skipped::<()>("libfaketime is not installed (Debian: `faketime`)").unwrap_or_default();
        };
        let site = Folder::new();
        site.write("_config.yml", "title: Clock\ntimezone: UTC\n");
        #[expect(clippy::disallowed_methods, reason = "the program that is tested asks the system as well")]
        let now = Utc::now();
        for (slug, minutes) in MINUTES {
            let date = (now + TimeDelta::minutes(minutes)).format("%Y-%m-%d %H:%M:%S");
            site.write(&format!("source/_posts/{slug}.md"), post(&format!("title: {slug}\ndate: {date}\ncategories: [Sea]"), "Text."));
        }
        let imported = program::run(&site.path(), &["import", site.path().as_str(), "--media=media", "--database-url", db.url()]);
        assert_eq!(imported.status, Some(0), "{imported:?}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        set(&file, 0);
        let environment = [
            ("LD_PRELOAD", *library),
            ("FAKETIME_TIMESTAMP_FILE", file.to_str().unwrap()),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        let server = Serving::start_with(db.url(), &["--no-sample"], &environment);
        let agent = Agent::new_with_defaults();
        let mut figures = Vec::new();
        for offset in [0, 60, 0, -60, 0, 60, -60, 0] {
            set(&file, offset);
            let start = Instant::now();
            while ask(&agent, &server.base).0 != seen(offset) {
                assert!(start.elapsed() < FOLLOWS, "at {offset}: {} instead of {}", ask(&agent, &server.base).0, seen(offset));
                sleep(Duration::from_millis(5));
            }
            figures.push((offset, start.elapsed()));
            // Kept by now, and looked at by the watcher some times.
            let start = Instant::now();
            while start.elapsed() < Duration::from_millis(1_200) {
                let (said, age) = ask(&agent, &server.base);
                assert_eq!(said, seen(offset), "at {offset}");
                assert!((1..=longest(offset)).contains(&age), "at {offset}: kept for {age} s");
                sleep(Duration::from_millis(20));
            }
            assert_eq!(server.readiness().0, 200);
        }
        let log = server.log();
        assert!(!log.contains("ERROR") && !log.contains("WARN") && !log.contains("panicked"), "{log}");
        eprintln!("clock, minutes off and time until answers followed: {figures:?}");
    }
}
