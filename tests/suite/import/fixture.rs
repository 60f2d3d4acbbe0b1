//! A file of the form in which feeds of newsrooms arrive, whole: the second of "What must be seen".

use serde_json::{Value, json};
use std::fs;
use tests::{
    app::{self, NOW, TestApp, TestClock, strings},
    db::TestDb,
    seed,
};

const QUERY: &str = "{ article(by: {slug: \"fixture\"}) {
    title publishedAt locale commentsEnabled extra
    authors { name }
    categories { names ancestors { name } }
    cover { id caption credit position image { originalUrl width height } }
    thumbnail { id }
    figures { id caption credit alt image { originalUrl width height } }
    body { html text headings { level text anchor } wordCount }
} }";

async fn article(db: TestDb) -> Value {
    let file = seed::content().join("fixture.md");
    let imported = seed::import(&app::open(&db, &TestClock::at(NOW), &[]).await, &file).await;
    assert_eq!(imported.summary(), "1 created, 0 updated, 0 unchanged, 0 missing, 0 refused");
    assert_eq!(imported.lines, [], "nothing in it is worth a warning");
    TestApp::start(db, &[]).query(QUERY, json!({}))["article"].clone()
}

/// The body as it stands in the file, without tags.
fn written() -> String {
    let file = fs::read_to_string(seed::content().join("fixture.md")).unwrap();
    let (_, body) = file.split_once("---\n\n<div>").unwrap();
    visible(&format!("<div>{body}"))
}

/// What stands outside of tags; the fixture has no entities.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut is_in_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_in_tag = true,
            '>' => is_in_tag = false,
            c if !is_in_tag && !c.is_whitespace() => text.push(c),
            _ => {}
        }
    }
    text
}

/// Chinese characters each, other letters and digits by runs.
fn words(lines: &str) -> usize {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let han = lines.chars().filter(|c| is_han(*c)).count();
    let others = lines.split(|c: char| is_han(c) || !c.is_alphanumeric()).filter(|run| !run.is_empty());
    han + others.count()
}

tests::on_both_databases! {
    async fn front_matter_becomes_fields(db: TestDb) {
        let article = article(db).await;
        assert_eq!(article["title"], "守塔人离岛一年后 渔民为何仍把“老灯”当作回家的路标？");
        assert_eq!(article["publishedAt"], "2025-06-03T02:50:37Z");
        assert_eq!(article["commentsEnabled"], false);
        assert_eq!(article["locale"], "zh");
        assert_eq!(article["authors"], json!([{ "name": "望潮 通讯社" }]));
        assert_eq!(article["categories"], json!([{
            "names": ["沿海", "望潮 通讯社", "专题"],
            "ancestors": [{ "name": "沿海" }, { "name": "望潮 通讯社" }],
        }]));
        assert_eq!(article["extra"], json!({}), "every key has a field of its own");
    }

    async fn figures_are_originals_with_the_size_that_was_told(db: TestDb) {
        let article = article(db).await;
        let figure = |name: &str, height: i32, caption: Value, credit: Value| json!({
            "caption": caption,
            "credit": credit,
            "alt": "",
            "image": {
                "originalUrl": format!("https://images.example.com/wp-content/uploads/2025/06/{name}"),
                "width": 770,
                "height": height,
            },
        });
        let mut figures = article["figures"].clone();
        for figure in figures.as_array_mut().unwrap() {
            figure.as_object_mut().unwrap().shift_remove("id");
        }
        assert_eq!(figures, json!([
            figure("lamp-178.png", 513, json!("2024 年 5 月的鹭屿灯塔，灯室里还亮着手摇的旧灯"), json!("望潮图片社")),
            figure("image-25.jpg", 433, Value::Null, Value::Null),
            figure("lamp-179.png", 528, json!("值班室里的屏幕，右下角写着“正常”"), json!("海岸画报")),
            figure("image-1-14.jpg", 433, Value::Null, Value::Null),
        ]));
    }

    async fn the_first_figure_is_the_cover(db: TestDb) {
        let article = article(db).await;
        assert_eq!(article["cover"]["id"], article["figures"][0]["id"]);
        assert_eq!(article["cover"]["position"], 0);
        assert_eq!(article["cover"]["credit"], "望潮图片社");
        assert_eq!(article["thumbnail"]["id"], article["cover"]["id"]);
        let html = article["body"]["html"].as_str().unwrap();
        assert_eq!(html.matches("data-cover").count(), 1);
        assert!(
            html.contains("<figcaption>2024 年 5 月的鹭屿灯塔，灯室里还亮着手摇的旧灯 (望潮图片社)</figcaption>"),
            "in the HTML the caption stands as written"
        );
    }

    async fn headings_are_told_with_their_anchors(db: TestDb) {
        let article = article(db).await;
        let headings = &article["body"]["headings"];
        assert_eq!(strings(headings, "text"), [
            "从一盏油灯到一台电脑，灯塔经历了什么？",
            "渔民还需要灯吗？",
            "为什么电脑照看的灯常常不亮？",
            "谁来上岛擦玻璃？",
            "下一步会怎样？",
            "守塔人自己怎么说？",
        ]);
        let html = article["body"]["html"].as_str().unwrap();
        for heading in headings.as_array().unwrap() {
            assert_eq!(heading["level"], 3);
            let opening = format!("<h3 id={}>{}</h3>", heading["anchor"], heading["text"].as_str().unwrap());
            assert!(html.contains(&opening), "{opening}");
        }
    }

    async fn no_workaround_of_the_source_is_left_in_the_html(db: TestDb) {
        let article = article(db).await;
        let html = article["body"]["html"].as_str().unwrap();
        let leftovers = [
            "referrerpolicy", "srcset", "style=", "class=", "loading=", "data-recalc-dims", "aria-describedby", "?w=", "resize", "<div",
        ];
        for leftover in leftovers {
            assert!(!html.contains(leftover), "`{leftover}` in {html}");
        }
        assert_eq!(html.matches("<figure").count(), 4);
        assert_eq!(html.matches("<img").count(), 4);
        for position in 0..4 {
            assert!(html.contains(&format!("data-figure=\"{position}\"")));
        }
    }

    async fn not_a_character_of_the_text_is_lost(db: TestDb) {
        let article = article(db).await;
        let text = article["body"]["text"].as_str().unwrap();
        let characters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(characters, written());
        assert_eq!(visible(article["body"]["html"].as_str().unwrap()), written());
        assert_eq!(article["body"]["wordCount"], json!(words(text)));
        assert!(words(text) > 600, "{} words", words(text));
    }
}
