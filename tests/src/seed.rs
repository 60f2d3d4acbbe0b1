//! Content: files of the repository, files that a test writes, the sample and made-up articles, all through the importer.

use crate::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
};
use api::{
    app::App,
    cli, demo,
    import::{
        self, Options,
        report::{Event, Line, Outcome},
        source::Source,
    },
};
use camino::{Utf8Path, Utf8PathBuf};
use std::{fs, sync::atomic::AtomicBool};
use tempfile::TempDir;

/// What a database holds before a test begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seed {
    /// Nothing.
    Empty,
    /// The small site in `tests/content/site`.
    Content,
    /// What the binary carries.
    Sample,
    /// So many made-up articles.
    Demo(u64),
}

impl TestApp {
    /// A server over this content.
    pub async fn seeded(db: TestDb, seed: Seed) -> Self {
        plant(&db, seed).await;
        Self::start(db, &[])
    }
}

/// Fills a database. What fails fails the test.
pub async fn plant(db: &TestDb, seed: Seed) {
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    match seed {
        Seed::Empty => {}
        Seed::Content => {
            let imported = import(&app, &content().join("site")).await;
            assert_eq!(imported.outcome.refused, 0, "{:#?}", imported.lines);
        }
        Seed::Sample => {
            let outcome = cli::sample(&app).await.expect("the sample can be imported");
            assert_eq!(outcome.refused, 0);
        }
        Seed::Demo(articles) => {
            let options = demo::Options { articles, seed: 1, body_bytes: 600 };
            demo::run(&app, &options, &mut |_| {}).await.expect("articles can be made up");
        }
    }
}

/// The sample as `masthead serve` brings it in where nothing is set.
pub async fn plant_as_shipped(db: &TestDb) {
    let flags = ["--site-url=", "--site-title=", "--site-description=", "--site-timezone="];
    let app = app::open(db, &TestClock::at(NOW), &flags).await;
    cli::sample(&app).await.expect("the sample can be imported");
}

/// `tests/content`.
#[must_use]
pub fn content() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// What an import came to, and what it told.
#[derive(Debug)]
pub struct Imported {
    /// The counts.
    pub outcome: Outcome,
    /// Refusals and warnings, in order.
    pub lines: Vec<Line>,
}

impl Imported {
    /// As the last line on standard output.
    #[must_use]
    pub fn summary(&self) -> String {
        self.outcome.to_string()
    }

    /// The refusals, as they are printed.
    #[must_use]
    pub fn refusals(&self) -> Vec<String> {
        let refusals = self.lines.iter().filter(|line| line.is_refusal);
        refusals.map(ToString::to_string).collect()
    }
}

/// Imports a file or folder, by the app's settings.
pub async fn import(app: &App, path: &Utf8Path) -> Imported {
    try_import(app, path).await.expect("the import does not fail as a whole")
}

/// Imports a file or folder that may fail as a whole.
///
/// # Errors
/// When the database fails.
pub async fn try_import(app: &App, path: &Utf8Path) -> api::Result<Imported> {
    import_with(app, path, Options::default()).await
}

/// The same, with what it is to do besides.
///
/// # Errors
/// When the database fails.
pub async fn import_with(app: &App, path: &Utf8Path, options: Options) -> api::Result<Imported> {
    let sources = Source::open(path, &import::roots(app).await?, None, &import::rules(app, None))?;
    let mut lines = Vec::new();
    let mut tell = |event: Event| {
        if let Event::Line(line) = event {
            lines.push(line);
        }
    };
    let outcome = import::run(app, &sources, options, &AtomicBool::new(false), &mut tell).await?;
    Ok(Imported { outcome, lines })
}

/// A folder of posts that a test writes and changes.
pub struct Folder {
    place: TempDir,
}

impl Folder {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        Self { place }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> Utf8PathBuf {
        let path = self.place.path().canonicalize().expect("it exists");
        Utf8PathBuf::from_path_buf(path).expect("temporary folders have names in UTF-8")
    }

    /// Writes a file, with the folders that it lies in.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let place = self.path().join(path);
        let folder = place.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(&place, content).expect("a file can be written");
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("the file was there");
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

/// A post: front matter without its fences, then the body.
#[must_use]
pub fn post(front_matter: &str, body: &str) -> String {
    format!("---\n{}\n---\n\n{body}\n", front_matter.trim())
}

/// How high SQLite counts, as a statement with one column, `steps`.
#[must_use]
pub fn counting(to: u128) -> String {
    format!(
        "WITH RECURSIVE count(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM count WHERE step < {to}) SELECT count(*) AS steps FROM count"
    )
}

/// Makes every statement that reads tags slow: PostgreSQL sleeps for so many seconds before it has them, SQLite counts so far.
pub async fn slow_tags(db: &TestDb, seconds: f64, steps: u128) {
    let delay = if db.is_postgres() { format!("SELECT 1 AS steps FROM pg_sleep({seconds})") } else { counting(steps) };
    db.execute("ALTER TABLE tag RENAME TO stored_tag").await;
    db.execute(&format!(
        "CREATE VIEW tag AS SELECT stored_tag.* FROM stored_tag, ({delay}) AS delay WHERE delay.steps > 0"
    ))
    .await;
}
