//! `masthead backup`: a copy of one moment, whatever is written and read meanwhile.

use api::{app::App, check};
use camino::Utf8Path;
use sea_orm::{ConnectionTrait, Statement};
use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use tests::{
    app::{self, NOW, TestClock},
    db::{TestDb, on_postgres, on_sqlite},
    program::{Ended, command, run},
    seed::{self, Folder, Seed},
};

/// Posts that always change together.
const POSTS: usize = 40;

/// More than what an import holds is in the database, so that a copy takes its time.
const OTHERS: u64 = 150;

fn backup(db: &TestDb, folder: &Utf8Path, file: &str) -> Ended {
    run(folder, &["backup", file, "--database-url", db.url()])
}

/// All posts of this round: an import stores them in one transaction.
fn write(folder: &Folder, round: usize) {
    for post in 0..POSTS {
        let front_matter = format!("title: Round {round}\ndate: 2026-01-01\npermalink: /{post}/\ntags: [round{round}]");
        folder.write(&format!("{post}.md"), seed::post(&front_matter, &format!("Written in round {round}.")));
    }
}

/// What of a folder is not the backup itself.
fn left(folder: &Utf8Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir_utf8().unwrap().map(|entry| entry.unwrap().file_name().to_owned()).collect();
    names.sort_unstable();
    names
}

