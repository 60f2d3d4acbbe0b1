//! Local pictures: from their files to what the API tells and serves.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use std::fs;
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder, Imported, Seed},
};

const CONFIGURATION: &str = "title: Pictures\n";

/// A drawing of this size.
fn svg(width: u32, height: u32) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><script>document.title='ran'</script></svg>"
    )
}

/// The first bytes of a bitmap of this size, and as much behind them.
fn bmp(width: u32, height: u32, more: usize) -> Vec<u8> {
    [b"BM".as_slice(), &[0; 16], &width.to_le_bytes(), &height.to_le_bytes(), &vec![7; more]].concat()
}

fn site() -> Folder {
    let folder = Folder::new();
    folder.write("_config.yml", CONFIGURATION);
    folder.write("source/images/plan.svg", svg(30, 20));
    folder.write("source/images/photo.jpg", bmp(640, 480, 100));
    let body = "![The plan](/images/plan.svg)\n\n![A photo](/images/photo.jpg?w=320&h=240)\n\n![Elsewhere](https://x.example/y.png)";
    folder
        .write("source/_posts/a.md", seed::post("title: A\ndate: 2026-01-01 00:00:00\ncover: /images/plan.svg", body));
    folder
}

async fn import(db: &TestDb, folder: &Folder, flags: &[&str]) -> Imported {
    seed::import(&app::open(db, &TestClock::at(NOW), flags).await, &folder.path()).await
}

/// The site's address is not known.
const NOWHERE: [&str; 2] = ["--site-url=", "--public-url="];

const IMAGES: &str = "{ article(by: {slug: \"a\"}) { cover { image { url } } figures { image { url originalUrl width height mimeType bytes } } } }";

fn images(app: &TestApp) -> Vec<Value> {
    let figures = app.query(IMAGES, json!({}))["article"]["figures"].clone();
    figures.as_array().unwrap().iter().map(|figure| figure["image"].clone()).collect()
}

/// The part of a URL that a request names.
fn path(url: &Value) -> &str {
    let url = url.as_str().unwrap();
    &url[url.find("/media/").unwrap_or_else(|| panic!("{url} is no copy"))..]
}

fn media(app: &TestApp) -> Utf8PathBuf {
    app::media(app.db.url())
}

/// The files of the media folder.
fn kept(app: &TestApp) -> usize {
    let Ok(shelves) = media(app).read_dir_utf8() else { return 0 };
    shelves.map(|shelf| shelf.unwrap().path().read_dir_utf8().unwrap().count()).sum()
}

async fn generation(db: &TestDb) -> i64 {
    db.number("SELECT generation FROM content_generation").await
}

