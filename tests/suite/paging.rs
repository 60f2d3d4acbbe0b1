//! Walking through lists: every way of cutting one into pages gives the same rows in the same order.

use serde_json::{Value, json};
use tests::{
    app::{TestApp, strings},
    db::TestDb,
    seed::Seed,
};

/// Lists, as they are reached. `{}` stands for their arguments.
const LISTS: [&str; 9] = [
    "articles({})",
    "articles({} where: {inCategory: {names: [\"海洋\"]}})",
    "categories({})",
    "authors({})",
    "tags({})",
    "images({})",
    "category(by: {names: [\"海洋\"]}) { list: articles({})",
    "category(by: {slug: \"LEAF\"}) { list: articles({} descendants: false)",
    "author(by: {slug: \"AUTHOR\"}) { list: articles({})",
];

fn page(app: &TestApp, list: &str, first: usize, after: &Value) -> Value {
    let arguments = "first: $first, after: $after";
    let nested = list.contains("list:");
    let list = list.replace("{}", arguments);
    let named = if nested { list } else { format!("list: {list}") };
    let close = if nested { "}" } else { "" };
    let query = format!(
        "query($first: Int, $after: String) {{ {named} {{
            totalCount nodes {{ id }} edges {{ cursor node {{ id }} }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
        }} {close} }}"
    );
    let data = app.query(&query, json!({ "first": first, "after": after }));
    let root = data.value.as_object().unwrap().values().next().unwrap().clone();
    if nested { root["list"].clone() } else { root }
}

fn ids(page: &Value) -> Vec<String> {
    strings(&page["nodes"], "id")
}

tests::on_both_databases! {
    async fn pages_of_any_size_make_up_the_whole_list(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(60)).await;
        let leaf = app.query("{ categories(first: 1000) { nodes { slug articleCount(descendants: false) } } }", json!({}));
        let leaves = leaf["categories"]["nodes"].as_array().unwrap().iter();
        let leaf = leaves.max_by_key(|category| category["articleCount"].as_i64()).unwrap()["slug"].as_str().unwrap();
        let author = app.query("{ authors(first: 1, orderBy: [{field: ARTICLE_COUNT, direction: DESC}]) { nodes { slug } } }", json!({}));
        let author = author["authors"]["nodes"][0]["slug"].as_str().unwrap();
        for list in LISTS {
            let list = &list.replace("LEAF", leaf).replace("AUTHOR", author);
            let whole = page(&app, list, 1_000, &Value::Null);
            let all = ids(&whole);
            assert!(!all.is_empty(), "{list} is empty");
            assert_eq!(whole["totalCount"], json!(all.len()), "{list}");
            assert_eq!(whole["pageInfo"]["hasNextPage"], false, "{list}");
            for first in [1, 2, 7, all.len()] {
                let mut walked = Vec::new();
                let mut after = Value::Null;
                loop {
                    let part = page(&app, list, first, &after);
                    let edges = part["edges"].as_array().unwrap();
                    assert_eq!(part["totalCount"], json!(all.len()), "{list}: the total is that of the whole list");
                    assert_eq!(part["pageInfo"]["hasPreviousPage"], json!(!walked.is_empty()), "{list} at {}", walked.len());
                    assert_eq!(part["pageInfo"]["startCursor"], edges[0]["cursor"], "{list}");
                    assert_eq!(part["pageInfo"]["endCursor"], edges[edges.len() - 1]["cursor"], "{list}");
                    walked.extend(ids(&part));
                    assert_eq!(part["pageInfo"]["hasNextPage"], json!(walked.len() < all.len()), "{list} at {}", walked.len());
                    if walked.len() >= all.len() {
                        break;
                    }
                    after = part["pageInfo"]["endCursor"].clone();
                }
                assert_eq!(walked, all, "{list} by {first}");
            }
            let last = whole["pageInfo"]["endCursor"].clone();
            let behind = page(&app, list, 5, &last);
            assert_eq!(behind["nodes"], json!([]), "{list}");
            assert_eq!(behind["pageInfo"]["hasPreviousPage"], true, "{list}");
            assert_eq!(behind["pageInfo"]["hasNextPage"], false, "{list}");
        }
    }

    async fn a_cursor_stays_valid_when_its_row_is_gone(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(20)).await;
        let all = ids(&page(&app, "articles({})", 1_000, &Value::Null));
        let second = page(&app, "articles({})", 2, &Value::Null)["pageInfo"]["endCursor"].clone();
        app.db.execute(
            "DELETE FROM article WHERE id = (SELECT id FROM article ORDER BY published_at DESC, id DESC LIMIT 1 OFFSET 1)",
        ).await;
        assert_eq!(ids(&page(&app, "articles({})", 3, &second)), all[2..5]);
    }

    async fn newer_articles_do_not_shift_the_pages_that_follow(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let before = page(&app, "articles({})", 3, &Value::Null);
        let after = before["pageInfo"]["endCursor"].clone();
        let rest = ids(&page(&app, "articles({})", 100, &after));
        // The letter of 2099 has come out meanwhile.
        app.clock.set("2099-06-01T00:00:00Z");
        assert_eq!(ids(&page(&app, "articles({})", 100, &after)), rest);
        let now = page(&app, "articles({})", 3, &Value::Null);
        assert_ne!(ids(&now), ids(&before));
        assert_eq!(now["totalCount"], 11);
    }

    async fn a_scheduled_article_appears_at_its_instant_everywhere(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let query = "{
            article(by: {slug: \"letter-to-2099\"}) { status }
            articles(first: 1) { totalCount nodes { slug } }
            tag(by: {slug: \"tomorrow\"}) { articleCount }
            category(by: {slug: \"notes/letters\"}) { articleCount articles { totalCount nodes { slug } } }
            images(first: 100) { totalCount }
        }";
        app.clock.set("2098-12-31T23:59:59.999999Z");
        let before = app.query(query, json!({}));
        assert_eq!(before["article"], Value::Null);
        assert_eq!(before["tag"], Value::Null);
        assert_eq!(before["category"]["articleCount"], 0);
        app.clock.set("2099-01-01T00:00:00Z");
        let at = app.query(query, json!({}));
        assert_eq!(at["article"]["status"], "PUBLISHED");
        assert_eq!(at["articles"]["nodes"][0]["slug"], "letter-to-2099");
        assert_eq!(at["tag"]["articleCount"], 1);
        assert_eq!(at["category"], json!({ "articleCount": 1, "articles": { "totalCount": 1, "nodes": [{ "slug": "letter-to-2099" }] } }));
        let images = |data: &tests::app::Data| data["images"]["totalCount"].as_i64().unwrap();
        assert_eq!(images(&at) - images(&before), 2);
    }
}
