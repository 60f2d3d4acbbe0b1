//! A search in lists: with filters, orders, pages, totals and facets, of the site and of what lists articles.

use super::{found, site};
use serde_json::{Value, json};
use tests::{
    app::{TestApp, strings},
    db::TestDb,
    seed::Seed,
};

const FACETS: &str = "totalCount facets { categories { count node { path } } authors { count node { name } } tags { count node { name } }
    locales { count locale } years { year count months { month count } } }";

fn articles(app: &TestApp, arguments: &str, selection: &str) -> Value {
    app.query(&format!("{{ articles({arguments}) {{ {selection} }} }}"), json!({}))["articles"].clone()
}

/// A list with these arguments, page by page, in both directions.
fn assert_pages(app: &TestApp, arguments: &str) {
    let selection =
        "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor score node { slug } }";
    let whole = articles(app, &format!("{arguments}, first: 1000"), selection);
    let slugs: Vec<Value> =
        whole["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["slug"].clone()).collect();
    assert!(slugs.len() > 4, "{arguments}: {whole}");
    for (size, cursor, end) in [("first", "after", "endCursor"), ("last", "before", "startCursor")] {
        let (mut read, mut at) = (Vec::new(), String::new());
        loop {
            let page = articles(app, &format!("{arguments}, {size}: 2 {at}"), selection);
            let mut edges: Vec<Value> =
                page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["slug"].clone()).collect();
            let (more, before) =
                if size == "first" { ("hasNextPage", "hasPreviousPage") } else { ("hasPreviousPage", "hasNextPage") };
            assert_eq!(page["pageInfo"][before], json!(!read.is_empty()), "{arguments} {size} {at}");
            if size == "first" {
                read.append(&mut edges);
            } else {
                edges.append(&mut read);
                read = edges;
            }
            if page["pageInfo"][more] == json!(false) {
                break;
            }
            at = format!(", {cursor}: {}", page["pageInfo"][end]);
        }
        assert_eq!(read, slugs, "{arguments} by {size}");
    }
    let offset = articles(app, &format!("{arguments}, first: 2, offset: 2"), "nodes { slug }");
    assert_eq!(json!(strings(&offset["nodes"], "slug")), json!(slugs[2..4]));
}

