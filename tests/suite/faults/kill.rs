//! kill -9 at moments that nobody chose: the database opens by itself, is sound, and what was begun can be done again.

use serde_json::json;
use std::{
    fmt::Write,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};
use tests::{
    db::TestDb,
    program::{Running, command, moments, run},
    seed::{Folder, post},
    state::{Kept, State},
};

/// Moments at which an import is killed, and a server.
const KILLS: u32 = 20;

/// Until whoever comes next has opened the database.
const TO_OPEN: Duration = Duration::from_secs(5);

/// Each is stored in a transaction of its own, and its configuration in two more.
const SITES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Of each site.
const POSTS: usize = 20;

const ARTICLES: usize = SITES.len() * POSTS;

fn sites(folder: &Folder) {
    for site in SITES {
        folder.write(
            &format!("{site}/_config.yml"),
            format!("title: {site}\ntimezone: UTC\npermalink: {site}/:title/\n"),
        );
        for number in 0..POSTS {
            let picture =
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"6\"></svg>", number + 1);
            folder.write(&format!("{site}/source/images/{number}.svg"), picture);
            let mut front_matter = format!("title: Post {number} of {site}\ndate: 2026-01-01 00:00:{number:02}");
            let (tag, category, author) = (number % 17, number % 5, number % 7);
            let _ =
                write!(front_matter, "\ntags: [t{tag}]\ncategories: [[c{category}, d{tag}]]\nauthor: Author {author}");
            let body = format!("![Picture](/images/{number}.svg) What stands in post {number} is short.");
            folder.write(&format!("{site}/source/_posts/post-{number}-{site}.md"), post(&front_matter, &body));
        }
    }
}

fn arguments<'a>(command: &[&'a str], db: &'a TestDb) -> Vec<&'a str> {
    [command, &["--database-url", db.url()]].concat()
}

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    command(&folder.path(), arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn kill(mut child: Child) {
    // SIGKILL; it may have ended by itself.
    let _ = child.kill();
    child.wait().unwrap();
}

/// How long a command takes that does nothing but open the database.
fn open(folder: &Folder, db: &TestDb) -> Duration {
    let begun = Instant::now();
    let opened = run(&folder.path(), &arguments(&["migrate"], db));
    assert_eq!(opened.status, Some(0), "{}", opened.errors);
    let took = begun.elapsed();
    assert!(took < TO_OPEN, "it took {took:?} to open the database");
    took
}

/// Nothing is wrong with what is stored, copies of pictures included.
fn sound(folder: &Folder, db: &TestDb) {
    let checked = run(&folder.path(), &arguments(&["check"], db));
    assert!(checked.last_line().ends_with(" 0 findings"), "{}{}", checked.output, checked.errors);
    assert_eq!(checked.status, Some(0));
}

tests::on_both_databases! {
    async fn an_import_that_is_killed_leaves_a_sound_database_and_can_be_run_again(db: TestDb) {
        let folder = Folder::new();
        sites(&folder);
        open(&folder, &db);
        let before = Kept::of(&db).await;
        let import = arguments(&[&["import"][..], &SITES].concat(), &db);
        let begun = Instant::now();
        let whole = run(&folder.path(), &import);
        let took = begun.elapsed();
        assert_eq!(whole.last_line(), format!("{ARTICLES} created, 0 updated, 0 unchanged, 0 missing, 0 refused"), "{}", whole.errors);
        let end = State::by_names(&db).await;
        let (mut longest, mut stored) = (Duration::ZERO, Vec::new());
        for (kill_number, moment) in (0..KILLS).zip(moments(1)) {
            before.put_back().await;
            let child = start(&folder, &import);
            // One in each twentieth of the time that the whole takes.
            thread::sleep(took.mul_f64((f64::from(kill_number) + moment) / f64::from(KILLS)));
            kill(child);
            longest = longest.max(open(&folder, &db));
            sound(&folder, &db);
            stored.push(db.number("SELECT count(*) FROM article").await);
            let again = run(&folder.path(), &import);
            assert_eq!(again.status, Some(0), "{}", again.errors);
            let difference = end.difference(&State::by_names(&db).await);
            assert!(difference.is_empty(), "killed at {moment}, run again: {difference}");
        }
        assert!(stored.iter().all(|count| count % 20 == 0), "a batch is stored whole or not at all: {stored:?}");
        eprintln!("{KILLS} kills over {took:?}, after which {stored:?} articles were there; opened in {longest:?} at most");
        assert_eq!(locks(&db).await, 0, "no lock outlives who took it");
    }

    /// Under load, and with an import beside it that is killed, too.
    async fn a_server_that_is_killed_answers_rightly_within_five_seconds_of_its_start(db: TestDb) {
        let folder = Folder::new();
        sites(&folder);
        let import = arguments(&[&["import"][..], &SITES].concat(), &db);
        let (mut longest, mut answered) = (Duration::ZERO, 0);
        for (_, moment) in (0..KILLS).zip(moments(2)) {
            let server = Running::start(&folder.path(), &arguments(&["serve", "--no-sample"], &db));
            let child = start(&folder, &import);
            let until = Instant::now() + Duration::from_secs_f64(moment);
            while Instant::now() < until {
                let answer = server.ask("{ articles(first: 20) { totalCount nodes { slug authors { name } } } }");
                assert_eq!(answer.get("errors"), None, "{answer}");
                answered += 1;
            }
            drop(server);
            kill(child);
            let begun = Instant::now();
            let server = Running::start(&folder.path(), &arguments(&["serve", "--no-sample"], &db));
            let answer = server.ask("{ articles { totalCount } }");
            longest = longest.max(begun.elapsed());
            let count = db.number("SELECT count(*) FROM article").await;
            assert_eq!(answer, json!({ "data": { "articles": { "totalCount": count } } }));
            sound(&folder, &db);
        }
        assert!(longest < TO_OPEN, "it took {longest:?} to answer");
        eprintln!("{KILLS} kills among {answered} right answers; the first one came within {longest:?} of the start");
        assert_eq!(run(&folder.path(), &import).status, Some(0));
        sound(&folder, &db);
        assert_eq!(db.number("SELECT count(*) FROM article").await, i64::try_from(ARTICLES).unwrap());
    }
}

async fn locks(db: &TestDb) -> i64 {
    if !db.is_postgres() {
        return 0;
    }
    db.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").await
}
