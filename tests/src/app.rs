//! The real server over a test's database, and a client that speaks HTTP with it.

use crate::{db::TestDb, fault::Fault};
use actix_web::{dev::ServerHandle, rt::System};
use api::{
    app::{App, Clock},
    config::Settings,
    db::Db,
    freshness::Freshness,
    http,
};
use camino::{Utf8Path, Utf8PathBuf};
use chrono::DateTime;
use clap::Parser;
use entity::Timestamp;
use serde_json::Value;
use std::{
    env,
    net::{SocketAddr, TcpListener},
    ops::Index,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::Duration,
};
use ureq::{
    Agent,
    http::{HeaderMap, Request},
};

/// What time it is in every test that does not set another.
pub const NOW: &str = "2026-11-22T12:00:00Z";

/// The bearer of this one is a preview reader.
pub const PREVIEW_TOKEN: &str = "preview-of-the-tests";

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

/// The settings of a test: those of a small site, then the flags, which win.
#[must_use]
pub fn settings(url: &str, flags: &[&str]) -> Settings {
    let preview = format!("--preview-token={PREVIEW_TOKEN}");
    let database = format!("--database-url={url}");
    let media = format!("--media={}", media(url));
    let of_site = [
        &database,
        &media,
        &preview,
        "--listen=127.0.0.1:0",
        "--public-url=https://api.example.com/",
        "--site-url=https://tide.example.com/",
        "--site-title=The Tide",
        "--site-description=Harbours, in two languages",
        "--site-locale=en",
        "--site-timezone=Asia/Shanghai",
    ];
    let name = |flag: &str| flag.split('=').next().unwrap_or_default().to_owned();
    let is_overridden = |flag: &str| flags.iter().any(|other| name(other) == name(flag));
    let of_site = of_site.into_iter().filter(|flag| !is_overridden(flag));
    // An empty value takes a setting of the site away.
    let flags = flags.iter().copied().filter(|flag| !flag.ends_with('='));
    Flags::parse_from(["tests"].into_iter().chain(of_site).chain(flags)).settings
}

/// Where a test keeps copies of images: a folder of its database alone.
#[must_use]
pub fn media(url: &str) -> Utf8PathBuf {
    if let Some(file) = url.strip_prefix("sqlite://").and_then(|rest| rest.split('?').next()) {
        return Utf8Path::new(file).with_file_name("media");
    }
    let folder = Utf8PathBuf::from_path_buf(env::temp_dir()).expect("temporary folders have names in UTF-8");
    folder.join("masthead_test_media").join(url.rsplit('/').next().unwrap_or_default()).join("media")
}

/// An instant that is written as in an answer.
#[must_use]
pub fn instant(text: &str) -> Timestamp {
    Timestamp(DateTime::parse_from_rfc3339(text).expect("tests write instants as RFC 3339 has them").timestamp_micros())
}

/// A clock that a test can set.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

/// What stands in a [`TestClock`] that is none.
const OF_THE_SYSTEM: i64 = i64::MIN;

impl TestClock {
    /// The one that nobody can set.
    #[must_use]
    pub fn of_the_system() -> Self {
        Self(Arc::new(AtomicI64::new(OF_THE_SYSTEM)))
    }

    fn is_of_the_system(&self) -> bool {
        self.0.load(Ordering::SeqCst) == OF_THE_SYSTEM
    }

    /// One that stands at this instant.
    #[must_use]
    pub fn at(now: &str) -> Self {
        Self(Arc::new(AtomicI64::new(instant(now).0)))
    }

    /// Sets it.
    pub fn set(&self, now: &str) {
        self.0.store(instant(now).0, Ordering::SeqCst);
    }

    /// For an app.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Arc::new(move || Timestamp(now.load(Ordering::SeqCst)))
    }
}

/// An app over a test's database, as commands have one.
pub async fn open(db: &TestDb, clock: &TestClock, flags: &[&str]) -> App {
    let app = App::open(settings(db.url(), flags)).await.expect("the app opens its database");
    App { clock: clock.clock(), ..app }
}

