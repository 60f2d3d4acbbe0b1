//! The engine obeys the GraphQL specification where clients feel it, through our own handler.

use serde_json::{Value, json};
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    seed::{self, Seed},
};

const MASK: &str = "something went wrong on the server; the log there says what";

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

async fn content(db: TestDb) -> TestApp {
    seed::plant(&db, Seed::Content).await;
    // What is kept would be answered where the database fails.
    TestApp::start(db, &["--response-cache-bytes=0", "--shortcuts=false"])
}

/// The front matter of one article is no JSON any more.
async fn with_corrupt_front_matter(db: TestDb) -> TestApp {
    let app = content(db).await;
    app.db.execute("UPDATE article SET extra = '{not json' WHERE slug = 'sure'").await;
    app
}

/// Internal errors tell where they happened and nothing else.
fn assert_masked(answer: &Answer, paths: &[Value]) {
    let json = answer.json();
    let errors = json["errors"].as_array().unwrap_or_else(|| panic!("no errors in {json:#}"));
    let mut told: Vec<&Value> = errors.iter().map(|error| &error["path"]).collect();
    told.sort_by_key(ToString::to_string);
    assert_eq!(told, paths.iter().collect::<Vec<_>>(), "{json:#}");
    for error in errors {
        assert_eq!(error["message"], MASK);
        assert_eq!(error["extensions"], json!({ "code": "INTERNAL_SERVER_ERROR" }));
    }
}

/// A request that was refused: no data, no receipt of anything read.
fn assert_refused(app: &TestApp, request: &Value, code: &str) {
    for (accept, status) in [("application/json", 200), ("application/graphql-response+json", 400)] {
        let headers = [("content-type", "application/json"), ("accept", accept), ("x-masthead-receipt", "1")];
        let answer = app.send("POST", "/graphql", &headers, Some(request.to_string().as_bytes()));
        let json = answer.json();
        assert_eq!(json.get("data"), None, "{request} has data: {json:#}");
        assert_eq!(answer.code(), code, "{request}: {json:#}");
        assert_eq!(answer.status, status, "{request}: {json:#}");
        let statements = json["extensions"]["receipt"]["statements"].as_u64().unwrap_or_default();
        assert_eq!(statements, 0, "{request} was executed");
    }
}

