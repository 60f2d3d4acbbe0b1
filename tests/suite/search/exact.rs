//! Any piece of a text is found, in any script, and found exactly where it stands.

use super::{Dice, all, found_exactly, scanned, site};
use tests::{app::TestApp, db::TestDb};

const WORDS: [&str; 58] = [
    "灯塔",
    "燈塔",
    "海洋",
    "塔利班",
    "掌權",
    "掌权",
    "部署",
    "北京",
    "京北",
    "的",
    "了",
    "一",
    "东北京剧",
    "港口",
    "RSS",
    "rss订阅",
    "Linux内核",
    "ＦＵＬＬ",
    "lighthouse",
    "light",
    "the",
    "THE",
    "café",
    "naïve",
    "Zürich",
    "straße",
    "don't",
    "e.g.",
    "3.51",
    "2024",
    "１２",
    "v0.1.0-rc",
    "かな",
    "カタカナ",
    "ｶﾞｲﾄﾞ",
    "東京",
    "한국어",
    "검색",
    "👍",
    "👩‍👩‍👧‍👦",
    "❤️",
    "，",
    "。",
    "！",
    "“",
    "”",
    "《",
    "》",
    "...",
    "—",
    "ﬁne",
    "Ω",
    "привет",
    "ёлка",
    "สวัสดี",
    "नमस्ते",
    "a",
    "x",
];

fn text(dice: &mut Dice, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        text.push_str(dice.pick(&WORDS));
        text.push_str(dice.pick(&["", "", " ", "，"]));
    }
    text
}

fn posts() -> Vec<(String, String, String)> {
    let mut dice = Dice(7);
    let mut posts: Vec<(String, String, String)> = (0..48)
        .map(|number| {
            let (words, long) = (1 + dice.below(4), 5 + dice.below(80));
            let title = text(&mut dice, words).replace(['"', '\\'], "");
            let body = (0..=dice.below(3)).map(|_| text(&mut dice, long)).collect::<Vec<_>>().join("\n\n");
            (format!("post-{number}"), format!("title: \"{title} {number}\"\ndate: 2024-01-01"), body)
        })
        .collect();
    let paragraphs = (0..60).map(|_| text(&mut dice, 260)).collect::<Vec<_>>().join("\n\n");
    posts.push((
        "long".into(),
        "title: Long\ndate: 2024-01-02".into(),
        format!("{paragraphs}\n\n末尾 The very end 在此"),
    ));
    posts
}

async fn mixed(db: TestDb) -> TestApp {
    site(db, &posts()).await
}

/// Signs of the query language are not what is tested here.
fn words_of(piece: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = piece.split(|character: char| character.is_whitespace() || character.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let has_signs = words.iter().any(|word| word.starts_with(['-', '"']));
    let folded = words.iter().map(|word| api::search::folded(word).trim().to_owned()).filter(|word| !word.is_empty());
    let folded: Vec<String> = folded.collect();
    (!has_signs && !folded.is_empty()).then_some(folded)
}

tests::on_both_databases! {
    async fn pieces_of_two_to_eight_characters_are_found_where_they_stand(db: TestDb) {
        let app = mixed(db).await;
        let articles = all(&app);
        let long = articles.iter().find(|(slug, ..)| slug.ends_with("long")).unwrap();
        assert!(long.2.chars().count() > 50_000, "{}", long.2.chars().count());
        let mut dice = Dice(3);
        let mut asked = 0;
        while asked < 220 {
            let (_, title, body) = dice.pick(&articles);
            let chars: Vec<char> = if dice.below(4) == 0 { title.chars().collect() } else { body.chars().collect() };
            let length = 2 + dice.below(7);
            let from = dice.below(chars.len());
            let piece: String = chars[from..].iter().take(length).collect();
            let Some(words) = words_of(&piece) else {
                continue;
            };
            assert_eq!(found_exactly(&app, &piece), scanned(&articles, &words), "{piece:?}");
            asked += 1;
        }
    }

    async fn single_characters_are_found_where_they_stand(db: TestDb) {
        let app = mixed(db).await;
        let articles = all(&app);
        let characters: std::collections::BTreeSet<char> =
            articles.iter().flat_map(|(_, title, body)| title.chars().chain(body.chars())).collect();
        for character in characters.into_iter().filter(|character| !character.is_whitespace() && !"-\"".contains(*character)) {
            let Some(words) = words_of(&character.to_string()) else {
                continue;
            };
            assert_eq!(found_exactly(&app, &character.to_string()), scanned(&articles, &words), "{character:?}");
        }
    }

    async fn script_case_width_and_marks_do_not_count(db: TestDb) {
        let app = mixed(db).await;
        for (one, other) in [
            ("塔利班掌權", "塔利班掌权"), ("燈塔", "灯塔"), ("ｆｕｌｌ", "FULL"), ("cafe", "CAFÉ"), ("zurich", "Zürich"), ("strasse", "STRAßE"),
            ("ガイド", "ｶﾞｲﾄﾞ"), ("fine", "ﬁne"), ("❤", "❤️"), ("12", "１２"), ("ΩΩ", "ωω"),
        ] {
            let found = found_exactly(&app, one);
            assert_eq!(found, found_exactly(&app, other), "{one} and {other}");
            if one.chars().count() < 5 {
                assert!(!found.is_empty() || one == "ΩΩ", "{one}");
            }
        }
    }

    async fn the_end_of_a_long_article_is_found(db: TestDb) {
        let app = mixed(db).await;
        for piece in ["末尾", "end 在此", "\"very end 在\"", "在此"] {
            assert!(found_exactly(&app, piece).iter().any(|slug| slug.ends_with("long")), "{piece}");
        }
    }

    async fn words_phrases_and_exclusions(db: TestDb) {
        let app = mixed(db).await;
        let articles = all(&app);
        let words = |words: &[&str]| scanned(&articles, &words.iter().map(|word| api::search::folded(word)).collect::<Vec<_>>());
        let both = words(&["灯塔", "rss"]);
        assert!(!both.is_empty());
        assert_eq!(found_exactly(&app, "灯塔 RSS"), both);
        assert_eq!(found_exactly(&app, "RSS　灯塔"), both);
        let without = words(&["灯塔"]).difference(&words(&["rss"])).cloned().collect();
        assert_eq!(found_exactly(&app, "灯塔 -rss"), without);
        let neither: std::collections::BTreeSet<String> = words(&[]).difference(&words(&["rss"])).cloned().collect();
        assert_eq!(found_exactly(&app, "-rss"), neither);
        assert_eq!(found_exactly(&app, "\"light the\""), words(&["light the"]));
        assert_eq!(found_exactly(&app, "灯塔 -\"light the\""), words(&["灯塔"]).difference(&words(&["light the"])).cloned().collect());
        assert_eq!(found_exactly(&app, "ligh"), words(&["ligh"]));
    }
}
