//! How an import runs: in dry runs, with pruning, with a report, stopped, and beside others.

use serde_json::{Value, json};
use std::{
    fs,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};
use tests::{
    app::TestApp,
    db::TestDb,
    program::{Ended, command, run},
    seed::{Folder, post},
};

fn import(folder: &Folder, db: &TestDb, more: &[&str]) -> Ended {
    let always = ["import", "posts", "--timezone", "UTC", "--database-url", db.url()];
    run(&folder.path(), &[&always[..], more].concat())
}

fn posts(folder: &Folder, numbers: std::ops::Range<usize>) {
    for number in numbers {
        let front_matter = format!("title: Post {number}\ndate: 2026-01-01 00:00:{:02}\ntags: [t]", number % 60);
        folder.write(&format!("posts/post-{number}.md"), post(&front_matter, "Text."));
    }
}

fn report(folder: &Folder) -> Value {
    let text = fs::read_to_string(folder.path().join("report.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

tests::on_both_databases! {
    async fn a_dry_run_tells_the_same_and_writes_nothing(db: TestDb) {
        let folder = Folder::new();
        posts(&folder, 0..501);
        // In the second batch of 500, and only known there because the first one is not forgotten.
        folder.write("posts/zz.md", post("title: Again\ndate: 2026-01-01\npermalink: /2026/01/01/post-1/", "x"));
        let dry = import(&folder, &db, &["--dry-run"]);
        assert!(dry.errors.contains("nothing was written"), "{}", dry.errors);
        assert_eq!(db.number("SELECT count(*) FROM article").await, 0);
        assert_eq!(db.number("SELECT generation FROM content_generation").await, 0);
        let real = import(&folder, &db, &[]);
        assert_eq!(real.last_line(), "501 created, 0 updated, 0 unchanged, 0 missing, 1 refused");
        assert_eq!((dry.last_line(), dry.status), (real.last_line(), Some(3)));
        assert_eq!(db.number("SELECT count(*) FROM article").await, 501);
    }

    async fn articles_whose_files_are_gone_are_deleted_only_where_that_is_asked_for(db: TestDb) {
        let folder = Folder::new();
        posts(&folder, 0..3);
        import(&folder, &db, &[]);
        folder.remove("posts/post-1.md");
        assert_eq!(import(&folder, &db, &[]).last_line(), "0 created, 0 updated, 2 unchanged, 1 missing, 0 refused");
        assert_eq!(db.number("SELECT count(*) FROM article").await, 3);
        assert_eq!(import(&folder, &db, &["--prune", "--dry-run"]).status, Some(0));
        assert_eq!(db.number("SELECT count(*) FROM article").await, 3);
        let before = db.number("SELECT generation FROM content_generation").await;
        let pruned = import(&folder, &db, &["--prune", "--report", "report.json"]);
        assert_eq!(pruned.last_line(), "0 created, 0 updated, 2 unchanged, 1 missing, 0 refused");
        assert_eq!(db.number("SELECT count(*) FROM article").await, 2);
        assert_eq!(db.number("SELECT count(*) FROM article_tag").await, 2);
        assert_eq!(db.number("SELECT generation FROM content_generation").await, before + 1);
        let pruned = report(&folder)["sources"][0]["files"].as_array().unwrap().clone();
        assert!(pruned.contains(&json!({"path": "post-1.md", "outcome": "pruned"})), "{pruned:#?}");
        assert_eq!(import(&folder, &db, &["--prune"]).last_line(), "0 created, 0 updated, 2 unchanged, 0 missing, 0 refused");
    }

    async fn nothing_is_pruned_by_an_empty_folder_or_a_part_of_one(db: TestDb) {
        let folder = Folder::new();
        posts(&folder, 0..3);
        import(&folder, &db, &[]);
        for number in 1..3 {
            folder.remove(&format!("posts/post-{number}.md"));
        }
        let part = run(&folder.path(), &["import", "posts/post-0.md", "--prune", "--timezone", "UTC", "--database-url", db.url()]);
        assert_eq!(part.status, Some(0), "{}", part.errors);
        assert_eq!(db.number("SELECT count(*) FROM article").await, 3);
        folder.remove("posts/post-0.md");
        let empty = import(&folder, &db, &["--prune"]);
        assert!(empty.errors.contains("nothing was deleted"), "{}", empty.errors);
        assert_eq!(db.number("SELECT count(*) FROM article").await, 3);
    }

    async fn the_report_tells_of_every_file(db: TestDb) {
        let folder = Folder::new();
        folder.write("posts/bad.md", post("title: Bad\ndate: soon", "x"));
        folder.write("posts/good.md", post("title: Good\ndate: 2026年1月2日", "x"));
        let ended = import(&folder, &db, &["--report", "report.json"]);
        assert_eq!(ended.status, Some(3), "{}", ended.errors);
        let report = report(&folder);
        assert_eq!(report["outcome"], json!({"created": 1, "updated": 0, "unchanged": 0, "missing": 0, "refused": 1, "stopped": false}));
        let source = &report["sources"][0];
        assert_eq!(source["root"], folder.path().join("posts").as_str());
        let files = source["files"].as_array().unwrap();
        assert_eq!((&files[0]["path"], &files[0]["outcome"]), (&json!("bad.md"), &json!("refused")));
        assert_eq!((&files[0]["messages"][0]["severity"], &files[0]["messages"][0]["line"]), (&json!("error"), &json!(3)));
        assert_eq!(files[1]["article"], json!({"slug": "good", "path": "/2026/01/02/good/"}));
        assert_eq!((&files[1]["messages"][0]["severity"], &files[1]["messages"][0]["line"]), (&json!("warning"), &json!(3)));
    }

    async fn an_import_that_can_not_begin_has_a_report_too(db: TestDb) {
        let folder = Folder::new();
        let ended = run(&folder.path(), &["import", "nowhere", "--report", "report.json", "--database-url", db.url()]);
        assert_eq!(ended.status, Some(1));
        assert!(report(&folder)["error"].as_str().unwrap().contains("nowhere"));
    }

    async fn a_report_that_can_not_be_written_is_told_before_anything_is_done(db: TestDb) {
        let folder = Folder::new();
        posts(&folder, 0..1);
        let ended = import(&folder, &db, &["--report", "nowhere/report.json"]);
        assert_eq!(ended.status, Some(1));
        assert!(ended.errors.contains("nowhere/report.json"), "{}", ended.errors);
    }

    async fn an_import_that_is_stopped_ends_between_two_batches_and_goes_on_later(db: TestDb) {
        let folder = Folder::new();
        posts(&folder, 0..2_500);
        let arguments = ["import", "posts", "--timezone", "UTC", "--database-url", db.url()];
        let mut running = command(&folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        while db.number("SELECT generation FROM content_generation").await == 0 {
            assert!(Instant::now() < deadline && running.try_wait().unwrap().is_none(), "no batch was seen");
            thread::sleep(Duration::from_millis(5));
        }
        let signal = std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap();
        assert!(signal.success());
        let ended = Ended::from(&running.wait_with_output().unwrap());
        let stored = db.number("SELECT count(*) FROM article").await;
        assert_eq!(ended.status, Some(130), "{}", ended.errors);
        assert!(stored < 2_500 && stored % 500 == 0, "{stored}");
        assert_eq!(ended.last_line(), format!("{stored} created, 0 updated, 0 unchanged, 0 missing, 0 refused"));
        let rest = import(&folder, &db, &[]);
        assert_eq!(rest.last_line(), format!("{} created, 0 updated, {stored} unchanged, 0 missing, 0 refused", 2_500 - stored));
    }

    async fn several_imports_at_once_come_to_the_same_as_one(db: TestDb) {
        let folder = Folder::new();
        posts(&folder, 0..1_200);
        let arguments = ["import", "posts", "--timezone", "UTC", "--database-url", db.url()];
        let start = || command(&folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let running: Vec<_> = (0..3).map(|_| start()).collect();
        let mut created = 0;
        for import in running {
            let ended = Ended::from(&import.wait_with_output().unwrap());
            assert_eq!(ended.status, Some(0), "{}", ended.errors);
            let counts: Vec<usize> = ended.last_line().split([' ', ',']).filter_map(|word| word.parse().ok()).collect();
            assert_eq!((counts[0] + counts[2], &counts[3..]), (1_200, &[0, 0][..]), "{}", ended.last_line());
            created += counts[0];
        }
        assert_eq!(created, 1_200);
        assert_eq!(db.number("SELECT count(*) FROM article WHERE version = 1").await, 1_200);
        let app = TestApp::start(db, &[]);
        let data = app.query("{ tags { nodes { slug articleCount } } }", json!({}));
        assert_eq!(data["tags"]["nodes"], json!([{"slug": "t", "articleCount": 1_200}]));
    }
}
