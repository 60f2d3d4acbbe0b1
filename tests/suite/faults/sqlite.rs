//! What can happen to an SQLite file: others that write it or hold it, a disk that is full, permissions, damage.

use camino::{Utf8Path, Utf8PathBuf};
use std::{
    env, fs,
    os::unix::{
        fs::{FileExt, PermissionsExt},
        process::CommandExt,
    },
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tests::{
    app::{NOW, TestClock, open},
    db::{TestDb, on_sqlite},
    program::{Ended, Running, command, run},
    seed::{self, Folder, post},
    state::sound,
};

/// How long somebody else holds the file.
const HELD: Duration = Duration::from_secs(10);

fn posts(folder: &Folder, site: &str, count: usize, body: &str) {
    for number in 0..count {
        let front_matter =
            format!("title: {site} {number}\ndate: 2026-01-01\ntags: [t{}]\ncategories: [c{}]", number % 7, number % 3);
        folder.write(&format!("{site}/{site}-{number}.md"), post(&front_matter, body));
    }
}

fn importing(folder: &Folder, site: &str, url: &str) -> Child {
    let arguments = ["import", site, "--timezone", "UTC", "--database-url", url];
    command(&folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn ended(child: Child) -> Ended {
    Ended::from(&child.wait_with_output().unwrap())
}

fn answers(server: &Running) -> i64 {
    let answer = server.ask("{ articles(first: 3) { totalCount nodes { slug tags { name } } } }");
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["articles"]["totalCount"].as_i64().unwrap()
}

#[test]
fn after_many_writes_nothing_waits_in_the_log() {
    on_sqlite(|db| async move {
        let folder = Folder::new();
        posts(&folder, "a", 20, "Some text.");
        let app = open(&db, &TestClock::at(NOW), &[]).await;
        seed::import(&app, &folder.path()).await;
        let log = || fs::metadata(format!("{}-wal", app.settings.database_file().unwrap())).unwrap().len();
        assert!(log() > 0, "a few are left there until more follow");
        app.db.finish_writing(1_000).await;
        assert_eq!(log(), 0);
    });
}

#[test]
fn several_imports_beside_a_server_wait_for_each_other() {
    on_sqlite(|db| async move {
        let folder = Folder::new();
        let sites = ["a", "b", "c"];
        for site in sites {
            posts(&folder, site, 200, "Some text.");
        }
        let server = Running::start(&folder.path(), &["serve", "--no-sample", "--database-url", db.url()]);
        let mut imports: Vec<Child> = sites.iter().map(|site| importing(&folder, site, db.url())).collect();
        let (mut asked, mut seen) = (0, 0);
        while imports.iter_mut().any(|import| import.try_wait().unwrap().is_none()) {
            let count = answers(&server);
            assert!(count >= seen, "articles do not go");
            (asked, seen) = (asked + 1, count);
        }
        for import in imports {
            let import = ended(import);
            assert_eq!(
                (import.status, import.last_line()),
                (Some(0), "200 created, 0 updated, 0 unchanged, 0 missing, 0 refused"),
                "{}",
                import.errors
            );
            assert!(!import.errors.contains("locked"), "{}", import.errors);
        }
        assert_eq!(db.number("SELECT count(*) FROM article").await, 600);
        sound(&db).await;
        eprintln!("3 imports of 200 posts at once, {asked} answers meanwhile");
    });
}

#[test]
fn a_lock_of_somebody_else_is_waited_for_and_holds_up_no_reader() {
    on_sqlite(|db| async move {
        let folder = Folder::new();
        posts(&folder, "a", 3, "Some text.");
        let server = Running::start(&folder.path(), &["serve", "--no-sample", "--database-url", db.url()]);
        db.execute("BEGIN EXCLUSIVE").await;
        let begun = Instant::now();
        let import = importing(&folder, "a", db.url());
        let mut slowest = Duration::ZERO;
        while begun.elapsed() < HELD {
            let asked = Instant::now();
            answers(&server);
            slowest = slowest.max(asked.elapsed());
            thread::sleep(Duration::from_millis(20));
        }
        db.execute("COMMIT").await;
        let import = ended(import);
        let waited = begun.elapsed();
        assert_eq!((import.status, import.errors.contains("locked")), (Some(0), false), "{}", import.errors);
        assert!(waited >= HELD);
        assert!(slowest < Duration::from_secs(2), "an answer took {slowest:?}");
        sound(&db).await;
        eprintln!("an import waited {waited:?} for a lock of {HELD:?}; the slowest answer meanwhile took {slowest:?}");
    });
}

/// A disk of three megabytes, for as long as this is there.
struct SmallDisk {
    folder: Folder,
}

impl SmallDisk {
    /// Only root can make one. Where nobody may the test says so and is skipped, except in CI.
    fn new() -> Option<Self> {
        let disk = Self { folder: Folder::new() };
        if disk.mount("size=3m") {
            return Some(disk);
        }
        let is_ci = env::var_os("CI").is_some_and(|value| value == "true");
        assert!(!is_ci, "in CI a small disk can be mounted");
        eprintln!("skipped: no small disk can be mounted here");
        None
    }

    fn mount(&self, options: &str) -> bool {
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(self.folder.path()).output();
        mount.is_ok_and(|mount| mount.status.success())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // It was not mounted where that failed.
        let _ = Command::new("umount").arg("--lazy").arg(self.folder.path()).output();
    }
}

#[test]
fn a_full_disk_stops_an_import_and_nothing_else() {
    on_sqlite(|_| async move {
        let Some(disk) = SmallDisk::new() else { return };
        let here = Folder::new();
        posts(&here, "a", 60, &"Text that takes some room. ".repeat(4));
        posts(&here, "b", 200, &"Text that takes much room. ".repeat(400));
        let url = format!("sqlite://{}/masthead.db?mode=rwc", disk.folder.path());
        let first = ended(importing(&here, "a", &url));
        assert_eq!(first.status, Some(0), "{}", first.errors);
        let server = Running::start(&here.path(), &["serve", "--no-sample", "--database-url", &url]);
        let full = ended(importing(&here, "b", &url));
        assert_eq!(full.status, Some(1), "{}", full.errors);
        for part in ["masthead: the database `sqlite://", "its disk is full", "Make room"] {
            assert!(full.errors.contains(part), "{}", full.errors);
        }
        assert_eq!(answers(&server), 60, "what was there is read, and nothing else");
        drop(server);
        let server = Running::start(&here.path(), &["serve", "--no-sample", "--database-url", &url]);
        assert_eq!(answers(&server), 60, "a server starts on a full disk");
        assert!(disk.mount("remount,size=64m"), "the disk grows");
        let again = ended(importing(&here, "b", &url));
        assert_eq!(again.last_line(), "200 created, 0 updated, 0 unchanged, 0 missing, 0 refused", "{}", again.errors);
        // What another process writes is seen within a second, on a machine that has the time.
        let start = Instant::now();
        while answers(&server) != 260 {
            assert!(start.elapsed() < Duration::from_secs(3), "what was imported is not seen");
            thread::sleep(Duration::from_millis(50));
        }
        let db = TestDb::over(&url).await;
        sound(&db).await;
    });
}

/// A database of its own, in one file without anything beside it.
struct File {
    folder: Folder,
    path: Utf8PathBuf,
    /// Into which anyone may export.
    open: Folder,
}

impl File {
    async fn new() -> Self {
        let folder = Folder::new();
        posts(&folder, "a", 3, "Text of this post.");
        let path = folder.path().join("masthead.db");
        let import = ended(importing(&folder, "a", &format!("sqlite://{path}?mode=rwc")));
        assert_eq!(import.status, Some(0), "{}", import.errors);
        let db = TestDb::over(&format!("sqlite://{path}")).await;
        db.close().await;
        let open = Folder::new();
        permit(&open.path(), 0o777);
        Self { folder, path, open }
    }

    fn url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.path)
    }

    /// Each command that writes, and one that reads.
    fn commands(&self) -> Vec<Vec<String>> {
        let url = self.url();
        let export = self.open.path().join("out");
        [&["import", "a"][..], &["reindex"], &["demo", "--articles", "1"], &["export", export.as_str()]]
            .into_iter()
            .map(|command| command.iter().chain(&["--database-url", &url]).map(ToString::to_string).collect())
            .collect()
    }

    /// What a command says of a database that it can not use.
    fn refused(&self, arguments: &[String], as_nobody: bool, parts: &[&str]) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut command = command(&self.folder.path(), &arguments);
        if as_nobody && is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let ended = Ended::from(&command.output().unwrap());
        assert_eq!(ended.status, Some(1), "{arguments:?}: {}", ended.errors);
        let told = ended.errors.lines().last().unwrap_or_default();
        assert!(told.starts_with(&format!("masthead: the database `{}` ", self.url())), "{arguments:?}: {told}");
        for part in parts {
            assert!(told.contains(part), "{arguments:?}: {told}");
        }
        assert!(!ended.errors.contains("panicked"), "{}", ended.errors);
    }
}

