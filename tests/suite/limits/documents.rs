//! What a document may ask for: each limit lets pass what is at it, and refuses what is one over it before anything is read.

use super::assert_over;
use serde_json::{Value, json};
use std::fmt::Write as _;
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    seed::Seed,
};

const COMPLEX: &str = "QUERY_TOO_COMPLEX";

/// So many of something, one behind the other.
fn repeated(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        write!(all, "{} ", one(number)).unwrap();
        all
    })
}

/// The one at the limit is answered, the one over it refused.
fn assert_edge(app: &TestApp, code: &str, max: usize, document: impl Fn(usize) -> String) {
    let at = app.ask(&document(max), json!({}), None);
    assert_eq!(at.json().get("errors"), None, "at {max}: {:.400}", at.text);
    let over = app.ask(&document(max + 1), json!({}), None);
    assert_over(&over, code, max + 1, max);
    assert!(over.text.len() < 600, "the query comes back: {:.2000}", over.text);
}

/// Levels of fields: `category` and what is above it.
fn deep(levels: usize) -> String {
    let parents = "{ parent ".repeat(levels - 2);
    format!("{{ category(by: {{slug: \"places\"}}) {parents} {{ name }} {}}}", "} ".repeat(levels - 2))
}

/// Fragments that double: the last one is spread 2^`levels` times.
fn doubling(levels: usize, of: impl Fn(usize) -> String) -> String {
    let fragment =
        |level: usize| format!("fragment F{level} on {}", of(level + 1).replace("NEXT", &format!("...F{}", level + 1)));
    format!("{{ ...F0 }} {}fragment F{levels} on Query {{ site {{ title }} }}", repeated(levels, fragment))
}

async fn content(db: TestDb) -> TestApp {
    TestApp::seeded(db, Seed::Content).await
}

async fn with(db: TestDb, flags: &[&str]) -> TestApp {
    tests::seed::plant(&db, Seed::Content).await;
    TestApp::start(db, flags)
}

fn cost(answer: &Answer) -> usize {
    let cost = answer.json()["extensions"]["receipt"]["cost"].as_u64();
    usize::try_from(cost.unwrap_or_else(|| panic!("no cost in {:.600}", answer.text))).unwrap()
}

