//! A database error at every statement, one run for each: no import leaves anything half done, and no answer is wrong, tells a client
//! what the database said, or is remembered.

use api::{app::App, import::Options};
use serde_json::Value;
use std::{collections::BTreeMap, env, fs, ops::Range};
use tests::{
    app::{self, Answer, NOW, PREVIEW_TOKEN, TestApp, TestClock},
    case::{self, Case},
    db::TestDb,
    fault::{CAUSE, Fault},
    nullability::{Nullability, missing},
    seed::{self, Folder, Imported, Seed, post},
    state::{Kept, State, sound},
};

/// What clients are told of a failure.
const MESSAGE: &str = "something went wrong on the server; the log there says what";

/// Without `MASTHEAD_TEST_CASES`, of the statements of an import the first and last of each transaction fail, and every third; of those
/// of a case every third, one case beginning with the first, another with the second.
const EVERY: usize = 3;

/// A site with everything that an import stores: configuration, pictures of its own, categories, tags, authors, drafts.
fn site() -> Folder {
    let folder = Folder::new();
    copy(&seed::content().join("site"), "", &folder);
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\"></svg>";
    folder.write("source/images/buoy.svg", picture);
    folder.write("_config.yml", "title: The Tide\ntimezone: Asia/Shanghai\nurl: https://tide.example.com\n");
    folder.write(
        "source/_posts/buoys.md",
        post(
            "title: Buoys\ndate: 2025-04-01\ntags: [sea, marks]\ncover: /images/buoy.svg",
            "![A buoy](/images/buoy.svg)",
        ),
    );
    folder
}

fn copy(from: &camino::Utf8Path, to: &str, folder: &Folder) {
    for entry in from.join(to).read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        let place = path.strip_prefix(from).unwrap().as_str();
        if path.is_dir() {
            copy(from, place, folder);
        } else {
            folder.write(place, fs::read(&path).unwrap());
        }
    }
}

/// New, changed and moved posts, other pictures, another title, and two files less.
fn change(folder: &Folder) {
    folder.write("_config.yml", "title: The Ebb\ntimezone: Asia/Shanghai\nurl: https://tide.example.com\n");
    folder
        .write("source/images/beacon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"9\"></svg>");
    folder.write(
        "source/_posts/buoys.md",
        post(
            "title: Buoys and beacons\ndate: 2025-04-02\ntags: [marks]\ncategories: [Marks]\npermalink: /marks/buoys/",
            "![A beacon](/images/beacon.svg) They say where the water is deep.",
        ),
    );
    folder.write("source/_posts/new.md", post("title: New\ndate: 2025-05-01\nauthor: Ada Anker", "Not there before."));
    folder.remove("source/_posts/sure.md");
    folder.remove("source/_posts/the-bakery.md");
}

/// An import into one database, a statement of which fails.
struct Scenario<'a> {
    db: &'a TestDb,
    app: App,
    fault: Fault,
    folder: &'a Folder,
    options: Options,
    before: Kept<'a>,
    end: Option<State>,
    /// What is there by how many transactions were committed, as was first seen.
    between: BTreeMap<usize, State>,
}

impl<'a> Scenario<'a> {
    async fn new(db: &'a TestDb, folder: &'a Folder, options: Options) -> Self {
        let fault = Fault::default();
        let app = app::open(db, &TestClock::at(NOW), &[]).await;
        let app = App { db: fault.watch(app.db.clone()), ..app };
        let between = [(0, State::exact(db).await)].into();
        Self { db, app, fault, folder, options, before: Kept::of(db).await, end: None, between }
    }

    async fn run(&self) -> api::Result<Imported> {
        seed::import_with(&self.app, &self.folder.path(), self.options).await
    }

    /// The statements of a run that nothing disturbs.
    async fn undisturbed(&mut self) -> Vec<String> {
        self.fault.disarm();
        self.run().await.unwrap();
        let statements = self.fault.statements();
        self.end = Some(State::by_names(self.db).await);
        sound(self.db).await;
        let committed = statements.iter().filter(|sql| *sql == "COMMIT").count();
        self.between.insert(committed, State::exact(self.db).await);
        self.before.put_back().await;
        statements
    }

    async fn fail(&mut self, at: usize, is_run_again: bool) {
        self.fault.arm(at..at + 1);
        let failed = self.run().await;
        let statements = self.fault.statements();
        assert!(matches!(failed, Err(api::Error::Database(_))), "statement {at} has failed: {failed:?}");
        assert_eq!(statements.len(), at, "nothing is done after a failure: {:?}", &statements[at..]);
        let committed = statements[..at - 1].iter().filter(|sql| *sql == "COMMIT").count();
        let state = State::exact(self.db).await;
        sound(self.db).await;
        let is_told = committed == 0 || self.between[&(committed - 1)].is_told(&state);
        assert!(is_told, "transaction {committed} has changed the content and not raised its generation");
        let expected = self.between.entry(committed).or_insert_with(|| state.clone());
        let difference = expected.difference(&state);
        assert!(difference.is_empty(), "half done after {at} statements, of which {committed} commits: {difference}");
        if is_run_again {
            self.fault.disarm();
            self.run().await.unwrap();
            let difference = self.end.as_ref().unwrap().difference(&State::by_names(self.db).await);
            assert!(difference.is_empty(), "run again after a failure of statement {at}: {difference}");
            sound(self.db).await;
        }
        self.before.put_back().await;
    }

