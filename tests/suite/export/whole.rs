//! Whole sites on their way out and in again: with their configuration, pictures, links, translations and earlier paths.

use super::{Exported, another, assert_same, content, export_of, files};
use api::{app::App, export::Form};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::collections::BTreeMap;
use tests::{
    app::{self, NOW, TestClock},
    db::TestDb,
    seed::{self, Folder, Imported, post},
};

/// What `tests/content` has of each tool.
const SITES: [&str; 4] = ["site", "hexo", "jekyll", "hugo"];

/// An app to which no setting tells anything of the site.
async fn open(db: &TestDb) -> App {
    let none = ["--site-url=", "--site-title=", "--site-description=", "--site-timezone=", "--site-locale="];
    app::open(db, &TestClock::at(NOW), &none).await
}

async fn import(db: &TestDb, path: &Utf8Path) -> Imported {
    let imported = seed::import(&open(db).await, path).await;
    assert_eq!(imported.refusals(), [""; 0]);
    imported
}

async fn export(db: &TestDb, form: Option<Form>) -> Exported {
    export_of(&open(db).await, form).await
}

fn site(name: &str) -> Utf8PathBuf {
    seed::content().join(name)
}

/// The files of a site that an import looks at.
fn imported_files(folder: &Utf8Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(folder);
    // No post, and not shown by one.
    files.remove("index.html");
    files
}

/// Without what one tool alone can say: the body in its own words and, in Hugo, a path that ends neither in a slash nor in the
/// ending of a file.
fn comparable(mut content: Value, form: Form) -> Value {
    for article in content.as_object_mut().unwrap().values_mut() {
        if let Some(Value::String(path)) = article.get_mut("path").filter(|_| form == Form::Hugo) {
            path.truncate(path.trim_end_matches('/').len());
        }
        if let Some(body) = article.get_mut("body").and_then(Value::as_object_mut) {
            body.remove("markdown");
        }
    }
    content
}

/// Exports, imports that elsewhere, and exports it there: the same bytes again, and the same content.
async fn comes_back(db: TestDb, form: Form) -> Exported {
    let other = another(&db).await;
    let exported = export(&db, Some(form)).await;
    import(&other, &exported.path()).await;
    let again = export(&other, Some(form)).await;
    assert_eq!(texts(&again), texts(&exported));
    let (before, after) = (comparable(content(db).await, form), comparable(content(other).await, form));
    assert_same(&before, &after, &exported);
    exported
}

fn texts(exported: &Exported) -> BTreeMap<String, String> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    files(&exported.path()).into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

