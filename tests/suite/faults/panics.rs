//! Bugs of ours: whoever meets one is told so, and nobody else notices.

use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    fault::{CAUSE, Fault},
    seed::{self, Seed},
};

/// By a plan, by the engine, below a list, in a batch, in a search, on a thread of its own, and of what requests keep for each other.
const QUERIES: [&str; 7] = [
    "{ articles(first: 3) { totalCount nodes { title authors { name } categories { name } cover { caption } } } }",
    "{ articles(first: 1) { nodes { older { title } } } tags { nodes { name articles(first: 1) { totalCount } } } }",
    "{ categories { nodes { name articles(first: 2) { nodes { title figures { caption } } } } } }",
    "{ articles(first: 2) { nodes { id tags { name } } } authors { nodes { name } } }",
    "{ articles(search: \"the\") { totalCount nodes { title } } }",
    "{ suggest(prefix: \"l\") { __typename } site { title articleCount } }",
    "{ articles(first: 1) { facets { years { year count } tags { node { name } count } } } }",
];

fn ask(app: &TestApp, query: &str, id: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("x-request-id", id)];
    app.send("POST", "/graphql", &headers, Some(json!({ "query": query }).to_string().as_bytes()))
}

async fn panic_each(db: TestDb, flags: &[&str]) {
    seed::plant(&db, Seed::Content).await;
    let fault = Fault::default();
    let app = TestApp::faulty(db, flags, &fault);
    let mut panics = 0;
    for query in QUERIES {
        fault.disarm();
        let right = ask(&app, query, "right");
        assert_eq!((right.status, right.json().get("errors")), (200, None), "{query}: {}", right.text);
        for at in 1.. {
            app.db.execute("UPDATE content_generation SET generation = generation + 1").await;
            fault.arm(at..at + 1);
            fault.panic();
            let id = format!("bug-{at}");
            let met = ask(&app, query, &id);
            let statements = fault.statements().len();
            fault.disarm();
            if statements < at {
                break;
            }
            panics += 1;
            assert_eq!((met.status, met.header("x-request-id")), (500, id.as_str()), "{query} at {at}: {}", met.text);
            let error = &met.json()["errors"][0];
            assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{}", met.text);
            assert!(error["message"].as_str().is_some_and(|message| message.contains(&id)), "{}", met.text);
            assert!(!met.text.contains(CAUSE) && met.json().get("data").is_none(), "{}", met.text);
            assert_eq!(ask(&app, query, "again").json()["data"], right.json()["data"], "{query} after a panic at {at}");
        }
    }
    let metrics = app.get("/metrics", &[]).text;
    let counted = metrics.lines().find_map(|line| line.strip_prefix("masthead_panics_total ")).unwrap().to_owned();
    assert_eq!(counted.parse(), Ok(panics), "{metrics}");
    eprintln!("{panics} panics under {flags:?}, each told by 500");
}

tests::on_both_databases! {
    async fn a_request_that_meets_a_bug_is_told_so(db: TestDb) {
        panic_each(db, &[]).await;
    }

    async fn the_engine_passes_a_bug_on(db: TestDb) {
        panic_each(db, &["--response-cache-bytes=0", "--shortcuts=false"]).await;
    }

    async fn others_go_on_while_requests_meet_bugs(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let fault = Fault::default();
        let app = TestApp::faulty(db, &["--response-cache-bytes=0", "--max-in-flight=4"], &fault);
        let (is_over, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        // What needs no statement, on the same connections and in the same places.
                        let answer = ask(&app, "{ nothing }", "other");
                        let code = answer.json()["errors"][0]["extensions"]["code"].clone();
                        assert_eq!((answer.status, code), (200, json!("GRAPHQL_VALIDATION_FAILED")), "{}", answer.text);
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            for _ in 0..50 {
                fault.arm(1..usize::MAX);
                fault.panic();
                assert_eq!(ask(&app, QUERIES[0], "bug").status, 500);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        fault.disarm();
        let answer: Value = ask(&app, QUERIES[0], "after").json();
        assert!(answer.get("errors").is_none() && answered.load(Ordering::Relaxed) > 0, "{answer}");
        eprintln!("{answered:?} others were answered beside 50 panics in 4 places");
    }
}
