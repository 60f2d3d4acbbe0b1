//! Operations that have a plan are answered as the engine answers them, byte for byte.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::iter;
use tests::{
    app::{PREVIEW_TOKEN, TestApp},
    db::TestDb,
    seed::{self, Seed},
};

const ARTICLE: &str =
    "__typename id slug path title excerpt short: excerpt(length: 7) locale status publishedAt createdAt updatedAt
    commentsEnabled sourceUrl version
    body { __typename id html markdown text wordCount readingMinutes }
    cover { ...Picture } thumbnail { ...Picture } figures { ...Picture }
    authors { __typename id slug path name bio website }
    categories { __typename id slug path name names depth parent { name path } ancestors { name slug } articleCount
        own: articleCount(descendants: false) }
    tags { __typename id slug path name }";

const PICTURE: &str = "fragment Picture on Figure { __typename id position alt caption credit
    image { __typename id url originalUrl alt width height mimeType bytes } }";

/// Where a receipt tells that an answer is that of a plan.
const PLANNED: &str = "/extensions/receipt/planned";

/// The parts of a page.
const PAGE: &str = "__typename totalCount pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }
    edges { __typename cursor node { slug } } nodes { title authors { name } }";

/// Operations that have a plan: each with variables.
fn planned() -> Vec<(String, Value)> {
    let plain = |query: &str| (query.to_owned(), json!({}));
    let mut asked = vec![
        (format!("{{ articles(first: 20) {{ nodes {{ {ARTICLE} }} }} }} {PICTURE}"), json!({})),
        (format!("{{ articles {{ {PAGE} }} }}"), json!({})),
        plain("{ articles { totalCount } }"),
        plain("{ articles(first: 0) { totalCount nodes { id } pageInfo { hasNextPage } } }"),
        plain("{ a: articles(first: 1) { nodes { id } } b: articles(last: 1) { nodes { id title } } }"),
        // Fields of one key are one field.
        plain("{ articles(first: 2) { nodes { title } nodes { slug ... on Article { title } ...Part } } articles(first: 2) { totalCount } }
               fragment Part on Article { authors { name } authors { path } cover { alt } }"),
        plain("{ articles(first: 3) { edges { node { title } } edges { cursor node { slug tags { name } } } } }"),
        plain("{ article(by: {slug: \"nothing of this name\"}) { title } }"),
        plain("{ article(by: {id: \"nothing\"}) { title } author(by: {slug: \"nobody\"}) { name } category(by: {path: \"/no/\"}) { name } }"),
        plain("{ categories(first: 100) { totalCount nodes { __typename path name depth articleCount parent { name } ancestors { slug } } } }"),
        plain("{ categories(first: 1, offset: 1) { edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }"),
    ];
    for order in ["TITLE", "PUBLISHED_AT", "WORD_COUNT", "TITLE_PINYIN"] {
        for direction in ["ASC", "DESC"] {
            let query = format!(
                "query($n: Int) {{ articles(first: $n, orderBy: [{{field: {order}, direction: {direction}}}]) {{ {PAGE} }} }}"
            );
            asked.extend(
                [json!({ "n": 2 }), json!({ "n": null }), json!({})].map(|variables| (query.clone(), variables)),
            );
        }
    }
    for filter in [
        json!({ "title": { "contains": "the", "fold": "LOOSE" } }),
        json!({ "hasCover": true }),
        json!({ "publishedAt": { "gte": "2020-01-01T00:00:00Z" }, "not": { "locale": { "eq": "en" } } }),
        json!({ "authors": { "some": { "name": { "ne": "" } } } }),
        json!({ "inCategory": { "slug": "harbour" } }),
        json!({}),
        json!(null),
    ] {
        asked.push((
            format!("query($where: ArticleWhere) {{ articles(where: $where, first: 3) {{ {PAGE} }} }}"),
            json!({ "where": filter }),
        ));
    }
    asked
}

/// Operations over what there is.
fn over_content(app: &TestApp) -> Vec<(String, Value)> {
    let mut asked = Vec::new();
    let content = app.query(
        "{ articles(first: 1000) { edges { cursor node { slug path } } } categories(first: 1000) { nodes { slug path } } authors(first: 1000) { nodes { slug } } }",
        json!({}),
    );
    let all = |pointer: &str| content.value.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    for edge in all("/articles/edges") {
        for by in ["slug", "path"].map(|name| json!({ name: edge.pointer(&format!("/node/{name}")) })) {
            let query = format!("query($by: ArticleBy!) {{ article(by: $by) {{ {ARTICLE} }} }} {PICTURE}");
            asked.push((query, json!({ "by": by })));
        }
        for side in ["first: 2, after", "last: 2, before"] {
            asked.push((
                format!("query($cursor: String) {{ articles({side}: $cursor) {{ {PAGE} }} }}"),
                json!({ "cursor": edge.get("cursor") }),
            ));
        }
    }
    for category in all("/categories/nodes") {
        let query = format!(
            "query($by: CategoryBy!) {{ category(by: $by) {{ __typename name names articleCount parent {{ name }} ancestors {{ name }}
                articles(first: 2) {{ {PAGE} }} own: articles(descendants: false, first: 1) {{ {PAGE} }} last: articles(last: 1) {{ nodes {{ {ARTICLE} }} }}
            }} }} {PICTURE}"
        );
        asked.push((query.clone(), json!({ "by": { "slug": category.get("slug") } })));
        asked.push((query, json!({ "by": { "path": category.get("path") } })));
    }
    for author in all("/authors/nodes") {
        asked.push((
            "query($by: AuthorBy!) { author(by: $by) { __typename id slug path name bio website } }".into(),
            json!({ "by": { "slug": author.get("slug") } }),
        ));
    }
    asked
}

