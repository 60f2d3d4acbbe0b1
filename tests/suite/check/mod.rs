//! `masthead check` finds nothing in what the program has written, and each kind of damage where it is.

mod damages;

use self::damages::{DAMAGES, Damage, FORBIDDEN};
use api::{app::App, check, search};
use camino::Utf8PathBuf;
use std::fs;
use tests::{
    app::{self, NOW, TestClock},
    db::TestDb,
    program::run,
    seed::{self, Folder, Seed},
};

const TABLES: [&str; 23] = [
    "article",
    "article_author",
    "article_category",
    "article_tag",
    "author",
    "body",
    "category",
    "category_closure",
    "content_generation",
    "earlier_path",
    "figure",
    "folding",
    "image",
    "search_document",
    "search_page",
    "search_segment",
    "search_state",
    "site",
    "site_file",
    "source_file",
    "suggestion",
    "tag",
    // Last, because triggers change it while the others come back.
    "article_count",
];

/// What is told, and how many checks and findings there are.
async fn told(app: &App) -> (Vec<String>, check::Outcome) {
    let mut lines = Vec::new();
    let outcome = check::run(app, &mut |line| lines.push(line.to_owned())).await.unwrap();
    (lines, outcome)
}

/// The checks that found something.
fn names(lines: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = lines.iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Some of everything: two languages, drafts, a tree, copies of pictures, several segments, articles that were written twice.
async fn plant(db: &TestDb, seeds: &[Seed]) -> App {
    for seed in seeds {
        seed::plant(db, *seed).await;
    }
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    let folder = Folder::new();
    for round in 0..3 {
        for post in 0..=round {
            let front_matter =
                format!("title: Round {round}\ndate: 2026-01-01\npermalink: /{round}/{post}/\ntags: [r{round}]");
            folder.write(&format!("{post}.md"), seed::post(&front_matter, "Some words."));
        }
        seed::import(&app, &folder.path()).await;
    }
    app
}

async fn set_guards(db: &TestDb, is_on: bool) {
    let sql = match (db.is_postgres(), is_on) {
        (true, true) => "SET session_replication_role = DEFAULT",
        (true, false) => "SET session_replication_role = replica",
        (false, true) => "PRAGMA foreign_keys = ON",
        (false, false) => "PRAGMA foreign_keys = OFF",
    };
    db.execute(sql).await;
}

/// Everything as it was when it was kept.
async fn restore(db: &TestDb) {
    set_guards(db, false).await;
    for table in TABLES {
        db.execute(&format!("DELETE FROM {table}")).await;
        db.execute(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
    }
    set_guards(db, true).await;
}

async fn rich(db: &TestDb) -> i64 {
    db.number(
        "SELECT min(c.article_id) FROM article_category c JOIN article_author a ON a.article_id = c.article_id
           JOIN article_tag t ON t.article_id = c.article_id WHERE NOT c.is_leaf",
    )
    .await
}

async fn harm(db: &TestDb, sql: &str) {
    let bytes = if db.is_postgres() { "'\\x" } else { "X'" };
    let mut sql = sql.to_owned();
    while let Some((before, rest)) = sql.split_once("BYTES(") {
        let (digits, after) = rest.split_once(')').unwrap();
        sql = format!("{before}{bytes}{digits}'{after}");
    }
    db.execute(&sql).await;
}

tests::on_both_databases! {
    async fn nothing_is_found_in_what_the_program_has_written(db: TestDb) {
        let app = plant(&db, &[Seed::Content, Seed::Sample, Seed::Demo(80)]).await;
        let (lines, outcome) = told(&app).await;
        assert_eq!((lines, outcome.findings), (Vec::new(), 0));
        assert!(outcome.checks > 15, "{outcome}");
        let here = Folder::new();
        let media = app::media(db.url());
        let ended = run(&here.path(), &["check", "--database-url", db.url(), "--media", media.as_str()]);
        assert_eq!((ended.status, ended.output), (Some(0), format!("{outcome}\n")), "{}", ended.errors);
    }

    async fn an_empty_database_is_sound(db: TestDb) {
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        assert_eq!(told(&app).await.0, [""; 0]);
    }

    async fn every_damage_is_found_where_it_is_and_nowhere_else(db: TestDb) {
        let app = plant(&db, &[Seed::Content, Seed::Demo(12)]).await;
        for table in TABLES {
            db.execute(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
        }
        let rich = rich(&db).await.to_string();
        for (damages, is_guarded) in [(&DAMAGES[..], true), (&FORBIDDEN, false)] {
            for Damage { sql, checks, names: what } in damages {
                let (sql, what) = (sql.replace("RICH", &rich), what.replace("RICH", &rich));
                set_guards(&db, is_guarded).await;
                harm(&db, &sql).await;
                let (lines, outcome) = told(&app).await;
                assert_eq!(names(&lines), *checks, "{sql}: {lines:#?}");
                assert!(lines.iter().any(|line| line.contains(&what)), "{sql}: {lines:#?}");
                let remedies = lines.iter().filter(|line| line.contains(": to mend this, ")).count();
                assert_eq!(remedies, checks.len(), "{sql}: {lines:#?}");
                assert!(outcome.findings > 0 && lines.len() <= checks.len() * 22, "{sql}: {outcome}");
                restore(&db).await;
            }
        }
        assert_eq!(told(&app).await.0, [""; 0], "everything is as it was");
    }

    /// As the check says of each of them.
    async fn what_is_made_of_the_articles_is_made_anew(db: TestDb) {
        let app = plant(&db, &[Seed::Content]).await;
        let is_made = |check: &&str| ["indexed", "search", "suggestions"].contains(check);
        let damages: Vec<&Damage> = DAMAGES.iter().filter(|damage| damage.checks.iter().all(is_made)).collect();
        assert!(damages.len() > 8);
        for Damage { sql, .. } in damages {
            harm(&db, sql).await;
            search::reindex::run(&app.db, &mut |_| {}).await.unwrap();
            assert_eq!(told(&app).await.0, [""; 0], "{sql}");
        }
    }

    async fn the_program_ends_with_one_where_something_is_found(db: TestDb) {
        seed::plant(&db, Seed::Demo(30)).await;
        db.execute("UPDATE article SET word_count = 0").await;
        let ended = run(&Folder::new().path(), &["check", "--database-url", db.url()]);
        assert_eq!(ended.status, Some(1), "{}", ended.errors);
        let lines: Vec<&str> = ended.output.lines().collect();
        assert!(lines[0].starts_with("texts: article 1 (/demo-1-0/): its text has "), "{}", lines[0]);
        assert_eq!(lines[20], "texts: and 10 more");
        assert!(lines[21].starts_with("texts: to mend this, "), "{}", lines[21]);
        assert!(lines[22].ends_with(" checks, 30 findings") && lines.len() == 23, "{}", ended.output);
    }

    async fn copies_of_pictures_are_held_against_what_is_noted_of_them(db: TestDb) {
        seed::plant(&db, Seed::Sample).await;
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let names_of: Vec<(String,)> = db.rows("SELECT media FROM image WHERE media IS NOT NULL ORDER BY id").await;
        let file: Utf8PathBuf = app.media.folder().join(&names_of[0].0);
        let content = fs::read(&file).unwrap();
        let mut other = content.clone();
        other[0] ^= 1;
        let short = &content[..content.len() - 1];
        for (written, what) in [(None, "is not there"), (Some(short), "bytes instead of"), (Some(&other[..]), "another content")] {
            match written {
                Some(bytes) => fs::write(&file, bytes).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            let (lines, outcome) = told(&app).await;
            assert_eq!((names(&lines), outcome.findings), (vec!["media"], 1), "{lines:#?}");
            assert!(lines[0].contains(what) && lines[0].contains(file.as_str()), "{lines:#?}");
        }
        fs::write(&file, &content).unwrap();
        // What nothing names is in nobody's way.
        for name in ["ab/left.1-2.tmp", "ab/abababababababababababababababab.gif"] {
            let file = app.media.folder().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "GIF89a").unwrap();
        }
        let (lines, outcome) = told(&app).await;
        assert_eq!((outcome.findings, names(&lines), lines.len()), (0, vec!["note"], 2), "{lines:#?}");
    }

    async fn an_index_that_is_being_made_anew_is_told_and_is_no_damage(db: TestDb) {
        seed::plant(&db, Seed::Demo(20)).await;
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        db.execute("UPDATE search_state SET is_complete = false, epoch = epoch + 1").await;
        let (lines, outcome) = told(&app).await;
        assert_eq!((outcome.findings, names(&lines)), (0, vec!["note"]), "{lines:#?}");
        search::reindex::run(&app.db, &mut |_| {}).await.unwrap();
        assert_eq!(told(&app).await.0, [""; 0]);
    }

    async fn every_foreign_key_is_looked_after(db: TestDb) {
        let keys: Vec<(String, String, String)> = if db.is_postgres() {
            db.rows(
                "SELECT CAST(conrelid::regclass AS text), CAST(attname AS text), CAST(confrelid::regclass AS text)
                   FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f'",
            ).await
        } else {
            db.rows("SELECT t.name, k.\"from\", k.\"table\" FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'").await
        };
        assert_eq!(keys.len(), 15, "{keys:?}");
        for (table, column, target) in &keys {
            let is_checked = check::REFERENCES.contains(&(table.as_str(), column.as_str(), target.as_str()));
            assert!(is_checked, "{table}.{column} names {target}");
        }
    }
}