/// A running server and the database behind it.
pub struct TestApp {
    // Stops before its database goes.
    server: Option<Server>,
    agent: Agent,
    /// Where the server answers, without a slash at the end.
    pub base: String,
    /// What time it is for the server.
    pub clock: TestClock,
    /// The database behind it.
    pub db: Arc<TestDb>,
    /// What the server itself has, for writes by its own process.
    pub inside: App,
    trusts: bool,
}

/// Who is told the statements of a server.
enum Watched {
    ByNobody,
    By(Statements),
    Failing(Fault),
}

struct Server {
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

impl TestApp {
    /// Starts a server on a free port.
    #[must_use]
    pub fn start(db: TestDb, flags: &[&str]) -> Self {
        Self::start_with(db.into(), flags, &TestClock::at(NOW), Watched::ByNobody)
    }

    /// Another server over the database of this one, with its clock.
    #[must_use]
    pub fn beside(&self, flags: &[&str]) -> Self {
        Self::start_with(Arc::clone(&self.db), flags, &self.clock, Watched::ByNobody)
    }

    /// A server that asks the system for the time.
    #[must_use]
    pub fn in_real_time(db: TestDb) -> Self {
        Self::start_with(db.into(), &[], &TestClock::of_the_system(), Watched::ByNobody)
    }

    fn start_with(db: Arc<TestDb>, flags: &[&str], clock: &TestClock, watched: Watched) -> Self {
        let listener = api::http::listen(([127, 0, 0, 1], 0).into()).expect("a port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let settings = settings(db.url(), flags);
        let (tell, told) = mpsc::channel();
        let thread = thread::spawn({
            let clock = clock.clone();
            move || System::new().block_on(serve(settings, listener, clock, watched, tell))
        });
        let (handle, inside) = told.recv_timeout(Duration::from_secs(30)).expect("the server starts");
        let server = Some(Server { handle, thread });
        Self { server, agent: agent(), base: base(address), clock: clock.clone(), db, inside, trusts: false }
    }

    /// The same, which believes for a moment that nothing was written, as servers do. Others look before each answer, so that a test
    /// sees at once what it has written behind their backs.
    #[must_use]
    pub fn trusting(mut self) -> Self {
        self.trusts = true;
        self
    }

    /// A server that notes every statement, with its values, from the moment on at which it answers.
    #[must_use]
    pub fn traced(db: TestDb) -> (Self, Statements) {
        Self::traced_with(db, &[])
    }

    /// The same under these settings.
    #[must_use]
    pub fn traced_with(db: TestDb, flags: &[&str]) -> (Self, Statements) {
        let statements = Statements::default();
        let app = Self::start_with(db.into(), flags, &TestClock::at(NOW), Watched::By(statements.clone()));
        (app, statements)
    }

    /// A server every statement of which may be failed, also those that ask whether what is known still holds.
    #[must_use]
    pub fn faulty(db: TestDb, flags: &[&str], fault: &Fault) -> Self {
        Self::start_with(db.into(), flags, &TestClock::at(NOW), Watched::Failing(fault.clone()))
    }

    /// Stops the server.
    pub fn stop(&mut self) {
        if let Some(Server { handle, thread }) = self.server.take() {
            drop(handle.stop(false));
            // A panic of the server has been printed by its own thread.
            let _ = thread.join();
        }
    }

    /// The data of an operation that must succeed.
    #[must_use]
    pub fn query(&self, query: &str, variables: Value) -> Data {
        self.ask(query, variables, None).succeeded(query)
    }

    /// The same for a preview reader.
    #[must_use]
    pub fn preview(&self, query: &str, variables: Value) -> Data {
        self.ask(query, variables, Some(PREVIEW_TOKEN)).succeeded(query)
    }

    /// The answer to an operation, whatever it is, with its receipt.
    #[must_use]
    pub fn ask(&self, query: &str, variables: Value, token: Option<&str>) -> Answer {
        let bearer = token.map(|token| format!("Bearer {token}"));
        // Left to the server, the name would be another one each time; answers are compared whole.
        let named = ("x-request-id", "asked");
        let mut headers = vec![("content-type", "application/json"), ("x-masthead-receipt", "1"), named];
        headers.extend(bearer.iter().map(|bearer| ("authorization", bearer.as_str())));
        let asked = [("query".to_owned(), query.into()), ("variables".to_owned(), variables)];
        let body = Value::Object(asked.into_iter().collect()).to_string();
        self.send("POST", "/graphql", &headers, Some(body.as_bytes()))
    }

    /// The answer to a JSON body without further headers.
    #[must_use]
    pub fn post(&self, body: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.send("POST", "/graphql", &headers, Some(body.to_string().as_bytes()))
    }

    /// The answer to a GET.
    #[must_use]
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, None)
    }