tests::on_both_databases! {
    async fn whole_sites_go_out_byte_for_byte_and_come_back(db: TestDb) {
        let mut db = db;
        for name in SITES.into_iter().skip(1) {
            import(&db, &site(name)).await;
            let next = another(&db).await;
            let exported = export(&db, None).await;
            assert_eq!(exported.lines, [""; 0], "{name}");
            assert_eq!(exported.outcome.kept, exported.outcome.exported, "{name}");
            assert_eq!(files(&exported.path()), imported_files(&site(name)), "{name}");
            let form = [Form::Hexo, Form::Jekyll, Form::Hugo].into_iter().find(|form| form.name() == name);
            comes_back(std::mem::replace(&mut db, next), form.unwrap()).await;
        }
    }

    async fn files_come_back_without_the_configuration_that_they_came_with(db: TestDb) {
        let mut db = db;
        for (name, form) in [("hexo", Form::Hexo), ("jekyll", Form::Jekyll), ("hugo", Form::Hugo)] {
            import(&db, &site(name)).await;
            db.execute("DELETE FROM site_file").await;
            let next = another(&db).await;
            let exported = comes_back(std::mem::replace(&mut db, next), form).await;
            // Jekyll's configuration told who wrote its posts, and Hugo's which languages there are.
            assert_eq!(exported.outcome.kept > 0, form == Form::Hexo, "{name}: {:#?}", exported.lines);
        }
    }

    async fn every_site_comes_back_from_the_form_of_every_tool(db: TestDb) {
        let mut db = db;
        for form in [Form::Hexo, Form::Jekyll, Form::Hugo] {
            for name in SITES {
                import(&db, &site(name)).await;
                db.execute("DELETE FROM source_file").await;
                db.execute("DELETE FROM site_file").await;
                let next = another(&db).await;
                let exported = comes_back(std::mem::replace(&mut db, next), form).await;
                let expected = ["the body is written as HTML", "quay-small.webp", "旧闻.md: warning: an import of this file changes the path"];
                let is_expected = |line: &&String| expected.iter().any(|part| line.contains(part));
                let wrong: Vec<_> = exported.lines.iter().filter(|line| !is_expected(line)).collect();
                assert_eq!(wrong, [""; 0], "{name} as {}", form.name());
            }
        }
    }

    async fn the_sample_comes_back_with_its_pictures(db: TestDb) {
        seed::plant_as_shipped(&db).await;
        let exported = export(&db, None).await;
        assert_eq!(exported.lines, [""; 0]);
        assert_eq!(exported.outcome.kept, exported.outcome.exported);
        let sample = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/sample/source/images");
        let pictures = files(&exported.path().join("source/images"));
        let mut all = files(&sample);
        // The second of a post's `photos`, which is no image of an article.
        assert!(all.remove("2026/03/pencil-stub.svg").is_some());
        assert!(pictures == all, "{:#?}", pictures.keys());
        assert!(exported.path().join("_config.yml").is_file());
        comes_back(db, Form::Hexo).await;
    }

    async fn the_sample_comes_back_from_other_forms(db: TestDb) {
        let mut db = db;
        for (form, folder) in [(Form::Jekyll, "images"), (Form::Hugo, "static/images")] {
            seed::plant_as_shipped(&db).await;
            let next = another(&db).await;
            let exported = comes_back(std::mem::replace(&mut db, next), form).await;
            assert_eq!(files(&exported.path().join(folder)).len(), 47);
        }
    }

    async fn links_between_posts_are_followed(db: TestDb) {
        let mut db = db;
        let sites = [
            (Form::Hexo, "_config.yml", "source/_posts/", "{% post_link two %}"),
            (Form::Jekyll, "_config.yml", "_posts/2026-01-01-", "[two]({% post_url 2026-01-01-two %})"),
            (Form::Hugo, "hugo.toml", "content/posts/", "[two]({{< ref \"two.md\" >}})"),
        ];
        for (form, configuration, stem, link) in sites {
            let folder = Folder::new();
            folder.write(configuration, if form == Form::Hugo { "title = 'x'" } else { "title: x" });
            folder.write(&format!("{stem}one.md"), post("title: One\ndate: 2026-01-01 00:00:00Z", link));
            folder.write(&format!("{stem}two.md"), post("title: Two\ndate: 2026-01-01 00:00:01Z", "Words."));
            import(&db, &folder.path()).await;
            let next = another(&db).await;
            let exported = export(&db, None).await;
            assert_eq!(exported.lines, [""; 0]);
            assert_eq!(exported.outcome.kept, 2);
            assert_eq!(files(&exported.path()), files(&folder.path()));
            db.execute("DELETE FROM source_file").await;
            let made = comes_back(std::mem::replace(&mut db, next), form).await;
            assert_eq!(made.lines, [""; 0]);
            assert!(made.text(&format!("{stem}one.md")).contains(link), "{}", made.text(&format!("{stem}one.md")));
        }
    }

    async fn pictures_of_a_loose_folder_go_where_posts_show_them(db: TestDb) {
        let folder = Folder::new();
        let drawing = |width: u32| format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='9'/>");
        folder.write("notes/tide.md", post("title: Tide\ndate: 2026-01-01\ncover: /big.svg", "![tide](tide.svg)\n\n![gone](gone.svg)"));
        folder.write("notes/tide.svg", drawing(7));
        folder.write("big.svg", drawing(70));
        import(&db, &folder.path()).await;
        let exported = export(&db, None).await;
        assert_eq!(exported.text("source/big.svg"), drawing(70));
        assert_eq!(exported.text("source/notes/tide.svg"), drawing(7));
        assert_eq!(exported.lines.len(), 3, "{:#?}", exported.lines);
        assert!(exported.lines[2].contains("there is no copy of it: put the picture here"), "{:#?}", exported.lines);
        comes_back(db, Form::Hexo).await;
    }

    async fn a_copy_that_is_gone_is_told(db: TestDb) {
        let folder = Folder::new();
        folder.write("source/_posts/tide.md", post("title: Tide\ndate: 2026-01-01", "![tide](/tide.svg)"));
        folder.write("source/tide.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='7' height='9'/>");
        import(&db, &folder.path()).await;
        std::fs::remove_dir_all(app::media(db.url())).unwrap();
        let exported = export(&db, None).await;
        assert_eq!(exported.lines.len(), 1);
        let start = "/source/tide.svg: warning: this picture can not be written from its copy (";
        assert!(exported.lines[0].starts_with(start), "{:#?}", exported.lines);
        assert!(!exported.path().join("source/tide.svg").exists());
    }

    async fn a_path_that_no_file_tells_of_is_told(db: TestDb) {
        let folder = Folder::new();
        let write = |path: &str| {
            let keys = format!("title: Tide\ndate: 2026-01-01\npermalink: {path}");
            folder.write("source/_posts/tide.md", post(&keys, "x"));
        };
        write("/first?/");
        import(&db, &folder.path()).await;
        write("/second/");
        import(&db, &folder.path()).await;
        let exported = export(&db, None).await;
        assert_eq!(
            exported.lines,
            ["/source/_posts/tide.md: warning: the article once stood at `/first?/`, which its file does not say: add `alias`"]
        );
        db.execute("DELETE FROM source_file").await;
        let made = comes_back(db, Form::Hexo).await;
        assert_eq!(made.lines, [""; 0]);
        assert!(made.text("source/_posts/tide.md").contains("\nalias: [/first%3F/]\n"), "{}", made.text("source/_posts/tide.md"));
    }

    async fn names_of_categories_and_tags_keep_their_slugs(db: TestDb) {
        let mut db = db;
        for form in [Form::Hexo, Form::Jekyll, Form::Hugo] {
            let folder = Folder::new();
            folder.write("_config.yml", "title: x\ntheme: y\nfilename_case: 1\ncategory_dir: topics\ntag_map: { Wind: fresh-air }\ntimezone: UTC");
            folder.write("source/_posts/a.md", post("title: A\ndate: 2026-01-01\ntags: [C++, C, Wind, Été]\ncategories: [Places, Quay Wall]", "x"));
            import(&db, &folder.path()).await;
            db.execute("DELETE FROM source_file").await;
            db.execute("DELETE FROM site_file").await;
            let next = another(&db).await;
            let exported = comes_back(std::mem::replace(&mut db, next), form).await;
            assert_eq!(exported.lines, [""; 0]);
        }
    }
}
