//! Filters as long, as deep and as wide as they may be, and longer.

use super::{Site, assert_refused};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::{app::Answer, db::TestDb, model::Kind};

/// As long as an answer may take, on a busy machine too.
const SOON: Duration = Duration::from_secs(10);

fn ask(site: &Site, kind: Kind, filter: &Value) -> Answer {
    let (list, name) = (kind.list(), kind.name());
    let query = format!(
        "query($where: {name}Where) {{ {list}(where: $where, first: 3) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage }} }} }}"
    );
    site.app.ask(&query, json!({ "where": filter }), None)
}

fn assert_answered(site: &Site, kind: Kind, filter: &Value, what: &str) {
    let answer = ask(site, kind, filter);
    assert_eq!(answer.code(), "", "{what}: {}", answer.text);
    let expected = site.view().list(kind, filter, &Value::Null).len();
    assert_eq!(answer.json()["data"][kind.list()]["totalCount"], json!(expected), "{what}");
}

/// Answered as the model has it, or refused with the maximum; either soon.
fn assert_bounded(site: &Site, kind: Kind, filter: &Value, what: &str) {
    let start = Instant::now();
    let answer = ask(site, kind, filter);
    assert!(start.elapsed() < SOON, "{what} took {:?}", start.elapsed());
    if answer.code().is_empty() {
        assert_answered(site, kind, filter, what);
    } else {
        // Before anything is counted in a filter, all of an operation's arguments are.
        let limit = &answer.json()["errors"][0]["extensions"]["limit"];
        let code = if limit == "bytes of arguments" { "QUERY_TOO_COMPLEX" } else { "BAD_USER_INPUT" };
        assert_refused(&answer, code, what);
        assert!(answer.json()["errors"][0]["extensions"]["max"].is_number(), "{what}: {}", answer.text);
    }
}

/// Each of these many times, as branches of one filter.
fn assert_wide(site: &Site, conditions: &[(Kind, Value)]) {
    for (kind, condition) in conditions {
        for branch in ["and", "or"] {
            for count in [20, 70, 240, 400, 2_000] {
                let filter = json!({ branch: vec![condition; count] });
                assert_bounded(site, *kind, &filter, &format!("{count} of {branch} {condition}"));
            }
        }
    }
}

/// So many levels of one or of all in turn.
fn nested(levels: usize, kinds: &[&str], inside: &Value) -> Value {
    (0..levels).fold(inside.clone(), |inside, level| match kinds[level % kinds.len()] {
        "not" => json!({ "not": inside }),
        branch => json!({ branch: [inside] }),
    })
}

/// As GraphQL writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("{name}: {}", literal(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(literal).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

