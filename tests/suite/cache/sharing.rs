//! Who is given the same answer, and what is not kept.

use super::{both, cached};
use serde_json::{Value, json};
use std::thread;
use tests::{
    app::{PREVIEW_TOKEN, TestApp},
    case,
    db::TestDb,
    seed::{self, Seed},
};

const LIST: &str =
    "query List($where: ArticleWhere, $first: Int = 2) { articles(where: $where, first: $first) { nodes { title } } }";

/// Every case of these is answered the same, byte for byte, as often as it is asked: with every cache and shortcut, and by
/// the engine alone.
async fn check(seed: Seed, db: TestDb) {
    seed::plant(&db, seed).await;
    let keeping = TestApp::start(db, &[]).trusting();
    let reading = keeping.beside(&["--response-cache-bytes=0", "--shortcuts=false"]).trusting();
    let mut hits = 0;
    for case in case::all().into_iter().filter(|case| case.seed == seed) {
        let body = case.body();
        let ask = |app: &TestApp, headers: &[(&str, &str)]| {
            let bearer = format!("Bearer {PREVIEW_TOKEN}");
            let mut all = vec![("content-type", "application/json")];
            all.extend(case.is_preview.then_some(("authorization", bearer.as_str())));
            all.extend(headers);
            app.send("POST", "/graphql", &all, Some(body.as_bytes()))
        };
        let read = ask(&reading, &[]);
        let has_errors = read.json().get("errors").is_some();
        for time in 0..3 {
            let kept = ask(&keeping, &[]);
            let same = (kept.status, &kept.text) == (read.status, &read.text);
            // Fields of one selection fail in any order.
            assert!(
                same || has_errors,
                "{}, asked {time} times before: {} and not {}",
                case.name,
                kept.text,
                read.text
            );
        }
        let receipts = [("x-masthead-receipt", "1")];
        let kept = ask(&keeping, &receipts);
        let expected = if has_errors { ["", "MISS"] } else { ["HIT", "HIT"] };
        assert!(expected.contains(&cached(&kept).as_str()), "{}: {}", case.name, kept.text);
        assert_ne!(cached(&ask(&reading, &receipts)), "HIT", "{}", case.name);
        hits += usize::from(!has_errors);
    }
    assert!(hits > 10, "{hits}");
}

