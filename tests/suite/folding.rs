//! Folded texts are what their texts are folded to, whatever wrote them.

use api::fold;
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder, Seed, post},
};

/// Table, text, folded text.
const COLUMNS: [(&str, &str, &str); 14] = [
    ("article", "slug", "slug_folded"),
    ("article", "path", "path_folded"),
    ("article", "title", "title_folded"),
    ("article", "locale", "locale_folded"),
    ("article", "source_url", "source_url_folded"),
    ("author", "slug", "slug_folded"),
    ("author", "name", "name_folded"),
    ("category", "slug", "slug_folded"),
    ("category", "name", "name_folded"),
    ("category", "path", "path_folded"),
    ("tag", "slug", "slug_folded"),
    ("tag", "name", "name_folded"),
    ("image", "original_url", "original_url_folded"),
    ("image", "mime_type", "mime_type_folded"),
];

async fn assert_folded(db: &TestDb) {
    for (table, text, folded) in COLUMNS {
        let rows: Vec<(Option<String>, Option<String>)> =
            db.rows(&format!("SELECT {text}, {folded} FROM {table}")).await;
        for (text, folded) in rows {
            assert_eq!(folded, text.as_deref().map(fold::loose), "{table}: {text:?}");
        }
    }
    let titles: Vec<(String, String, String)> = db.rows("SELECT title, title_sort, title_pinyin FROM article").await;
    for (title, sort, pinyin) in titles {
        assert_eq!(sort, fold::title_sort(&fold::loose(&title)));
        assert_eq!(pinyin, fold::pinyin(&title), "{title}");
    }
}

tests::on_both_databases! {
    async fn what_is_imported_is_folded(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        assert_folded(&db).await;
        let titles = db.number("SELECT count(*) FROM article WHERE title_folded <> title").await;
        assert!(titles > 0, "some are written otherwise than they are folded");
    }

    /// A path that goes from one article to another.
    async fn what_moves_is_folded(db: TestDb) {
        let folder = Folder::new();
        let of = |path: &str| post(&format!("title: Ａ Ｗalk\ndate: 2022-05-20 01:23:45\npermalink: {path}"), "Text.");
        folder.write("source/_posts/one.md", of("Walks/臺灣/"));
        folder.write("_config.yml", "title: Walks\n");
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        seed::import(&app, &folder.path()).await;
        folder.remove("source/_posts/one.md");
        folder.write("source/_posts/two.md", of("Walks/臺灣/"));
        seed::import(&app, &folder.path()).await;
        folder.write("source/_posts/two.md", of("Walks/香港/"));
        seed::import(&app, &folder.path()).await;
        assert_folded(&db).await;
    }

    /// As after an update that brings other rules, or the first that folds at all.
    async fn what_was_folded_by_other_rules_is_folded_anew(db: TestDb) {
        seed::plant(&db, Seed::Sample).await;
        for (table, _, folded) in COLUMNS {
            db.execute(&format!("UPDATE {table} SET {folded} = 'other'")).await;
        }
        db.execute("UPDATE article SET title_sort = '', title_pinyin = ''").await;
        db.execute("UPDATE folding SET version = 0").await;
        let before = db.number("SELECT generation FROM content_generation").await;
        let app = TestApp::start(db, &[]);
        assert_folded(&app.db).await;
        assert_eq!(app.db.number("SELECT generation FROM content_generation").await, before + 1);
        let counted = app.db.number("SELECT ready FROM article_count WHERE list = 'site'").await;
        assert_eq!(counted, app.db.number("SELECT count(*) FROM article WHERE NOT is_draft").await);
    }
}
