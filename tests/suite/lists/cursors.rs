//! Cursors that are forged, belong to other lists, or have lost their rows.

use super::{Place, Site, orders_by_one};
use serde_json::{Value, json};
use tests::{
    app::strings,
    base64::{decode, encode},
    db::TestDb,
    model::random::Random,
};

/// What is answered to a cursor in either place.
fn codes(site: &Site, place: &Place, order: &Value, cursor: &str) -> [String; 2] {
    ["after", "before"].map(|argument| {
        let arguments = format!("orderBy: $orderBy, first: 2, {argument}: $cursor");
        let variables = json!({ "orderBy": order, "cursor": cursor });
        let fields = "nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor }";
        let answer = site.ask(place, &arguments, fields, &variables);
        if !answer.code().is_empty() {
            let most = u64::from(!place.before.is_empty());
            super::assert_refused_after(&answer, &answer.code(), most, &format!("{place:?} {order} {cursor}"));
        }
        answer.code()
    })
}

fn assert_refused(site: &Site, place: &Place, order: &Value, cursor: &str) {
    for code in codes(site, place, order, cursor) {
        let is_refused = ["CURSOR_INVALID", "CURSOR_MISMATCH"].contains(&code.as_str());
        assert!(is_refused, "{place:?} by {order}: {cursor} is answered with `{code}`");
    }
}

/// A cursor of this list, and what is in it.
fn genuine(site: &Site, place: &Place, order: &Value) -> (String, Value) {
    let cursor = site.cursors(place, &json!({ "orderBy": order })).swap_remove(0);
    let json = decode(&cursor);
    (cursor, serde_json::from_slice(&json).unwrap())
}

/// JSON that is like that of a cursor, and is none.
fn alike(genuine: &Value) -> Vec<String> {
    let (list, keys) = (&genuine[0], genuine[1].as_array().unwrap());
    let with = |key: Value| {
        let keys: Vec<Value> = keys[..keys.len() - 1].iter().cloned().chain([key]).collect();
        json!([list, keys]).to_string()
    };
    let swapped: Vec<Value> = keys.iter().map(|key| if key.is_string() { json!(1) } else { json!("1") }).collect();
    let twice: Vec<&Value> = keys.iter().chain(keys).collect();
    let mut alike = vec![
        json!([list, swapped]).to_string(),
        json!([list, keys[1..]]).to_string(),
        json!([list, twice]).to_string(),
        json!([list, [keys]]).to_string(),
        json!([list.to_string(), keys]).to_string(),
        json!([list, keys, 1]).to_string(),
        json!([list]).to_string(),
        json!({ "list": list, "keys": keys }).to_string(),
        format!("[{list},{}]", "[".repeat(20_000)),
        format!("[{list},[1e400,1]]"),
        format!("[-1,{}]", genuine[1]),
        format!("[4294967296,{}]", genuine[1]),
        format!("{genuine} {genuine}"),
    ];
    let wrong = [Value::Null, json!(true), json!(1.5), json!([]), json!({}), json!("\0"), json!(u64::MAX)];
    alike.extend(wrong.into_iter().map(with));
    alike.extend(["null", "[]", "{}", "0", "\"\"", "[null,null]", "[[],[]]", "nul", "", "\u{0}"].map(str::to_owned));
    alike
}