tests::on_both_databases! {
    async fn cases_over_the_content_are_answered_alike_with_the_cache_and_without(db: TestDb) {
        check(Seed::Content, db).await;
    }

    async fn cases_over_the_sample_are_answered_alike_with_the_cache_and_without(db: TestDb) {
        check(Seed::Sample, db).await;
    }

    async fn what_was_answered_before_costs_no_statement(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let (app, statements) = TestApp::traced(db);
        let app = app.trusting();
        let first = app.ask(LIST, json!({}), None);
        assert_eq!(cached(&first), "MISS");
        assert!(!statements.take().is_empty());
        for answer in both(&app, LIST) {
            assert_eq!(cached(&answer), "HIT");
            let receipt = &answer.json()["extensions"]["receipt"];
            assert_eq!((&receipt["statements"], &receipt["rows"]), (&json!(0), &json!(0)));
            assert_eq!(receipt["cost"], first.json()["extensions"]["receipt"]["cost"]);
            assert_eq!(answer.json()["data"], first.json()["data"]);
        }
        assert_eq!(statements.take(), [""; 0]);
    }

    async fn variables_that_mean_the_same_are_the_same(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let ask = |body: &str| app.send("POST", "/graphql", &[("content-type", "application/json"), ("x-masthead-receipt", "1")], Some(body.as_bytes()));
        let body = |variables: &str| format!("{{\"query\":{},\"variables\":{variables}}}", json!(LIST));
        assert_eq!(cached(&ask(&body(r#"{"where":{"hasCover":true,"locale":{"in":["en"]}},"first":2}"#))), "MISS");
        for same in [
            r#"{ "first": 2, "where": { "locale": { "in": ["en"] }, "hasCover": true } }"#,
            r#"{"where":{"hasCover":true,"locale":{"in":"en"}},"first":2.0,"unknown":5}"#,
            r#"{"where":{"hasCover":true,"locale":{"in":["\u0065n"]}}}"#,
        ] {
            assert_eq!(cached(&ask(&body(same))), "HIT", "{same}");
        }
        for other in [r#"{"where":{"hasCover":true,"locale":{"in":["en"]}},"first":3}"#, r#"{"where":{"hasCover":false,"locale":{"in":["en"]}}}"#, "null"] {
            assert_eq!(cached(&ask(&body(other))), "MISS", "{other}");
        }
    }

    async fn an_operation_is_known_by_its_name(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let query = "query A { articles(first: 1) { nodes { title } } } query B { articles(last: 1) { nodes { title } } }";
        let ask = |name: &str| app.send("POST", "/graphql", &[("content-type", "application/json"), ("x-masthead-receipt", "1")], Some(json!({ "query": query, "operationName": name }).to_string().as_bytes()));
        let (a, b) = (ask("A"), ask("B"));
        assert_eq!((cached(&a), cached(&b), cached(&ask("A"))), ("MISS".into(), "MISS".into(), "HIT".into()));
        assert_ne!(a.json()["data"], b.json()["data"]);
        assert_eq!(ask("B").json()["data"], b.json()["data"]);
    }

    async fn readers_of_different_rights_are_never_given_each_others_answers(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let (drafts, role) = ("{ articles(where: {status: {eq: DRAFT}}) { totalCount } }", "{ viewer { role } }");
        for _ in 0..3 {
            assert_eq!(app.preview(role, json!({}))["viewer"]["role"], "PREVIEW");
            assert_eq!(app.query(role, json!({}))["viewer"]["role"], "PUBLIC");
            assert!(app.preview(drafts, json!({}))["articles"]["totalCount"].as_u64() > Some(0));
            assert_eq!(app.ask(drafts, json!({}), None).code(), "FORBIDDEN");
            assert_eq!(app.ask(role, json!({}), Some("wrong")).status, 401);
        }
    }

    async fn answers_with_errors_are_not_kept(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        for _ in 0..3 {
            let answer = app.ask("{ site { title } articles(after: \"x\") { totalCount } }", json!({}), None);
            assert_eq!((answer.code().as_str(), cached(&answer).as_str()), ("CURSOR_INVALID", "MISS"));
        }
        db_fails_and_comes_back(&app).await;
    }

    /// The requests that ask the same at the same time are one to the database.
    async fn one_computes_for_all(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        seed::slow_tags(&db, 1.0, 400_000).await;
        let (app, statements) = TestApp::traced(db);
        let app = app.trusting();
        let query = "{ tags(first: 3) { nodes { name } } }";
        let answers: Vec<_> = thread::scope(|scope| {
            let asking: Vec<_> = (0..40).map(|_| scope.spawn(|| app.ask(query, json!({}), None))).collect();
            asking.into_iter().map(|asking| asking.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| answer.json()["data"] == answers[0].json()["data"] && answer.json()["data"]["tags"] != Value::Null));
        assert_eq!(answers.iter().filter(|answer| cached(answer) == "MISS").count(), 1);
        assert_eq!(statements.take().len(), 1);
    }

    /// Whoever leaves in the middle of it does not take the others along.
    async fn who_waited_for_someone_who_left_goes_on(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        db.execute("ALTER TABLE tag RENAME TO kept").await;
        let delay = if db.is_postgres() { "SELECT 1 AS i FROM pg_sleep(1)" } else { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT max(i) AS i FROM n" };
        db.execute(&format!("CREATE VIEW tag AS SELECT kept.* FROM kept, ({delay}) AS slow WHERE slow.i > 0")).await;
        let app = TestApp::start(db, &["--max-in-flight=1", "--max-queue=8"]).trusting();
        let query = "{ tags(first: 3) { nodes { name } } }";
        let body = json!({ "query": query }).to_string();
        let leaves = crate::http::sent(&app, &body);
        thread::sleep(std::time::Duration::from_millis(300));
        thread::scope(|scope| {
            let asking: Vec<_> = (0..4).map(|_| scope.spawn(|| app.post(&json!({ "query": query })))).collect();
            thread::sleep(std::time::Duration::from_millis(200));
            drop(leaves);
            for asking in asking {
                let answer = asking.join().unwrap();
                assert_eq!((answer.status, answer.code().as_str()), (200, ""), "{}", answer.text);
            }
        });
    }
}

async fn db_fails_and_comes_back(app: &TestApp) {
    let query = "{ authors { nodes { name } } }";
    app.db.execute("ALTER TABLE author RENAME TO away").await;
    assert_eq!(app.ask(query, json!({}), None).code(), "INTERNAL_SERVER_ERROR");
    app.db.execute("ALTER TABLE away RENAME TO author").await;
    assert_eq!(app.ask(query, json!({}), None).code(), "");
}
