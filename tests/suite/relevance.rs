//! How well searches are answered, by the judged set in `tests/search`.

use sha2::{Digest, Sha256};
use tests::{
    app::TestApp,
    db::{self, TestDb},
    judged::{
        self, maker,
        relevance::{Answered, ask_all, mean},
    },
};

/// What the set was judged by: other articles would be other answers.
const CORPUS: &str = "62e90ddb084fa61d311524ca3e05590576590cb684e6264a8b9ca0251825526a";

/// The mean of nDCG@10 that a change of the ranking must not fall below.
const FLOOR: f64 = 0.945;

async fn answers(db: TestDb) -> Vec<Answered> {
    judged::plant(&db).await;
    ask_all(&TestApp::start(db, &[]))
}

#[test]
fn the_judged_articles_are_the_same_for_good() {
    let articles = maker::corpus();
    let json: String = articles.iter().map(maker::Article::json).collect();
    let digest: Vec<String> = Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect();
    let digest = digest.concat();
    assert_eq!(digest, CORPUS);
}

/// In one test, so that what both databases answer is at hand.
#[test]
fn searches_are_answered_well_and_alike_on_both_databases() {
    let mut on_sqlite = Vec::new();
    db::on_sqlite(|db| async { on_sqlite = answers(db).await });
    let mean = mean(&on_sqlite);
    assert!(mean >= FLOOR, "nDCG@10 is {mean:.4}; `cargo run --package tests --example relevance` says why");
    db::on_postgres(|db| async {
        for (sqlite, postgres) in on_sqlite.iter().zip(answers(db).await) {
            assert_eq!(sqlite.found, postgres.found, "{}", postgres.query.query);
        }
    });
}
