//! Importing again: what has changed, moved, clashed and gone.

use super::{generation, import, named};
use serde_json::{Value, json};
use std::fs;
use tests::{
    app::{self, NOW, TestApp, TestClock, strings},
    db::TestDb,
    seed::{self, Folder, post},
};

fn three_posts() -> Folder {
    let folder = Folder::new();
    folder.write(
        "source/_posts/one.md",
        post(
            "title: One\ndate: 2026-01-01\ntags: [a, b]\nauthor: Ann",
            "First. ![x](https://images.example.com/x.png) ![y](https://images.example.com/y.png)",
        ),
    );
    folder.write("source/_posts/two.md", post("title: Two\ndate: 2026-01-02\ncategories: [A, B]", "Second."));
    folder.write("source/_posts/three.md", post("title: Three\ndate: 2026-01-03\npermalink: /three/", "Third."));
    folder
}

tests::on_both_databases! {
    async fn importing_twice_changes_nothing(db: TestDb) {
        let site = seed::content().join("site");
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let first = seed::import(&app, &site).await;
        assert_eq!(first.summary(), "13 created, 0 updated, 0 unchanged, 0 missing, 0 refused");
        let (before, dump) = (generation(&db).await, dump(&db).await);
        let second = seed::import(&app, &site).await;
        assert_eq!(second.summary(), "0 created, 0 updated, 13 unchanged, 0 missing, 0 refused");
        assert_eq!(second.lines, []);
        assert_eq!(generation(&db).await, before);
        assert_eq!(self::dump(&db).await, dump);
    }

    async fn an_edited_body_is_a_new_version_of_the_same_article(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        let raised = generation(&db).await;
        let mut app = TestApp::start(db, &[]);
        let query = "{ articles { edges { cursor node { id slug } } } article(by: {slug: \"one\"}) { figures { id position } } }";
        let (before, known) = (named(&app, "one"), app.query(query, json!({})));

        folder.write("source/_posts/one.md", post("title: One\ndate: 2026-01-01\ntags: [a, b]\nauthor: Ann", "Changed. ![x](https://images.example.com/x.png) ![z](https://images.example.com/z.png)"));
        let again = import(&app.db, &folder).await;
        assert_eq!(again.summary(), "0 created, 1 updated, 2 unchanged, 0 missing, 0 refused");
        let after = named(&app, "one");
        assert_eq!((&after["id"], &after["slug"], &after["path"]), (&before["id"], &before["slug"], &before["path"]));
        assert_eq!((&before["version"], &after["version"]), (&json!(1), &json!(2)));
        assert_eq!(after["body"]["text"], "Changed.");
        assert_eq!(app.query(query, json!({})).value, known.value, "ids, cursors and figures stay");
        assert_eq!(generation(&app.db).await, raised + 1);
        app.stop();
    }

    async fn a_changed_permalink_keeps_the_article_and_its_old_path(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let before = named(&app, "three");
        folder.write("source/_posts/three.md", post("title: Three\ndate: 2026-01-03\npermalink: /third/", "Third."));
        assert_eq!(import(&app.db, &folder).await.summary(), "0 created, 1 updated, 2 unchanged, 0 missing, 0 refused");
        let after = named(&app, "three");
        assert_eq!(after["id"], before["id"]);
        assert_eq!(after["path"], "/third/");
        let earlier: Vec<(String, i64)> = app.db.rows("SELECT path, article_id FROM earlier_path").await;
        let id = app.db.number("SELECT id FROM article WHERE slug = 'three'").await;
        assert_eq!(earlier, [("/three/".to_owned(), id)]);

        // Back again: a path that is one today is no earlier one.
        folder.write("source/_posts/three.md", post("title: Three\ndate: 2026-01-03\npermalink: /three/", "Third."));
        import(&app.db, &folder).await;
        let earlier: Vec<(String, i64)> = app.db.rows("SELECT path, article_id FROM earlier_path").await;
        assert_eq!(earlier, [("/third/".to_owned(), id)]);
    }

    async fn two_files_can_exchange_their_permalinks(db: TestDb) {
        let folder = Folder::new();
        let files = |one: &str, two: &str| {
            folder.write("one.md", post(&format!("title: One\ndate: 2026-01-01\npermalink: {one}"), "1"));
            folder.write("two.md", post(&format!("title: Two\ndate: 2026-01-01\npermalink: {two}"), "2"));
        };
        files("/a/", "/b/");
        import(&db, &folder).await;
        files("/b/", "/c/");
        // In one go or in two, but in the end every file is where it says.
        for _ in 0..2 {
            import(&db, &folder).await;
        }
        let paths: Vec<(String, String)> = db.rows("SELECT slug, path FROM article ORDER BY slug").await;
        let pair = |slug: &str, path: &str| (slug.to_owned(), path.to_owned());
        assert_eq!(paths, [pair("one", "/b/"), pair("two", "/c/")]);
    }

    async fn a_removed_file_is_missing_and_its_article_stays(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        folder.remove("source/_posts/two.md");
        assert_eq!(import(&db, &folder).await.summary(), "0 created, 0 updated, 2 unchanged, 1 missing, 0 refused");
        let app = TestApp::start(db, &[]);
        assert_eq!(named(&app, "two")["title"], "Two");
    }

    async fn a_renamed_file_with_a_permalink_is_the_same_article(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let before = named(&app, "three");
        folder.remove("source/_posts/three.md");
        folder.write("source/_posts/drei.md", post("title: Drei\nslug: three\ndate: 2026-01-03\npermalink: /three/", "Third."));
        let again = import(&app.db, &folder).await;
        assert_eq!(again.summary(), "0 created, 1 updated, 2 unchanged, 0 missing, 0 refused");
        let after = named(&app, "three");
        assert_eq!((&after["id"], &after["title"], &after["version"]), (&before["id"], &json!("Drei"), &json!(2)));
    }

    async fn a_folder_that_was_moved_brings_the_same_articles(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        let ids: Vec<(i64, String)> = db.rows("SELECT id, slug FROM article ORDER BY id").await;
        let moved = Folder::new();
        fs::rename(folder.path().join("source"), moved.path().join("source")).unwrap();
        assert_eq!(import(&db, &moved).await.summary(), "0 created, 0 updated, 3 unchanged, 0 missing, 0 refused");
        let after: Vec<(i64, String)> = db.rows("SELECT id, slug FROM article ORDER BY id").await;
        assert_eq!(after, ids);
        moved.remove("source/_posts/one.md");
        assert_eq!(import(&db, &moved).await.summary(), "0 created, 0 updated, 2 unchanged, 1 missing, 0 refused");
    }

    async fn a_slug_that_is_taken_gets_a_number_and_keeps_it(db: TestDb) {
        let folder = Folder::new();
        for place in ["a", "b", "c"] {
            folder.write(&format!("{place}.md"), post(&format!("title: {place}\nslug: same\ndate: 2026-01-01\npermalink: /{place}/"), place));
        }
        let first = import(&db, &folder).await;
        let warned: Vec<String> = first.lines.iter().map(|line| line.message.clone()).collect();
        assert_eq!(warned, ["the slug `same` is taken; this article has `same-2`", "the slug `same` is taken; this article has `same-3`"]);
        let slugs = "SELECT path, slug FROM article ORDER BY path";
        let before: Vec<(String, String)> = db.rows(slugs).await;
        let given: Vec<&str> = before.iter().map(|(_, slug)| slug.as_str()).collect();
        assert_eq!(given, ["same", "same-2", "same-3"]);
        for place in ["a", "b", "c"] {
            folder.write(&format!("{place}.md"), post(&format!("title: {place}\nslug: same\ndate: 2026-01-01\npermalink: /{place}/"), "changed"));
        }
        folder.remove("a.md");
        import(&db, &folder).await;
        let after: Vec<(String, String)> = db.rows(slugs).await;
        assert_eq!(after, before, "also when the first is gone");
    }

    async fn what_an_article_no_longer_has_is_gone_from_it(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        folder.write("source/_posts/one.md", post("title: One\ndate: 2026-01-01\ntags: [b, c]\nauthors: [Bea, Ann]", "No pictures."));
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let one = app.query("{ article(by: {slug: \"one\"}) { tags { name } authors { name } figures { id } } tags { nodes { name } } images { totalCount } }", json!({}));
        assert_eq!(strings(&one["article"]["tags"], "name"), ["b", "c"]);
        assert_eq!(strings(&one["article"]["authors"], "name"), ["Bea", "Ann"]);
        assert_eq!(one["article"]["figures"], json!([]));
        assert_eq!(strings(&one["tags"]["nodes"], "name"), ["b", "c"]);
        assert_eq!(one["images"]["totalCount"], 0);
    }

    async fn an_article_that_becomes_a_draft_disappears_everywhere(db: TestDb) {
        let folder = three_posts();
        import(&db, &folder).await;
        let app = TestApp::start(db, &[]);
        let query = "{ article(by: {slug: \"one\"}) { id } articles { totalCount } tags { totalCount } images { totalCount }
            author(by: {slug: \"ann\"}) { articleCount articles { totalCount nodes { slug } } } }";
        folder.write("source/_posts/one.md", post("title: One\ndate: 2026-01-01\ntags: [a, b]\nauthor: Ann\npublished: false", "First. ![x](https://images.example.com/x.png)"));
        import(&app.db, &folder).await;
        let data = app.query(query, json!({}));
        assert_eq!(data.value, json!({
            "article": Value::Null, "articles": { "totalCount": 2 }, "tags": { "totalCount": 0 }, "images": { "totalCount": 0 },
            "author": { "articleCount": 0, "articles": { "totalCount": 0, "nodes": [] } },
        }));
    }

    /// The last statement of a batch fails: nothing of it may be left.
    async fn a_batch_that_fails_leaves_nothing_behind(db: TestDb) {
        fail_on(&db, "content_generation", "UPDATE", "true").await;
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let failed = seed::try_import(&app, &seed::content().join("site")).await;
        assert!(failed.is_err());
        for table in ["article", "body", "figure", "image", "author", "category", "category_closure", "tag", "article_tag", "earlier_path"] {
            assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
        // Nothing stays locked either.
        db.execute("DROP TRIGGER no_more ON content_generation".strip_suffix(if db.is_postgres() { "" } else { " ON content_generation" }).unwrap()).await;
        assert_eq!(seed::import(&app, &seed::content().join("site")).await.outcome.created, 13);
    }

    async fn batches_before_one_that_fails_stay(db: TestDb) {
        let folder = Folder::new();
        for number in 0..=500 {
            folder.write(&format!("{number:03}.md"), post(&format!("title: Post {number}\ndate: 2026-01-01\npermalink: /{number}/"), "x"));
        }
        fail_on(&db, "article", "INSERT", "NEW.path = '/500/'").await;
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        assert!(seed::try_import(&app, &folder.path()).await.is_err());
        assert_eq!(db.number("SELECT count(*) FROM article").await, 500);
        db.execute(if db.is_postgres() { "DROP TRIGGER no_more ON article" } else { "DROP TRIGGER no_more" }).await;
        assert_eq!(seed::import(&app, &folder.path()).await.summary(), "1 created, 0 updated, 500 unchanged, 0 missing, 0 refused");
    }
}

/// Makes a statement on a table fail.
async fn fail_on(db: &TestDb, table: &str, event: &str, when: &str) {
    if db.is_postgres() {
        db.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no more'; END $$",
        )
        .await;
        db.execute(&format!(
            "CREATE TRIGGER no_more BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse()"
        ))
        .await;
    } else {
        db.execute(&format!(
            "CREATE TRIGGER no_more BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'no more'); END"
        ))
        .await;
    }
}

/// Every article as the tables have it.
async fn dump(db: &TestDb) -> Vec<(i64, String, String, i32, i64, i64, String)> {
    db.rows("SELECT a.id, a.slug, a.path, a.version, a.updated_at, a.created_at, b.html FROM article a JOIN body b ON b.article_id = a.id ORDER BY a.id")
        .await
}