    /// Fails the statements one after the other, and says how many there are.
    async fn fail_each(&mut self, what: &str) {
        let (statements, mut failed) = (self.undisturbed().await, 0);
        for at in 1..=statements.len() {
            // What is run again from the same state does the same.
            let is_edge = ["BEGIN", "COMMIT"].contains(&statements[at - 1].as_str());
            let is_run_again = is_edge || at == statements.len() || is_thorough();
            if is_run_again || at % EVERY == 0 {
                self.fail(at, is_run_again).await;
                failed += 1;
            }
        }
        let transactions = statements.iter().filter(|sql| *sql == "COMMIT").count();
        eprintln!("{what}: {failed} of {} statements failed, in {transactions} transactions", statements.len());
    }
}

fn is_thorough() -> bool {
    env::var_os("MASTHEAD_TEST_CASES").is_some()
}

/// What was asked, and how.
struct Asked<'a> {
    app: &'a TestApp,
    case: &'a Case,
    nullability: &'a Nullability,
}

impl Asked<'_> {
    fn answer(&self) -> Answer {
        let bearer = format!("Bearer {PREVIEW_TOKEN}");
        let mut headers = vec![("content-type", "application/json")];
        if self.case.is_preview {
            headers.push(("authorization", &bearer));
        }
        self.app.send("POST", "/graphql", &headers, Some(self.case.body().as_bytes()))
    }

    /// What was wrong is not remembered.
    fn is_the_same(&self, right: &Answer, at: usize) {
        let again = self.answer();
        let [was, is] =
            [right, &again].map(|answer| (answer.status, answer.json()["data"].to_string(), errors_of(&answer.json())));
        assert_eq!(was, is, "{} after a failure of statement {at}", self.case.name);
    }

    /// One that is right as far as it goes, and says where it does not go on and why not.
    fn is_honest(&self, right: &Answer, failed: &Answer) {
        let (right, answered) = (right.json(), failed.json());
        assert!(!failed.text.contains(CAUSE) && !failed.text.contains("SELECT"), "a client reads: {}", failed.text);
        let was_wrong = errors_of(&right);
        for error in errors_of(&answered).iter().filter(|error| !was_wrong.contains(error)) {
            assert_eq!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{error}");
            assert_eq!(error["message"], MESSAGE, "{error}");
        }
        let Some(data) = answered.get("data") else {
            assert!(!errors_of(&answered).is_empty(), "neither data nor errors: {answered}");
            return;
        };
        let broken = self.nullability.broken(&self.case.document, self.case.operation.as_deref(), data);
        assert!(broken.is_empty(), "null against the schema: {broken:?} in {answered:#}");
        for path in missing(&right["data"], data) {
            // One without a path is of the whole answer.
            let tells =
                |error: &Value| error["path"].as_array().map_or(path.is_empty(), |told| told.starts_with(&path));
            assert!(errors_of(&answered).iter().any(tells), "nothing says why {path:?} is null: {answered:#}");
        }
    }
}

fn errors_of(answer: &Value) -> Vec<Value> {
    let mut errors = answer["errors"].as_array().cloned().unwrap_or_default();
    // Fields of one selection fail in any order.
    errors.sort_by_cached_key(ToString::to_string);
    errors
}

/// Statements of each case that fail.
struct Grid<'a> {
    flags: &'a [&'a str],
    /// By the first one.
    failing: fn(usize) -> Range<usize>,
    /// What is kept before a statement fails is kept of another content.
    forgets: bool,
}

impl Grid<'_> {
    async fn fail_each(&self, db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let fault = Fault::default();
        let app = TestApp::faulty(db, &[self.flags, &["--max-errors=10000"]].concat(), &fault);
        let nullability = Nullability::of(&api::graphql::sdl());
        let (mut failures, mut told) = (0, 0);
        // How often the content has changed is no part of what is compared.
        let is_fit =
            |case: &&Case| case.seed == Seed::Content && !(self.forgets && case.document.contains("generation"));
        let cases: Vec<Case> = case::all().into_iter().filter(|case| is_fit(&case)).collect();
        for (number, case) in cases.iter().enumerate() {
            let asked = Asked { app: &app, case, nullability: &nullability };
            fault.disarm();
            let right = asked.answer();
            // Others of the next case.
            let (first, step) = if is_thorough() { (1, 1) } else { (1 + number % EVERY, EVERY) };
            for at in (first..).step_by(step) {
                if self.forgets {
                    app.db.execute("UPDATE content_generation SET generation = generation + 1").await;
                }
                fault.arm((self.failing)(at));
                let failed = asked.answer();
                if fault.statements().len() < at {
                    break;
                }
                asked.is_honest(&right, &failed);
                fault.disarm();
                asked.is_the_same(&right, at);
                failures += 1;
                told += usize::from(failed.json() != right.json());
            }
        }
        let cases = cases.len();
        eprintln!("{cases} cases under {:?}: {failures} failures, of which {told} were told", self.flags);
    }
}

tests::on_both_databases! {
    async fn an_import_that_fails_at_any_statement_leaves_nothing_half_done(db: TestDb) {
        let folder = site();
        let mut first = Scenario::new(&db, &folder, Options::default()).await;
        first.fail_each("the first import").await;
        first.fault.disarm();
        first.run().await.unwrap();
        change(&folder);
        let mut second = Scenario::new(&db, &folder, Options { prunes: true, ..Options::default() }).await;
        second.fail_each("an import of changes that prunes").await;
    }

    /// By the engine alone, which tells of each field that failed, one statement at a time.
    async fn a_query_of_which_any_statement_fails_is_answered_as_far_as_it_goes(db: TestDb) {
        let flags = &["--response-cache-bytes=0", "--shortcuts=false"];
        Grid { flags, failing: |at| at..at + 1, forgets: false }.fail_each(db).await;
    }

    /// With everything that is kept, when the database does nothing any more from one statement on.
    async fn an_answer_of_a_database_that_has_gone_is_not_remembered(db: TestDb) {
        Grid { flags: &[], failing: |at| at..usize::MAX, forgets: true }.fail_each(db).await;
    }
}