tests::on_both_databases! {
    async fn a_document_has_so_many_bytes(db: TestDb) {
        let app = content(db).await;
        let document = |bytes: usize| format!("{{ site {{ title }} }}#{}", "x".repeat(bytes - 19));
        assert_eq!(document(500).len(), 500);
        assert_edge(&app, "PAYLOAD_TOO_LARGE", 128 * 1024, document);
    }

    async fn a_document_has_so_many_tokens(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, COMPLEX, 5_000, |tokens| format!("{{ site {{ {}}} }}", repeated(tokens - 5, |_| "title".into())));
    }

    async fn an_operation_is_so_deep(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, "QUERY_TOO_DEEP", 20, deep);
        // The levels of a fragment count where it is spread.
        assert_edge(&app, "QUERY_TOO_DEEP", 20, |levels| {
            let parents = "{ parent ".repeat(levels - 10);
            format!("query {} fragment F on Category {parents} {{ name }} {}", deep(10).replace("name", "...F"), "} ".repeat(levels - 10))
        });
    }

    /// Without fields they do not count as levels, and still lead the engine down.
    async fn fragments_in_one_another_are_so_deep(db: TestDb) {
        let app = content(db).await;
        let nested = |levels: usize| format!("{{ {} site {{ title }} {}}}", "... { ".repeat(levels - 2), "} ".repeat(levels - 2));
        assert_edge(&app, "QUERY_TOO_DEEP", 80, nested);
        let spread = |levels: usize| {
            let fragments = repeated(levels - 2, |level| format!("fragment F{level} on Query {{ ...F{} }}", level + 1));
            format!("{{ ...F1 }} {} fragment F{} on Query {{ site {{ title }} }}", fragments.replace("fragment F0 on Query { ...F1 }", ""), levels - 2)
        };
        assert_edge(&app, "QUERY_TOO_DEEP", 80, spread);
    }

    async fn an_operation_has_so_many_aliases(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, COMPLEX, 60, |aliases| format!("{{ site {{ {}}} }}", repeated(aliases, |n| format!("a{n}: title"))));
        assert_edge(&app, COMPLEX, 60, |aliases| format!("{{ site {{ {}}} }}", repeated(aliases, |n| format!("a{n}: __typename"))));
    }

    async fn the_aliases_of_a_fragment_count_wherever_it_is_spread(db: TestDb) {
        let app = with(db, &["--max-aliases=8"]).await;
        let fragment = "fragment A on Site { a: title b: title c: title d: title }";
        let twice = app.ask(&format!("{{ site {{ ...A }} it: viewer {{ a1: role a2: role a3: role }} }} {fragment}"), json!({}), None);
        assert_eq!(twice.json().get("errors"), None, "{}", twice.text);
        let twice = app.ask(&format!("{{ site {{ ...A ...A }} viewer {{ a1: role }} }} {fragment}"), json!({}), None);
        assert_over(&twice, COMPLEX, 9, 8);
    }

    async fn an_operation_has_so_many_root_fields(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, COMPLEX, 60, |fields| format!("{{ {}}}", repeated(fields, |_| "viewer { role }".into())));
        assert_edge(&app, COMPLEX, 60, |fields| format!("{{ {}}}", repeated(fields, |_| "__typename".into())));
        assert_edge(&app, COMPLEX, 60, |fields| {
            format!("{{ ...F {}}} fragment F on Query {{ __typename ... {{ __typename }} }}", repeated(fields - 2, |_| "__typename".into()))
        });
    }

    async fn an_operation_has_so_many_directives(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, COMPLEX, 60, |directives| format!("{{ site {{ {}}} }}", repeated(directives, |_| "title @include(if: true)".into())));
        assert_edge(&app, COMPLEX, 60, |directives| {
            format!("{{ site {{ ...F @skip(if: false) {}}} }} fragment F on Site {{ title @skip(if: false) }}", repeated(directives - 2, |_| "title @skip(if: false)".into()))
        });
    }

    async fn a_document_has_so_many_fragments_and_operations(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, COMPLEX, 200, |fragments| {
            let spreads = repeated(fragments, |n| format!("...F{n}"));
            format!("{{ site {{ {spreads}}} }} {}", repeated(fragments, |n| format!("fragment F{n} on Site {{ title }}")))
        });
        let operations = |count: usize| json!({ "query": repeated(count, |n| format!("query Q{n} {{ site {{ title }} }}")), "operationName": "Q7" });
        let post = |body: &Value| {
            let headers = [("content-type", "application/json"), ("x-masthead-receipt", "1")];
            app.send("POST", "/graphql", &headers, Some(body.to_string().as_bytes()))
        };
        assert_eq!(post(&operations(50)).json()["data"], json!({ "site": { "title": "The Tide" } }));
        assert_over(&post(&operations(51)), COMPLEX, 51, 50);
    }

    async fn an_operation_has_so_many_variables(db: TestDb) {
        let app = content(db).await;
        assert_edge(&app, COMPLEX, 200, |variables| {
            let uses = repeated(variables, |n| format!("$v{n}"));
            format!("query({}) {{ articles(where: {{slug: {{in: [{uses}]}}}}) {{ totalCount }} }}", repeated(variables, |n| format!("$v{n}: String = \"x\"")))
        });
    }

    async fn an_operation_costs_so_much(db: TestDb) {
        let app = with(db, &["--max-cost=500"]).await;
        let document = "query Heavy($n: Int = 30) { viewer { role } mine: articles(first: $n) { nodes { title their: authors { name } } pageInfo { hasNextPage } } }";
        let asked = |n: usize| app.ask(document, json!({ "n": n }), None);
        assert_eq!(cost(&app.ask(document, json!({}), None)), cost(&asked(30)), "a default counts");
        let row = cost(&asked(31)) - cost(&asked(30));
        let most = 30 + (500 - cost(&asked(30))) / row;
        assert_eq!(asked(most).json().get("errors"), None);
        let over = asked(most + 1);
        assert_over(&over, COMPLEX, cost(&asked(most)) + row, 500);
        let error = &over.json()["errors"][0];
        assert_eq!(error["extensions"]["field"], "mine.nodes.their", "the field to trim is named: {error}");
        assert_eq!(error["extensions"]["limit"], "cost");
        assert_eq!(error["locations"][0]["line"], 1);
        assert_eq!(error["locations"][0]["column"], document.find("their").unwrap() + 1);
    }

    async fn what_a_rich_page_asks_for_is_within_the_limits(db: TestDb) {
        let app = content(db).await;
        let image = "image { id url originalUrl width height mimeType }";
        let rich = format!("{{ articles(first: 100) {{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {{
            id slug path title excerpt locale status publishedAt createdAt updatedAt commentsEnabled sourceUrl version extra
            body {{ id html markdown text wordCount readingMinutes headings {{ level text anchor }} }}
            authors {{ id slug path name bio website }} categories {{ id slug path name names depth }} tags {{ id slug path name }}
            cover {{ alt caption credit {image} }} figures {{ position alt caption credit {image} }}
        }} }} }}");
        let paths = "{ articles(first: 1000) { nodes { path publishedAt } } }";
        let of_type = format!("kind name {} kind name {}", "ofType { ".repeat(9), "}".repeat(9));
        let graphiql = format!("{{ __schema {{ description queryType {{ name kind }} mutationType {{ name kind }} subscriptionType {{ name kind }} types {{ ...Full }}
            directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...Input }} }} }} }}
            fragment Full on __Type {{ kind name description specifiedByURL isOneOf
                fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...Input }} type {{ ...Ref }} isDeprecated deprecationReason }}
                inputFields(includeDeprecated: true) {{ ...Input }} interfaces {{ ...Ref }}
                enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ ...Ref }} }}
            fragment Input on __InputValue {{ name description type {{ ...Ref }} defaultValue isDeprecated deprecationReason }}
            fragment Ref on __Type {{ {of_type} }}");
        for document in [rich.as_str(), paths, graphiql.as_str()] {
            let answer = app.ask(document, json!({}), None);
            assert_eq!(answer.json().get("errors"), None, "{:.600}", answer.text);
        }
    }

    /// Under 1 kB each, and 2^28 fields.
    async fn fragments_that_double_are_refused(db: TestDb) {
        let app = content(db).await;
        for levels in [24, 28, 60] {
            for document in [
                doubling(levels, |_| "Query { NEXT NEXT }".into()),
                doubling(levels, |_| "Query { NEXT ... { NEXT } }".into()),
                doubling(levels, |_| "Query { ... on Query { NEXT } site { title } NEXT }".into()),
            ] {
                let answer = app.ask(&document, json!({}), None);
                assert!([COMPLEX, "QUERY_TOO_DEEP"].contains(&answer.code().as_str()), "{:.600}", answer.text);
                assert_eq!(answer.json()["extensions"]["receipt"]["statements"], 0);
            }
        }
        let through_fields = (0..17).map(|level| format!("fragment F{level} on Category {{ a: parent {{ ...F{0} }} b: parent {{ ...F{0} }} }}", level + 1));
        let document = format!("{{ category(by: {{slug: \"places\"}}) {{ ...F0 }} }} {} fragment F17 on Category {{ name }}", through_fields.collect::<String>());
        assert_eq!(app.ask(&document, json!({}), None).code(), COMPLEX);
    }

    /// One variable may stand in many places.
    async fn arguments_take_so_many_bytes_together(db: TestDb) {
        let app = content(db).await;
        let text = "x".repeat(9_000);
        let times = |count: usize| app.ask(
            &format!("query($w: ArticleWhere) {{ {}}}", repeated(count, |_| "articles(where: $w) { totalCount }".into())),
            json!({ "w": { "title": { "in": vec![&text; 100] } } }),
            None,
        );
        assert_eq!(times(9).code(), "");
        let over = times(10);
        assert_eq!(over.code(), COMPLEX, "{:.400}", over.text);
        assert_eq!(over.json()["errors"][0]["extensions"]["limit"], "bytes of arguments");
        assert_eq!(over.json()["extensions"]["receipt"]["statements"], 0);
    }

    async fn so_many_errors_are_told(db: TestDb) {
        let app = content(db).await;
        for (document, code) in [
            (format!("{{ {}}}", repeated(100, |n| format!("unknown{n}"))), "GRAPHQL_VALIDATION_FAILED"),
            (format!("{{ {}}}", repeated(50, |n| format!("a{n}: article(by: {{slug: \"sure\"}}) {{ excerpt(length: -1) }}"))), "BAD_USER_INPUT"),
        ] {
            let answer = app.ask(&document, json!({}), None);
            let json = answer.json();
            let errors = json["errors"].as_array().unwrap();
            assert_eq!(errors.len(), 20, "{json:#}");
            assert!(errors.iter().all(|error| error["extensions"]["code"] == code && error["locations"][0]["line"] == 1), "{json:#}");
        }
        let long = app.ask(&format!("{{ {} }}", "x".repeat(100_000)), json!({}), None);
        assert!(long.text.len() < 1_000, "{:.2000}", long.text);
    }

    async fn a_filter_over_its_limits_stops_the_whole_request(db: TestDb) {
        let app = content(db).await;
        let deep = |levels: usize| format!("{{ articles {{ totalCount }} other: articles(where: {}{{}}{}) {{ totalCount }} }}", "{not: ".repeat(levels - 1), "}".repeat(levels - 1));
        assert_edge(&app, "BAD_USER_INPUT", 60, deep);
        let page = |size: usize| format!("{{ articles {{ totalCount }} other: authors(first: {size}) {{ totalCount }} }}");
        assert_edge(&app, "BAD_USER_INPUT", 1_000, page);
        let list = |size: usize| format!("{{ articles {{ totalCount }} other: articles(where: {{id: {{in: [{}]}}}}) {{ totalCount }} }}", repeated(size, |_| "\"x\"".into()));
        assert_edge(&app, "BAD_USER_INPUT", 1_000, list);
    }

    async fn time_is_limited_and_the_server_goes_on(db: TestDb) {
        let app = with(db, &["--request-time=1ms"]).await;
        let document = format!("{{ {}}}", repeated(50, |n| format!("a{n}: articles(where: {{title: {{contains: \"x{n}\", fold: LOOSE}}}}) {{ totalCount facets {{ tags {{ count }} }} }}")));
        let answer = app.ask(&document, json!({}), None);
        assert_eq!((answer.status, answer.code().as_str()), (504, "TIMEOUT"), "{:.600}", answer.text);
        assert_eq!(answer.json().get("data"), None);
        assert_eq!(app.get("/readyz", &[]).status, 200);
    }

    async fn without_introspection_nothing_tells_the_schema(db: TestDb) {
        let app = with(db, &["--introspection=false"]).await;
        for document in [
            "{ __schema { types { name } } }", "{ a: __type(name: \"Article\") { fields { name } } }",
            "{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }",
            "query($no: Boolean = false) { site { title } __schema @include(if: $no) { description } }",
        ] {
            let answer = app.ask(document, json!({}), None);
            assert_eq!(answer.code(), "INTROSPECTION_DISABLED", "{}", answer.text);
            assert!(answer.json().get("data").is_none() && !answer.text.contains("Connection"), "{}", answer.text);
        }
        assert_eq!(app.query("{ __typename site { __typename } }", json!({})).value, json!({ "__typename": "Query", "site": { "__typename": "Site" } }));
        // No message tells a name that was not asked for.
        for (document, silent) in [
            ("{ artcles { nodes { id } } }", "articles"), ("{ articles(frst: 1) { totalCount } }", "first"), ("{ site { titel } }", "title"),
            ("{ articles(where: {titel: {eq: \"x\"}}) { totalCount } }", "title"), ("{ ... on Artcle { id } }", "Article"),
            ("{ articles(orderBy: [{field: PUBLISHD_AT, direction: ASC}]) { totalCount } }", "PUBLISHED_AT"), ("{ articles }", "Connection"),
            ("{ articles(where: 5) { totalCount } }", "ArticleWhere"), ("query($w: String) { articles(where: $w) { totalCount } }", "ArticleWhere"),
            ("{ article { id } }", "ArticleBy"),
        ] {
            let answer = app.ask(document, json!({}), None);
            assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED", "{}", answer.text);
            assert!(!answer.text.contains(silent), "{document} tells `{silent}`: {}", answer.text);
        }
        for variables in [json!({ "w": 5 }), json!({ "w": { "titel": 1 } }), json!({ "w": { "title": 5 } }), json!({ "w": { "status": { "eq": "DRFT" } } })] {
            let answer = app.ask("query($w: ArticleWhere) { articles(where: $w) { totalCount } }", variables.clone(), None);
            assert_eq!(answer.code(), "BAD_USER_INPUT", "{}", answer.text);
            for name in ["StringFilter", "ArticleStatus", "DRAFT"] {
                assert!(!answer.text.contains(name), "{variables} tells `{name}`: {}", answer.text);
            }
        }
    }
}
