//! From answers to files, and back.

mod made_up;
mod program;
mod whole;

use api::{
    app::App,
    export::{self, Form, Outcome},
    import::report::Event,
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fs};
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder, Imported, post},
};

/// What is told of a picture that the site in `tests/content` shows and does not have.
const MISSING: &str = "/source/images/quay-small.webp: warning: articles show this picture, but there is no copy of it: put the picture here";

/// An export into a folder that is not there yet, and what it told.
struct Exported {
    outcome: Outcome,
    lines: Vec<String>,
    place: Folder,
}

impl Exported {
    fn path(&self) -> Utf8PathBuf {
        self.place.path().join("out")
    }

    /// What a file of it holds.
    fn text(&self, path: &str) -> String {
        let place = self.path().join(path);
        fs::read_to_string(&place)
            .unwrap_or_else(|error| panic!("{place}: {error}; there are {:#?}", files(&self.path())))
    }
}

async fn open(db: &TestDb) -> App {
    app::open(db, &TestClock::at(NOW), &[]).await
}

async fn export(db: &TestDb, form: Option<Form>) -> Exported {
    export_of(&open(db).await, form).await
}

async fn export_of(app: &App, form: Option<Form>) -> Exported {
    let place = Folder::new();
    let folder = place.path().join("out");
    let mut lines = Vec::new();
    let mut tell = |event: Event| {
        if let Event::Line(line) = event {
            lines.push(line.to_string().replace(folder.as_str(), ""));
        }
    };
    let outcome = export::run(app, &folder, form, &mut tell).await.unwrap();
    Exported { outcome, lines, place }
}

/// Imports what was exported.
async fn import_again(db: &TestDb, exported: &Exported) -> Imported {
    seed::import(&open(db).await, &exported.path()).await
}

/// The files below a folder, each with its bytes.
fn files(folder: &Utf8Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in at.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

const ARTICLE: &str = "query($slug: String!) { article(by: {slug: $slug}) {
    slug path title excerpt(length: 1000) locale status publishedAt updatedAt commentsEnabled sourceUrl extra
    body { html markdown text headings { level text anchor } wordCount readingMinutes }
    cover { ...Picture } thumbnail { ...Picture } figures { ...Picture }
    authors { slug path name bio website avatar { originalUrl url } } categories { slug path names } tags { slug path name }
    translations { slug }
} }
fragment Picture on Figure { position alt caption credit image { originalUrl url width height mimeType bytes } }";

const REST: &str = "{
    categories(first: 1000) { nodes { slug path names articleCount } }
    authors(first: 1000) { nodes { slug path name bio website avatar { originalUrl } articleCount } }
    tags(first: 1000) { nodes { slug path name articleCount } }
    articles(first: 1000) { nodes { slug } }
}";

/// Everything that the API says of what a database holds, but for ids and for what depends on when it was stored.
async fn content(db: TestDb) -> Value {
    let slugs: Vec<(String,)> = db.rows("SELECT slug FROM article ORDER BY slug").await;
    let earlier: Vec<(String, String)> = db
        .rows("SELECT e.path, a.slug FROM earlier_path e INNER JOIN article a ON a.id = e.article_id ORDER BY e.path")
        .await;
    let keys: Vec<(String, String)> =
        db.rows("SELECT slug, translation_key FROM article WHERE translation_key IS NOT NULL").await;
    let app = TestApp::start(db, &[]);
    let mut all = Map::new();
    // Hugo ends them in a slash.
    let earlier = earlier.into_iter().map(|(path, slug)| (path.trim_end_matches('/').to_owned(), Value::from(slug)));
    all.insert(" earlier paths".to_owned(), earlier.collect());
    all.insert(" translations".to_owned(), keys.into_iter().map(|(slug, key)| (slug, Value::from(key))).collect());
    for (slug,) in slugs {
        let article = app.preview(ARTICLE, json!({ "slug": slug }))["article"].clone();
        all.insert(slug, article);
    }
    all.insert(" rest".to_owned(), app.preview(REST, json!({})).value);
    Value::Object(all)
}

/// What is the same after a way out and in again, said so that a difference can be read.
fn assert_same(before: &Value, after: &Value, exported: &Exported) {
    let (before, after) = (before.as_object().unwrap(), after.as_object().unwrap());
    for (key, value) in before {
        let other = after.get(key).unwrap_or(&Value::Null);
        if value == other {
            continue;
        }
        for (field, value) in value.as_object().unwrap() {
            assert_eq!(Some(value), other.get(field), "{key}, {field}\n{:#?}", exported.lines);
        }
    }
    assert_eq!(before.len(), after.len());
}

