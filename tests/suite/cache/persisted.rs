//! Documents that are named instead of sent: Apollo's automatic persisted queries, and those that an operator trusts.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{fmt::Write, process::Command};
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    program,
    seed::{self, Folder, Seed},
};

const QUERY: &str = "query Titles($first: Int) { articles(first: $first) { nodes { title } } }";

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

fn get(app: &TestApp, parameters: &[(&str, &str)]) -> Answer {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    app.get(&format!("/graphql?{}", pairs.join("&")), &[])
}

fn count(answer: &Answer) -> usize {
    assert_eq!((answer.status, answer.code().as_str()), (200, ""), "{}", answer.text);
    answer.json()["data"]["articles"]["nodes"].as_array().unwrap().len()
}

fn assert_unknown(answer: &Answer) {
    assert_eq!((answer.status, answer.code().as_str()), (200, "PERSISTED_QUERY_NOT_FOUND"), "{}", answer.text);
    // Apollo's clients look for this very message.
    assert_eq!(answer.json()["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!((answer.header("cache-control"), answer.json().get("data")), ("no-store", None));
}

/// A folder of documents, and its flag.
fn trusted() -> (Folder, String) {
    let folder = Folder::new();
    folder.write("titles.graphql", format!("{QUERY}\n"));
    folder.write("pages/site.graphql", "{ site { title } }");
    folder.write("relay.json", json!({ "5d41402abc": "{ viewer { role } }" }).to_string());
    let flag = format!("--trusted-documents={}", folder.path());
    (folder, flag)
}

tests::on_both_databases! {
    async fn a_document_is_sent_once_and_named_from_then_on(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let (name, hash) = (persisted(&hash(QUERY)), hash(QUERY));
        let variables = json!({ "first": 3 });
        assert_unknown(&app.post(&json!({ "variables": variables, "extensions": name })));
        assert_unknown(&get(&app, &[("extensions", &name.to_string()), ("variables", &variables.to_string())]));
        assert_unknown(&get(&app, &[("documentId", &format!("sha256:{hash}"))]));
        assert_eq!(count(&app.post(&json!({ "query": QUERY, "variables": variables, "extensions": name }))), 3);
        assert_eq!(count(&app.post(&json!({ "variables": variables, "extensions": name }))), 3);
        let got = get(&app, &[("extensions", &name.to_string()), ("variables", &variables.to_string()), ("operationName", "Titles")]);
        assert_eq!((count(&got), got.header("cache-control")), (3, "public, max-age=60"));
        assert_eq!(count(&get(&app, &[("documentId", &format!("sha256:{hash}")), ("variables", r#"{"first":2}"#)])), 2);
        assert_eq!(count(&app.post(&json!({ "documentId": format!("sha256:{hash}"), "variables": { "first": 1 } }))), 1);
    }

    async fn by_get_a_document_comes_in_as_well(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let name = persisted(&hash(QUERY)).to_string();
        assert_eq!(count(&get(&app, &[("query", QUERY), ("extensions", &name)])), 10);
        assert_eq!(count(&get(&app, &[("extensions", &name)])), 10);
    }

    async fn what_does_not_fit_does_not_come_in(db: TestDb) {
        let app = TestApp::start(db, &[]).trusting();
        for (query, code) in [("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")] {
            let name = persisted(&hash(query));
            for _ in 0..2 {
                assert_eq!(app.post(&json!({ "query": query, "extensions": name })).code(), code);
                assert_unknown(&app.post(&json!({ "extensions": name })));
            }
        }
        let other = persisted(&hash("{ site { title } }"));
        assert_eq!(app.post(&json!({ "query": QUERY, "extensions": other })).code(), "BAD_USER_INPUT");
        assert_unknown(&app.post(&json!({ "extensions": other })));
        assert_unknown(&app.post(&json!({ "extensions": persisted("not a hash") })));
        for extensions in [json!({ "persistedQuery": { "version": 2, "sha256Hash": hash(QUERY) } }), json!({ "persistedQuery": 1 })] {
            assert_eq!(app.post(&json!({ "query": QUERY, "extensions": extensions })).code(), "BAD_USER_INPUT");
        }
        assert_eq!(app.post(&json!({ "extensions": { "persistedQuery": null } })).status, 400);
        let strict = app.send("POST", "/graphql", &[("content-type", "application/json"), ("accept", "application/graphql-response+json")], Some(json!({ "extensions": other }).to_string().as_bytes()));
        assert_eq!((strict.status, strict.code().as_str()), (400, "PERSISTED_QUERY_NOT_FOUND"));
    }

    async fn trusted_documents_are_known_from_the_start(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let (_folder, flag) = trusted();
        let app = TestApp::start(db, &[&flag]).trusting();
        // A tool that prints a document ends it without a line.
        for text in [QUERY.to_owned(), format!("{QUERY}\n")] {
            assert_eq!(count(&app.post(&json!({ "extensions": persisted(&hash(&text)) }))), 10);
        }
        assert_eq!(count(&get(&app, &[("documentId", "titles"), ("variables", r#"{"first":4}"#)])), 4);
        assert_eq!(app.post(&json!({ "documentId": "pages/site" })).json()["data"], json!({ "site": { "title": "The Tide" } }));
        assert_eq!(app.post(&json!({ "documentId": "5d41402abc" })).json()["data"], json!({ "viewer": { "role": "PUBLIC" } }));
        assert_unknown(&app.post(&json!({ "documentId": "nothing" })));
        assert_eq!(count(&app.post(&json!({ "query": "{ articles { nodes { slug } } }" }))), 10, "others are answered, too");
    }

    async fn where_only_trusted_documents_are_answered_all_others_are_refused(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let (_folder, flag) = trusted();
        let app = TestApp::start(db, &[&flag, "--only-trusted-documents"]).trusting();
        for query in ["{ articles { nodes { slug } } }", "{ nothing }", "{", "{ __schema { types { name } } }", "{ site { title } } "] {
            for answer in [app.post(&json!({ "query": query })), get(&app, &[("query", query)]), app.post(&json!({ "query": query, "extensions": persisted(&hash(query)) }))] {
                assert_eq!((answer.status, answer.code().as_str()), (200, "PERSISTED_QUERY_REQUIRED"), "{query}: {}", answer.text);
            }
            assert_unknown(&app.post(&json!({ "extensions": persisted(&hash(query)) })));
        }
        assert_eq!(count(&app.post(&json!({ "query": QUERY }))), 10, "whoever sends one of them in full");
        assert_eq!(count(&app.post(&json!({ "documentId": "titles" }))), 10);
        assert_eq!(app.get("/healthz", &[]).status, 200);
    }
}

#[test]
fn a_document_that_does_not_fit_stops_the_start() {
    let (folder, flag) = trusted();
    folder.write("pages/wrong.graphql", "query Wrong {\n  site { title }\n  articles { nodes { nothing } }\n}\n");
    let place = tempfile::tempdir().unwrap();
    let stopped = Command::new(program::masthead().as_str())
        .args(["--listen", "127.0.0.1:0", "--no-sample", &flag])
        .current_dir(place.path())
        .output()
        .unwrap();
    let said = String::from_utf8(stopped.stderr).unwrap();
    assert_eq!(stopped.status.code(), Some(2), "{said}");
    assert!(said.contains("wrong.graphql:3: ") && said.contains("nothing"), "{said}");
    assert!(stopped.stdout.is_empty(), "no address is told: {:?}", String::from_utf8_lossy(&stopped.stdout));
}