    /// The answer to a GET for what is no text.
    #[must_use]
    pub fn get_bytes(&self, path: &str) -> Bytes {
        let answer = self.agent.get(format!("{}{path}", self.base)).call();
        let mut answer = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
        let bytes = answer.body_mut().read_to_vec().expect("an answer comes to its end");
        Bytes { status: answer.status().as_u16(), headers: answer.headers().clone(), bytes }
    }

    /// The answer to any request.
    #[must_use]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        if !self.trusts {
            self.inside.freshness.distrust();
        }
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            Some(body) => self.agent.run(request.body(body).expect("a test asks something well-formed")),
            None => self.agent.run(request.body(()).expect("a test asks something well-formed")),
        };
        let mut answer = answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            text: answer.body_mut().read_to_string().expect("answers are text"),
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn serve(
    settings: Settings,
    listener: TcpListener,
    clock: TestClock,
    watched: Watched,
    tell: mpsc::Sender<(ServerHandle, App)>,
) {
    let mut app = App::open(settings).await.expect("the server opens its database");
    match watched {
        Watched::ByNobody => {}
        Watched::By(statements) => app.db = statements.noted(&app.settings.database_url).await,
        Watched::Failing(fault) => {
            app.db = fault.watch(app.db);
            app.freshness = Freshness::new(&app.db);
        }
    }
    if !clock.is_of_the_system() {
        app.clock = clock.clock();
    }
    let server = http::server(app.clone(), listener).expect("the server listens");
    tell.send((server.handle(), app)).expect("the test waits for its server");
    server.await.expect("the server ends well");
}

/// What a server has asked its database.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Those since the last call, sorted, each with its values written in.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        let mut statements = std::mem::take(&mut *self.0.lock().expect("nobody fails while noting"));
        statements.sort_unstable();
        statements
    }

    async fn noted(&self, url: &str) -> Db {
        let statements = Arc::clone(&self.0);
        Db::connect(url).await.expect("the database answers").watched(move |statement| {
            statements.lock().expect("nobody fails while noting").push(statement.to_string());
            Ok(())
        })
    }
}

fn base(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_mins(1)))
        .build()
        .into()
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Of HTTP.
    pub status: u16,
    /// All of them.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The body as JSON, its keys in their order.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text))
    }

    /// A header, empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    /// `extensions.code` of the first error; empty where there is none.
    #[must_use]
    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The data, where there is no error.
    #[must_use]
    pub fn succeeded(&self, query: &str) -> Data {
        let json = self.json();
        assert!(
            self.status == 200 && json.get("errors").is_none(),
            "{query}\nwas answered with {}: {json:#}",
            self.status
        );
        Data {
            statements: json["extensions"]["receipt"]["statements"].as_u64().expect("a receipt was asked for"),
            rows: json["extensions"]["receipt"]["rows"].as_u64().expect("a receipt was asked for"),
            value: json["data"].clone(),
        }
    }
}

/// What came back, if it is no text.
#[derive(Debug)]
pub struct Bytes {
    /// Of HTTP.
    pub status: u16,
    /// All of them.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Bytes {
    /// A header, empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }
}

/// The data of an answer without errors, and what it cost.
#[derive(Debug)]
pub struct Data {
    /// How many statements were run.
    pub statements: u64,
    /// How many rows they gave.
    pub rows: u64,
    /// `data`.
    pub value: Value,
}

impl Index<&str> for Data {
    type Output = Value;

    /// A root field.
    fn index(&self, field: &str) -> &Value {
        &self.value[field]
    }
}

/// The strings at this place of each of these values.
#[must_use]
pub fn strings(values: &Value, field: &str) -> Vec<String> {
    let values = values.as_array().expect("a list");
    values
        .iter()
        .map(|value| value[field].as_str().unwrap_or_else(|| panic!("no text `{field}` in {value}")).to_owned())
        .collect()
}
