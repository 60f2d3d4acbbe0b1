//! The SQL of the listings: its text on each database, and that an index serves it however many articles there are.

use serde_json::json;
use tests::{
    app::{Statements, TestApp},
    db::TestDb,
    seed::{self, Seed},
};

/// What is listed, the operation, and the index that serves it.
const LISTINGS: [(&str, &str, &str); 10] = [
    ("all", "{ articles(first: 2) { nodes { slug title } } }", "article_listing"),
    (
        "a category and what stands below it",
        "{ articles(first: 2, where: {inCategory: {slug: \"place\"}}) { nodes { slug } } }",
        "article_category_listing",
    ),
    (
        "categories",
        "{ categories(first: 1) { nodes { articles(first: 2) { nodes { slug } } } } }",
        "article_category_listing",
    ),
    (
        "categories alone",
        "{ categories(first: 1) { nodes { articles(first: 2, descendants: false) { nodes { slug } } } } }",
        "article_category_leaf_listing",
    ),
    ("authors", "{ authors(first: 1) { nodes { articles(first: 2) { nodes { slug } } } } }", "article_author_listing"),
    ("tags", "{ tags(first: 1) { nodes { articles(first: 2) { nodes { slug } } } } }", "article_tag_listing"),
    ("images", "{ images(first: 1) { nodes { articles(first: 2) { nodes { slug } } } } }", "figure_listing"),
    ("the authors of articles", "{ articles(first: 1) { nodes { authors { name } } } }", "article_author_of"),
    ("the categories of articles", "{ articles(first: 1) { nodes { categories { name } } } }", "article_category_of"),
    ("the figures of articles", "{ articles(first: 1) { nodes { figures { alt } } } }", "figure_place"),
];

async fn traced(db: TestDb) -> (TestApp, Statements) {
    seed::plant(&db, Seed::Demo(300)).await;
    db.execute("ANALYZE").await;
    let (app, statements) = TestApp::traced(db);
    let _ = statements.take();
    (app, statements)
}

/// How the database would run a statement, a line a step.
async fn plan(db: &TestDb, sql: &str) -> Vec<String> {
    if db.is_postgres() {
        // Few rows are read faster without an index; whether one can serve is the question here.
        db.execute("SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off").await;
        let rows: Vec<(String,)> = db.rows(&format!("EXPLAIN (COSTS OFF) {sql}")).await;
        rows.into_iter().map(|(step,)| step).collect()
    } else {
        let rows: Vec<(i64, i64, i64, String)> = db.rows(&format!("EXPLAIN QUERY PLAN {sql}")).await;
        rows.into_iter().map(|(.., step)| step).collect()
    }
}

tests::on_both_databases! {
    async fn every_listing_walks_its_index(db: TestDb) {
        let (app, statements) = traced(db).await;
        for (what, query, index) in LISTINGS {
            let _ = app.query(query, json!({}));
            let mut plans = Vec::new();
            for sql in statements.take() {
                plans.push(plan(&app.db, &sql).await);
            }
            let is_served = plans.iter().flatten().any(|step| step.contains(index));
            assert!(is_served, "no step for {what} uses {index}: {plans:#?}");
        }
    }

    async fn pages_behind_a_cursor_walk_the_same_index(db: TestDb) {
        let (app, statements) = traced(db).await;
        let cursor = app.query("{ articles(first: 100) { pageInfo { endCursor } } }", json!({}))["articles"]["pageInfo"]["endCursor"].clone();
        let _ = statements.take();
        let _ = app.query("query($after: String) { articles(first: 5, after: $after) { nodes { slug } } }", json!({ "after": cursor }));
        let sql = statements.take();
        assert_eq!(sql.len(), 1, "{sql:#?}");
        let steps = plan(&app.db, &sql[0]).await;
        assert!(steps.iter().any(|step| step.contains("article_listing")), "{steps:#?}");
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE") || step.contains("Sort"));
        assert!(!sorts, "the index gives the order: {steps:#?}");
    }

    /// A change of a statement is to be seen together with a change of an index.
    async fn the_text_of_every_listing_is_known(db: TestDb) {
        let (app, statements) = traced(db).await;
        let mut text = Vec::new();
        for (what, query, _) in LISTINGS {
            let _ = app.query(query, json!({}));
            text.push(format!("-- {what}\n{}", statements.take().join("\n")));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = if app.db.is_postgres() { "statements_on_postgres" } else { "statements_on_sqlite" };
        settings.bind(|| insta::assert_snapshot!(name, text.join("\n\n")));
    }

    async fn a_request_reads_with_nothing_but_selects(db: TestDb) {
        let (app, statements) = traced(db).await;
        for (_, query, _) in LISTINGS {
            let _ = app.query(query, json!({}));
        }
        let others: Vec<String> = statements.take().into_iter().filter(|sql| !sql.starts_with("SELECT")).collect();
        assert_eq!(others, [""; 0]);
    }
}
