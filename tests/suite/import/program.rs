//! `masthead import` and its kind as people run them: exit status, standard output, standard error.

use serde_json::json;
use tests::{
    app::{self, TestApp},
    db::TestDb,
    program::run,
    seed::{self, Folder, post},
};

tests::on_both_databases! {
    async fn the_fixture_comes_in_by_the_program(db: TestDb) {
        let here = Folder::new();
        let file = seed::content().join("fixture.md");
        let ended = run(&here.path(), &["import", file.as_str(), "--database-url", db.url()]);
        assert_eq!(ended.status, Some(0), "{}", ended.errors);
        assert_eq!(ended.output, "1 created, 0 updated, 0 unchanged, 0 missing, 0 refused\n");
        let app = TestApp::start(db, &[]);
        let data = app.query("{ articles { nodes { publishedAt figures { id } } } }", json!({}));
        assert_eq!(data["articles"]["nodes"][0]["publishedAt"], "2025-06-03T02:50:37Z");
    }

    async fn refused_files_make_the_exit_status_three(db: TestDb) {
        let folder = Folder::new();
        folder.write("posts/good.md", post("title: Good\ndate: 2026-01-01", "x"));
        folder.write("posts/bad.md", post("title: Bad\ndate: soon", "x"));
        let ended = run(&folder.path(), &["import", "posts", "--database-url", db.url(), "--timezone", "UTC"]);
        assert_eq!(ended.status, Some(3), "{}", ended.errors);
        assert_eq!(ended.last_line(), "1 created, 0 updated, 0 unchanged, 0 missing, 1 refused");
        let place = folder.path().join("posts/bad.md");
        let told = ended.errors.lines().find(|line| line.contains("bad.md")).unwrap_or_default();
        assert!(told.starts_with(&format!("{place}:3: ")), "{}", ended.errors);
        assert_eq!(db.number("SELECT count(*) FROM article").await, 1);
    }

    async fn a_missing_time_zone_is_told(db: TestDb) {
        let folder = Folder::new();
        folder.write("x.md", post("title: X\ndate: 2026-01-01 08:00:00", "x"));
        let url = db.url();
        let silent = run(&folder.path(), &["import", "x.md", "--database-url", url, "--timezone", "Asia/Shanghai"]);
        assert!(!silent.errors.contains("time zone"), "{}", silent.errors);
        let told = run(&folder.path(), &["import", "x.md", "--database-url", url]);
        assert!(told.errors.contains("UTC") && told.errors.contains("--timezone"), "{}", told.errors);
        let published_at = db.number("SELECT published_at FROM article").await;
        assert_eq!(published_at, app::instant("2026-01-01T08:00:00Z").0, "by another zone the file is read again");
    }

    async fn a_folder_that_is_not_there_fails(db: TestDb) {
        let here = Folder::new();
        let ended = run(&here.path(), &["import", "nowhere", "--database-url", db.url()]);
        assert_eq!(ended.status, Some(1), "{}", ended.errors);
        assert!(ended.errors.contains("nowhere"), "{}", ended.errors);
    }

    async fn made_up_articles_go_on_where_they_ended(db: TestDb) {
        let here = Folder::new();
        for total in [7, 14] {
            let ended = run(&here.path(), &["demo", "--articles", "7", "--seed", "5", "--body-bytes", "200", "--database-url", db.url()]);
            assert_eq!((ended.status, ended.last_line()), (Some(0), "7 created"), "{}", ended.errors);
            assert_eq!(db.number("SELECT count(*) FROM article").await, total);
        }
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    let here = Folder::new();
    for arguments in [
        &["import"][..],
        &["no-such-command"],
        &["--no-such-flag"],
        &["import", "x", "--dialect", "latin"],
        &["import", "x", "--timezone", "Mars/Olympus"],
        &["--listen", "everywhere"],
    ] {
        let ended = run(&here.path(), arguments);
        assert_eq!(ended.status, Some(2), "{arguments:?}: {}", ended.errors);
        assert!(!ended.errors.is_empty());
    }
}

#[test]
fn an_unusable_settings_file_ends_with_two() {
    let here = Folder::new();
    here.write("masthead.toml", "listn = \"127.0.0.1:0\"\n");
    let ended = run(&here.path(), &["schema"]);
    assert_eq!(ended.status, Some(2), "{}", ended.errors);
    assert!(ended.errors.contains("listn"), "{}", ended.errors);
}

#[test]
fn a_setting_comes_from_the_file_unless_the_environment_or_a_flag_says_otherwise() {
    let here = Folder::new();
    let file = seed::content().join("fixture.md");
    here.write("masthead.toml", "database-url = \"sqlite://by-file.db?mode=rwc\"\n");
    let import = ["import", file.as_str()];
    assert_eq!(run(&here.path(), &import).status, Some(0));
    assert!(here.path().join("by-file.db").exists());
    let by_environment = tests::program::command(&here.path(), &import)
        .env("MASTHEAD_DATABASE_URL", "sqlite://by-environment.db?mode=rwc")
        .status();
    assert!(by_environment.unwrap().success() && here.path().join("by-environment.db").exists());
    let by_flag = tests::program::command(
        &here.path(),
        &[&import[..], &["--database-url", "sqlite://by-flag.db?mode=rwc"]].concat(),
    )
    .env("MASTHEAD_DATABASE_URL", "sqlite://not-this.db?mode=rwc")
    .status();
    assert!(by_flag.unwrap().success() && here.path().join("by-flag.db").exists());
    assert!(!here.path().join("not-this.db").exists());
}