tests::on_both_databases! {
    async fn a_list_of_values_holds_up_to_a_thousand(db: TestDb) {
        let site = Site::new(db, 61).await;
        let texts = |count: usize| -> Value { (0..count).map(|number| json!(format!("潮汐-{number}"))).collect() };
        let ids = |count: usize| -> Value { (0..count).map(|number| json!(site.view().id(Kind::Article, number % 30))).collect() };
        let numbers = |count: usize| -> Value { (0..count).map(|number| json!(number)).collect() };
        let paths = |count: usize| -> Value { (0..count).map(|number| json!(format!("2022/%E6%BD%AE%20{number}"))).collect() };
        for operator in ["in", "notIn"] {
            for (kind, field, values) in [
                (Kind::Article, "slug", &texts as &dyn Fn(usize) -> Value), (Kind::Article, "path", &paths),
                (Kind::Article, "id", &ids), (Kind::Article, "wordCount", &numbers), (Kind::Article, "sourceUrl", &texts),
                (Kind::Category, "path", &paths), (Kind::Author, "name", &texts), (Kind::Tag, "name", &texts),
                (Kind::Image, "originalUrl", &paths), (Kind::Image, "width", &numbers), (Kind::Tag, "id", &ids),
            ] {
                let what = format!("{kind:?} {field} {operator}");
                for fold in [None, Some("LOOSE")].into_iter().filter(|fold| fold.is_none() || !["id", "wordCount", "width"].contains(&field)) {
                    let mut filter = json!({ field: { operator: values(1_000) } });
                    if let Some(fold) = fold {
                        filter[field]["fold"] = json!(fold);
                    }
                    assert_answered(&site, kind, &filter, &what);
                }
                let over = ask(&site, kind, &json!({ field: { operator: values(1_001) } }));
                assert_refused(&over, "BAD_USER_INPUT", &what);
                assert_eq!(over.json()["errors"][0]["extensions"]["max"], 1_000, "{what}");
            }
        }
        for relation in ["authors", "categories", "tags"] {
            assert_answered(&site, Kind::Article, &json!({ relation: { "some": { "name": { "in": texts(1_000) } } } }), relation);
            let over = ask(&site, Kind::Article, &json!({ relation: { "none": { "name": { "in": texts(1_001) } } } }));
            assert_eq!(over.json()["errors"][0]["extensions"]["max"], 1_000, "{relation}");
        }
    }

    /// Between two cursors, and with what tells of rows on both sides, a statement has the filter three times: all its values have
    /// to fit the database then, too.
    async fn the_largest_filter_is_answered_between_two_cursors(db: TestDb) {
        let site = Site::new(db, 66).await;
        let list = |list: usize| -> Value {
            let texts: Vec<String> = (0..1_000).map(|number| format!("{list}-{number}")).collect();
            json!({ "slug": { "notIn": texts } })
        };
        let path = |number: usize| json!({ "path": { "ne": format!("/%E6%BD%AE-{number}") } });
        let filter = |lists: usize, paths: usize| -> Value {
            json!({ "and": (0..lists).map(list).chain((0..paths).map(path)).collect::<Vec<_>>() })
        };
        let largest = filter(7, 220);
        let edges = "query($where: ArticleWhere) { articles(first: 1000, where: $where) { edges { cursor } } }";
        let edges = site.app.query(edges, json!({ "where": largest }))["articles"]["edges"].clone();
        let edges = edges.as_array().unwrap();
        let between = "query($where: ArticleWhere, $after: String, $before: String) {
            articles(first: 1000, after: $after, before: $before, where: $where) { nodes { id } pageInfo { hasNextPage hasPreviousPage } }
        }";
        let cursors = json!({ "where": largest, "after": edges[0]["cursor"], "before": edges[edges.len() - 1]["cursor"] });
        let page = site.app.query(between, cursors);
        assert_eq!(page["articles"]["nodes"].as_array().unwrap().len(), edges.len() - 2);
        assert_eq!(page["articles"]["pageInfo"], json!({ "hasNextPage": true, "hasPreviousPage": true }));
        assert_refused(&ask(&site, Kind::Article, &filter(9, 0)), "BAD_USER_INPUT", "nine lists");
    }

    async fn fifty_levels_are_answered_as_literal_and_as_variable(db: TestDb) {
        let site = Site::new(db, 62).await;
        let inside = json!({ "wordCount": { "gt": 1 } });
        for kinds in [&["and"][..], &["or"], &["not"], &["and", "or", "not"]] {
            let filter = nested(50, kinds, &inside);
            assert_answered(&site, Kind::Article, &filter, &format!("{kinds:?}"));
            let query = format!("{{ articles(where: {}) {{ totalCount }} }}", literal(&filter));
            let answer = site.app.ask(&query, json!({}), None);
            let expected = site.view().list(Kind::Article, &filter, &Value::Null).len();
            assert_eq!(answer.json()["data"]["articles"]["totalCount"], json!(expected), "{kinds:?}: {}", answer.text);
            for (other, inside) in [(Kind::Author, "Ada Anker"), (Kind::Tag, "夜"), (Kind::Category, "潮汐")] {
                assert_answered(&site, other, &nested(50, kinds, &json!({ "name": { "eq": inside } })), &format!("{other:?} {kinds:?}"));
            }
        }
    }

    /// A tree is hardly that deep: what no database can nest is refused.
    async fn fifty_categories_above_each_other_are_answered_or_refused(db: TestDb) {
        let site = Site::new(db, 67).await;
        for levels in [5, 20, 29, 30, 31, 50, 59] {
            let above = (0..levels).fold(json!({}), |above, _| json!({ "parent": above }));
            assert_bounded(&site, Kind::Category, &above, &format!("{levels} parents"));
            let of_articles = json!({ "categories": { "some": above["parent"] } });
            assert_bounded(&site, Kind::Article, &of_articles, &format!("{levels} parents of an article's"));
            let mixed = (0..levels).fold(json!({ "isRoot": true }), |above, level| match level % 3 {
                0 => json!({ "not": { "name": { "eq": "x" } }, "parent": above }),
                1 => json!({ "or": [above, { "name": { "eq": "大潮" } }] }),
                _ => json!({ "not": above, "hasArticles": true }),
            });
            assert_bounded(&site, Kind::Category, &mixed, &format!("{levels} mixed levels"));
        }
    }

    async fn every_level_of_fifty_may_say_more(db: TestDb) {
        let site = Site::new(db, 69).await;
        let more = [
            json!({ "title": { "contains": "a", "fold": "LOOSE" }, "wordCount": { "gt": 1, "lt": 5 } }),
            json!({ "tags": { "some": { "name": { "ne": "夜" } } }, "hasCover": true }),
            json!({ "publishedAt": { "within": { "year": 2022 } } }),
        ];
        for kinds in [["and", "or"], ["or", "and"], ["and", "not"]] {
            let filter = (0..50).fold(json!({ "wordCount": { "gt": 1 } }), |inside, level| match kinds[level % 2] {
                "not" => json!({ "not": inside, "slug": { "ne": "x" } }),
                branch => json!({ branch: [more[level % 3], inside, more[(level + 1) % 3]] }),
            });
            assert_bounded(&site, Kind::Article, &filter, &format!("{kinds:?} with more on each level"));
        }
    }

    async fn sixty_levels_below_the_first_are_refused(db: TestDb) {
        let site = Site::new(db, 63).await;
        for kinds in [&["and"][..], &["or"], &["not"], &["and", "or", "not"]] {
            for levels in [60, 61, 90] {
                let filter = nested(levels, kinds, &json!({}));
                assert_refused(&ask(&site, Kind::Article, &filter), "BAD_USER_INPUT", &format!("{levels} {kinds:?}"));
                let query = format!("{{ articles(where: {}) {{ totalCount }} }}", literal(&filter));
                assert_refused(&site.app.ask(&query, json!({}), None), "BAD_USER_INPUT", &format!("{levels} {kinds:?}"));
            }
        }
        let above = (0..60).fold(json!({}), |above, _| json!({ "parent": above }));
        assert_refused(&ask(&site, Kind::Category, &above), "BAD_USER_INPUT", "parents");
    }

    /// What is deeper than anyone means ends in an answer, not in the server.
    async fn a_thousand_levels_are_an_error_of_the_request(db: TestDb) {
        let site = Site::new(db, 64).await;
        for levels in [120, 1_000, 10_000] {
            let filter = format!("{}{{}}{}", "{\"not\":".repeat(levels), "}".repeat(levels));
            let body = format!("{{\"query\":\"query($w: ArticleWhere) {{ articles(where: $w) {{ totalCount }} }}\",\"variables\":{{\"w\":{filter}}}}}");
            let headers = [("content-type", "application/json")];
            let answer = site.app.send("POST", "/graphql", &headers, Some(body.as_bytes()));
            assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&answer.code().as_str()), "{levels}: {}", answer.text);
            let literal = format!("{{ articles(where: {}{{}}{}) {{ totalCount }} }}", "{not: ".repeat(levels), "}".repeat(levels));
            let code = site.app.ask(&literal, json!({}), None).code();
            let codes = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "QUERY_TOO_DEEP", "QUERY_TOO_COMPLEX"];
            assert!(codes.contains(&code.as_str()), "{levels} as literal: {code}");
        }
        assert_eq!(site.app.ask("{ site { title } }", json!({}), None).code(), "", "the server still answers");
    }

    async fn wide_filters_are_answered_or_refused_with_the_maximum(db: TestDb) {
        let site = Site::new(db, 65).await;
        assert_wide(&site, &[
            (Kind::Article, json!({ "title": { "contains": "a" } })),
            (Kind::Article, json!({ "title": { "contains": "臺", "fold": "LOOSE" } })),
            (Kind::Article, json!({ "path": { "endsWith": "/" } })),
            (Kind::Article, json!({ "publishedAt": { "within": { "year": 2022 } } })),
            (Kind::Article, json!({ "wordCount": { "ne": 1, "gte": 0 } })),
            (Kind::Image, json!({ "mimeType": { "startsWith": "image/" } })),
            (Kind::Tag, json!({ "id": { "ne": "x" } })),
        ]);
        for count in [100, 200] {
            assert_answered(&site, Kind::Article, &json!({ "or": vec![json!({ "hasCover": true }); count] }), "hundreds are answered");
        }
        let over = ask(&site, Kind::Article, &json!({ "or": vec![json!({}); 10_000] }));
        assert_refused(&over, "BAD_USER_INPUT", "ten thousand");
        assert!(over.json()["errors"][0]["extensions"]["max"].is_number(), "{}", over.text);
    }

    /// Whoever plans a statement has to come to an end of it.
    async fn many_questions_about_what_belongs_to_rows_are_answered_or_refused(db: TestDb) {
        let site = Site::new(db, 68).await;
        assert_wide(&site, &[
            (Kind::Article, json!({ "hasCover": true })),
            (Kind::Article, json!({ "tags": { "some": { "name": { "contains": "a" } } } })),
            (Kind::Article, json!({ "images": { "every": { "width": { "gt": 1 } } } })),
            (Kind::Article, json!({ "inCategory": { "slug": "harbours" } })),
            (Kind::Article, json!({ "not": { "authors": { "none": {} } } })),
            (Kind::Category, json!({ "parent": { "hasArticles": true } })),
            (Kind::Author, json!({ "hasArticles": true })),
            (Kind::Tag, json!({ "hasArticles": true })),
        ]);
    }

    /// Long lists many times: more values than a statement of either database can bear.
    async fn many_long_lists_of_values_are_no_error_of_the_database(db: TestDb) {
        let site = Site::new(db, 66).await;
        let numbers: Value = (0..1_000).map(|number| json!(number % 10)).collect();
        let texts: Value = (0..1_000).map(|number| json!((number % 10).to_string())).collect();
        for count in [30, 40, 70, 240] {
            let filter = json!({ "or": vec![json!({ "wordCount": { "in": numbers } }); count] });
            assert_bounded(&site, Kind::Article, &filter, &format!("{count} lists of numbers"));
            let filter = json!({ "and": vec![json!({ "slug": { "notIn": texts } }); count] });
            assert_bounded(&site, Kind::Article, &filter, &format!("{count} lists of texts"));
        }
        for count in [10, 20, 40] {
            let filter = json!({ "and": vec![json!({ "path": { "notIn": texts, "fold": "LOOSE" } }); count] });
            assert_bounded(&site, Kind::Article, &filter, &format!("{count} lists of paths"));
        }
    }
}
