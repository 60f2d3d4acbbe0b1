//! Filters at their edges: nothing, null, and the ends of what numbers and instants can say.

use super::Site;
use serde_json::{Value, json};
use tests::{
    app::{PREVIEW_TOKEN, TestApp},
    db::TestDb,
    model::Kind,
};

/// The texts by which a type is filtered.
const TEXTS: [(Kind, &[&str]); 5] = [
    (Kind::Article, &["slug", "path", "title", "locale", "sourceUrl"]),
    (Kind::Category, &["slug", "name", "path"]),
    (Kind::Author, &["slug", "name"]),
    (Kind::Tag, &["slug", "name"]),
    (Kind::Image, &["originalUrl", "mimeType"]),
];

/// How many rows pass, as the server and as the model tell.
fn totals(site: &Site, kind: Kind, filter: &Value) -> (Value, Value) {
    let (list, name) = (kind.list(), kind.name());
    let query = format!("query($where: {name}Where) {{ {list}(where: $where) {{ totalCount }} }}");
    let answer = site.app.ask(&query, json!({ "where": filter }), None);
    assert_eq!(answer.code(), "", "{list} {filter}: {}", answer.text);
    let model = site.view().list(kind, filter, &Value::Null).len();
    (answer.json()["data"][list]["totalCount"].clone(), json!(model))
}

fn assert_total(site: &Site, kind: Kind, filter: &Value) {
    let (server, model) = totals(site, kind, filter);
    assert_eq!(server, model, "{kind:?} {filter}");
}

fn code(app: &TestApp, kind: Kind, filter: &Value) -> (String, Value) {
    let (list, name) = (kind.list(), kind.name());
    let query = format!("query($where: {name}Where) {{ {list}(where: $where) {{ totalCount }} }}");
    let answer = app.ask(&query, json!({ "where": filter }), None);
    (answer.code(), answer.json()["errors"][0].clone())
}

