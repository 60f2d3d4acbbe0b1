//! What is asked when nothing is found.

use super::site;
use serde_json::{Value, json};
use tests::{app::TestApp, db::TestDb};

fn posts() -> Vec<(String, String, String)> {
    let post = |path: &str, title: &str, body: &str| {
        (path.to_owned(), format!("title: {title}\ndate: 2024-01-01"), body.to_owned())
    };
    vec![
        post("moscow", "停火谈判", "代表团昨天抵达莫斯科，会谈持续到深夜。"),
        post("bread", "周末的厨房", "在家里做面包要有耐心：酸面团先放一夜。"),
        post("sourdough", "A slow loaf", "Bake sourdough at home in a hot oven with a lid."),
        post("light", "The old lighthouse", "It stands on the third reef, and nobody keeps it."),
        post("draft", "尚未完成", "权力的游戏"),
    ]
}

fn asked(app: &TestApp, search: &str) -> Value {
    let query =
        "query($search: String) { articles(search: $search) { searched { query relaxed didYouMean } nodes { slug } } }";
    app.query(query, json!({ "search": search }))["articles"].clone()
}

fn first(articles: &Value) -> &str {
    articles["nodes"][0]["slug"].as_str().unwrap_or_default()
}

tests::on_both_databases! {
    async fn words_are_cut_mended_and_joined_by_or(db: TestDb) {
        let app = site(db, &posts()).await;
        for (search, slug, query, meant) in [
            ("莫四科", "moscow", "莫斯科", Some("莫斯科")),
            ("莫四科停火", "moscow", "莫斯科 停火", Some("莫斯科停火")),
            ("怎样在家里做酸面包", "bread", "家里 面包", None),
            ("lighthuose", "light", "lighthouse", Some("lighthouse")),
            ("Lihgthouse reef", "light", "lighthouse reef", Some("lighthouse reef")),
            ("how to bake sourdough", "sourdough", "bake sourdough", None),
            ("sourdough airplane", "sourdough", "sourdough airplane", None),
        ] {
            let articles = asked(&app, search);
            assert_eq!(first(&articles), slug, "{search}: {articles}");
            assert_eq!(articles["searched"], json!({ "query": query, "relaxed": true, "didYouMean": meant }), "{search}");
        }
    }

    async fn what_is_found_is_not_relaxed_and_what_is_not_there_is_not_found(db: TestDb) {
        let app = site(db, &posts()).await;
        let found = asked(&app, "莫斯科");
        assert_eq!(found["searched"], json!({ "query": "莫斯科", "relaxed": false, "didYouMean": null }));
        for search in ["qqqqqq", "\"lighthuose\"", "鑫鑫鑫", "-停火 zzzz"] {
            let nothing = asked(&app, search);
            assert_eq!((&nothing["nodes"], &nothing["searched"]["relaxed"]), (&json!([]), &json!(false)), "{search}: {nothing}");
        }
    }
}
