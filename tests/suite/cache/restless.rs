//! A reader whom writers never leave alone for as long as it reads.

use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tests::{
    app::TestApp,
    db::TestDb,
    seed::{self, Seed},
};
use tokio::{task::spawn_blocking, time::sleep};

/// More often than there are connections for transactions: each has to come back.
const ASKED: usize = 6;

tests::on_both_databases! {
    async fn is_answered_all_the_same_and_by_one_state(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        // Longer than the writer pauses.
        seed::slow_tags(&db, 0.05, 200_000).await;
        let app = Arc::new(TestApp::start(db, &["--response-cache-bytes=0"]).trusting());
        let is_over = Arc::new(AtomicBool::new(false));
        let asking = spawn_blocking({
            let (app, is_over) = (Arc::clone(&app), Arc::clone(&is_over));
            move || {
                let query = "{ first: site { generation } tags(first: 3) { nodes { name } } last: site { generation } }";
                let answers: Vec<Value> = (0..ASKED).map(|_| app.ask(query, json!({}), None).json()).collect();
                is_over.store(true, Ordering::SeqCst);
                answers
            }
        });
        while !is_over.load(Ordering::SeqCst) {
            app.db.execute("UPDATE content_generation SET generation = generation + 1").await;
            sleep(Duration::from_millis(10)).await;
        }
        for answer in asking.await.unwrap() {
            assert!(answer["errors"].is_null(), "{answer:#}");
            assert_eq!(answer["data"]["first"], answer["data"]["last"], "{answer:#}");
            assert!(!answer["data"]["tags"]["nodes"].as_array().unwrap().is_empty());
        }
    }
}
