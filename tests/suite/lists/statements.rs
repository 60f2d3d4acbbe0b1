//! How many statements lists cost: by what is selected, never by what is filtered or how long a page is.

use super::Site;
use serde_json::{Value, json};
use tests::{
    app::strings,
    db::TestDb,
    model::{Kind, make::Maker, random::Random},
};

/// A filter of each kind.
fn filters(site: &Site) -> Vec<Value> {
    let content = &site.content;
    vec![
        json!({}),
        json!({ "title": { "contains": "a", "fold": "LOOSE" } }),
        json!({ "publishedAt": { "within": { "year": 2022 } } }),
        json!({ "status": { "eq": "PUBLISHED" } }),
        json!({ "hasCover": true, "wordCount": { "gte": 1 } }),
        json!({ "authors": { "some": { "name": { "eq": content.authors[0].name } } } }),
        json!({ "authors": { "some": { "slug": { "in": [content.authors[0].slug, content.authors[1].slug] } } } }),
        json!({ "tags": { "some": { "id": { "eq": site.view().id(Kind::Tag, 0) } } } }),
        json!({ "tags": { "every": { "name": { "ne": "x" } } } }),
        json!({ "images": { "some": { "width": { "isNull": true } } } }),
        json!({ "images": { "some": { "originalUrl": { "eq": content.images[0].original_url } } } }),
        json!({ "categories": { "some": { "parent": { "isRoot": true } } } }),
        json!({ "categories": { "some": { "name": { "in": ["潮汐", "Harbours"] } } } }),
        json!({ "inCategory": { "names": content.categories[0].names } }),
        json!({ "inCategory": { "slug": "nowhere" } }),
        json!({ "or": [{ "title": { "startsWith": "H" } }, { "not": { "tags": { "none": {} } } }] }),
    ]
}

fn statements(site: &Site, query: &str, variables: &Value) -> u64 {
    site.app.query(query, variables.clone()).statements
}