/// Operations that begin like such ones, and are wrong or ask for more.
const FOR_THE_ENGINE: [&str; 11] = [
    "{ __typename }",
    "{ articles(first: 1001) { nodes { id } } }",
    "{ articles(after: \"x\") { nodes { id } } }",
    "{ articles(first: 1, last: 1) { totalCount } }",
    "{ articles(first: 1) { nodes { excerpt(length: 1001) } } }",
    "{ articles(first: 1) { nodes { excerpt(length: -1) title } } }",
    "query($yes: Boolean = true) { articles(first: 2) { nodes { title @include(if: $yes) slug @skip(if: $yes) } } }",
    "{ articles(first: 2) { nodes { ... on Node { id } ... on Page { path } } } }",
    "{ articles(search: \"the\", first: 2) { nodes { title } searched { query } } }",
    "{ articles(first: 2) { nodes { related(first: 1) { title } older { title } } } }",
    "{ articles(where: {title: {eq: null}}) { totalCount } }",
];

async fn compare(db: TestDb, seed: Seed) {
    seed::plant(&db, seed).await;
    let by_plan = TestApp::start(db, &["--response-cache-bytes=0"]);
    let by_engine = by_plan.beside(&["--response-cache-bytes=0", "--shortcuts=false"]);
    let others = FOR_THE_ENGINE.map(|query| (query.to_owned(), json!({})));
    let asked = planned().into_iter().chain(over_content(&by_engine)).chain(others);
    let mut lengths = 0;
    for (query, variables) in asked {
        for token in [None, Some(PREVIEW_TOKEN)] {
            let answer = |app: &TestApp| {
                let mut answer = app.ask(&query, variables.clone(), token).text;
                answer.truncate(answer.rfind(",\"extensions\":{\"receipt\"").unwrap_or(answer.len()));
                answer
            };
            let expected = answer(&by_engine);
            assert!(!expected.contains("INTERNAL_SERVER_ERROR"), "{query} {variables}: {expected}");
            lengths += if expected.starts_with("{\"data\":") { expected.len() } else { 0 };
            // What the first one keeps, the second one uses.
            for _ in 0..2 {
                assert_eq!(answer(&by_plan), expected, "{query} {variables}");
            }
        }
        let encoded =
            [query.clone(), variables.to_string()].map(|it| utf8_percent_encode(&it, NON_ALPHANUMERIC).to_string());
        let path = format!("/graphql?query={}&variables={}", encoded[0], encoded[1]);
        let both = || {
            [&by_plan, &by_engine].map(|app| {
                let answer = app.get(&path, &[]);
                let headers = ["etag", "cache-control", "surrogate-key"].map(|name| answer.header(name).to_owned());
                (headers, answer.text)
            })
        };
        // What reads nothing holds for ever, but until the next article appears where the watcher has looked just before it.
        let mut tries = iter::repeat_with(both).take(5);
        let [shown, expected] = tries.find(|[shown, expected]| shown == expected).unwrap_or_else(both);
        assert_eq!(shown, expected, "{query} {variables}");
    }
    assert!(lengths > 50_000, "{lengths} bytes of answers are few");
}

tests::on_both_databases! {
    async fn plans_answer_as_the_engine_does_over_the_content(db: TestDb) {
        compare(db, Seed::Content).await;
    }

    async fn plans_answer_as_the_engine_does_over_the_sample(db: TestDb) {
        compare(db, Seed::Sample).await;
    }

    async fn plans_answer_as_the_engine_does_over_made_up_articles(db: TestDb) {
        compare(db, Seed::Demo(40)).await;
    }

    /// Each of them without asking the engine, which a receipt tells.
    async fn what_has_a_plan_is_answered_by_it(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &["--response-cache-bytes=0"]);
        for (query, variables) in planned().into_iter().chain(over_content(&app)) {
            let answer = app.ask(&query, variables.clone(), None).json();
            assert_eq!(answer.pointer(PLANNED), Some(&json!(true)), "{query} {variables}");
        }
        for query in FOR_THE_ENGINE {
            let answer = app.ask(query, json!({}), None).json();
            assert_eq!(answer.pointer(PLANNED), None, "{query}");
        }
    }
}
