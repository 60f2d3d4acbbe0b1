//! What operations cost: as many statements as their shape asks for, however many rows they meet, and only the columns that
//! were selected.

use serde_json::{Value, json};
use tests::{
    app::{Data, TestApp},
    db::TestDb,
    seed::{self, Seed},
};

const FRONT_PAGE: &str = include_str!("../../api/assets/graphiql/examples/01-front-page.graphql");
const ARTICLE_PAGE: &str = include_str!("../../api/assets/graphiql/examples/02-article-page.graphql");

/// All that an article has.
const EVERYTHING: &str = "query($slug: String!) { article(by: {slug: $slug}) {
    id slug path title excerpt locale status publishedAt createdAt updatedAt commentsEnabled sourceUrl extra version
    body { id html markdown text headings { level text anchor } wordCount readingMinutes }
    cover { ...Picture } thumbnail { ...Picture } figures { ...Picture }
    authors { id slug path name bio website avatar { url } }
    categories { id slug path name names depth parent { name } ancestors { name path } }
    tags { id slug path name }
} }
fragment Picture on Figure { id position alt caption credit image { id url originalUrl alt width height mimeType } }";

/// The page that makes the most of a query, run more than once: a count may not depend on what happens to meet.
fn dearest(app: &TestApp, query: &str, variables: &Value) -> Data {
    let runs = (0..5).map(|_| app.query(query, variables.clone()));
    runs.max_by_key(|data| data.statements).unwrap()
}

/// One that reads everything for each request, also what was asked before.
async fn uncached(db: TestDb, seed: Seed) -> TestApp {
    seed::plant(&db, seed).await;
    TestApp::start(db, &["--response-cache-bytes=0", "--shortcuts=false"])
}

async fn with_articles(db: TestDb) -> TestApp {
    uncached(db, Seed::Demo(300)).await
}

fn slugs(app: &TestApp, first: usize) -> Vec<String> {
    let page = app.query("query($n: Int) { articles(first: $n) { nodes { slug } } }", json!({ "n": first }));
    tests::app::strings(&page["articles"]["nodes"], "slug")
}

