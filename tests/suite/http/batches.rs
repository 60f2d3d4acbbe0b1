//! Several operations in one request.

use super::{JSON, assert_refused, post};
use serde_json::{Value, json};
use tests::{app::TestApp, db::TestDb};

fn batch(count: usize) -> String {
    Value::Array(vec![json!({ "query": "{ viewer { role } }" }); count]).to_string()
}

tests::on_both_databases! {
    async fn arrays_are_refused_unless_a_setting_allows_them(db: TestDb) {
        let app = TestApp::start(db, &[]);
        for body in [batch(1), batch(2), "[]".to_owned()] {
            let answer = post(&app, &JSON, &body);
            assert_refused(&answer, 400, "BAD_USER_INPUT");
            assert!(answer.text.contains("max-batch"), "{}", answer.text);
        }
    }

    async fn as_many_as_the_setting_says_are_answered_in_their_order(db: TestDb) {
        let app = TestApp::start(db, &["--max-batch=3"]);
        let role = json!({ "data": { "viewer": { "role": "PUBLIC" } } });
        for count in 1..=3 {
            let answer = post(&app, &JSON, &batch(count));
            assert_eq!((answer.status, answer.json()), (200, Value::Array(vec![role.clone(); count])));
        }
        let over = post(&app, &JSON, &batch(4));
        assert_refused(&over, 400, "BAD_USER_INPUT");
        assert_eq!(over.json()["errors"][0]["extensions"]["max"], 3);
        assert!(over.text.contains("4 is over"), "{}", over.text);
        assert_refused(&post(&app, &JSON, "[]"), 400, "BAD_USER_INPUT");
        assert_refused(&post(&app, &JSON, r#"[{"query":"{viewer{role}}"},{"query":5}]"#), 400, "BAD_USER_INPUT");

        // Each says for itself what became of it; the array was understood.
        let headers = [("content-type", "application/json"), ("accept", "application/graphql-response+json")];
        let mixed = post(&app, &headers, r#"[{"query":"{ nothing }"},{"query":"query B { viewer { role } }","operationName":"B"},{"query":"{"}]"#);
        assert_eq!((mixed.status, mixed.header("content-type")), (200, "application/graphql-response+json; charset=utf-8"));
        let answers = mixed.json();
        assert_eq!(answers[0]["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(answers[1], role);
        assert_eq!(answers[2]["errors"][0]["extensions"]["code"], "GRAPHQL_PARSE_FAILED");
        assert_eq!(answers[0].get("data"), None);
    }
}
