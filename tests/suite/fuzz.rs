//! What the targets of `fuzz/` begin with, and what they have found, holds on both databases, without libFuzzer.

use camino::{Utf8Path, Utf8PathBuf};
use std::fs;
use tests::{
    db::TestDb,
    fuzz::{self, Site},
};

/// The inputs of a target, by their names.
fn inputs(target: &str) -> Vec<(Utf8PathBuf, Vec<u8>)> {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let mut inputs = Vec::new();
    for kind in ["seeds", "findings"] {
        // A target that has found nothing has no folder for it.
        let Ok(entries) = folder.join(kind).join(target).read_dir_utf8() else { continue };
        let paths = entries.map(|entry| entry.unwrap().into_path());
        inputs.extend(paths.map(|path| (path.clone(), fs::read(path).unwrap())));
    }
    inputs.sort();
    assert!(inputs.len() >= 10, "{target} has {} inputs", inputs.len());
    inputs
}

/// Gives them all to a target that needs no database; a failure is told with the file's name before it.
fn replay(target: &str, run: fn(&[u8])) {
    for (path, input) in inputs(target) {
        eprintln!("{path}");
        run(&input);
    }
}

#[test]
fn front_matter() {
    replay("front_matter", fuzz::front_matter::run);
}

#[test]
fn html() {
    replay("html", fuzz::html::run);
}

/// Gives them all to a target that asks a site.
async fn replay_on(db: TestDb, target: &str, ask: impl AsyncFn(&Site, &[u8])) {
    let site = Site::new(db).await;
    for (path, input) in inputs(target) {
        eprintln!("{path}");
        ask(&site, &input).await;
    }
}

tests::on_both_databases! {
    async fn cursors(db: TestDb) {
        replay_on(db, "cursor", async |site, input| fuzz::cursor::ask(site, input).await).await;
    }

    async fn search_queries(db: TestDb) {
        replay_on(db, "search_query", async |site, input| fuzz::search_query::ask(site, input).await).await;
    }

    async fn filters(db: TestDb) {
        replay_on(db, "filter", async |site, input| fuzz::filter::ask(site, input).await).await;
    }

    async fn request_bodies(db: TestDb) {
        replay_on(db, "request_body", async |site, input| fuzz::request_body::ask(site, input).await).await;
    }
}

#[test]
fn every_target_is_replayed() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets");
    let suite = include_str!("fuzz.rs");
    let targets = folder.read_dir_utf8().unwrap().map(|entry| entry.unwrap().path().file_stem().unwrap().to_owned());
    let left: Vec<String> = targets.filter(|target| !suite.contains(&format!("\"{target}\", "))).collect();
    assert_eq!(left, [""; 0]);
}