/// Whom permissions bind.
const NOBODY: u32 = 65_534;

fn is_root() -> bool {
    // Root alone reads what nobody may.
    let folder = Folder::new();
    folder.write("closed", "");
    let closed = folder.path().join("closed");
    permit(&closed, 0);
    fs::read(closed).is_ok()
}

fn permit(path: &Utf8Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_may_not_be_written_is_told_and_read_where_that_can_be() {
    on_sqlite(|_| async move {
        let file = File::new().await;
        let folder = file.folder.path();
        permit(&file.path, 0o444);
        permit(&folder, 0o555);
        for command in file.commands() {
            file.refused(&command, true, &["can not be written by this user", "-wal", "the folder"]);
        }
        // Readers need to write beside the file, not into it.
        permit(&folder, 0o777);
        let (export, writing): (Vec<_>, Vec<_>) =
            file.commands().into_iter().partition(|command| command[0] == "export");
        for command in writing {
            file.refused(&command, true, &["can not be written by this user"]);
        }
        let read_only = format!("sqlite://{}?mode=ro", file.path);
        let server = Running::start(&folder, &["serve", "--database-url", &read_only]);
        assert_eq!(answers(&server), 3, "what is there already is served");
        drop(server);
        let arguments: Vec<&str> = export[0].iter().map(String::as_str).collect();
        assert_eq!(run(&folder, &arguments).last_line(), "3 exported");
    });
}

#[test]
fn a_file_that_is_no_sound_database_is_told_and_not_touched() {
    on_sqlite(|_| async move {
        let file = File::new().await;
        let sound = fs::read(&file.path).unwrap();
        let mut damaged = sound.clone();
        // The beginning of each page but the first, in which the schema begins.
        damaged.chunks_mut(4_096).skip(1).for_each(|page| page[..64].fill(0xa5));
        let half = sound[..sound.len() / 8_192 * 4_096].to_vec();
        let cases = [
            ("a text", b"This is a text, and has never been a database.\n".repeat(200), "is no SQLite database"),
            ("a damaged beginning", [vec![0xa5; 512], sound[512..].to_vec()].concat(), "is no SQLite database"),
            ("a half", half, "is damaged"),
            ("damaged pages", damaged, "is damaged"),
        ];
        for (what, bytes, told) in cases {
            fs::write(&file.path, &bytes).unwrap();
            for command in file.commands().into_iter().chain([vec![
                "serve".to_owned(),
                "--listen=127.0.0.1:0".to_owned(),
                format!("--database-url={}", file.url()),
            ]]) {
                file.refused(&command, false, &[told, "backup"]);
                assert!(fs::read(&file.path).unwrap() == bytes, "{what} was changed by {command:?}");
            }
        }
        // SQLite itself leaves an empty file where a database was to be: that is a new one.
        fs::write(&file.path, "").unwrap();
        let migrated = run(&file.folder.path(), &["migrate", "--database-url", &file.url()]);
        assert_eq!((migrated.status, migrated.errors.as_str()), (Some(0), ""));
    });
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_page_that_is_damaged_while_the_server_runs_fails_those_who_need_it() {
    on_sqlite(|_| async move {
        let file = File::new().await;
        let db = TestDb::over(&file.url()).await;
        // Longer than a page, so that one holds nothing else.
        let text = "unmistakable ".repeat(2_000);
        db.execute(&format!("UPDATE body SET html = '{text}' WHERE article_id = 2")).await;
        db.close().await;
        let server = Running::start(&file.folder.path(), &["serve", "--no-sample", "--database-url", &file.url()]);
        let titles = server.ask("{ articles { nodes { title slug } } }");
        assert_eq!(titles.get("errors"), None, "{titles}");
        let disk = fs::OpenOptions::new().write(true).open(&file.path).unwrap();
        let mut damaged = 0;
        for (number, page) in fs::read(&file.path).unwrap().chunks(4_096).enumerate() {
            // Nothing but the text stands behind the number of the page where it goes on, of which the first byte is 0.
            if page[0] == 0 && holds(page, b"unmistakable unmistakable") {
                disk.write_all_at(&u32::MAX.to_be_bytes(), number as u64 * 4_096).unwrap();
                damaged += 1;
            }
        }
        assert!(damaged > 2, "{damaged}");
        let body =
            |slug: &str| server.ask(&format!("{{ article(by: {{ slug: \"{slug}\" }}) {{ title body {{ html }} }} }}"));
        let slugs: Vec<&str> = titles["data"]["articles"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["slug"].as_str().unwrap())
            .collect();
        let answers: Vec<_> = slugs.iter().map(|slug| body(slug)).collect();
        let failed: Vec<_> = answers.iter().filter(|answer| answer.get("errors").is_some()).collect();
        assert_eq!(failed.len(), 1, "{answers:#?}");
        assert_eq!(failed[0]["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
        assert!(!failed[0].to_string().contains("malformed"), "{failed:#?}");
        assert_eq!(server.ask("{ articles { totalCount } }")["data"]["articles"]["totalCount"], 3);
    });
}
