//! What must not be lost, mixed up or shown to everyone, however folders are arranged and changed.

use super::import;
use api::{
    app::App,
    import::{self as importer, Options, source::Source},
};
use camino::Utf8Path;
use std::{fs, os::unix::fs::symlink, sync::atomic::AtomicBool};
use tests::{
    app::{self, NOW, TestClock},
    db::TestDb,
    seed::{self, Folder, post},
};

const SITE: &str = "title: Tides\ntimezone: UTC\nurl: http://example.com\npermalink: :year/:month/:day/:title/\n";

/// A drawing of this width.
fn svg(width: u32) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"1\"></svg>")
}

/// A Hexo site with these posts.
fn site(posts: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.write("_config.yml", SITE);
    for (name, body) in posts {
        let front_matter = format!("title: {name}\ndate: 2026-01-01 00:00:00");
        folder.write(&format!("source/_posts/{name}.md"), post(&front_matter, body));
    }
    folder
}

/// A Hugo site with these files below `content`.
fn hugo(settings: &str, files: &[(&str, &str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.write("hugo.toml", format!("baseURL = \"https://tide.example/\"\ntimeZone = \"UTC\"\n{settings}"));
    for (path, front_matter, body) in files {
        folder.write(&format!("content/{path}"), post(front_matter, body));
    }
    folder
}

async fn prune(db: &TestDb, place: &Utf8Path) {
    let app: App = app::open(db, &TestClock::at(NOW), &[]).await;
    let roots = importer::roots(&app).await.unwrap();
    let sources = Source::open(place, &roots, None, &importer::rules(&app, None)).unwrap();
    let options = Options { prunes: true, ..Options::default() };
    importer::run(&app, &sources, options, &AtomicBool::new(false), &mut |_| {}).await.unwrap();
}

async fn articles(db: &TestDb) -> i64 {
    db.number("SELECT count(*) FROM article").await
}

/// The body of the article whose file ends so.
async fn html(db: &TestDb, file: &str) -> String {
    let rows: Vec<(String, String)> =
        db.rows("SELECT article.source_path, body.html FROM body JOIN article ON article.id = body.article_id").await;
    rows.into_iter().find(|(path, _)| path.ends_with(file)).map(|(_, html)| html).unwrap()
}

tests::on_both_databases! {
    async fn posts_behind_a_link_are_not_pruned(db: TestDb) {
        let folder = site(&[("new", "n"), ("old/a", "a"), ("old/b", "b")]);
        import(&db, &folder).await;
        let elsewhere = Folder::new();
        let old = folder.path().join("source/_posts/old");
        fs::rename(&old, elsewhere.path().join("old")).unwrap();
        symlink(elsewhere.path().join("old"), &old).unwrap();
        prune(&db, &folder.path()).await;
        assert_eq!(articles(&db).await, 3, "what can not be looked at is not gone");
    }

    async fn nothing_is_pruned_by_a_configuration_that_can_not_be_read(db: TestDb) {
        let folder = hugo("contentDir = \"inhalt\"\n", &[("other.md", "title: Other\ndate: 2026-01-01", "o")]);
        folder.write("inhalt/a.md", post("title: A\ndate: 2026-01-01", "a"));
        import(&db, &folder).await;
        folder.write("hugo.toml", "contentDir = = \"inhalt\"\n");
        prune(&db, &folder.path()).await;
        let kept = db.number("SELECT count(*) FROM article WHERE source_path = 'inhalt/a.md'").await;
        assert_eq!(kept, 1);
    }

    async fn an_article_of_a_site_outlives_its_twin_in_another(db: TestDb) {
        let (one, two) = (site(&[("hello", "h"), ("one", "1")]), site(&[("hello", "h"), ("two", "2")]));
        import(&db, &one).await;
        import(&db, &two).await;
        two.remove("source/_posts/hello.md");
        prune(&db, &two.path()).await;
        assert_eq!(db.number("SELECT count(*) FROM article WHERE slug = 'hello'").await, 1, "its file is still there");
    }

    async fn a_folder_within_one_that_was_imported_brings_no_second_copy(db: TestDb) {
        let folder = Folder::new();
        folder.write("2026/a.md", post("title: A\ndate: 2026-01-01", "a"));
        folder.write("2027/b.md", post("title: B\ndate: 2026-01-01", "b"));
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        seed::import(&app, &folder.path().join("2026")).await;
        seed::import(&app, &folder.path()).await;
        assert_eq!(articles(&db).await, 2);
    }

    async fn a_folder_that_moved_and_got_another_permalink_pattern_brings_the_same_articles(db: TestDb) {
        let folder = site(&[("a", "a"), ("b", "b")]);
        import(&db, &folder).await;
        let moved = Folder::new();
        fs::rename(folder.path().join("source"), moved.path().join("source")).unwrap();
        fs::remove_file(folder.path().join("_config.yml")).unwrap();
        moved.write("_config.yml", SITE.replace(":year/:month/:day/", "posts/"));
        import(&db, &moved).await;
        assert_eq!(articles(&db).await, 2);
        assert_eq!(db.number("SELECT count(*) FROM earlier_path").await, 2);
    }

    async fn a_link_to_a_post_follows_it(db: TestDb) {
        let folder = site(&[("a", "See {% post_link b %}.")]);
        import(&db, &folder).await;
        folder.write("source/_posts/b.md", post("title: B\ndate: 2026-01-01 00:00:00", "b"));
        import(&db, &folder).await;
        let found = html(&db, "a.md").await;
        assert!(found.contains("href=\"http://example.com/2026/01/01/b/\""), "{found}");
        folder.write("source/_posts/b.md", post("title: B\ndate: 2026-01-01 00:00:00\npermalink: /new/", "b"));
        import(&db, &folder).await;
        let moved = html(&db, "a.md").await;
        assert!(moved.contains("href=\"http://example.com/new/\""), "{moved}");
    }

    async fn a_picture_that_comes_later_is_found_wherever_the_first_import_would_have_found_it(db: TestDb) {
        let folder = site(&[("a", "![](images/late.svg)")]);
        import(&db, &folder).await;
        folder.write("source/images/late.svg", svg(3));
        import(&db, &folder).await;
        assert_eq!(db.number("SELECT count(*) FROM image WHERE media IS NOT NULL").await, 1);
    }
}