tests::on_both_databases! {
    async fn forged_cursors_are_refused_on_every_list_and_order(db: TestDb) {
        let site = Site::new(db, 41).await;
        for place in site.places() {
            let step = if place.before.is_empty() { 1 } else { 5 };
            for order in orders_by_one(place.kind).into_iter().step_by(step) {
                let (cursor, json) = genuine(&site, &place, &order);
                for forged in alike(&json) {
                    assert_refused(&site, &place, &order, &encode(&forged));
                }
                for forged in [&cursor[..cursor.len() - 3], &format!("{cursor}="), &format!(" {cursor}"), &format!("{cursor}{cursor}")] {
                    assert_refused(&site, &place, &order, forged);
                }
            }
        }
    }

    async fn no_bytes_are_answered_with_an_internal_error(db: TestDb) {
        let site = Site::new(db, 42).await;
        let (places, mut random) = (site.places(), Random::of(42, 1));
        for number in 0..150 {
            let place = &places[number % places.len()];
            let order = random.pick(&orders_by_one(place.kind)).clone();
            let bytes: Vec<u8> = (0..random.below(60)).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
            assert_refused(&site, place, &order, &encode(&bytes));
            assert_refused(&site, place, &order, &String::from_utf8_lossy(&bytes));
        }
        for cursor in ["\0", "🌊", "A".repeat(500_000).as_str(), "%", "'"] {
            assert_refused(&site, &places[0], &Value::Null, cursor);
        }
    }

    /// One character of it changed: another position, or no cursor.
    async fn a_cursor_with_a_slip_is_refused_or_another_cursor(db: TestDb) {
        let site = Site::new(db, 43).await;
        let (places, mut random) = (site.places(), Random::of(43, 1));
        for number in 0..200 {
            let place = &places[number % places.len()];
            let order = random.pick(&orders_by_one(place.kind)).clone();
            let (cursor, _) = genuine(&site, place, &order);
            let at = random.below(cursor.len());
            let letter = *random.pick(&['A', 'z', '0', '-', '_', 'M']);
            let slipped = format!("{}{letter}{}", &cursor[..at], &cursor[at + 1..]);
            for code in codes(&site, place, &order, &slipped) {
                let is_meant = ["", "CURSOR_INVALID", "CURSOR_MISMATCH"].contains(&code.as_str());
                assert!(is_meant, "{place:?} by {order}: {slipped} is answered with `{code}`");
            }
        }
    }

    async fn positions_at_the_ends_of_what_there_is_are_before_or_behind_everything(db: TestDb) {
        let site = Site::new(db, 44).await;
        for place in site.places() {
            for order in orders_by_one(place.kind) {
                let (_, json) = genuine(&site, &place, &order);
                let (list, is_text) = (&json[0], json[1][0].is_string());
                let least = if is_text { json!("") } else { json!(i64::MIN) };
                let greatest = if is_text { json!("\u{10ffff}".repeat(2_000)) } else { json!(i64::MAX) };
                let whole = site.rows(&place, &Value::Null, &order);
                let is_up = order[0]["direction"] == "ASC";
                for (key, id, is_before) in [(&least, i64::MIN, is_up), (&greatest, i64::MAX, !is_up)] {
                    let variables = json!({ "orderBy": order, "cursor": encode(json!([list, [key, id]]).to_string()) });
                    let fields = "nodes { id } pageInfo { hasNextPage hasPreviousPage }";
                    let after = site.list(&place, "orderBy: $orderBy, first: 1000, after: $cursor", fields, &variables);
                    let before = site.list(&place, "orderBy: $orderBy, last: 1000, before: $cursor", fields, &variables);
                    let (none, all) = (Vec::<String>::new(), &whole);
                    let (behind, ahead) = if is_before { (all, &none) } else { (&none, all) };
                    assert_eq!(&strings(&after["nodes"], "id"), behind, "{place:?} {order}");
                    assert_eq!(&strings(&before["nodes"], "id"), ahead, "{place:?} {order}");
                    assert_eq!(after["pageInfo"], json!({ "hasNextPage": false, "hasPreviousPage": !is_before }), "{place:?} {order}");
                    assert_eq!(before["pageInfo"], json!({ "hasNextPage": is_before, "hasPreviousPage": false }), "{place:?} {order}");
                }
            }
        }
    }

    async fn a_cursor_of_another_list_is_told(db: TestDb) {
        let site = Site::new(db, 45).await;
        let places = site.places();
        for place in &places[..5] {
            for other in &places[..5] {
                let by_default = site.cursors(other, &json!({})).swap_remove(0);
                if place.kind != other.kind {
                    assert_eq!(codes(&site, place, &Value::Null, &by_default), ["CURSOR_MISMATCH"; 2], "{place:?} {other:?}");
                }
            }
            let all = orders_by_one(place.kind);
            for order in &all {
                let (cursor, _) = genuine(&site, place, order);
                for other in all.iter().filter(|other| *other != order) {
                    assert_eq!(codes(&site, place, other, &cursor), ["CURSOR_MISMATCH"; 2], "{order} {other}");
                }
                let fields = "nodes { id }";
                let variables = json!({ "orderBy": order, "where": { "id": { "ne": "x" } }, "cursor": cursor });
                let answer = site.ask(place, "where: $where, orderBy: $orderBy, after: $cursor", fields, &variables);
                assert_eq!(answer.code(), "CURSOR_MISMATCH", "{place:?} {order}");
            }
        }
    }

    /// What is as if absent makes no other list of it, and neither does whose list it is.
    async fn a_cursor_fits_every_spelling_of_its_list(db: TestDb) {
        let site = Site::new(db, 46).await;
        for place in &site.places() {
            let cursor = site.cursors(place, &json!({})).swap_remove(0);
            for filter in [Value::Null, json!({}), json!({ "id": null }), json!({ "and": null, "not": null, "or": null })] {
                let variables = json!({ "where": filter, "orderBy": [], "cursor": cursor });
                let answer = site.ask(place, "where: $where, orderBy: $orderBy, after: $cursor", "totalCount", &variables);
                assert_eq!(answer.code(), "", "{place:?} {filter}");
            }
        }
        let [of_site, .., of_image] = site.places().try_into().map(|places: [Place; 10]| places).unwrap();
        let cursor = site.cursors(&of_site, &json!({})).swap_remove(1);
        assert_eq!(codes(&site, &of_image, &Value::Null, &cursor), ["", ""]);
    }

    async fn a_cursor_stays_where_it_was_when_its_row_is_gone_or_moves(db: TestDb) {
        let site = Site::new(db, 47).await;
        let place = &site.places()[0];
        for order in orders_by_one(place.kind) {
            let variables = json!({ "orderBy": order });
            let fields = "edges { cursor node { id } }";
            let edges = site.list(place, "orderBy: $orderBy, first: 3", fields, &variables)["edges"].clone();
            let next = |at: usize| {
                let variables = json!({ "orderBy": order, "cursor": edges[at]["cursor"] });
                let page = site.list(place, "orderBy: $orderBy, first: 1, after: $cursor", "nodes { id }", &variables);
                page["nodes"][0]["id"].clone()
            };
            let expected = next(1);
            let id = decode(edges[1]["node"]["id"].as_str().unwrap());
            let id = String::from_utf8(id).unwrap().replace("Article:", "");
            let change = [
                format!("DELETE FROM article WHERE id = {id}"),
                format!("UPDATE article SET is_draft = TRUE WHERE id = {id}"),
            ];
            site.app.db.execute(&change[usize::from(order[0]["direction"] == "ASC")]).await;
            assert_eq!(next(1), expected, "{order}");
        }
    }
}
