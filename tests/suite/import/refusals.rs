//! Files that can not be read: each is told with its line, and the others are in.

use super::{import, named};
use serde_json::Value;
use tests::{
    app::TestApp,
    db::TestDb,
    seed::{Folder, post},
};

/// A file, the line at which it is refused, and words of the reason.
fn broken() -> [(&'static str, Vec<u8>, u32, &'static str); 7] {
    [
        (
            "no-utf8.md",
            [b"---\ntitle: x\ndate: 2026-01-01\n---\n\nfine\nnot \xff\xfe fine\n".as_slice()].concat(),
            7,
            "not UTF-8",
        ),
        (
            "bad-date.md",
            post("title: x\nauthor: y\ndate: the day after", "x").into_bytes(),
            4,
            "`the day after` is not a date",
        ),
        ("no-such-day.md", post("title: x\ndate: 2026-02-30 10:00:00", "x").into_bytes(), 3, "is not a date"),
        (
            "bad-zone.md",
            post("title: x\nupdated: 2026-02-03 10:00:00 XYZ\ndate: 2026-02-02", "x").into_bytes(),
            3,
            "time zone `XYZ`",
        ),
        ("unclosed.md", b"\n---\ntitle: x\ndate: 2026-01-01\n\nbody\n".to_vec(), 2, "never closed"),
        ("a-list.md", post("- one\n- two", "x").into_bytes(), 2, "not a mapping"),
        ("bad-yaml.md", post("title: x\ntags: [a, b\ndate: 2026-01-01", "x").into_bytes(), 4, "not valid YAML"),
    ]
}

tests::on_both_databases! {
    async fn broken_files_are_told_with_their_line_and_the_rest_is_in(db: TestDb) {
        let folder = Folder::new();
        for (name, bytes, ..) in broken() {
            folder.write(&format!("source/_posts/{name}"), bytes);
        }
        folder.write("source/_posts/good.md", post("title: Good\ndate: 2026-01-01", "Fine."));
        let imported = import(&db, &folder).await;
        assert_eq!(imported.summary(), "1 created, 0 updated, 0 unchanged, 0 missing, 7 refused");
        let refusals = imported.refusals();
        for (name, _, line, reason) in broken() {
            let place = format!("{}:{line}: ", folder.path().join("source/_posts").join(name));
            let told = refusals.iter().find(|refusal| refusal.contains(&format!("/{name}:")));
            let told = told.unwrap_or_else(|| panic!("{name} is not told: {refusals:#?}"));
            assert!(told.starts_with(&place) && told.contains(reason), "{told}\nis not at {place}");
        }
        let app = TestApp::start(db, &[]);
        assert_eq!(named(&app, "good")["title"], "Good");
        assert_eq!(named(&app, "bad-date"), Value::Null);
    }

    async fn a_file_that_is_mended_comes_in(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: never", "x"));
        assert_eq!(import(&db, &folder).await.summary(), "0 created, 0 updated, 0 unchanged, 0 missing, 1 refused");
        folder.write("x.md", post("title: X\ndate: 2026-01-01", "x"));
        assert_eq!(import(&db, &folder).await.summary(), "1 created, 0 updated, 0 unchanged, 0 missing, 0 refused");
    }

    async fn a_file_that_breaks_leaves_its_article_as_it_was(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: 2026-01-01", "Good."));
        import(&db, &folder).await;
        folder.write("x.md", post("title: X\ndate: never", "Bad."));
        assert_eq!(import(&db, &folder).await.summary(), "0 created, 0 updated, 0 unchanged, 0 missing, 1 refused");
        let app = TestApp::start(db, &[]);
        assert_eq!(named(&app, "x")["body"]["text"], "Good.");
    }

    async fn of_two_files_with_one_permalink_the_second_is_refused(db: TestDb) {
        let folder = Folder::new();
        folder.write("a.md", post("title: A\ndate: 2026-01-01\npermalink: /same/", "a"));
        folder.write("b.md", post("title: B\ndate: 2026-01-01\npermalink: /same/", "b"));
        for _ in 0..2 {
            let imported = import(&db, &folder).await;
            assert_eq!(imported.outcome.refused, 1);
            let [first, second] = ["a.md", "b.md"].map(|name| folder.path().join(name));
            let why = format!("the permalink `/same/` is that of {first}; give one of them another `permalink`");
            assert_eq!(imported.refusals(), [format!("{second}: {why}")]);
        }
        let app = TestApp::start(db, &[]);
        assert_eq!(named(&app, "a")["title"], "A");
        assert_eq!(named(&app, "b"), Value::Null);
    }

    async fn what_is_no_post_is_passed_over(db: TestDb) {
        let folder = Folder::new();
        let good = post("title: X\ndate: 2026-01-01", "x");
        for name in ["_hidden.md", ".hidden.md", "backup.md~", "notes.txt", "_folder/x.md", "node_modules/x/readme.md", "picture.png"] {
            folder.write(name, &good);
        }
        folder.write("page.html", post("title: Page\ndate: 2026-01-01", "<p>A <b>page</b>, not *Markdown*.</p>"));
        assert_eq!(import(&db, &folder).await.summary(), "1 created, 0 updated, 0 unchanged, 0 missing, 0 refused");
        let app = TestApp::start(db, &[]);
        assert_eq!(named(&app, "page")["body"]["text"], "A page, not *Markdown*.");
    }
}
