//! The SQL of the listings: its text on each database, and that an index serves it however many articles there are.

use sea_orm::sea_query::{Func, Query};
use serde_json::json;
use tests::{
    app::{self, NOW, Statements, TestApp, TestClock},
    db::{TestDb, on_postgres},
    seed::{self, Seed},
};

/// What is listed, the operation, and the index that serves it.
const LISTINGS: [(&str, &str, &str); 23] = [
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
    ("the covers of articles", "{ articles(first: 1) { nodes { cover { alt } } } }", "figure_marked"),
    ("the figures of articles", "{ articles(first: 1) { nodes { figures { alt } } } }", "figure_place"),
    (
        "a rare language",
        "{ articles(first: 2, where: {locale: {eq: \"fr\"}}) { nodes { slug } } }",
        "article_locale_listing",
    ),
    (
        "a month",
        "{ articles(first: 2, where: {publishedAt: {within: {year: 2024, month: 5}}}) { nodes { slug } } }",
        "article_listing",
    ),
    (
        "what one of three authors wrote in two years, by a folded title",
        "{ articles(first: 2, where: {
            title: {contains: \"燈塔\", fold: LOOSE}
            publishedAt: {gte: \"2023-01-01T00:00:00Z\", lt: \"2025-01-01T00:00:00Z\"}
            authors: {some: {name: {in: [\"Ada Anker\", \"Kira Dahl\", \"Tao Ito\"]}}}
        }) { nodes { slug } } }",
        "article_author_listing",
    ),
    (
        "a category of its own and a tag",
        "{ articles(first: 2, where: {categories: {some: {slug: {eq: \"craft\"}}} tags: {none: {name: {eq: \"Ports 1\"}}}}) { nodes { slug } } }",
        "article_category_leaf_listing",
    ),
    ("older", "{ articles(first: 1) { nodes { older { slug } } } }", "article_listing"),
    (
        "newer in a category",
        "{ articles(first: 1) { nodes { newer(inCategory: {slug: \"craft\"}) { slug } } } }",
        "article_category_listing",
    ),
    ("the total of a category", "{ articles(where: {inCategory: {slug: \"craft\"}}) { totalCount } }", "article_count"),
    (
        "the total of a category under a filter",
        "{ articles(where: {inCategory: {slug: \"craft\"} locale: {ne: \"zh\"}}) { totalCount } }",
        "article_category",
    ),
    (
        "the categories of an author's articles",
        "{ authors(first: 1) { nodes { articles { facets { categories(first: 2) { count node { name } } } } } } }",
        "categories_of_article",
    ),
    (
        "the authors of articles in a category",
        "{ articles(where: {inCategory: {slug: \"craft\"}}) { facets { authors(first: 2) { count node { name } } } } }",
        "authors_of_article",
    ),
    (
        "the tags of articles in a category",
        "{ articles(where: {inCategory: {slug: \"craft\"}}) { facets { tags(first: 2) { count node { name } } } } }",
        "tags_of_article",
    ),
    (
        "the years of articles in a category",
        "{ articles(where: {inCategory: {slug: \"craft\"}}) { facets { years { year count } } } }",
        "article_category",
    ),
    ("a path", "{ resolve(path: \"/demo-1-7/\") { __typename } }", "earlier_path"),
    ("what starts with a word", "{ suggest(prefix: \"the\", first: 1) { text } }", "suggestion_walk"),
];

/// The orders of the site's list, and the index that gives each.
const ORDERS: [(&str, &str); 6] = [
    ("PUBLISHED_AT", "article_listing"),
    ("UPDATED_AT", "article_by_update"),
    ("CREATED_AT", "article_by_creation"),
    ("TITLE", "article_by_title"),
    ("TITLE_PINYIN", "article_by_pinyin"),
    ("WORD_COUNT", "article_by_word_count"),
];

async fn traced(db: TestDb) -> (TestApp, Statements) {
    seed::plant(&db, Seed::Demo(300)).await;
    db.execute("ANALYZE").await;
    // What is kept from one question to the next would not be seen here.
    let (app, statements) = TestApp::traced_with(db, &["--response-cache-bytes=0", "--shortcuts=false"]);
    let _ = statements.take();
    (app, statements)
}

/// How the database would run a statement, a line a step.
async fn plan(db: &TestDb, sql: &str) -> Vec<String> {
    if db.is_postgres() {
        // Few rows are read faster without an index; whether one can serve is the question here.
        db.execute("SET enable_seqscan = off; SET enable_bitmapscan = off").await;
        let rows: Vec<(String,)> = db.rows(&format!("EXPLAIN (COSTS OFF) {sql}")).await;
        rows.into_iter().map(|(step,)| step).collect()
    } else {
        let rows: Vec<(i64, i64, i64, String)> = db.rows(&format!("EXPLAIN QUERY PLAN {sql}")).await;
        rows.into_iter().map(|(.., step)| step).collect()
    }
}

#[test]
fn postgres_makes_no_machine_code_for_requests() {
    on_postgres(async |db: TestDb| {
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let setting = Query::select().expr(Func::cust("current_setting").arg("jit")).take();
        let is_off = app.db.row(&setting, |row| Ok(row.take::<String>()? == "off")).await.unwrap();
        assert_eq!(is_off, Some(true));
    });
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

    /// Behind a cursor and before one, upwards and downwards, with what tells of rows outside of the page.
    async fn every_order_of_the_site_is_that_of_an_index(db: TestDb) {
        let (app, statements) = traced(db).await;
        for (field, index) in ORDERS {
            for direction in ["ASC", "DESC"] {
                let order = format!("orderBy: [{{field: {field}, direction: {direction}}}]");
                let middle = app.query(&format!("{{ articles(first: 100, {order}) {{ pageInfo {{ endCursor }} }} }}"), json!({}));
                let cursor = middle["articles"]["pageInfo"]["endCursor"].clone();
                for arguments in ["first: 5, after: $cursor", "last: 5, before: $cursor"] {
                    let _ = statements.take();
                    let query = format!("query($cursor: String) {{ articles({arguments}, {order}) {{ nodes {{ slug }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}");
                    let _ = app.query(&query, json!({ "cursor": cursor }));
                    let sql = statements.take();
                    assert_eq!(sql.len(), 1, "{sql:#?}");
                    let steps = plan(&app.db, &sql[0]).await;
                    let uses = steps.iter().filter(|step| step.contains(index)).count();
                    assert!(uses >= 1, "{field} {direction}, {arguments} does not walk {index}: {steps:#?}");
                    let scans = steps.iter().any(|step| step.starts_with("SCAN article") || step.contains("Seq Scan on article"));
                    assert!(!scans, "{steps:#?}");
                }
            }
        }
    }

    /// Whatever was typed: the walk ends after as many names as are told.
    async fn suggestions_walk_their_index_in_its_order(db: TestDb) {
        let (app, statements) = traced(db).await;
        for prefix in ["t", "d", "the", "灯", "zzz", "\u{10ffff}"] {
            let _ = statements.take();
            let _ = app.query("query($prefix: String!) { suggest(prefix: $prefix) { text } }", json!({ "prefix": prefix }));
            let sql = statements.take().into_iter().find(|sql| sql.contains("\"suggestion\"")).unwrap();
            let steps = plan(&app.db, &sql).await;
            assert_eq!(steps.iter().filter(|step| step.contains("suggestion_walk")).count(), 4, "{prefix}: {steps:#?}");
            let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE") || step.contains("Sort"));
            assert!(!sorts, "the index gives the order: {steps:#?}");
            let scans = steps.iter().any(|step| step.starts_with("SCAN suggestion") || step.contains("Scan on suggestion"));
            assert!(!scans, "{steps:#?}");
        }
    }

    /// A neighbour is one step away, however far the article is from the newest one.
    async fn an_older_article_is_looked_for_from_where_its_neighbour_stands(db: TestDb) {
        let (app, statements) = traced(db).await;
        let _ = app.query("{ articles(last: 2) { nodes { older { slug } newer { slug } } } }", json!({}));
        let neighbours: Vec<String> = statements.take().into_iter().filter(|sql| sql.contains("original")).collect();
        assert_eq!(neighbours.len(), 2);
        for sql in neighbours {
            // The other bound on the same side serves no index: SQLite would walk from the newest article.
            assert!(sql.contains("(\"other\".\"published_at\" + 0) <=") || sql.contains("\"other\".\"published_at\" + 0 <="), "{sql}");
            let steps = plan(&app.db, &sql).await;
            assert!(steps.iter().any(|step| step.contains("article_listing")), "{steps:#?}");
        }
    }

    /// What is named is looked up, not looked for among all that is published.
    async fn what_is_named_is_found_by_its_name(db: TestDb) {
        let (app, statements) = traced(db).await;
        for (query, on_sqlite, on_postgres) in [
            ("{ article(by: {path: \"/demo-1-7\"}) { slug } }", "(path=?)", "article_path_key"),
            ("{ article(by: {slug: \"demo-1-7\"}) { path } }", "(slug=?)", "article_slug_key"),
            ("{ articles(where: {path: {in: [\"/demo-1-7/\", \"/demo-1-8/\"]}}) { nodes { slug } } }", "(path=?)", "article_path_key"),
            ("{ articles(where: {slug: {in: [\"demo-1-7\", \"demo-1-8\", \"a\", \"b\", \"c\"]}}) { nodes { path } } }", "(slug=?)", "article_slug_key"),
            ("{ articles(where: {slug: {in: [\"demo-1-7\", \"demo-1-8\", \"a\", \"b\", \"c\"]}}) { totalCount } }", "(slug=?)", "article_slug_key"),
            ("{ articles(where: {id: {in: [\"QXJ0aWNsZTo3\", \"QXJ0aWNsZTo4\"]}}) { nodes { path } } }", "INTEGER PRIMARY KEY (rowid=?)", "article_pkey"),
        ] {
            let _ = statements.take();
            let _ = app.query(query, json!({}));
            let sql = statements.take();
            let steps = plan(&app.db, &sql[0]).await;
            let expected = if app.db.is_postgres() { on_postgres } else { on_sqlite };
            assert!(steps.iter().any(|step| step.contains(expected)), "{query}: {steps:#?}");
        }
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