tests::on_both_databases! {
    async fn keys_stand_in_the_order_of_the_query(db: TestDb) {
        let app = content(db).await;
        // What waits for the database stands between what does not, in both orders.
        let data = app.query("{ viewer { role } articles(first: 1) { nodes { body { text } title tags { name } id authors { name } slug } totalCount } a: __typename site { title articleCount locale } }", json!({}));
        assert_eq!(keys(&data.value), ["viewer", "articles", "a", "site"]);
        assert_eq!(keys(&data["articles"]), ["nodes", "totalCount"]);
        assert_eq!(keys(&data["articles"]["nodes"][0]), ["body", "title", "tags", "id", "authors", "slug"]);
        assert_eq!(keys(&data["site"]), ["title", "articleCount", "locale"]);
        let data = app.query("{ site { locale articleCount title } a: __typename articles(first: 1) { totalCount nodes { slug authors { name } id tags { name } title body { text } } } viewer { role } }", json!({}));
        assert_eq!(keys(&data.value), ["site", "a", "articles", "viewer"]);
        assert_eq!(keys(&data["articles"]["nodes"][0]), ["slug", "authors", "id", "tags", "title", "body"]);
        assert_eq!(keys(&data["site"]), ["locale", "articleCount", "title"]);
    }

    async fn keys_of_fragments_stand_where_these_are_spread(db: TestDb) {
        let app = content(db).await;
        let data = app.query(
            "{ articles(first: 1) { nodes { z: slug ...Some a: title ... on Page { path slug } ...Some } } } fragment Some on Article { version tags { name } z: slug ...Inner id } fragment Inner on Node { n: __typename }",
            json!({}),
        );
        assert_eq!(keys(&data["articles"]["nodes"][0]), ["z", "version", "tags", "n", "id", "a", "path", "slug"]);
    }

    async fn fields_of_one_key_are_merged(db: TestDb) {
        let app = content(db).await;
        let data = app.query(
            "{ article(by: {slug: \"sure\"}) { title tags { id } } articles(first: 2) { nodes { slug authors { name } } } article(by: {slug: \"sure\"}) { path title tags { name } } ...More }
             fragment More on Query { articles(first: 2) { nodes { id authors { slug } } totalCount } }",
            json!({}),
        );
        assert_eq!(keys(&data.value), ["article", "articles"]);
        assert_eq!(keys(&data["article"]), ["title", "tags", "path"]);
        assert_eq!(keys(&data["articles"]), ["nodes", "totalCount"]);
        for node in data["articles"]["nodes"].as_array().unwrap() {
            assert_eq!(keys(node), ["slug", "authors", "id"]);
            assert_eq!(keys(&node["authors"][0]), ["name", "slug"]);
        }
    }

    async fn fields_of_one_key_that_differ_are_refused(db: TestDb) {
        let app = content(db).await;
        for query in [
            "{ articles { nodes { a: title a: slug } } }",
            "{ articles(first: 1) { totalCount } articles(first: 2) { totalCount } }",
        ] {
            assert_refused(&app, &json!({ "query": query }), "GRAPHQL_VALIDATION_FAILED");
        }
    }

    async fn a_failed_field_nulls_its_nearest_nullable_parent(db: TestDb) {
        let app = with_corrupt_front_matter(db).await;
        let answer = app.ask("{ a: article(by: {slug: \"sure\"}) { title extra } b: article(by: {slug: \"the-bakery\"}) { title extra } site { title } }", json!({}), None);
        assert_masked(&answer, &[json!(["a", "extra"])]);
        assert_eq!(answer.json()["data"], json!({ "a": Value::Null, "b": { "title": "The bakery: open at five", "extra": {} }, "site": { "title": "The Tide" } }));
    }

    async fn a_failed_field_nulls_one_element_of_a_list_of_nullables(db: TestDb) {
        let app = with_corrupt_front_matter(db).await;
        let ids = app.query("{ s: article(by: {slug: \"sure\"}) { id } b: article(by: {slug: \"the-bakery\"}) { id } }", json!({}));
        let (sure, bakery) = (&ids["s"]["id"], &ids["b"]["id"]);
        let answer = app.ask("query($ids: [ID!]!) { nodes(ids: $ids) { ... on Article { slug extra } } }", json!({ "ids": [bakery, sure, bakery] }), None);
        assert_masked(&answer, &[json!(["nodes", 1, "extra"])]);
        let seen = json!({ "slug": "the-bakery", "extra": {} });
        assert_eq!(answer.json()["data"]["nodes"], json!([seen, Value::Null, seen]));
    }

    async fn a_failed_field_goes_up_through_lists_that_can_not_hold_null(db: TestDb) {
        let app = with_corrupt_front_matter(db).await;
        let answer = app.ask("{ articles { nodes { slug extra } } }", json!({}), None);
        assert_eq!(answer.json()["data"], Value::Null);
        assert!(answer.json().as_object().unwrap().contains_key("data"), "it was executed");
        let answer = app.ask("{ site { title } author(by: {slug: \"jonas-weir\"}) { name articles { edges { node { extra } } } } }", json!({}), None);
        assert_eq!(answer.json()["data"], json!({ "site": { "title": "The Tide" }, "author": Value::Null }));
        // The engine cuts the path at the element of the innermost list.
        let path = strings_and_numbers(&answer.json()["errors"][0]["path"]);
        assert_eq!(path.get(..4), Some(["author", "articles", "edges", "4"].map(str::to_owned).as_slice()));
    }

    /// The field's own resolver fails, not something below it.
    async fn a_nullable_field_that_fails_is_null_itself(db: TestDb) {
        let app = content(db).await;
        app.db.execute("ALTER TABLE figure RENAME TO figure_gone").await;
        let answer = app.ask("{ site { title } article(by: {slug: \"sure\"}) { title cover { alt } thumbnail { alt } } }", json!({}), None);
        assert_masked(&answer, &[json!(["article", "cover"]), json!(["article", "thumbnail"])]);
        assert_eq!(answer.json()["data"], json!({ "site": { "title": "The Tide" }, "article": { "title": "100% sure", "cover": Value::Null, "thumbnail": Value::Null } }));
    }

    async fn a_nullable_root_field_that_fails_leaves_the_others(db: TestDb) {
        let app = content(db).await;
        app.db.execute("ALTER TABLE author RENAME TO author_gone").await;
        let answer = app.ask("{ site { title } author(by: {slug: \"mei-lin\"}) { name } article(by: {slug: \"sure\"}) { title } }", json!({}), None);
        assert_masked(&answer, &[json!(["author"])]);
        assert_eq!(answer.json()["data"], json!({ "site": { "title": "The Tide" }, "author": Value::Null, "article": { "title": "100% sure" } }));
    }

    async fn every_nullable_field_that_fails_is_null_itself(db: TestDb) {
        let app = content(db).await;
        let ids = app.query("{ article(by: {slug: \"sure\"}) { id } category(by: {slug: \"places/harbours\"}) { id } author(by: {slug: \"mei-lin\"}) { id } tag(by: {slug: \"sea\"}) { id } }", json!({}));
        for (table, field, ty) in [
            ("article", "article(by: {slug: \"sure\"}) { id }", ""),
            ("category", "category(by: {slug: \"places\"}) { id }", ""),
            ("author", "author(by: {slug: \"mei-lin\"}) { id }", ""),
            ("tag", "tag(by: {slug: \"sea\"}) { id }", ""),
            ("tag", "node(id: $id) { id }", "tag"),
        ] {
            app.db.execute(&format!("ALTER TABLE {table} RENAME TO {table}_gone")).await;
            let definition = if ty.is_empty() { "" } else { "($id: ID!)" };
            let answer = app.ask(&format!("query{definition} {{ viewer {{ role }} it: {field} }}"), json!({ "id": ids["tag"]["id"] }), None);
            assert_eq!(answer.json()["data"], json!({ "viewer": { "role": "PUBLIC" }, "it": Value::Null }), "{field}");
            app.db.execute(&format!("ALTER TABLE {table}_gone RENAME TO {table}")).await;
        }
        // Below the root: the avatar's image, the category above.
        app.db.execute("ALTER TABLE image RENAME TO image_gone").await;
        let answer = app.ask("{ author(by: {slug: \"mei-lin\"}) { name avatar { id } } }", json!({}), None);
        assert_eq!(answer.json()["data"], json!({ "author": { "name": "Mei Lin", "avatar": Value::Null } }));
    }

    async fn corrupt_headings_fail_masked(db: TestDb) {
        let app = content(db).await;
        app.db.execute("UPDATE body SET headings = '[{\"level\": \"three\"}]'").await;
        let answer = app.ask("{ article(by: {slug: \"sure\"}) { body { headings { text } } } viewer { role } }", json!({}), None);
        assert_masked(&answer, &[json!(["article", "body", "headings"])]);
        assert_eq!(answer.json()["data"], json!({ "article": Value::Null, "viewer": { "role": "PUBLIC" } }));
        assert_eq!(app.ask("{ article(by: {slug: \"sure\"}) { body { text } } }", json!({}), None).code(), "");
    }

    async fn no_error_of_the_database_reaches_a_client(db: TestDb) {
        let app = content(db).await;
        for table in ["article_author", "article_category", "article_tag", "body", "category_closure", "figure", "image", "tag", "author", "category", "article"] {
            app.db.execute(&format!("ALTER TABLE {table} RENAME TO {table}_gone")).await;
        }
        for query in [
            "{ articles { nodes { id } } }", "{ articles { totalCount } }", "{ categories { nodes { id } } }", "{ authors { nodes { id } } }",
            "{ tags { nodes { id } } }", "{ images { nodes { id } } }", "{ site { articleCount } }", "{ node(id: \"QXV0aG9yOjE\") { id } }",
            "{ nodes(ids: [\"QXV0aG9yOjE\"]) { id } }", "{ article(by: {slug: \"x\"}) { id } }", "{ articles(where: {inCategory: {slug: \"x\"}}) { totalCount } }",
        ] {
            let answer = app.ask(query, json!({}), None);
            assert_eq!(answer.status, 200, "{query}");
            assert_eq!(answer.code(), "INTERNAL_SERVER_ERROR", "{query}");
            let lower = answer.text.to_lowercase();
            for secret in ["select", "sqlite", "postgres", "no such", "does not exist", "relation", "_gone", "sqlx", "query error"] {
                assert!(!lower.contains(secret), "`{secret}` in the answer to {query}: {}", answer.text);
            }
        }
    }

    async fn a_request_error_has_no_data(db: TestDb) {
        let app = content(db).await;
        let of = |query: &str, variables: Value| json!({ "query": query, "variables": variables });
        let invalid = "GRAPHQL_VALIDATION_FAILED";
        for (request, code) in [
            (of("{", json!({})), "GRAPHQL_PARSE_FAILED"),
            (of("", json!({})), "GRAPHQL_PARSE_FAILED"),
            (of("{ nothing }", json!({})), invalid),
            (of("{ articles }", json!({})), invalid),
            (of("{ site { title { x } } }", json!({})), invalid),
            (of("{ articles(newest: 3) { totalCount } }", json!({})), invalid),
            (of("{ ...Gone }", json!({})), invalid),
            (of("{ site { title } } fragment Unused on Site { title }", json!({})), invalid),
            (of("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", json!({})), invalid),
            (of("{ site @unknown { title } }", json!({})), invalid),
            (of("query($x: Int) { site { title } }", json!({})), invalid),
            (of("{ articles(first: $n) { totalCount } }", json!({})), invalid),
            (of("mutation { deleteEverything }", json!({})), invalid),
            (of("subscription { articles }", json!({})), invalid),
            (json!({ "query": "query A { site { title } } query B { viewer { role } }" }), invalid),
            (json!({ "query": "query A { site { title } }", "operationName": "B" }), invalid),
        ] {
            assert_refused(&app, &request, code);
        }
    }

    async fn variables_that_do_not_fit_are_refused_before_anything_runs(db: TestDb) {
        let app = content(db).await;
        let slug = "query($slug: String!) { site { articleCount } article(by: {slug: $slug}) { title } }";
        let first = "query($first: Int) { site { articleCount } articles(first: $first) { totalCount } }";
        // The engine finds these only at the field, when others may be under way.
        let by = "query($by: ArticleBy!) { article(by: $by) { title } }";
        for (query, variables) in [
            (slug, json!({})), (slug, json!({ "slug": Value::Null })), (slug, json!({ "slug": 5 })), (slug, json!({ "slug": ["x"] })),
            (first, json!({ "first": "ten" })), (first, json!({ "first": 1.5 })), (first, json!({ "first": true })), (first, json!({ "first": 3_000_000_000_i64 })),
            (by, json!({ "by": {} })), (by, json!({ "by": { "slug": "a", "id": "b" } })), (by, json!({ "by": { "name": "a" } })), (by, json!({ "by": { "slug": Value::Null } })), (by, json!({ "by": "sure" })), (by, json!({})),
            ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ["a", Value::Null] })),
            ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({})),
        ] {
            let headers = [("content-type", "application/json"), ("x-masthead-receipt", "1")];
            let body = json!({ "query": query, "variables": variables }).to_string();
            let answer = app.send("POST", "/graphql", &headers, Some(body.as_bytes()));
            let json = answer.json();
            assert_eq!(json.get("data"), None, "{variables} for {query}: {json:#}");
            assert!(["GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"].contains(&answer.code().as_str()), "{json:#}");
            assert_eq!(json["extensions"]["receipt"]["statements"].as_u64().unwrap_or_default(), 0, "{variables} was executed");
        }
    }

    async fn values_are_coerced_as_lists_and_ids_are(db: TestDb) {
        let app = content(db).await;
        let data = app.query("query($names: [String!]!) { category(by: {names: $names}) { name } literal: category(by: {names: \"Walks\"}) { name } id: node(id: 5) { id } }", json!({ "names": "Walks" }));
        assert_eq!(data.value, json!({ "category": { "name": "Walks" }, "literal": { "name": "Walks" }, "id": Value::Null }));
    }

    async fn several_errors_are_all_told(db: TestDb) {
        let app = content(db).await;
        let answer = app.ask("{ a: article(by: {slug: \"sure\"}) { excerpt(length: -1) } b: article(by: {slug: \"sure\"}) { excerpt(length: 2000) } c: article(by: {slug: \"sure\"}) { title } }", json!({}), None);
        let json = answer.json();
        let mut paths: Vec<String> = json["errors"].as_array().unwrap().iter().map(|error| error["path"].to_string()).collect();
        paths.sort_unstable();
        assert_eq!(paths, [r#"["a","excerpt"]"#, r#"["b","excerpt"]"#]);
        assert_eq!(json["data"], json!({ "a": Value::Null, "b": Value::Null, "c": { "title": "100% sure" } }));
    }
}

fn strings_and_numbers(path: &Value) -> Vec<String> {
    let segment = |segment: &Value| segment.as_str().map_or_else(|| segment.to_string(), str::to_owned);
    path.as_array().into_iter().flatten().map(segment).collect()
}