tests::on_both_databases! {
    /// The third of "What must be seen".
    async fn a_front_page_costs_at_most_six_statements_at_any_size(db: TestDb) {
        let app = with_articles(db).await;
        for first in [1, 20, 50, 300] {
            let page = dearest(&app, FRONT_PAGE, &json!({ "first": first }));
            assert_eq!(page["articles"]["nodes"].as_array().unwrap().len(), first);
            assert_eq!(page["articles"]["totalCount"], 300);
            assert!(page.statements <= 6, "{first} articles cost {} statements", page.statements);
            let one = dearest(&app, FRONT_PAGE, &json!({ "first": 1 }));
            assert_eq!(page.statements, one.statements, "{first} articles cost what one costs");
        }
    }

    /// The third of "What must be seen".
    async fn an_article_page_costs_at_most_ten_statements(db: TestDb) {
        let app = with_articles(db).await;
        for slug in slugs(&app, 20) {
            let page = dearest(&app, EVERYTHING, &json!({ "slug": slug }));
            assert_eq!(page["article"]["slug"], json!(slug));
            assert!(page.statements <= 10, "{slug} costs {} statements", page.statements);
            let page = dearest(&app, ARTICLE_PAGE, &json!({ "slug": slug }));
            assert!(page.statements <= 10, "the page of {slug} costs {} statements", page.statements);
        }
    }

    async fn a_list_of_article_pages_costs_what_one_of_them_costs(db: TestDb) {
        let app = with_articles(db).await;
        let listed = EVERYTHING
            .replace("query($slug: String!) { article(by: {slug: $slug})", "query($n: Int) { articles(first: $n) { nodes")
            .replace("tags { id slug path name }\n} }", "tags { id slug path name }\n} } }");
        let one = dearest(&app, &listed, &json!({ "n": 1 }));
        let fifty = dearest(&app, &listed, &json!({ "n": 50 }));
        assert_eq!(fifty["articles"]["nodes"].as_array().unwrap().len(), 50);
        assert!(fifty.statements <= 10, "fifty articles cost {} statements", fifty.statements);
        // One article may have no category, tag or author to go on from.
        assert!(one.statements <= fifty.statements);
    }

    async fn lists_in_lists_cost_the_same_for_any_number_of_parents(db: TestDb) {
        let app = with_articles(db).await;
        let query = "query($n: Int) { categories(first: $n) { nodes { name articles(first: 3) { totalCount nodes { title authors { name articles(first: 2) { nodes { title } } } } } } } }";
        let few = dearest(&app, query, &json!({ "n": 5 }));
        let many = dearest(&app, query, &json!({ "n": 200 }));
        assert!(many["categories"]["nodes"].as_array().unwrap().len() > 100);
        assert_eq!(few.statements, many.statements);
        assert!(many.statements <= 5, "{} statements", many.statements);
    }

    async fn a_nested_page_reads_no_more_rows_than_it_shows(db: TestDb) {
        let app = with_articles(db).await;
        let query = "query($first: Int) { authors(first: 10) { nodes { articles(first: $first) { nodes { slug } } } } }";
        let page = app.query(query, json!({ "first": 1 }));
        // Ten authors and one that tells of more, then for each an article and one that tells of more.
        assert!(page.rows <= 11 + 20, "{} rows", page.rows);
    }

    async fn a_total_is_counted_only_where_it_is_selected(db: TestDb) {
        let app = with_articles(db).await;
        let without = app.query("{ articles { nodes { slug } } }", json!({}));
        let with = app.query("{ articles { totalCount nodes { slug } } }", json!({}));
        assert_eq!((without.statements, with.statements), (1, 2));
        let previous = app.query("{ articles { nodes { slug } pageInfo { hasNextPage endCursor } } }", json!({}));
        assert_eq!(previous.statements, 1, "whether more rows follow costs no statement");
    }

    /// What is not selected can be gone from the database: a list without `body` reads no body.
    async fn what_is_not_selected_is_not_read(db: TestDb) {
        let app = with_articles(db).await;
        let all = "slug path title excerpt locale createdAt updatedAt commentsEnabled sourceUrl extra version body { html }";
        let columns = [
            ("title", "title"), ("excerpt", "excerpt"), ("excerpt", "opening"), ("locale", "locale"),
            ("createdAt", "created_at"), ("updatedAt", "updated_at"), ("commentsEnabled", "comments_enabled"),
            ("sourceUrl", "source_url"), ("extra", "extra"), ("version", "version"), ("path", "path"),
            ("body { wordCount }", "word_count"),
        ];
        assert_eq!(app.ask(&format!("{{ articles(first: 2) {{ nodes {{ {all} }} }} }}"), json!({}), None).code(), "");
        for (field, column) in columns {
            app.db.execute(&format!("ALTER TABLE article RENAME COLUMN {column} TO {column}_gone")).await;
            let ask = |fields: &str| app.ask(&format!("{{ articles(first: 2) {{ nodes {{ slug {fields} }} }} }}"), json!({}), None);
            assert_eq!(ask("publishedAt").code(), "", "a list without `{field}` reads `{column}`");
            let failed = ask(field);
            assert_eq!(failed.code(), "INTERNAL_SERVER_ERROR", "`{field}` does not read `{column}`");
            let message = failed.json()["errors"][0]["message"].to_string();
            assert!(!message.contains(column) && !message.contains("column"), "{message}");
            app.db.execute(&format!("ALTER TABLE article RENAME COLUMN {column}_gone TO {column}")).await;
        }
    }

    async fn a_list_without_bodies_reads_none(db: TestDb) {
        let app = with_articles(db).await;
        app.db.execute("DROP TABLE body").await;
        let page = app.query(FRONT_PAGE, json!({}));
        assert_eq!(page["articles"]["nodes"].as_array().unwrap().len(), 20);
        let counts = app.query("{ articles { nodes { body { id wordCount readingMinutes } } } }", json!({}));
        assert_eq!(counts.statements, 1);
        for form in ["html", "markdown", "text", "headings { text }"] {
            let failed = app.ask(&format!("{{ articles {{ nodes {{ body {{ {form} }} }} }} }}"), json!({}), None);
            assert_eq!(failed.code(), "INTERNAL_SERVER_ERROR", "{form}");
        }
    }

    /// Each form of a body can be gone without the others.
    async fn of_a_body_only_the_forms_that_are_selected_are_read(db: TestDb) {
        let app = uncached(db, Seed::Demo(5)).await;
        let forms = [("html", "html"), ("markdown", "markdown"), ("text", "text"), ("headings", "headings { text }")];
        for (column, _) in forms {
            app.db.execute(&format!("ALTER TABLE body RENAME COLUMN {column} TO {column}_gone")).await;
            for (other, form) in forms {
                let answer = app.ask(&format!("{{ articles {{ nodes {{ body {{ {form} }} }} }} }}"), json!({}), None);
                let expected = if other == column { "INTERNAL_SERVER_ERROR" } else { "" };
                assert_eq!(answer.code(), expected, "`{other}` while `{column}` is gone: {}", answer.text);
            }
            app.db.execute(&format!("ALTER TABLE body RENAME COLUMN {column}_gone TO {column}")).await;
        }
    }
}