tests::on_both_databases! {
    async fn nothing_is_true_or_false_as_the_contract_says(db: TestDb) {
        let site = Site::new(db, 51).await;
        for kind in Kind::ALL {
            let all = totals(&site, kind, &json!({})).0;
            let none = json!(0);
            for (filter, expected) in [
                (json!({}), &all), (json!({ "and": [] }), &all), (json!({ "or": [] }), &none), (json!({ "not": {} }), &none),
                (json!({ "not": { "or": [] } }), &all), (json!({ "or": [{}] }), &all), (json!({ "and": [{}] }), &all),
                (json!({ "id": {} }), &all), (json!({ "id": { "in": [] } }), &none), (json!({ "id": { "notIn": [] } }), &all),
                (json!({ "not": { "id": { "in": [] } } }), &all), (json!({ "not": { "and": [] } }), &none),
            ] {
                assert_eq!(&totals(&site, kind, &filter).0, expected, "{kind:?} {filter}");
            }
        }
        for relation in ["authors", "categories", "tags", "images"] {
            for quantity in ["some", "every", "none"] {
                for inner in [json!({}), json!({ "or": [] }), json!({ "id": { "in": [] } }), Value::Null] {
                    assert_total(&site, Kind::Article, &json!({ relation: { quantity: inner } }));
                }
            }
            assert_total(&site, Kind::Article, &json!({ relation: {} }));
        }
        assert_total(&site, Kind::Category, &json!({ "parent": {} }));
        assert_total(&site, Kind::Category, &json!({ "parent": { "or": [] } }));
        assert_total(&site, Kind::Category, &json!({ "not": { "parent": { "isRoot": true } } }));
    }

    async fn no_value_and_no_text_let_pass_what_the_contract_says(db: TestDb) {
        let site = Site::new(db, 52).await;
        for (kind, fields) in TEXTS {
            for field in fields {
                for fold in ["NONE", "LOOSE"] {
                    for filter in [
                        json!({}), json!({ "in": [] }), json!({ "notIn": [] }), json!({ "contains": "" }),
                        json!({ "startsWith": "" }), json!({ "endsWith": "" }), json!({ "eq": "" }), json!({ "ne": "" }),
                        json!({ "in": [""] }), json!({ "notIn": [""] }), json!({ "ne": "nowhere" }),
                        json!({ "notIn": ["nowhere"] }), json!({ "isNull": true }), json!({ "isNull": false }),
                        json!({ "isNull": true, "ne": "a" }), json!({ "isNull": true, "eq": "a" }),
                    ] {
                        let mut filter = filter;
                        filter["fold"] = json!(fold);
                        assert_total(&site, kind, &json!({ *field: filter }));
                        assert_total(&site, kind, &json!({ "not": { *field: filter } }));
                    }
                }
            }
        }
    }

    async fn null_is_as_if_absent_wherever_it_is_no_value_to_compare_with(db: TestDb) {
        let site = Site::new(db, 53).await;
        let fields = [
            "and", "or", "not", "id", "slug", "path", "title", "locale", "sourceUrl", "status", "publishedAt", "createdAt",
            "updatedAt", "commentsEnabled", "wordCount", "hasCover", "authors", "categories", "inCategory", "tags", "images",
        ];
        let all = totals(&site, Kind::Article, &json!({})).0;
        for field in fields {
            assert_eq!(totals(&site, Kind::Article, &json!({ field: null })).0, all, "{field}");
            assert_eq!(totals(&site, Kind::Article, &json!({ "not": { field: null } })).0, 0, "{field}");
        }
        for (field, operators) in [
            ("title", &["in", "notIn", "contains", "startsWith", "endsWith", "isNull", "fold"][..]),
            ("wordCount", &["in", "notIn", "lt", "lte", "gt", "gte", "isNull"]),
            ("publishedAt", &["lt", "lte", "gt", "gte", "within"]),
            ("id", &["in", "notIn"]),
            ("tags", &["some", "every", "none"]),
        ] {
            for operator in operators {
                assert_eq!(totals(&site, Kind::Article, &json!({ field: { *operator: null } })).0, all, "{field} {operator}");
            }
        }
        let whole = "{ articles(where: null, orderBy: null, first: null, after: null, last: null, before: null, offset: null) { totalCount nodes { id } } }";
        let plain = "{ articles { totalCount nodes { id } } }";
        assert_eq!(site.app.query(whole, json!({})).value, site.app.query(plain, json!({})).value);
        let within = json!({ "publishedAt": { "within": { "year": 2022, "month": null, "day": null } } });
        assert_total(&site, Kind::Article, &within);
    }

    async fn a_comparison_with_null_names_is_null_where_there_is_one(db: TestDb) {
        let site = Site::new(db, 54).await;
        for (kind, filter, names) in [
            (Kind::Article, json!({ "title": { "eq": null } }), "isNull: true"),
            (Kind::Article, json!({ "sourceUrl": { "ne": null } }), "isNull: false"),
            (Kind::Article, json!({ "wordCount": { "eq": null } }), "isNull: true"),
            (Kind::Image, json!({ "width": { "ne": null } }), "isNull: false"),
            (Kind::Article, json!({ "or": [{}, { "not": { "tags": { "some": { "name": { "eq": null } } } } }] }), "isNull: true"),
            (Kind::Article, json!({ "publishedAt": { "eq": null } }), "isNull"),
            (Kind::Article, json!({ "id": { "ne": null } }), "isNull"),
            (Kind::Article, json!({ "status": { "eq": null } }), "isNull"),
        ] {
            let (code, error) = code(&site.app, kind, &filter);
            assert_eq!(code, "BAD_USER_INPUT", "{filter}: {error}");
            assert!(error["message"].as_str().unwrap().contains(names), "{filter}: {error}");
        }
        let literal = site.app.ask("{ articles(where: {title: {eq: null}}) { totalCount } }", json!({}), None);
        assert_eq!(literal.code(), "BAD_USER_INPUT");
        let variable = "query($eq: String) { articles(where: {title: {eq: $eq}}) { totalCount } }";
        assert_eq!(site.app.ask(variable, json!({ "eq": null }), None).code(), "BAD_USER_INPUT");
        assert_eq!(site.app.ask(variable, json!({}), None).code(), "", "a variable that is not given is absent");
    }

    async fn numbers_are_compared_to_the_ends_of_an_int(db: TestDb) {
        let site = Site::new(db, 55).await;
        for (kind, field) in [(Kind::Article, "wordCount"), (Kind::Image, "width"), (Kind::Image, "height")] {
            for number in [i32::MIN, -1, 0, 1, 100, i32::MAX] {
                for operator in ["eq", "ne", "lt", "lte", "gt", "gte"] {
                    assert_total(&site, kind, &json!({ field: { operator: number } }));
                    assert_total(&site, kind, &json!({ "not": { field: { operator: number } } }));
                }
                assert_total(&site, kind, &json!({ field: { "in": [number, number] } }));
                assert_total(&site, kind, &json!({ field: { "notIn": [number] } }));
            }
            for number in [json!(i64::from(i32::MAX) + 1), json!(i64::from(i32::MIN) - 1), json!(i64::MAX), json!(1.5), json!("1"), json!(true)] {
                for filter in [json!({ field: { "eq": number } }), json!({ field: { "in": [number] } }), json!({ field: { "lt": number } })] {
                    let (code, error) = code(&site.app, kind, &filter);
                    assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code.as_str()), "{filter}: {error}");
                }
            }
        }
        for argument in ["first", "last", "offset"] {
            for number in ["2147483648", "-2147483649", "99999999999999999999", "1.5", "\"1\""] {
                let answer = site.app.ask(&format!("{{ articles({argument}: {number}) {{ totalCount }} }}"), json!({}), None);
                let is_refused = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&answer.code().as_str());
                assert!(is_refused, "{argument}: {number}: {}", answer.text);
            }
        }
        let far = site.app.query("{ articles(offset: 2147483647) { totalCount nodes { id } pageInfo { hasPreviousPage hasNextPage } } }", json!({}));
        assert_eq!(far["articles"]["nodes"], json!([]));
        assert_eq!(far["articles"]["pageInfo"], json!({ "hasPreviousPage": true, "hasNextPage": false }));
    }

    async fn instants_are_compared_at_the_ends_of_time(db: TestDb) {
        let site = Site::new(db, 56).await;
        for instant in tests::model::words::INSTANTS {
            for operator in ["eq", "ne", "lt", "lte", "gt", "gte"] {
                for field in ["publishedAt", "createdAt", "updatedAt"] {
                    assert_total(&site, Kind::Article, &json!({ field: { operator: instant } }));
                }
            }
        }
        for zoned in ["2022-08-16T10:50:37+08:00", "2022-08-15T21:50:37-05:00"] {
            assert_total(&site, Kind::Article, &json!({ "publishedAt": { "eq": zoned } }));
        }
        let both = json!({ "publishedAt": { "gt": "2023-01-01T00:00:00Z", "lt": "2022-01-01T00:00:00Z" } });
        assert_eq!(totals(&site, Kind::Article, &both).0, 0);
        for wrong in ["2022-08-16", "2022-08-16T02:50:37", "yesterday", "", "2023-02-29T00:00:00Z", "10000-01-01T00:00:00Z"] {
            assert_eq!(code(&site.app, Kind::Article, &json!({ "publishedAt": { "eq": wrong } })).0, "BAD_USER_INPUT", "{wrong}");
        }
    }

    async fn every_status_passes_where_a_preview_reader_says_so(db: TestDb) {
        let site = Site::new(db, 57).await;
        let view = tests::model::View { is_preview: true, ..site.view() };
        for filter in [
            json!({}), json!({ "status": null }), json!({ "status": {} }), json!({ "status": { "eq": "DRAFT" } }),
            json!({ "status": { "in": ["SCHEDULED", "DRAFT"] } }), json!({ "status": { "notIn": [] } }),
            json!({ "status": { "in": [] } }), json!({ "not": { "status": { "eq": "PUBLISHED" } } }),
            json!({ "or": [{ "status": { "eq": "DRAFT" } }, { "wordCount": { "gt": 1 } }] }),
            json!({ "status": { "eq": "PUBLISHED" }, "and": [{ "status": { "ne": "DRAFT" } }] }),
        ] {
            let query = "query($where: ArticleWhere) { articles(where: $where) { totalCount } }";
            let answer = site.app.ask(query, json!({ "where": filter }), Some(PREVIEW_TOKEN));
            let expected = view.list(Kind::Article, &filter, &Value::Null).len();
            assert_eq!(answer.json()["data"]["articles"]["totalCount"], json!(expected), "{filter}: {}", answer.text);
        }
    }
}