tests::on_both_databases! {
    async fn a_list_with_any_filter_costs_one_statement_at_any_size(db: TestDb) {
        let site = Site::reading(db, 95).await;
        let query = "query($w: ArticleWhere, $o: [ArticleOrderBy!], $n: Int) { articles(where: $w, orderBy: $o, first: $n) {
            nodes { id title } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }";
        for filter in filters(&site) {
            for order in [Value::Null, json!([{ "field": "TITLE_PINYIN", "direction": "ASC" }, { "field": "WORD_COUNT", "direction": "DESC" }])] {
                for first in [0, 1, 20, 1_000] {
                    let variables = json!({ "w": filter, "o": order, "n": first });
                    assert_eq!(statements(&site, query, &variables), 1, "{variables}");
                }
            }
        }
    }

    async fn each_relation_count_and_facet_costs_at_most_one_more(db: TestDb) {
        let site = Site::reading(db, 96).await;
        let parts = [
            "nodes { authors { name } }", "nodes { tags { name } }", "nodes { categories { name } }", "nodes { figures { alt } }",
            "nodes { cover { alt image { url } } }", "nodes { body { text } }", "nodes { translations { id } }", "totalCount",
            "facets { categories { count } }", "facets { authors { count } }", "facets { tags { count } }", "facets { locales { count } }",
            "facets { years { count } }",
        ];
        for filter in filters(&site) {
            for first in [1, 1_000] {
                for part in parts {
                    let query = format!("query($w: ArticleWhere, $n: Int) {{ articles(where: $w, first: $n) {{ nodes {{ id }} {part} }} }}");
                    let cost = statements(&site, &query, &json!({ "w": filter, "n": first }));
                    assert!(cost <= 2, "{part} of {filter} costs {cost}");
                }
                let query = format!("query($w: ArticleWhere, $n: Int) {{ articles(where: $w, first: $n) {{ nodes {{ id }} {} }} }}", parts.join(" "));
                let cost = statements(&site, &query, &json!({ "w": filter, "n": first }));
                assert!(cost <= 1 + parts.len() as u64, "everything of {filter} costs {cost}");
            }
        }
    }

    async fn what_lies_beside_a_page_costs_nothing_more(db: TestDb) {
        let site = Site::reading(db, 97).await;
        for place in site.places() {
            let cursors = site.cursors(&place, &json!({}));
            let variables = json!({ "cursor": cursors[cursors.len() / 2] });
            let fields = "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
            // A list of an owner costs one for the owner.
            let cost = 1 + u64::from(!place.before.is_empty());
            for arguments in ["first: 2, after: $cursor", "last: 2, before: $cursor", "first: 2, before: $cursor", "last: 2, after: $cursor", "first: 2, offset: 1", "last: 2, offset: 1"] {
                let data = site.app.query(&place.query(arguments, fields), variables.clone());
                assert_eq!(data.statements, cost, "{place:?} {arguments}");
                let data = site.app.query(&place.query(arguments, &format!("totalCount {fields}")), variables.clone());
                assert!(data.statements <= cost + 1, "{place:?} {arguments}");
            }
        }
    }

    async fn other_lists_cost_one_statement_and_one_for_their_total(db: TestDb) {
        let site = Site::reading(db, 98).await;
        let mut maker = Maker { view: site.view(), random: Random::of(98, 1) };
        for kind in &Kind::ALL[1..] {
            for _ in 0..20 {
                let (list, name) = (kind.list(), kind.name());
                let variables = json!({ "w": maker.filter(*kind, 3), "o": maker.order(*kind) });
                let head = format!("query($w: {name}Where, $o: [{name}OrderBy!]) {{ {list}(where: $w, orderBy: $o, first: 1000)");
                let fields = "edges { cursor node { id } } pageInfo { hasNextPage }";
                assert_eq!(statements(&site, &format!("{head} {{ {fields} }} }}"), &variables), 1, "{list} {variables}");
                assert_eq!(statements(&site, &format!("{head} {{ totalCount {fields} }} }}"), &variables), 2, "{list} {variables}");
                assert_eq!(statements(&site, &format!("{head} {{ totalCount }} }}"), &variables), 1, "{list} {variables}");
            }
        }
    }

    async fn lists_in_lists_cost_one_statement_a_level(db: TestDb) {
        let site = Site::reading(db, 99).await;
        for filter in filters(&site) {
            for first in [1, 50] {
                let query = "query($w: ArticleWhere, $n: Int) { categories(first: $n) { nodes { articles(first: $n, where: $w) { nodes {
                    authors { articles(first: $n, where: $w) { nodes { id } pageInfo { hasNextPage } } } } } } } }";
                let cost = statements(&site, query, &json!({ "w": filter, "n": first }));
                assert!(cost <= 4, "{filter} costs {cost}");
                let query = "query($w: ArticleWhere, $n: Int) { tags(first: $n) { nodes { articles(first: $n, where: $w) { totalCount facets { locales { count } years { year } authors(first: 2) { count } } nodes { id } } } } }";
                let cost = statements(&site, query, &json!({ "w": filter, "n": first }));
                assert!(cost <= 6, "{filter} costs {cost}");
            }
        }
    }

    async fn neighbours_and_lookups_are_bounded(db: TestDb) {
        let site = Site::reading(db, 100).await;
        for first in [1, 50] {
            let query = "query($n: Int) { articles(first: $n) { nodes { older { id } newer { id } inside: older(inCategory: {slug: \"harbours\"}) { id } } } }";
            let cost = statements(&site, query, &json!({ "n": first }));
            assert!(cost <= 4, "neighbours cost {cost}");
        }
        let ids = |kind: Kind| strings(&site.app.query(&format!("{{ l: {}(first: 1000) {{ nodes {{ id }} }} }}", kind.list()), json!({}))["l"]["nodes"], "id");
        let all: Vec<String> = Kind::ALL.into_iter().flat_map(ids).collect();
        let cost = statements(&site, "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Page { path slug } } }", &json!({ "ids": all }));
        assert!(cost <= 5, "nodes of five types cost {cost}");
        for path in ["/nowhere/", "/categories/harbours/", "/earlier/1/", "/authors/ada-anker/", "/tags/walks/"] {
            let cost = statements(&site, "query($p: String!) { resolve(path: $p) { __typename ... on Page { path } ... on Redirect { to } } }", &json!({ "p": path }));
            assert!(cost <= 2, "{path} costs {cost}");
        }
    }
}