tests::on_both_databases! {
    async fn pages_go_on_where_they_ended_in_every_order(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(110)).await;
        for search in ["灯塔", "the", "灯塔 -港口"] {
            for order in [
                "", ", orderBy: [{field: RELEVANCE, direction: ASC}]", ", orderBy: [{field: PUBLISHED_AT, direction: ASC}]",
                ", orderBy: [{field: TITLE, direction: DESC}]", ", orderBy: [{field: RELEVANCE, direction: DESC}, {field: PUBLISHED_AT, direction: ASC}]",
                ", where: {locale: {eq: \"zh\"}}", ", where: {commentsEnabled: true}, orderBy: [{field: WORD_COUNT, direction: ASC}]",
            ] {
                if search != "the" || !order.contains("locale") {
                    assert_pages(&app, &format!("search: \"{search}\"{order}"));
                }
            }
        }
    }

    /// Facets of a search are counted by its own index; those of the same articles without a search by statements.
    async fn totals_and_facets_are_those_of_the_articles_that_are_found(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(80)).await;
        let ids = |arguments: &str| {
            let found = articles(&app, &format!("{arguments}, first: 1000"), "nodes { id }");
            json!(strings(&found["nodes"], "id")).to_string()
        };
        for search in ["灯塔", "keeper", "潮水 北风", "zzzzz"] {
            let searched = articles(&app, &format!("search: \"{search}\""), FACETS);
            let same = articles(&app, &format!("where: {{id: {{in: {}}}}}", ids(&format!("search: \"{search}\""))), FACETS);
            assert_eq!(searched, same, "{search}");
            let filter = "where: {locale: {eq: \"zh\"}, inCategory: {names: [\"海洋\"]}}";
            let searched = articles(&app, &format!("search: \"{search}\", {filter}"), FACETS);
            let all = ids(&format!("search: \"{search}\""));
            let same = articles(&app, &format!("{}, id: {{in: {all}}}}}", filter.trim_end_matches('}').to_owned() + "}"), FACETS);
            assert_eq!(searched, same, "{search} under a filter");
        }
    }

    async fn nested_lists_are_those_of_the_site_under_a_filter(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(80)).await;
        let selection = "totalCount pageInfo { hasNextPage } facets { authors { count node { name } } years { year count } } edges { score highlight { titleHtml } node { slug } }";
        for order in ["", ", orderBy: [{field: TITLE, direction: ASC}]"] {
            let nested = app.query(
                &format!("{{ categories(first: 12) {{ nodes {{ slug articles(search: \"灯塔\", first: 3{order}) {{ {selection} }} }} }} }}"),
                json!({}),
            );
            for category in nested["categories"]["nodes"].as_array().unwrap() {
                let filter = format!("where: {{inCategory: {{slug: {}}}}}", category["slug"]);
                let same = articles(&app, &format!("search: \"灯塔\", first: 3{order}, {filter}"), selection);
                assert_eq!(category["articles"], same, "{}", category["slug"]);
            }
        }
        for (of, filter) in [("authors", "authors"), ("tags", "tags")] {
            let nested = app.query(&format!("{{ {of}(first: 9) {{ nodes {{ slug articles(search: \"the\", first: 3) {{ {selection} }} }} }} }}"), json!({}));
            for owner in nested[of]["nodes"].as_array().unwrap() {
                let filter = format!("where: {{{filter}: {{some: {{slug: {{eq: {}}}}}}}}}", owner["slug"]);
                let same = articles(&app, &format!("search: \"the\", first: 3, {filter}"), "totalCount edges { score node { slug } }");
                assert_eq!(owner["articles"]["totalCount"], same["totalCount"]);
                for (one, other) in owner["articles"]["edges"].as_array().unwrap().iter().zip(same["edges"].as_array().unwrap()) {
                    assert_eq!((&one["score"], &one["node"]), (&other["score"], &other["node"]));
                }
            }
        }
    }

    /// More than are told to a statement one by one.
    async fn common_words_are_found_in_every_order(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(1_700)).await;
        let (slugs, total) = found(&app, "demo");
        assert_eq!((slugs.len(), total), (0, 0), "slugs are not searched");
        let (slugs, total) = found(&app, "。");
        assert!(total > 1_000 && slugs.len() == 1_000);
        let by_title = articles(&app, "search: \"。\", first: 1000, orderBy: [{field: TITLE, direction: ASC}]", "totalCount nodes { slug title }");
        let same = articles(&app, "where: {locale: {eq: \"zh\"}}, first: 1000, orderBy: [{field: TITLE, direction: ASC}]", "totalCount nodes { slug title }");
        assert_eq!(by_title, same);
        let newest = articles(&app, "search: \"。\", first: 5, orderBy: [{field: PUBLISHED_AT, direction: DESC}], where: {wordCount: {gt: 100}}", "totalCount nodes { slug }");
        let same = articles(&app, "first: 5, where: {locale: {eq: \"zh\"}, wordCount: {gt: 100}}", "totalCount nodes { slug }");
        assert_eq!(newest, same);
    }

    async fn cursors_and_orders_belong_to_their_search(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(30)).await;
        let cursor = articles(&app, "search: \"灯塔\", first: 1", "pageInfo { endCursor }")["pageInfo"]["endCursor"].clone();
        for (arguments, code) in [
            (format!("search: \"港口\", after: {cursor}"), "CURSOR_MISMATCH"),
            (format!("after: {cursor}"), "CURSOR_MISMATCH"),
            ("orderBy: [{field: RELEVANCE, direction: DESC}]".to_owned(), "BAD_USER_INPUT"),
            ("search: \"x\", orderBy: [{field: RELEVANCE, direction: DESC}, {field: TITLE, direction: ASC}]".to_owned(), "BAD_USER_INPUT"),
        ] {
            let answer = app.ask(&format!("{{ articles({arguments}) {{ totalCount nodes {{ slug }} }} }}"), json!({}), None);
            assert_eq!(answer.code(), code, "{arguments}: {}", answer.text);
        }
        let same = articles(&app, &format!("search: \" 燈塔 \", after: {cursor}"), "nodes { slug }");
        assert!(!same["nodes"].as_array().unwrap().is_empty(), "queries that mean the same have the same cursors");
    }

    async fn a_title_comes_before_any_text(db: TestDb) {
        let posts = [
            ("body".to_owned(), "title: 无关\ndate: 2024-01-01".to_owned(), "灯塔".repeat(200)),
            ("title".to_owned(), "title: 这是一个标题比较长的关于一座老旧灯塔的文章，它还有一个副标题\ndate: 2020-01-01".to_owned(), "正文。".repeat(900)),
        ];
        let app = site(db, &posts).await;
        assert_eq!(found(&app, "灯塔").0, ["title", "body"]);
    }
}
