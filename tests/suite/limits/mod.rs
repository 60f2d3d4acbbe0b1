//! What may be asked for, each limit at its edge.

use serde_json::{Value, json};
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    seed::Seed,
};

mod documents;

/// Refused before anything was read, with what was asked and what is allowed.
fn assert_over(answer: &Answer, code: &str, asked: usize, max: usize) {
    let json = answer.json();
    let error = &json["errors"][0];
    assert_eq!(answer.code(), code, "{json:#}");
    assert_eq!((&error["extensions"]["asked"], &error["extensions"]["max"]), (&json!(asked), &json!(max)), "{json:#}");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(&asked.to_string()) && message.contains(&max.to_string()), "{message}");
    assert_eq!(json.get("data"), None, "{json:#}");
    assert_eq!(json["extensions"]["receipt"]["statements"], 0, "{json:#}");
}

tests::on_both_databases! {
    async fn a_page_holds_up_to_a_thousand_rows(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for list in ["articles", "categories", "authors", "tags", "images"] {
            let query = format!("query($n: Int) {{ {list}(first: $n) {{ totalCount nodes {{ id }} }} }}");
            assert_eq!(app.ask(&query, json!({ "n": 1_000 }), None).code(), "", "{list}");
            let over = app.ask(&query, json!({ "n": 1_001 }), None);
            assert_eq!(over.code(), "BAD_USER_INPUT", "{list}");
            assert_eq!(over.json()["errors"][0]["extensions"]["max"], 1_000, "{list}");
            assert_eq!(over.json()["extensions"]["receipt"]["statements"], 0, "{list}");
            assert_eq!(app.ask(&query, json!({ "n": i64::from(i32::MAX) }), None).code(), "BAD_USER_INPUT", "{list}");
            assert_ne!(app.ask(&query, json!({ "n": i64::from(i32::MAX) + 1 }), None).code(), "", "{list}");
        }
    }

    async fn a_page_has_twenty_rows_where_nothing_is_said(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(30)).await;
        let page = app.query("{ articles { nodes { id } } }", json!({}));
        assert_eq!(page["articles"]["nodes"].as_array().unwrap().len(), 20);
        let nested = app.query("{ categories { nodes { articles { nodes { id } } } } }", json!({}));
        assert_eq!(nested["categories"]["nodes"].as_array().unwrap().len(), 20);
    }

    async fn up_to_a_thousand_nodes_are_looked_up_at_once(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let known = app.query("{ articles(first: 1) { nodes { id } } }", json!({}))["articles"]["nodes"][0]["id"].clone();
        let ids = |count: usize| Value::Array(vec![known.clone(); count]);
        let most = app.query(query, json!({ "ids": ids(1_000) }));
        assert_eq!(most["nodes"].as_array().unwrap().len(), 1_000);
        assert_eq!(most.statements, 1);
        let over = app.ask(query, json!({ "ids": ids(1_001) }), None);
        assert_eq!(over.code(), "BAD_USER_INPUT");
        assert_eq!(over.json()["errors"][0]["extensions"]["max"], 1_000);
    }

    async fn a_nul_finds_nothing_or_is_refused_in_every_text(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let fields = [
            "article(by: {id: $nul}) { id }", "article(by: {slug: $nul}) { id }", "article(by: {path: $nul}) { id }",
            "article(by: {path: \"/walks/%00\"}) { id }", "article(by: {sourceUrl: $nul}) { id }",
            "category(by: {id: $nul}) { id }", "category(by: {slug: $nul}) { id }", "category(by: {path: $nul}) { id }",
            "category(by: {names: [$nul]}) { id }", "author(by: {id: $nul}) { id }", "author(by: {slug: $nul}) { id }",
            "tag(by: {id: $nul}) { id }", "tag(by: {slug: $nul}) { id }", "node(id: $nul) { id }",
        ];
        for field in fields {
            let ty = if field.contains("id: $nul") { "ID!" } else { "String!" };
            let definition = if field.contains("$nul") { format!("($nul: {ty})") } else { String::new() };
            let answer = app.ask(&format!("query{definition} {{ it: {field} }}"), json!({ "nul": "wal\0ks" }), None);
            let json = answer.json();
            let is_refused = answer.code() == "BAD_USER_INPUT";
            assert!(is_refused || json.get("errors").is_none(), "{field}: {json}");
            assert!(is_refused || json["data"]["it"] == Value::Null, "{field}: {json}");
        }
    }

    /// Names as long as anyone writes them, and longer.
    async fn long_texts_find_nothing_and_break_nothing(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let long = "很长".repeat(5_000);
        let query = "query($long: String!, $names: [String!]!) {
            slug: article(by: {slug: $long}) { id } path: article(by: {path: $long}) { id }
            names: category(by: {names: $names}) { id } list: articles(where: {inCategory: {slug: $long}}) { totalCount }
        }";
        let data = app.query(query, json!({ "long": long, "names": vec!["x"; 1_000] }));
        assert_eq!(data["slug"], Value::Null);
        assert_eq!(data["list"]["totalCount"], 0);
        let cursor = app.ask("query($long: String) { articles(after: $long) { totalCount } }", json!({ "long": long }), None);
        assert_eq!(cursor.code(), "CURSOR_INVALID");
        let over = app.ask(query, json!({ "long": format!("{long}x"), "names": ["x"] }), None);
        assert_over(&over, "BAD_USER_INPUT", 10_001, 10_000);
        let over = app.ask(query, json!({ "long": "x", "names": vec!["x"; 1_001] }), None);
        assert_over(&over, "BAD_USER_INPUT", 1_001, 1_000);
    }
}