/// Another database of the same kind.
async fn another(db: &TestDb) -> TestDb {
    if db.is_postgres() { TestDb::postgres().await.unwrap() } else { TestDb::sqlite().await }
}

tests::on_both_databases! {
    async fn what_came_in_goes_out_as_it_came_in(db: TestDb) {
        let site = seed::content().join("site");
        seed::import(&open(&db).await, &site).await;
        let exported = export(&db, None).await;
        assert_eq!(exported.lines, [MISSING]);
        assert_eq!(exported.outcome, Outcome { exported: 13, kept: 13, is_stopped: false });
        let mut out = files(&exported.path());
        assert!(out.remove("_config.yml").is_some() && out.remove("package.json").is_some());
        assert_eq!(out, files(&site));
    }

    async fn a_site_is_the_same_after_a_way_out_and_in_again(db: TestDb) {
        let other = another(&db).await;
        seed::import(&open(&db).await, &seed::content().join("site")).await;
        let exported = export(&db, None).await;
        let again = import_again(&other, &exported).await;
        assert_eq!(again.summary(), "13 created, 0 updated, 0 unchanged, 0 missing, 0 refused");
        let (before, after) = (content(db).await, content(other).await);
        assert_same(&before, &after, &exported);
    }

    async fn articles_without_their_files_are_written_anew_and_are_the_same(db: TestDb) {
        let other = another(&db).await;
        seed::import(&open(&db).await, &seed::content().join("site")).await;
        db.execute("DELETE FROM source_file").await;
        let exported = export(&db, None).await;
        assert_eq!(exported.lines, [MISSING]);
        assert_eq!(exported.outcome, Outcome { exported: 13, kept: 0, is_stopped: false });
        assert_eq!(import_again(&other, &exported).await.outcome.created, 13);
        let (before, after) = (content(db).await, content(other).await);
        assert_same(&before, &after, &exported);
    }

    async fn a_file_without_a_date_keeps_the_one_that_it_was_given(db: TestDb) {
        let other = another(&db).await;
        let folder = Folder::new();
        folder.write("source/_posts/undated.md", post("title: Undated", "x"));
        seed::import(&open(&db).await, &folder.path()).await;
        let exported = export(&db, None).await;
        assert_eq!(exported.outcome.kept, 1);
        import_again(&other, &exported).await;
        let date = "SELECT published_at FROM article";
        assert_eq!(other.number(date).await, db.number(date).await);
    }

    async fn a_file_that_no_longer_says_what_the_article_is_is_written_anew_in_its_place(db: TestDb) {
        let folder = Folder::new();
        for name in ["a", "b"] {
            folder.write(&format!("source/_posts/{name}.md"), post(&format!("title: {name}\nslug: same\ndate: 2026-01-01\npermalink: /{name}/\nodd: [1, {{x: true}}]"), "Words."));
        }
        seed::import(&open(&db).await, &folder.path()).await;
        let exported = export(&db, None).await;
        assert_eq!(exported.outcome.kept, 1);
        assert_eq!(exported.lines, ["/source/_posts/b.md: warning: written anew: as it came in, it would not say the slug of the article any more"]);
        assert_eq!(
            exported.text("source/_posts/b.md"),
            "---\ntitle: b\ndate: 2026-01-01 00:00:00\nslug: same-2\npermalink: /b/\nodd:\n  - 1\n  - x: true\n---\n\nWords.\n"
        );
    }

    async fn files_of_a_loose_folder_go_where_the_tool_finds_them(db: TestDb) {
        let other = another(&db).await;
        let folder = Folder::new();
        folder.write("notes/tide.md", post("title: Tide\ndate: 2026-01-01", "x"));
        folder.write("Tide.md", post("title: Tide again\ndate: 2026-01-02", "x"));
        seed::import(&open(&db).await, &folder.path()).await;
        let exported = export(&db, None).await;
        assert_eq!(exported.outcome.kept, 2, "{:?}", exported.lines);
        assert_eq!(files(&exported.path()).keys().collect::<Vec<_>>(), ["_config.yml", "package.json", "source/_posts/Tide.md", "source/_posts/notes/tide.md"]);
        import_again(&other, &exported).await;
        let (before, after) = (content(db).await, content(other).await);
        assert_same(&before, &after, &exported);
    }

    async fn a_post_is_written_as_a_person_would(db: TestDb) {
        seed::import(&open(&db).await, &seed::content().join("site")).await;
        db.execute("DELETE FROM source_file").await;
        let exported = export(&db, None).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("exported_post", exported.text("source/_posts/a-walk-around-the-harbour.md"));
            insta::assert_snapshot!("exported_configuration", exported.text("_config.yml"));
        });
    }
}
