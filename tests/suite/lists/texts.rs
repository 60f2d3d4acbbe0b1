//! Texts that mean something to a database, in every operator of every filter of texts.

use super::Site;
use serde_json::{Value, json};
use std::fmt::Write;
use tests::{db::TestDb, model::Kind};

const FIELDS: [(Kind, &[&str]); 5] = [
    (Kind::Article, &["slug", "path", "title", "locale", "sourceUrl"]),
    (Kind::Category, &["slug", "name", "path"]),
    (Kind::Author, &["slug", "name"]),
    (Kind::Tag, &["slug", "name"]),
    (Kind::Image, &["originalUrl", "mimeType"]),
];

const OPERATORS: [&str; 7] = ["eq", "ne", "in", "notIn", "contains", "startsWith", "endsWith"];

/// Filters that are counted in one request.
const AT_ONCE: usize = 50;

fn filter(field: &str, operator: &str, text: &str, fold: &str) -> Value {
    let value = if ["in", "notIn"].contains(&operator) { json!([text, text]) } else { json!(text) };
    json!({ field: { operator: value, "fold": fold } })
}

/// How many rows pass each of these.
fn totals(site: &Site, kind: Kind, filters: &[Value]) -> Vec<Value> {
    let mut totals = Vec::new();
    for filters in filters.chunks(AT_ONCE) {
        let (mut variables, mut definitions, mut lists) = (json!({}), String::new(), String::new());
        for (number, filter) in filters.iter().enumerate() {
            variables[format!("w{number}")] = filter.clone();
            let _ = write!(definitions, "$w{number}: {}Where ", kind.name());
            let _ = write!(lists, "l{number}: {}(where: $w{number}) {{ totalCount }} ", kind.list());
        }
        let data = site.app.query(&format!("query({definitions}) {{ {lists} }}"), variables);
        totals.extend(data.value.as_object().unwrap().values().map(|list| list["totalCount"].clone()));
    }
    totals
}

fn assert_totals(site: &Site, kind: Kind, filters: &[Value]) {
    for (filter, total) in filters.iter().zip(totals(site, kind, filters)) {
        let expected = site.view().list(kind, filter, &Value::Null).len();
        assert_eq!(total, json!(expected), "{kind:?} {filter}");
    }
}