/// The titles of the posts, and how many have each.
async fn titles(app: &App) -> Vec<(String, i64)> {
    let sql = "SELECT title, count(*) FROM article WHERE title LIKE 'Round %' GROUP BY title";
    let statement = Statement::from_string(app.db.backend(), sql);
    let rows = app.db.connection().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

#[test]
fn a_backup_is_of_one_moment_while_others_import_and_read() {
    on_sqlite(async |db: TestDb| {
        seed::plant(&db, Seed::Demo(OTHERS)).await;
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        let posts = Folder::new();
        write(&posts, 0);
        seed::import(&app, &posts.path()).await;

        let copies = Folder::new();
        let is_over = Arc::new(AtomicBool::new(false));
        let taking = thread::spawn({
            let (is_over, folder) = (Arc::clone(&is_over), copies.path());
            let url = db.url().to_owned();
            move || {
                let all = (0..4).map(|number| {
                    let file = format!("{number}.db");
                    command(&folder, &["backup", &file, "--database-url", &url]).output().unwrap()
                });
                let all: Vec<Ended> = all.map(|output| Ended::from(&output)).collect();
                is_over.store(true, Ordering::SeqCst);
                all
            }
        });
        // The copies are made by processes of their own; this one writes and reads.
        let mut round = 0;
        while !is_over.load(Ordering::SeqCst) {
            round += 1;
            write(&posts, round);
            assert_eq!(seed::import(&app, &posts.path()).await.outcome.updated, POSTS);
            assert_eq!(
                api::site::store::generation(&app.db).await.unwrap(),
                db.number("SELECT generation FROM content_generation").await
            );
        }
        let taken = taking.join().unwrap();
        assert!(round > 2, "the imports and the copies were at the same time: {round} rounds");

        let mut rounds = Vec::new();
        for (number, ended) in taken.iter().enumerate() {
            assert_eq!(ended.status, Some(0), "{}", ended.errors);
            let file = copies.path().join(format!("{number}.db"));
            let bytes = fs::metadata(&file).unwrap().len();
            let articles = OTHERS + POSTS as u64;
            assert_eq!(ended.output, format!("{number}.db: {bytes} bytes, {articles} articles\n"));
            let restored = format!("sqlite://{file}?mode=rwc");
            let app = App::open(app::settings(&restored, &[])).await.unwrap();
            let mut lines = Vec::new();
            let outcome = check::run(&app, &mut |line| lines.push(line.to_owned())).await.unwrap();
            assert_eq!((outcome.findings, lines), (0, Vec::new()), "{file}");
            let titles = titles(&app).await;
            let [(title, count)] = titles.as_slice() else { panic!("{file} is of more than one moment: {titles:?}") };
            assert_eq!(usize::try_from(*count), Ok(POSTS), "{title}");
            rounds.push(title.clone());
        }
        rounds.dedup();
        assert!(rounds.len() > 1, "time went by between the copies: {rounds:?}");
    });
}

#[test]
fn a_backup_that_fails_leaves_nothing_behind() {
    on_sqlite(async |db: TestDb| {
        seed::plant(&db, Seed::Content).await;
        let here = Folder::new();
        here.write("there.db", "precious");
        let refused = backup(&db, &here.path(), "there.db");
        assert_eq!(refused.status, Some(1));
        assert!(
            refused.errors.contains("cannot write `there.db`: it is there, and nothing is written over"),
            "{}",
            refused.errors
        );
        assert_eq!(fs::read(here.path().join("there.db")).unwrap(), b"precious");
        let refused = backup(&db, &here.path(), "deep/down.db");
        assert_eq!(refused.status, Some(1));
        assert!(refused.errors.contains("there is no folder `deep`"), "{}", refused.errors);

        // What can not be read is not copied, and what can and is not sound is not kept.
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        db.execute("DELETE FROM content_generation").await;
        let file = here.path().join("unsound.db");
        assert!(api::backup::run(&app.db, &file).await.is_err());
        assert_eq!(left(&here.path()), ["there.db"]);
    });
}

#[test]
fn what_is_damaged_is_not_kept_as_a_backup() {
    on_sqlite(async |db: TestDb| {
        seed::plant(&db, Seed::Content).await;
        let app = app::open(&db, &TestClock::at(NOW), &[]).await;
        // A rule that was not kept by what stood there before: the one damage that a copy made row by row takes along.
        db.execute("PRAGMA writable_schema = ON").await;
        db.execute("UPDATE sqlite_master SET sql = replace(sql, '\"excerpt\" text', '\"excerpt\" text NOT NULL') WHERE name = 'article'").await;
        db.execute("PRAGMA writable_schema = RESET").await;
        let here = Folder::new();
        let error = api::backup::run(&app.db, &here.path().join("x.db")).await.unwrap_err();
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(cause.contains("NULL") || cause.contains("NOT NULL"), "{error}: {cause}");
        assert_eq!(left(&here.path()), [""; 0]);
    });
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let here = Folder::new();
    for arguments in [&["backup", "x.db"][..], &["check"]] {
        let ended = run(&here.path(), arguments);
        assert_eq!(ended.status, Some(1), "{}", ended.errors);
        assert!(ended.errors.contains("there is no database `masthead.db`"), "{}", ended.errors);
    }
    assert_eq!(left(&here.path()), [""; 0]);
}

#[test]
fn pictures_are_told_to_be_elsewhere() {
    on_sqlite(async |db: TestDb| {
        seed::plant(&db, Seed::Sample).await;
        let here = Folder::new();
        let ended = backup(&db, &here.path(), "x.db");
        assert_eq!((ended.status, left(&here.path())), (Some(0), vec!["x.db".to_owned()]), "{}", ended.errors);
        assert!(ended.errors.contains(app::media(db.url()).as_str()), "{}", ended.errors);
    });
}

#[test]
fn postgres_has_a_program_of_its_own() {
    on_postgres(async |db: TestDb| {
        let here = Folder::new();
        let url = db.url().replacen("://", "://ada:secret@", 1).replace("secret@postgres@", "secret@");
        let ended = run(&here.path(), &["backup", "x.dump", "--database-url", &format!("{url}?password=secret")]);
        assert_eq!((ended.status, ended.output.as_str()), (Some(2), ""));
        let name = url.rsplit('/').next().unwrap();
        assert!(ended.errors.contains("pg_dump --format=custom --file=FILE postgres://"), "{}", ended.errors);
        assert!(ended.errors.trim_end().ends_with(name), "{}", ended.errors);
        assert!(!ended.errors.contains("secret") && !ended.errors.contains("ada"), "{}", ended.errors);
        assert_eq!(left(&here.path()), [""; 0]);
    });
}
