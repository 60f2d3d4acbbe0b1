//! Migrations that run twice at once, are killed half way, or find the database of an earlier version.

use std::{
    collections::BTreeSet,
    process::{Child, Stdio},
    thread,
    time::Instant,
};
use tests::{
    app::{self, NOW, TestApp, TestClock},
    case,
    db::TestDb,
    program::{Ended, command, moments, run},
    seed::{self, Folder, Seed},
    state::sound,
};

/// How often everyone migrates at once.
const ROUNDS: usize = 4;

/// Moments at which a migration is killed.
const KILLS: u32 = 10;

/// As the program before the migration of folded text left it, with `tests/content/site` in it; see `tests/examples/yesterday.rs`.
const ON_SQLITE: &str = include_str!("../../databases/before_folding_sqlite.sql");
const ON_POSTGRES: &str = include_str!("../../databases/before_folding_postgres.sql");

async fn load_yesterday(db: &TestDb) {
    db.clear().await;
    if db.is_postgres() {
        db.execute(ON_POSTGRES).await;
    } else {
        db.execute(&format!("PRAGMA foreign_keys = OFF; BEGIN; {ON_SQLITE} COMMIT; PRAGMA foreign_keys = ON")).await;
    }
}

/// Everything that migrations make, in the database's own words.
async fn schema(db: &TestDb) -> BTreeSet<String> {
    let sql = if db.is_postgres() {
        "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, collation_name, is_identity)
           FROM information_schema.columns WHERE table_schema = 'public'
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
         UNION ALL SELECT concat_ws(' ', CAST(conrelid AS regclass), conname, pg_get_constraintdef(oid)) FROM pg_constraint
                    WHERE connamespace = CAST('public' AS regnamespace)
         UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
         UNION ALL SELECT proname || ' ' || prosrc FROM pg_proc WHERE pronamespace = CAST('public' AS regnamespace)"
    } else {
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
    };
    let rows: Vec<(String,)> = db.rows(sql).await;
    rows.into_iter().map(|(row,)| row).collect()
}

async fn has_whole_schema(db: &TestDb, fresh: &BTreeSet<String>) {
    let found = schema(db).await;
    let missing: Vec<_> = fresh.difference(&found).collect();
    let more: Vec<_> = found.difference(fresh).collect();
    assert!(missing.is_empty() && more.is_empty(), "missing: {missing:#?}\nmore: {more:#?}");
}

/// What links and caches hold on to.
async fn ids(db: &TestDb) -> Vec<(String, i64, String)> {
    db.rows(
        "SELECT 'article', id, slug FROM article UNION ALL SELECT 'author', id, slug FROM author
         UNION ALL SELECT 'category', id, slug FROM category UNION ALL SELECT 'tag', id, slug FROM tag
         UNION ALL SELECT 'figure', id, alt FROM figure UNION ALL SELECT 'image', id, original_url FROM image ORDER BY 1, 2",
    )
    .await
}

fn migrating(folder: &Folder, url: &str) -> Child {
    let mut command = command(&folder.path(), &["migrate", "--database-url", url]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn migrate(folder: &Folder, db: &TestDb) {
    let migrated = run(&folder.path(), &["migrate", "--database-url", db.url()]);
    assert_eq!(migrated.status, Some(0), "{}", migrated.errors);
}

/// Kills migrations of what `load` makes, at moments that are spread over the time that one takes; how often something was left to do.
async fn kill_each(db: &TestDb, fresh: &BTreeSet<String>, is_filled: bool) {
    let folder = Folder::new();
    let load = async || if is_filled { load_yesterday(db).await } else { db.clear().await };
    load().await;
    let begun = Instant::now();
    migrate(&folder, db);
    let (took, mut half_way) = (begun.elapsed(), 0);
    for (number, moment) in (0..KILLS).zip(moments(3)) {
        load().await;
        let mut child = migrating(&folder, db.url());
        thread::sleep(took.mul_f64((f64::from(number) + moment) / f64::from(KILLS)));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        half_way += usize::from(schema(db).await != *fresh);
        migrate(&folder, db);
        has_whole_schema(db, fresh).await;
        sound(db).await;
        assert_eq!(db.number("SELECT count(*) FROM article").await, if is_filled { 13 } else { 0 });
    }
    eprintln!("{KILLS} kills over {took:?}, filled: {is_filled}; after {half_way} the schema was not there yet");
}

tests::on_both_databases! {
    async fn several_migrate_a_new_database_at_once(db: TestDb) {
        let fresh = schema(&db).await;
        let folder = Folder::new();
        for round in 0..ROUNDS {
            let url = if db.is_postgres() {
                db.clear().await;
                db.url().to_owned()
            } else {
                // A file that is not there yet.
                format!("sqlite://{}/{round}.db?mode=rwc", folder.path())
            };
            let migrations: Vec<Child> = (0..3).map(|_| migrating(&folder, &url)).collect();
            for migration in migrations {
                let ended = Ended::from(&migration.wait_with_output().unwrap());
                assert_eq!((ended.status, ended.errors.as_str()), (Some(0), ""));
            }
            has_whole_schema(&TestDb::over(&url).await, &fresh).await;
        }
    }

    async fn a_migration_that_is_killed_is_completed_by_the_next_one(db: TestDb) {
        let fresh = schema(&db).await;
        kill_each(&db, &fresh, false).await;
        kill_each(&db, &fresh, true).await;
    }

    async fn the_database_of_an_earlier_version_is_opened_and_answers_rightly(db: TestDb) {
        let fresh = schema(&db).await;
        load_yesterday(&db).await;
        let before = ids(&db).await;
        migrate(&Folder::new(), &db);
        has_whole_schema(&db, &fresh).await;
        sound(&db).await;
        assert_eq!(ids(&db).await, before);
        let opened = app::open(&db, &TestClock::at(NOW), &[]).await;
        let again = seed::import(&opened, &seed::content().join("site")).await;
        let outcome = again.outcome;
        assert_eq!((outcome.created, outcome.missing, outcome.refused), (0, 0, 0), "{again:#?}");
        assert_eq!(outcome.updated + outcome.unchanged, 13, "{again:#?}");
        assert_eq!(ids(&db).await, before);
        sound(&db).await;
        let app = TestApp::start(db, &["--response-cache-bytes=0", "--shortcuts=false"]);
        let of_content = case::all().into_iter().filter(|case| case.seed == Seed::Content);
        let fit = of_content.filter(|case| !case.document.contains("generation") && !case.document.contains("version"));
        let differing: Vec<String> = fit.filter(|case| !case.matches(&case.run(&app))).map(|case| case.name).collect();
        assert!(differing.is_empty(), "answered otherwise than their snapshots say: {differing:#?}");
    }

    async fn the_database_of_a_later_version_is_left_alone(db: TestDb) {
        db.execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000999_later', 0)").await;
        let ended = run(&Folder::new().path(), &["migrate", "--database-url", db.url()]);
        assert_eq!(ended.status, Some(1));
        assert!(ended.errors.contains("newer version of Masthead"), "{}", ended.errors);
    }
}
