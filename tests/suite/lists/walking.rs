//! Walking through a list, forward, backward and by numbers, while rows that are not on it come and go.

use super::{Place, Site, orders_by_one};
use serde_json::{Value, json};
use tests::{
    app::{TestApp, strings},
    db::TestDb,
    model::{Kind, make::Maker, random::Random},
};

const FIELDS: &str = "nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }";

/// Articles that come and go have more words than this.
const WORDS: i64 = 1_000_000;

/// A way through a list.
#[derive(Clone, Copy, Debug)]
enum Way {
    Forward,
    Backward,
    Numbers,
}

/// Deletes what the last call has inserted, and inserts a draft, with everything that another article has, and an article
/// that is too long for the list.
async fn change(app: &TestApp, round: usize) {
    let same = "excerpt, opening, locale, published_at, created_at, updated_at, comments_enabled, source_url, version, \
                extra, title_folded, title_sort, title_pinyin, locale_folded, source_url_folded";
    let original =
        format!("SELECT id FROM article WHERE slug NOT LIKE 'passing-%' ORDER BY id LIMIT 1 OFFSET {}", round % 20);
    let article = |name: &str, is_draft: &str, words: i64| {
        format!(
            "INSERT INTO article (slug, path, title, slug_folded, path_folded, is_draft, word_count, {same})
             SELECT '{name}', '/{name}', title, '{name}', '/{name}', {is_draft}, {words}, {same}
               FROM article WHERE id = ({original})"
        )
    };
    let draft = "SELECT id FROM article WHERE slug = 'passing-draft'";
    let related = |table: &str, columns: &str| {
        format!(
            "INSERT INTO {table} (article_id, is_draft, published_at, {columns})
             SELECT ({draft}), TRUE, published_at, {columns} FROM {table} WHERE article_id = ({original})"
        )
    };
    app.db.execute("DELETE FROM article WHERE slug LIKE 'passing-%'").await;
    app.db.execute(&article("passing-draft", "TRUE", 5)).await;
    app.db.execute(&article("passing-long", "FALSE", 2 * WORDS)).await;
    app.db.execute(&related("article_author", "author_id, position")).await;
    app.db.execute(&related("article_category", "category_id, is_leaf, position")).await;
    app.db.execute(&related("article_tag", "tag_id")).await;
    app.db.execute(&related("figure", "image_id, position, alt, is_cover, is_thumbnail")).await;
}

async fn through(site: &Site, place: &Place, variables: &Value, way: Way, length: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut cursor = Value::Null;
    for round in 0.. {
        let here = match way {
            Way::Forward => format!("first: {length}, after: {cursor}"),
            Way::Backward => format!("last: {length}, before: {cursor}"),
            Way::Numbers => format!("first: {length}, offset: {}", rows.len()),
        };
        let page = site.list(place, &format!("where: $where, orderBy: $orderBy, {here}"), FIELDS, variables);
        let (found, info) = (strings(&page["nodes"], "id"), &page["pageInfo"]);
        let (behind, ahead, end) = match way {
            Way::Backward => ("hasNextPage", "hasPreviousPage", "startCursor"),
            Way::Forward | Way::Numbers => ("hasPreviousPage", "hasNextPage", "endCursor"),
        };
        assert_eq!(info[behind], !rows.is_empty(), "{way:?} through {place:?} by {variables} at {}", rows.len());
        cursor = info[end].clone();
        rows = match way {
            Way::Backward => [found, rows].concat(),
            Way::Forward | Way::Numbers => [rows, found].concat(),
        };
        if info[ahead] == false {
            return rows;
        }
        assert!(round < 100, "{way:?} through {place:?} by {variables} does not end");
        change(&site.app, round).await;
    }
    rows
}

async fn walk_every_way(site: &Site, place: &Place, order: &Value) {
    let filter = if place.kind == Kind::Article { json!({ "wordCount": { "lt": WORDS } }) } else { json!({}) };
    let variables = json!({ "where": filter, "orderBy": order });
    let expected = site.rows(place, &filter, order);
    for way in [Way::Forward, Way::Backward, Way::Numbers] {
        let length = expected.len() / 4 + 1;
        let walked = through(site, place, &variables, way, length).await;
        assert_eq!(walked, expected, "{way:?} through {place:?} by {order}");
    }
}

tests::on_both_databases! {
    async fn every_way_through_a_list_of_the_site_meets_each_row_once(db: TestDb) {
        let site = Site::new(db, 21).await;
        for place in &site.places()[..5] {
            for order in orders_by_one(place.kind) {
                walk_every_way(&site, place, &order).await;
            }
        }
    }

    async fn every_way_through_a_list_of_an_owner_meets_each_row_once(db: TestDb) {
        let site = Site::new(db, 22).await;
        for place in &site.places()[5..] {
            for order in orders_by_one(place.kind) {
                walk_every_way(&site, place, &order).await;
            }
        }
    }

    async fn every_way_through_an_order_of_several_fields_meets_each_row_once(db: TestDb) {
        let site = Site::new(db, 23).await;
        let mut maker = Maker { view: site.view(), random: Random::of(23, 1) };
        let places = site.places();
        for number in 0..30 {
            let place = &places[number % places.len()];
            let order = maker.order_of(place.kind, 2 + number % 2);
            walk_every_way(&site, place, &order).await;
        }
    }

    /// One after another, up and down: what is equal in the first fields is told apart by the rest.
    async fn a_page_of_one_row_loses_none_of_many_that_are_equal(db: TestDb) {
        let site = Site::new(db, 24).await;
        let place = &site.places()[0];
        for (one, other) in [("ASC", "ASC"), ("ASC", "DESC"), ("DESC", "ASC"), ("DESC", "DESC")] {
            let order = json!([{ "field": "WORD_COUNT", "direction": one }, { "field": "UPDATED_AT", "direction": other }]);
            let variables = json!({ "where": { "wordCount": { "lt": WORDS } }, "orderBy": order });
            let expected = site.rows(place, &variables["where"], &order);
            for way in [Way::Forward, Way::Backward] {
                assert_eq!(through(&site, place, &variables, way, 1).await, expected, "{way:?} {order}");
            }
        }
    }
}
