//! What real files look like, and what is made of it: forms of front matter, categories, dates and pictures.

use super::import;
use serde_json::{Value, json};
use tests::{
    app::{self, NOW, TestApp, TestClock, strings},
    db::TestDb,
    seed::{self, Folder, post},
};

/// An article of a front matter and a body, with the fields asked for.
async fn article(db: TestDb, front_matter: &str, body: &str, fields: &str) -> Value {
    let folder = Folder::new();
    folder.write("x.md", post(front_matter, body));
    let imported = import(&db, &folder).await;
    assert_eq!(imported.outcome.created, 1, "{:?}", imported.lines);
    let app = TestApp::start(db, &[]);
    app.preview(&format!("{{ article(by: {{slug: \"x\"}}) {{ {fields} }} }}"), json!({}))["article"].clone()
}

tests::on_both_databases! {
    async fn blank_lines_marks_and_line_ends_do_not_matter(db: TestDb) {
        let plain = "---\ntitle: 同一篇\ndate: 2026-01-01 10:00:00\ntags:\n  - a\n  - b\n---\n\n# One\n\nTwo\nthree\n";
        let crlf = plain.replace('\n', "\r\n");
        let forms = [
            plain.to_owned(), format!("\n{plain}"), format!("\n\n{plain}"), format!("\n\n\n{plain}"), format!("\u{feff}{plain}"),
            format!("\u{feff}\n{plain}"), crlf.clone(), format!("\u{feff}\r\n{crlf}"), plain.replace("---\n", "---  \n"),
            plain.replacen("---\n", "", 1),
        ];
        let folder = Folder::new();
        for (number, form) in forms.iter().enumerate() {
            // The date tells the permalinks apart.
            let form = form.replace("2026-01-01 10", &format!("2026-01-01 1{number}"));
            folder.write(&format!("{number}.md"), form);
        }
        let imported = import(&db, &folder).await;
        assert_eq!(imported.outcome.created, forms.len(), "{:?}", imported.lines);
        let app = TestApp::start(db, &[]);
        let data = app.query("{ articles { nodes { title tags { name } body { html text headings { text } } extra } } }", json!({}));
        let articles = data["articles"]["nodes"].as_array().unwrap();
        for article in articles {
            assert_eq!(article, &articles[0]);
        }
        assert_eq!(articles[0]["title"], "同一篇");
        assert_eq!(articles[0]["body"]["text"], "One\nTwo\nthree");
        assert_eq!(strings(&articles[0]["tags"], "name"), ["a", "b"]);
    }

    async fn a_flat_list_of_categories_is_one_chain(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: 2026-01-01\ncategories: [国际, 中东]", "x"));
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let data = app.query("{ article(by: {slug: \"x\"}) { categories { names } } categories { nodes { names articleCount own: articleCount(descendants: false) } } }", json!({}));
        assert_eq!(data["article"]["categories"], json!([{ "names": ["国际", "中东"] }]));
        assert_eq!(data["categories"]["nodes"], json!([
            { "names": ["国际"], "articleCount": 1, "own": 0 },
            { "names": ["国际", "中东"], "articleCount": 1, "own": 1 },
        ]));
    }

    async fn lists_in_a_list_are_chains_of_their_own(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: 2026-01-01\ncategories: [[国际, 中东], [国际, 欧洲], 评论]", "x"));
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let data = app.query("{ article(by: {slug: \"x\"}) { categories { names } } categories { nodes { names articleCount } } }", json!({}));
        assert_eq!(data["article"]["categories"], json!([{ "names": ["国际", "中东"] }, { "names": ["国际", "欧洲"] }, { "names": ["评论"] }]));
        assert_eq!(data["categories"]["nodes"], json!([
            { "names": ["国际"], "articleCount": 1 },
            { "names": ["国际", "中东"], "articleCount": 1 },
            { "names": ["国际", "欧洲"], "articleCount": 1 },
            { "names": ["评论"], "articleCount": 1 },
        ]));
    }

    async fn one_name_under_two_parents_is_two_categories(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: 2026-01-01\ncategories: [[国际, 中东], 中东]", "x"));
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let data = app.query("{ categories { nodes { names slug } } }", json!({}));
        assert_eq!(data["categories"]["nodes"], json!([
            { "names": ["中东"], "slug": "中东" },
            { "names": ["国际"], "slug": "国际" },
            { "names": ["国际", "中东"], "slug": "国际/中东" },
        ]));
    }

    async fn dates_are_instants_by_their_own_zone_or_the_sites(db: TestDb) {
        let dates = [
            ("Fri, 20 May 2022 01:23:45 GMT", "2022-05-20T01:23:45Z"),
            ("2022-05-20 01:23:45", "2022-05-19T17:23:45Z"),
            ("2022-05-20T01:23:45+08:00", "2022-05-19T17:23:45Z"),
            ("2022-05-20T01:23:45Z", "2022-05-20T01:23:45Z"),
            ("2022/5/20 1:23:45", "2022-05-19T17:23:45Z"),
            ("2022-05-20", "2022-05-19T16:00:00Z"),
            ("2022年5月20日", "2022-05-19T16:00:00Z"),
            ("2022-05-20 01:23:45.5", "2022-05-19T17:23:45.500Z"),
        ];
        let folder = Folder::new();
        for (number, (date, _)) in dates.iter().enumerate() {
            folder.write(&format!("{number}.md"), post(&format!("title: D\npermalink: /{number}/\ndate: {date}"), "x"));
        }
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        for (number, (date, instant)) in dates.iter().enumerate() {
            let data = app.query("query($path: String!) { article(by: {path: $path}) { publishedAt } }", json!({ "path": format!("/{number}/") }));
            assert_eq!(data["article"]["publishedAt"], *instant, "{date}");
        }
    }

    async fn a_flag_goes_before_the_zone_of_the_site(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: 2022-05-20 01:23:45", "x"));
        let app = app::open(&db, &TestClock::at(NOW), &["--site-timezone=UTC"]).await;
        seed::import(&app, &folder.path()).await;
        let served = TestApp::start(db, &[]);
        let data = served.query("{ article(by: {slug: \"x\"}) { publishedAt path } }", json!({}));
        assert_eq!(data["article"], json!({ "publishedAt": "2022-05-20T01:23:45Z", "path": "/2022/05/20/x/" }));
    }

    async fn resize_arguments_tell_a_size_and_are_taken_off(db: TestDb) {
        let body = "<p><img src=\"https://images.example.com/a.jpg?w=770&#038;resize=770%2C513\"></p>
<p><img src=\"https://images.example.com/b.jpg?v=3&amp;w=10&amp;h=20\"></p>
<p><img src=\"https://images.example.com/c.jpg?fit=300%2C200&ssl=1\" width=\"150\" height=\"100\"></p>
<p><img src=\"https://images.example.com/d.jpg?v=1\" width=\"7\" height=\"8\"></p>";
        let article = article(db, "title: X\ndate: 2026-01-01", body, "figures { image { originalUrl width height } }").await;
        let image = |url: &str, width: i32, height: i32| json!({ "image": { "originalUrl": format!("https://images.example.com/{url}"), "width": width, "height": height } });
        assert_eq!(article["figures"], json!([
            image("a.jpg", 770, 513), image("b.jpg?v=3", 10, 20), image("c.jpg", 300, 200), image("d.jpg?v=1", 7, 8),
        ]));
    }

    async fn a_first_figure_that_is_the_cover_is_recognised_whatever_its_arguments(db: TestDb) {
        let article = article(
            db,
            "title: X\ndate: 2026-01-01\nheadimg: https://images.example.com/a.jpg?w=1200",
            "<p><img src=\"https://images.example.com/a.jpg?resize=300%2C200\"></p>\n<p>Text</p>",
            "cover { id position } figures { id } body { html html2: html(withoutCover: true) }",
        ).await;
        assert_eq!(article["cover"]["id"], article["figures"][0]["id"]);
        assert!(article["body"]["html"].as_str().unwrap().contains("<figure data-cover"));
        assert_eq!(article["body"]["html2"].as_str().unwrap().trim(), "<p>Text</p>");
    }

    async fn keys_without_a_field_are_kept_with_their_types(db: TestDb) {
        let article = article(
            db,
            "title: X\ndate: 2026-01-01\nlayout: post\nweight: 3\nratio: 0.5\nsticky: true\nnested: {list: [1, two, null], deep: {a: b}}\nempty:\nzip: 007",
            "x",
            "extra",
        ).await;
        assert_eq!(article["extra"], json!({
            "layout": "post", "weight": 3, "ratio": 0.5, "sticky": true,
            "nested": { "list": [1, "two", Value::Null], "deep": { "a": "b" } }, "empty": Value::Null, "zip": "007",
        }));
    }

    async fn drafts_are_told_by_their_folder_or_by_a_key(db: TestDb) {
        let folder = Folder::new();
        folder.write("source/_drafts/a.md", post("title: A", "x"));
        folder.write("source/_posts/b.md", post("title: B\ndate: 2026-01-01\npublished: false", "x"));
        folder.write("source/_posts/c.md", post("title: C\ndate: 2026-01-01\ndraft: true", "x"));
        folder.write("source/_posts/d.md", post("title: D\ndate: 2026-01-01\ndraft: false\npublished: true", "x"));
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        for (slug, status) in [("a", "DRAFT"), ("b", "DRAFT"), ("c", "DRAFT"), ("d", "PUBLISHED")] {
            let query = "query($slug: String!) { article(by: {slug: $slug}) { status } }";
            let asked = json!({ "slug": slug });
            assert_eq!(app.preview(query, asked.clone())["article"]["status"], status, "{slug}");
            assert_eq!(app.query(query, asked)["article"] == Value::Null, status == "DRAFT", "{slug}");
        }
    }

    async fn what_stands_before_the_more_marker_is_the_excerpt(db: TestDb) {
        let article = article(db, "title: X\ndate: 2026-01-01", "Before **it**.\n\n<!--MORE-->\n\nBehind it.", "excerpt(length: 3) body { text html }").await;
        assert_eq!(article["excerpt"], "Before it.");
        assert_eq!(article["body"]["text"], "Before it.\nBehind it.");
    }

    async fn html_that_could_harm_a_page_does_not_come_through(db: TestDb) {
        let body = "<script>alert(1)</script><p onclick=\"x()\" style=\"color:red\">Hi <a href=\"javascript:x()\">there</a>\
            <iframe src=\"https://example.com\"></iframe><img src=\"https://images.example.com/x.png\" onerror=\"x()\"></p><svg><script>x</script></svg>";
        let article = article(db, "title: X\ndate: 2026-01-01", body, "body { html text }").await;
        let html = article["body"]["html"].as_str().unwrap();
        for harm in ["script", "onclick", "onerror", "style", "javascript", "iframe", "svg"] {
            assert!(!html.contains(harm), "{harm} in {html}");
        }
        assert_eq!(article["body"]["text"], "Hi there");
    }
}