tests::on_both_databases! {
    async fn pictures_of_a_site_are_copied_measured_and_served(db: TestDb) {
        let folder = site();
        let imported = import(&db, &folder, &NOWHERE).await;
        assert_eq!(imported.lines, [], "nothing is to be told");
        let app = TestApp::start(db, &NOWHERE);
        let images = images(&app);
        let told = |image: &Value| json!([image["originalUrl"], image["width"], image["height"], image["mimeType"], image["bytes"]]);
        assert_eq!(told(&images[0]), json!(["/images/plan.svg", 30, 20, "image/svg+xml", svg(30, 20).len()]));
        // By its content, whatever its name and its markup say.
        assert_eq!(told(&images[1]), json!(["/images/photo.jpg", 640, 480, "image/bmp", bmp(640, 480, 100).len()]));
        assert_eq!(told(&images[2]), json!(["https://x.example/y.png", null, null, "image/png", null]));
        assert_eq!(images[2]["url"], "https://x.example/y.png");
        let plan = app.get(path(&images[0]["url"]), &[]);
        assert_eq!((plan.status, plan.text.as_str(), plan.header("content-type")), (200, svg(30, 20).as_str(), "image/svg+xml"));
        assert_eq!(kept(&app), 2);
    }

    async fn importing_again_changes_nothing(db: TestDb) {
        let folder = site();
        import(&db, &folder, &[]).await;
        let (before, rows) = (generation(&db).await, image_rows(&db).await);
        let again = import(&db, &folder, &[]).await;
        assert_eq!(again.summary(), "0 created, 0 updated, 1 unchanged, 0 missing, 0 refused");
        assert_eq!(again.lines, []);
        assert_eq!((generation(&db).await, image_rows(&db).await), (before, rows));
    }

    async fn a_picture_that_changes_is_noticed_though_no_post_has_changed(db: TestDb) {
        let folder = site();
        import(&db, &folder, &NOWHERE).await;
        let before = generation(&db).await;
        folder.write("source/images/photo.jpg", bmp(800, 600, 101));
        let again = import(&db, &folder, &NOWHERE).await;
        assert_eq!(again.summary(), "0 created, 0 updated, 1 unchanged, 0 missing, 0 refused");
        assert_eq!(generation(&db).await, before + 1);
        let app = TestApp::start(db, &NOWHERE);
        let images = images(&app);
        assert_eq!((&images[1]["width"], &images[1]["height"]), (&json!(800), &json!(600)));
        assert_eq!(app.get(path(&images[1]["url"]), &[]).status, 200);
        assert_eq!(kept(&app), 3, "the old copy stays for who still shows it");
    }

    async fn what_is_missing_or_unfit_is_told_and_found_once_it_is_there(db: TestDb) {
        let folder = site();
        folder.remove("source/images/plan.svg");
        folder.write("source/images/photo.jpg", "not at all");
        let imported = import(&db, &folder, &NOWHERE).await;
        let lines: Vec<String> = imported.lines.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("images/plan.svg: warning: ") && line.contains("there is no such file, but source/_posts/a.md shows it")), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("images/photo.jpg: warning: ") && line.contains("no picture that browsers show")), "{lines:#?}");
        assert_eq!(imported.outcome.refused, 0, "the post is in");
        assert_eq!(import(&db, &folder, &NOWHERE).await.lines, [], "nothing is told twice");
        folder.write("source/images/plan.svg", svg(9, 8));
        folder.write("source/images/photo.jpg", bmp(5, 6, 10));
        assert_eq!(import(&db, &folder, &NOWHERE).await.lines, []);
        let app = TestApp::start(db, &NOWHERE);
        let images = images(&app);
        assert_eq!((&images[0]["width"], &images[1]["width"]), (&json!(9), &json!(5)));
        assert_eq!(app.get(path(&images[0]["url"]), &[]).status, 200);
    }

    async fn a_picture_that_is_gone_is_still_shown_and_told_once(db: TestDb) {
        let folder = site();
        import(&db, &folder, &NOWHERE).await;
        folder.remove("source/images/plan.svg");
        let told = import(&db, &folder, &NOWHERE).await.lines;
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].message.contains("is gone; its copy is shown"), "{told:#?}");
        assert_eq!(import(&db, &folder, &NOWHERE).await.lines, []);
        let app = TestApp::start(db, &NOWHERE);
        assert_eq!(app.get(path(&images(&app)[0]["url"]), &[]).status, 200);
    }

    async fn a_picture_that_nothing_shows_is_nobodys_concern(db: TestDb) {
        let folder = site();
        import(&db, &folder, &[]).await;
        db.execute("DELETE FROM article").await;
        folder.remove("source/_posts/a.md");
        folder.remove("source/images/plan.svg");
        folder.write("source/_posts/b.md", seed::post("title: B\ndate: 2026-01-01 00:00:00", "No picture."));
        assert_eq!(import(&db, &folder, &[]).await.lines, []);
    }

    async fn a_lost_copy_is_made_again(db: TestDb) {
        let folder = site();
        import(&db, &folder, &NOWHERE).await;
        fs::remove_dir_all(app::media(db.url())).unwrap();
        import(&db, &folder, &NOWHERE).await;
        let app = TestApp::start(db, &NOWHERE);
        assert_eq!(app.get(path(&images(&app)[0]["url"]), &[]).status, 200);
    }

    async fn bombs_are_refused_and_the_posts_are_in(db: TestDb) {
        let folder = site();
        folder.write("source/images/photo.jpg", bmp(30_000, 30_000, 10));
        let imported = import(&db, &folder, &[]).await;
        assert_eq!(imported.outcome.created, 1);
        assert!(imported.lines.iter().any(|line| line.message.contains("30000 × 30000 pixels")), "{:#?}", imported.lines);
        let huge = fs::File::create(folder.path().join("source/images/photo.jpg")).unwrap();
        huge.set_len(1 << 40).unwrap();
        let imported = import(&db, &folder, &[]).await;
        assert!(imported.lines.iter().any(|line| line.message.contains("1099511627776 bytes")), "{:#?}", imported.lines);
    }

    #[cfg(unix)]
    async fn a_link_that_leaves_the_folder_is_not_followed(db: TestDb) {
        let (folder, outside) = (site(), Folder::new());
        outside.write("secret.svg", svg(1, 1));
        folder.remove("source/images/plan.svg");
        std::os::unix::fs::symlink(outside.path().join("secret.svg"), folder.path().join("source/images/plan.svg")).unwrap();
        let imported = import(&db, &folder, &NOWHERE).await;
        assert!(imported.lines.iter().any(|line| line.message.contains("leads out of the imported folder")), "{:#?}", imported.lines);
        let app = TestApp::start(db, &NOWHERE);
        assert_eq!((&images(&app)[0]["bytes"], kept(&app)), (&json!(null), 1));
    }

    async fn a_folder_that_moves_takes_its_pictures_along(db: TestDb) {
        let (folder, other) = (site(), site());
        import(&db, &folder, &[]).await;
        other.write("source/images/photo.jpg", bmp(11, 12, 5));
        drop(folder);
        let moved = import(&db, &other, &[]).await;
        assert_eq!(moved.outcome.unchanged, 1);
        assert_eq!(db.number("SELECT count(*) FROM image WHERE width = 11").await, 1);
    }

    async fn a_body_shows_the_copies_where_that_is_asked_for(db: TestDb) {
        let folder = site();
        import(&db, &folder, &[]).await;
        let app = TestApp::start(db, &["--response-cache-bytes=0"]);
        let query = "{ article(by: {slug: \"a\"}) { figures { image { url } } body { original: html proxied: html(images: PROXIED) without: html(images: PROXIED, withoutCover: true) } } }";
        let data = app.query(query, json!({}));
        let body = |form: &str| data["article"]["body"][form].as_str().unwrap().to_owned();
        let copy = |at: usize| data["article"]["figures"][at]["image"]["url"].as_str().unwrap().to_owned();
        assert!(copy(0).starts_with("https://api.example.com/media/"), "{}", copy(0));
        assert!(body("original").contains("src=\"https://tide.example.com/images/plan.svg\""), "{}", body("original"));
        assert!(!body("original").contains("/media/"));
        for at in 0..2 {
            assert!(body("proxied").contains(&format!("src=\"{}\"", copy(at))), "{}", body("proxied"));
        }
        assert!(body("proxied").contains("src=\"https://x.example/y.png\""));
        assert!(!body("without").contains(&copy(0)) && body("without").contains(&copy(1)));
        let answer = app.query("{ article(by: {slug: \"a\"}) { title body { text } } }", json!({}));
        assert_eq!(answer.statements, 1, "by its plan, an article comes with its body");
        // Where nothing is kept and no plan reads the body beside its article.
        let app = app.beside(&["--response-cache-bytes=0", "--shortcuts=false"]);
        let cost = |body: &str| app.query(&format!("{{ article(by: {{slug: \"a\"}}) {{ body {{ {body} }} }} }}"), json!({})).statements;
        assert_eq!(cost("html"), cost("text"), "nobody asked for copies");
        assert_eq!(cost("html(images: PROXIED)"), cost("text") + 1);
    }

    /// So that every picture is shown.
    async fn without_the_sites_address_copies_stand_in_any_case(db: TestDb) {
        let folder = site();
        import(&db, &folder, &NOWHERE).await;
        let app = TestApp::start(db, &NOWHERE);
        let data = app.query("{ article(by: {slug: \"a\"}) { body { html } } }", json!({}));
        let html = data["article"]["body"]["html"].as_str().unwrap();
        assert_eq!(html.matches("/media/").count(), 2, "{html}");
        assert!(html.contains("src=\"https://x.example/y.png\""), "{html}");
    }

    async fn a_copy_is_served_for_ever_and_can_run_nothing(db: TestDb) {
        let folder = site();
        import(&db, &folder, &[]).await;
        let app = TestApp::start(db, &[]);
        for image in &images(&app)[..2] {
            let answer = app.send("HEAD", path(&image["url"]), &[("origin", "https://elsewhere.example")], None);
            assert_eq!((answer.status, answer.text.as_str()), (200, ""));
            assert_eq!(answer.header("content-length"), image["bytes"].to_string());
            assert_eq!(answer.header("content-type"), image["mimeType"].as_str().unwrap());
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
            assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
            assert_eq!(answer.header("access-control-allow-origin"), "*");
            assert_eq!(answer.header("content-disposition"), "");
        }
    }

    async fn clients_ask_for_parts_and_for_what_they_have(db: TestDb) {
        let folder = site();
        import(&db, &folder, &[]).await;
        let app = TestApp::start(db, &[]);
        let image = &images(&app)[0];
        let url = path(&image["url"]);
        let whole = svg(30, 20);
        let tag = app.get(url, &[]).header("etag").to_owned();
        assert!(!tag.is_empty());
        let known = app.get(url, &[("if-none-match", &tag)]);
        assert_eq!((known.status, known.text.as_str(), known.header("cache-control")), (304, "", "public, max-age=31536000, immutable"));
        assert_eq!(app.get(url, &[("if-none-match", "\"other\"")]).status, 200);
        let part = app.get(url, &[("range", "bytes=1-3")]);
        assert_eq!((part.status, part.text.as_str()), (206, "svg"));
        assert_eq!(part.header("content-range"), format!("bytes 1-3/{}", whole.len()));
        let last = app.get(url, &[("range", "bytes=-6"), ("if-range", &tag)]);
        assert_eq!((last.status, last.text.as_str()), (206, "</svg>"));
        let changed = app.get(url, &[("range", "bytes=1-3"), ("if-range", "\"other\"")]);
        assert_eq!((changed.status, changed.text), (200, whole));
        assert_eq!(app.get(url, &[("range", "bytes=9999-")]).status, 416);
    }

    async fn nothing_else_is_served_below_media(db: TestDb) {
        let folder = site();
        import(&db, &folder, &[]).await;
        let app = TestApp::start(db, &[]);
        let images = images(&app);
        let url = path(&images[0]["url"]);
        fs::write(media(&app).join("notes.svg"), svg(1, 1)).unwrap();
        fs::write(media(&app).join("../secret.svg"), svg(1, 1)).unwrap();
        let (shelf, _) = url.rsplit_once('/').unwrap();
        for wrong in [
            "/media", "/media/", "/media/notes.svg", shelf, &format!("{shelf}/"), "/media/../secret.svg", "/media/%2e%2e/secret.svg",
            "/media/..%2fsecret.svg", "/media/%2fetc%2fpasswd", "/media//etc/passwd", "/media/%00", "/media/%ff", &format!("{url}/"), &format!("{url}%00"),
            &format!("{shelf}/..{}", &url["/media".len()..]), &url.replace(".svg", ".html"), &url.replace(".svg", ".png"), &url.to_uppercase(),
        ] {
            let answer = app.get(wrong, &[]);
            assert_eq!((answer.status, answer.text.as_str()), (404, ""), "{wrong}");
        }
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let answer = app.send(method, url, &[], Some(b"x"));
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method}");
        }
        #[cfg(unix)]
        {
            let file = media(&app).join(url.trim_start_matches("/media/"));
            fs::remove_file(&file).unwrap();
            std::os::unix::fs::symlink(media(&app).join("../secret.svg"), &file).unwrap();
            assert_eq!(app.get(url, &[]).status, 404, "a link is not followed");
        }
    }

    /// The third of "What must be seen" of the importers' issue.
    async fn every_picture_of_the_sample_is_shown_by_its_url(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Sample).await;
        let query = "query($after: String) { images(first: 1000, after: $after) { totalCount nodes { url originalUrl width height mimeType bytes } } }";
        let data = app.preview(query, json!({}));
        let images = data["images"]["nodes"].as_array().unwrap();
        assert!(images.len() >= 40, "{}", images.len());
        let mut total = 0;
        for image in images {
            let answer = app.get_bytes(path(&image["url"]));
            assert_eq!((answer.status, answer.header("content-type")), (200, image["mimeType"].as_str().unwrap()), "{image}");
            assert_eq!(json!(answer.bytes.len()), image["bytes"], "{image}");
            assert!(image["width"].is_i64() && image["height"].is_i64(), "{image}");
            total += answer.bytes.len();
        }
        assert!(total < 1_500_000, "{total} bytes are a lot for a binary to carry");
        let told = app.db.number("SELECT count(*) FROM image").await;
        assert_eq!(told, i64::try_from(images.len()).unwrap(), "the draft's too");
        let bodies = app.preview("{ articles(first: 100) { nodes { body { html(images: PROXIED) } } } }", json!({}));
        for node in bodies["articles"]["nodes"].as_array().unwrap() {
            let html = node["body"]["html"].as_str().unwrap();
            assert_eq!(html.matches("<img ").count(), html.matches("src=\"https://api.example.com/media/").count(), "{html}");
        }
    }
}

/// What is stored of images.
async fn image_rows(db: &TestDb) -> Vec<(i64, String, Option<String>, Option<String>)> {
    db.rows("SELECT id, original_url, media, source_stamp FROM image ORDER BY id").await
}

/// `masthead serve` and `masthead import` keep copies beside the database.
#[test]
fn the_program_keeps_copies_beside_its_database() {
    let (folder, place) = (site(), Folder::new());
    let posts = folder.path();
    let ended = tests::program::run(
        &place.path(),
        &["import", posts.as_str(), "--database-url", "sqlite://content.db?mode=rwc"],
    );
    assert_eq!(ended.status, Some(0), "{}", ended.errors);
    let shelves = place.path().join("media").read_dir_utf8().unwrap().count();
    assert!((1..=2).contains(&shelves));
    let elsewhere = place.path().join("other");
    let arguments =
        ["import", posts.as_str(), "--database-url", "sqlite://second.db?mode=rwc", "--media", elsewhere.as_str()];
    assert_eq!(tests::program::run(&place.path(), &arguments).status, Some(0));
    assert!(Utf8Path::new(&elsewhere).is_dir());
}
