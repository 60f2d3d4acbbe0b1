//! What an order says, and what it leaves to others.

use super::{Site, orders_by_one};
use serde_json::{Value, json};
use tests::{app::strings, db::TestDb};

tests::on_both_databases! {
    async fn every_order_is_the_model_s(db: TestDb) {
        let site = Site::new(db, 31).await;
        for place in site.places() {
            for order in orders_by_one(place.kind) {
                let variables = json!({ "orderBy": order });
                let list = site.list(&place, "orderBy: $orderBy, first: 1000", "nodes { id }", &variables);
                assert_eq!(strings(&list["nodes"], "id"), site.rows(&place, &Value::Null, &order), "{place:?} {order}");
            }
        }
    }

    async fn an_order_by_nothing_is_the_one_that_is_not_given(db: TestDb) {
        let site = Site::new(db, 32).await;
        for place in site.places() {
            let whole = site.list(&place, "first: 1000", "edges { cursor node { id } }", &json!({}));
            for order in ["orderBy: null", "orderBy: []"] {
                let arguments = format!("first: 1000, {order}");
                assert_eq!(site.list(&place, &arguments, "edges { cursor node { id } }", &json!({})), whole, "{order}");
            }
        }
    }

    async fn one_order_need_not_stand_in_a_list(db: TestDb) {
        let site = Site::new(db, 33).await;
        let place = &site.places()[0];
        let one = "first: 1000, orderBy: {field: TITLE, direction: ASC}";
        let listed = "first: 1000, orderBy: [{field: TITLE, direction: ASC}]";
        let fields = "edges { cursor node { id } }";
        assert_eq!(site.list(place, one, fields, &json!({})), site.list(place, listed, fields, &json!({})));
    }
}
