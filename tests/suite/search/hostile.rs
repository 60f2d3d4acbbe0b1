//! Whatever is typed into a search box is answered, or refused with a reason.

use super::Dice;
use serde_json::json;
use std::time::{Duration, Instant};
use tests::{app::TestApp, db::TestDb, seed::Seed};

const ALL: &str =
    "query($search: String) { articles(search: $search) { totalCount searched { query relaxed didYouMean }
    facets { categories { count } } edges { score highlight { titleHtml bodyHtml } } } }";

tests::on_both_databases! {
    async fn what_engines_take_for_their_own_language_is_text(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for search in [
            "NEAR", "a NEAR/2 b", "*", "^", ":", "title:x", "AND", "OR NOT", "((((", ")", "a AND (b", "{}", "[", "\\", "'", "''; DROP TABLE article; --",
            "\"", "\"\"", "\"\"\"", "-", "--", "-\"", "\"-", "- -", "%", "_", "%%", "a*", "\"a\"*", "a & b | !c", "<->", "a:*", "\u{0}", "a\u{0}b", "\u{feff}",
            "\u{202e}abc", "\u{300}", "👍🏽", "🏳️‍🌈", "ﷺ", "\u{10ffff}", "。。。", "???", "……", "——", "<mark>", "&amp;", "<script>alert(1)</script>", "的", "a",
            "１", "\t", "\n", "，", "select * from search_page", "${jndi:x}", "ﬀﬀ", "ǆ", "İ", "ẞ", "ŉ", "ａ ｂ", "a -a", "-a -b", "\"a\" -\"a\"",
        ] {
            let began = Instant::now();
            let answer = app.ask(ALL, json!({ "search": search }), None);
            assert!(answer.json().get("errors").is_none(), "{search:?}: {}", answer.text);
            assert!(began.elapsed() < Duration::from_secs(10), "{search:?}");
        }
    }

    async fn long_queries_are_refused_and_the_longest_are_answered(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for (search, is_fit) in [
            ("海".repeat(256), true), ("a ".repeat(128), true), ("a".repeat(257), false), ("海".repeat(10_000), false), ("\"".repeat(10_000), false),
        ] {
            let answer = app.ask(ALL, json!({ "search": search }), None);
            if is_fit {
                assert!(answer.json().get("errors").is_none(), "{}", answer.text);
            } else {
                assert_eq!(answer.code(), "BAD_USER_INPUT", "{}", answer.text);
                assert_eq!(answer.json()["errors"][0]["extensions"]["max"], 256);
                assert_eq!(answer.json()["extensions"]["receipt"]["statements"], 0);
            }
        }
    }

    async fn too_many_neighbours_are_refused_before_anything_is_read(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for (first, max) in [("101", 100), ("-1", 100)] {
            let query = format!("{{ articles {{ nodes {{ related(first: {first}) {{ slug }} }} }} }}");
            let answer = app.ask(&query, json!({}), None);
            assert_eq!(answer.code(), "BAD_USER_INPUT", "{}", answer.text);
            assert!(answer.text.contains(&max.to_string()), "{}", answer.text);
            assert_eq!(answer.json()["extensions"]["receipt"]["statements"], 0);
        }
    }

    async fn bytes_of_any_kind_are_answered(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let mut dice = Dice(11);
        for _ in 0..150 {
            let bytes: Vec<u8> = (0..dice.below(60)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
            let search = String::from_utf8_lossy(&bytes).into_owned();
            let answer = app.ask(ALL, json!({ "search": search }), None);
            assert!(answer.json().get("errors").is_none(), "{search:?}: {}", answer.text);
        }
    }

    async fn what_is_blank_is_as_if_absent(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let list = |search: &str| app.query(ALL, json!({ "search": search })).value.clone();
        let all = app.query(ALL, json!({})).value.clone();
        for search in ["", " ", "\u{3000}\n", "\"\"", "\u{200b}"] {
            assert_eq!(list(search), all, "{search:?}");
        }
        assert!(all["articles"]["searched"].is_null() && all["articles"]["edges"][0]["score"].is_null());
        assert!(all["articles"]["edges"][0]["highlight"].is_null());
    }
}
