//! Every operation of `tests/cases` answers as the file beside it says, at that cost, on both databases.

use std::collections::BTreeMap;
use tests::{
    app::TestApp,
    case::{self, Case},
    coverage::Coverage,
    db::TestDb,
    seed::{self, Seed},
};

async fn check(seed: Seed, db: TestDb) {
    seed::plant(&db, seed).await;
    // What is kept from one case to the next would make their costs depend on each other.
    let app = TestApp::start(db, &["--response-cache-bytes=0", "--shortcuts=false"]);
    let differing: Vec<String> = case::all()
        .into_iter()
        .filter(|case| case.seed == seed && !case.matches(&case.run(&app)))
        .map(|case| case.name)
        .collect();
    assert!(differing.is_empty(), "answered otherwise than their snapshots say: {differing:#?}");
}

tests::on_both_databases! {
    async fn cases_over_the_content_answer_as_their_snapshots_say(db: TestDb) {
        check(Seed::Content, db).await;
    }

    async fn cases_over_the_sample_answer_as_their_snapshots_say(db: TestDb) {
        check(Seed::Sample, db).await;
    }
}

#[test]
fn every_field_and_argument_stands_in_a_case_that_succeeds() {
    let mut coverage = Coverage::of(&api::graphql::sdl());
    for case in case::all() {
        let snapshot = std::fs::read_to_string(case::folder().join(format!("{}.snap", case.name)));
        if snapshot.is_ok_and(|snapshot| !snapshot.contains("\n  \"errors\": [")) {
            coverage.note(&case.document);
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case::folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description("What no case shows. May only shrink.");
    settings.bind(|| insta::assert_snapshot!("uncovered_fields", coverage.unused().join("\n")));
}

#[test]
fn every_case_has_a_snapshot_and_every_snapshot_a_case() {
    let names = |ending: &str| -> Vec<String> {
        let files = case::files(ending).into_iter();
        let bare = files.map(|file| file.with_extension("").into_string());
        bare.filter(|file| !file.ends_with("/uncovered_fields")).collect()
    };
    assert_eq!(names("graphql"), names("snap"));
}

#[test]
fn every_case_says_what_it_shows_once() {
    let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Case { name, shows, .. } in case::all() {
        assert!(shows.len() > 15 && !shows.contains(':'), "{name} begins with what it shows: `{shows}`");
        shown.entry(shows).or_default().push(name);
    }
    shown.retain(|_, names| names.len() > 1);
    assert!(shown.is_empty(), "{shown:#?}");
}