tests::on_both_databases! {
    async fn every_character_stands_for_itself(db: TestDb) {
        let site = Site::new(db, 71).await;
        let texts = [
            "%", "_", "\\", "\\%", "\\\\", "'", "\"", "%%", "a_b", "100%", "🌊", "👩‍🚀", "\u{200d}", "\u{302}", "x̂", "é", "e\u{301}",
            "*", "?", "[a-z]", "--", "\u{10ffff}", "\u{fffd}", "\u{1f}", "\n", " ", "$1", ":a", "{}",
        ];
        for (kind, fields) in FIELDS {
            for field in fields {
                let of_text = |text: &str| {
                    let folds = |operator: &str| ["NONE", "LOOSE"].map(|fold| filter(field, operator, text, fold));
                    OPERATORS.into_iter().flat_map(folds).collect::<Vec<_>>()
                };
                let filters: Vec<Value> = texts.into_iter().flat_map(of_text).collect();
                assert_totals(&site, kind, &filters);
            }
        }
    }

    async fn every_stored_text_is_found_by_each_of_its_parts(db: TestDb) {
        let site = Site::new(db, 72).await;
        for title in tests::model::words::TITLES {
            let characters: Vec<char> = title.chars().collect();
            let middle = characters.len() / 2;
            let halves: [String; 2] = [characters[..middle].iter().collect(), characters[middle..].iter().collect()];
            let mut filters = Vec::new();
            for fold in ["NONE", "LOOSE"] {
                for text in [&halves[0], &halves[1], &title.to_uppercase()] {
                    filters.extend(OPERATORS.map(|operator| filter("title", operator, text, fold)));
                }
            }
            assert_totals(&site, Kind::Article, &filters);
        }
    }

    async fn a_nul_is_refused_or_equals_nothing(db: TestDb) {
        let site = Site::new(db, 73).await;
        for (kind, fields) in FIELDS {
            for field in fields {
                for operator in OPERATORS {
                    for text in ["\0", "a\0b", "%00"] {
                        for fold in ["NONE", "LOOSE"] {
                            let filter = filter(field, operator, text, fold);
                            let query = format!("query($w: {}Where) {{ {}(where: $w) {{ totalCount nodes {{ id }} }} }}", kind.name(), kind.list());
                            let answer = site.app.ask(&query, json!({ "w": filter }), None);
                            let expected = json!(site.view().list(kind, &filter, &Value::Null).len());
                            let is_right = answer.code().is_empty() && answer.json()["data"][kind.list()]["totalCount"] == expected;
                            assert!(is_right || answer.code() == "BAD_USER_INPUT", "{kind:?} {filter}: {}", answer.text);
                        }
                    }
                }
            }
        }
        for by in [json!({ "slug": "a\0" }), json!({ "path": "/a%00/" }), json!({ "path": "\0" }), json!({ "names": ["\0"] }), json!({ "id": "\0" })] {
            let query = "query($w: ArticleWhere) { articles(where: $w) { totalCount nodes { id } } }";
            let answer = site.app.ask(query, json!({ "w": { "inCategory": by } }), None);
            let is_right = answer.code().is_empty() && answer.json()["data"]["articles"]["totalCount"] == 0;
            assert!(is_right || answer.code() == "BAD_USER_INPUT", "{by}: {}", answer.text);
        }
    }

    async fn a_path_is_found_however_it_is_written(db: TestDb) {
        let site = Site::new(db, 74).await;
        let paths = "{ articles(first: 1000) { nodes { id path } } categories(first: 1000) { nodes { id path } } }";
        let data = site.app.query(paths, json!({}));
        for kind in [Kind::Article, Kind::Category] {
            for node in data[kind.list()]["nodes"].as_array().unwrap() {
                let told = node["path"].as_str().unwrap();
                let bare = told.trim_matches('/');
                for path in [told.to_owned(), bare.to_owned(), format!("/{bare}"), format!("{bare}/"), told.replace("%E", "%e")] {
                    let query = format!("query($w: {}Where) {{ {}(where: $w) {{ nodes {{ id }} }} }}", kind.name(), kind.list());
                    let found = site.app.query(&query, json!({ "w": { "path": { "eq": path } } }));
                    assert_eq!(found[kind.list()]["nodes"], json!([{ "id": node["id"] }]), "{path}");
                }
            }
        }
    }

    async fn an_image_is_found_by_the_url_that_is_told_of_it(db: TestDb) {
        let site = Site::new(db, 75).await;
        let data = site.app.query("{ images(first: 1000) { nodes { id originalUrl } } }", json!({}));
        for node in data["images"]["nodes"].as_array().unwrap() {
            let told = node["originalUrl"].as_str().unwrap();
            for filter in [
                json!({ "eq": told }), json!({ "in": ["x", told] }), json!({ "eq": told, "fold": "LOOSE" }),
                json!({ "startsWith": told, "endsWith": told }),
                json!({ "contains": told, "fold": "LOOSE" }),
            ] {
                let query = "query($w: ImageWhere) { images(where: $w, first: 1000) { nodes { id } } }";
                let found = site.app.query(query, json!({ "w": { "originalUrl": filter } }));
                let is_found = found["images"]["nodes"].as_array().unwrap().iter().any(|found| found["id"] == node["id"]);
                assert!(is_found, "{told} by {filter}");
                assert_totals(&site, Kind::Image, &[json!({ "originalUrl": filter })]);
            }
        }
    }

    async fn no_case_counts_in_any_part_of_a_url_where_none_is_to_count(db: TestDb) {
        let site = Site::new(db, 76).await;
        let filters = site.content.images.iter().filter(|image| image.original_url.starts_with('/')).flat_map(|image| {
            let told = format!("HTTPS://Tide.Example.com{}", image.original_url.to_uppercase());
            ["eq", "startsWith", "contains", "endsWith"].map(|operator| filter("originalUrl", operator, &told, "LOOSE"))
        });
        assert_totals(&site, Kind::Image, &filters.collect::<Vec<_>>());
    }
}
