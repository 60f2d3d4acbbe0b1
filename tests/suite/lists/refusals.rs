//! What can not be meant, or may not be asked: told before anything is read.

use super::{Site, assert_refused};
use serde_json::{Value, json};
use tests::{app::PREVIEW_TOKEN, db::TestDb};

const STATUS: &str =
    "query($where: ArticleWhere) { articles(where: $where) { totalCount nodes { id } facets { years { year } } } }";

tests::on_both_databases! {
    async fn what_can_not_be_meant_together_is_refused_on_every_list(db: TestDb) {
        let site = Site::new(db, 81).await;
        for place in site.places() {
            let cursor = json!({ "cursor": site.cursors(&place, &json!({})).swap_remove(0) });
            for arguments in [
                "first: 1, last: 1", "first: 0, last: 0", "offset: 0, after: $cursor", "offset: 1, before: $cursor",
                "first: -1", "last: -1", "offset: -1", "first: 1001", "last: 1001", "last: 2147483647", "first: -2147483648",
            ] {
                let answer = site.ask(&place, arguments, "totalCount nodes { id }", &cursor);
                assert_eq!(answer.code(), "BAD_USER_INPUT", "{place:?} {arguments}: {}", answer.text);
                if place.before.is_empty() {
                    assert_refused(&answer, "BAD_USER_INPUT", arguments);
                }
                let is_over = arguments.contains("1001") || arguments.contains("2147483647");
                let max = &answer.json()["errors"][0]["extensions"]["max"];
                assert_eq!(*max, if is_over { json!(1_000) } else { Value::Null }, "{place:?} {arguments}");
            }
            for arguments in ["first: 0", "last: 0", "first: 1000", "last: 1000", "last: 3, offset: 2", "last: 1, after: $cursor, before: $cursor"] {
                assert_eq!(site.ask(&place, arguments, "nodes { id }", &cursor).code(), "", "{place:?} {arguments}");
            }
        }
    }

    async fn periods_that_there_are_not_are_refused(db: TestDb) {
        let site = Site::new(db, 82).await;
        for (period, is_meant) in [
            (json!({ "year": 2023, "month": 2, "day": 29 }), false), (json!({ "year": 2024, "month": 2, "day": 29 }), true),
            (json!({ "year": 1900, "month": 2, "day": 29 }), false), (json!({ "year": 2000, "month": 2, "day": 29 }), true),
            (json!({ "year": 2023, "month": 13 }), false), (json!({ "year": 2023, "month": 0 }), false),
            (json!({ "year": 2023, "month": -1 }), false), (json!({ "year": 2023, "day": 1 }), false),
            (json!({ "year": 2023, "month": 4, "day": 31 }), false), (json!({ "year": 2023, "month": 4, "day": 0 }), false),
            (json!({ "year": 0 }), false), (json!({ "year": 10_000 }), false), (json!({ "year": -1 }), false),
            (json!({ "year": i32::MAX, "month": 1, "day": 1 }), false), (json!({ "year": 2023, "month": i32::MIN }), false),
            (json!({ "year": 1 }), true), (json!({ "year": 9_999, "month": 12, "day": 31 }), true),
        ] {
            for filter in [
                json!({ "publishedAt": { "within": period } }), json!({ "createdAt": { "within": period } }),
                json!({ "or": [{ "not": { "updatedAt": { "within": period } } }] }),
            ] {
                let answer = site.app.ask(STATUS, json!({ "where": filter }), None);
                if is_meant {
                    assert_eq!(answer.code(), "", "{filter}: {}", answer.text);
                } else {
                    assert_refused(&answer, "BAD_USER_INPUT", &filter.to_string());
                }
            }
        }
        let without_year = site.app.ask(STATUS, json!({ "where": { "publishedAt": { "within": { "month": 1 } } } }), None);
        assert_ne!(without_year.code(), "");
        assert_ne!(without_year.code(), "INTERNAL_SERVER_ERROR");
    }

    async fn a_public_reader_may_ask_for_nothing_hidden_in_any_way(db: TestDb) {
        let site = Site::new(db, 83).await;
        for filter in [
            json!({ "status": { "eq": "DRAFT" } }), json!({ "status": { "eq": "SCHEDULED" } }), json!({ "status": { "ne": "PUBLISHED" } }),
            json!({ "status": { "in": ["PUBLISHED", "DRAFT"] } }), json!({ "status": { "notIn": ["DRAFT"] } }), json!({ "status": { "ne": "DRAFT" } }),
            json!({ "status": { "notIn": [] } }), json!({ "not": { "status": { "eq": "PUBLISHED" } } }),
            json!({ "not": { "status": { "eq": "DRAFT" } } }), json!({ "not": { "not": { "status": { "eq": "DRAFT" } } } }),
            json!({ "and": [{}, { "status": { "eq": "DRAFT" } }] }), json!({ "or": [{ "status": { "eq": "PUBLISHED" } }, { "status": { "eq": "SCHEDULED" } }] }),
            json!({ "or": [], "and": [{ "or": [{ "not": { "status": { "in": ["PUBLISHED"] } } }] }] }),
            json!({ "status": { "eq": "PUBLISHED" }, "not": { "status": { "in": [] } } }),
        ] {
            assert_refused(&site.app.ask(STATUS, json!({ "where": filter }), None), "FORBIDDEN", &filter.to_string());
            let total = "query($where: ArticleWhere) { articles(where: $where) { totalCount } }";
            assert_refused(&site.app.ask(total, json!({ "where": filter }), None), "FORBIDDEN", &filter.to_string());
            assert_eq!(site.app.ask(STATUS, json!({ "where": filter }), Some(PREVIEW_TOKEN)).code(), "", "{filter}");
            for place in &site.places()[5..] {
                let answer = site.ask(place, "where: $where", "totalCount nodes { id } facets { locales { count } }", &json!({ "where": filter }));
                assert_eq!(answer.code(), "FORBIDDEN", "{place:?} {filter}");
            }
        }
    }

    async fn a_public_reader_may_ask_for_what_is_published(db: TestDb) {
        let site = Site::new(db, 84).await;
        let all = site.app.query(STATUS, json!({ "where": {} })).value;
        for filter in [
            json!({ "status": { "eq": "PUBLISHED" } }), json!({ "status": { "in": ["PUBLISHED"] } }), json!({ "status": null }), json!({ "status": {} }),
            json!({ "status": { "notIn": ["DRAFT", "SCHEDULED"] } }), json!({ "not": { "status": { "in": ["DRAFT", "SCHEDULED"] } } }),
            json!({ "not": { "status": { "ne": "PUBLISHED" } } }), json!({ "or": [{ "status": { "eq": "PUBLISHED" } }] }),
        ] {
            assert_eq!(site.app.query(STATUS, json!({ "where": filter })).value, all, "{filter}");
        }
        assert_eq!(site.app.query(STATUS, json!({ "where": { "status": { "in": [] } } }))["articles"]["totalCount"], 0);
    }

    async fn what_a_list_does_not_know_is_refused_and_not_dropped(db: TestDb) {
        let site = Site::new(db, 85).await;
        for filter in [
            json!({ "nowhere": 1 }), json!({ "title": { "like": "%" } }), json!({ "title": "a" }), json!({ "wordCount": 5 }), json!([1]), json!("a"),
            json!({ "tags": { "any": {} } }), json!({ "status": { "eq": "HIDDEN" } }), json!({ "title": { "fold": "SOME" } }),
            json!({ "and": [null] }), json!({ "title": { "in": [null] } }), json!({ "inCategory": {} }), json!({ "inCategory": { "slug": null } }),
            json!({ "inCategory": { "slug": "a", "path": "b" } }), json!({ "commentsEnabled": "true" }), json!({ "id": { "eq": {} } }),
        ] {
            let answer = site.app.ask(STATUS, json!({ "where": filter }), None);
            let is_refused = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&answer.code().as_str());
            assert!(is_refused, "{filter}: {}", answer.text);
            assert_refused(&answer, &answer.code(), &filter.to_string());
        }
        for order in [json!([{ "field": "TITLE" }]), json!([{ "direction": "ASC" }]), json!([{ "field": "NOWHERE", "direction": "ASC" }]), json!([null]), json!(["TITLE"])] {
            let query = "query($o: [ArticleOrderBy!]) { articles(orderBy: $o) { totalCount } }";
            let answer = site.app.ask(query, json!({ "o": order }), None);
            let is_refused = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&answer.code().as_str());
            assert!(is_refused, "{order}: {}", answer.text);
        }
    }
}
