//! How much is done at the same time, how large an answer gets, and what happens when a client leaves or the system is full.

use super::{JSON, SITE, assert_refused, post};
use serde_json::json;
use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tests::{
    app::TestApp,
    db::TestDb,
    program,
    seed::{self, Seed},
};

/// What takes some seconds, on a database that [`slowed`] was called for.
const SLOW: &str = r#"{"query":"{ tag(by: {slug: \"sea\"}) { name } }"}"#;

/// Makes reading a tag take about this long.
async fn slowed(db: &TestDb, seconds: u32) {
    // How fast a machine counts is found out on the machine.
    let (tried, began) = (500_000, Instant::now());
    if !db.is_postgres() {
        db.execute(&seed::counting(tried)).await;
    }
    let steps = tried * u128::from(seconds) * 1_000_000 / began.elapsed().as_micros().max(1);
    seed::slow_tags(db, seconds.into(), steps).await;
}

/// A request whose answer nobody waits for here.
pub fn sent(app: &TestApp, body: &str) -> TcpStream {
    let mut socket = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).unwrap();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes()).unwrap();
    socket.set_read_timeout(Some(Duration::from_mins(4))).unwrap();
    socket
}

fn status(socket: TcpStream) -> String {
    let mut line = String::new();
    BufReader::new(socket).read_line(&mut line).unwrap();
    line.split(' ').nth(1).unwrap_or_default().to_owned()
}

tests::on_both_databases! {
    async fn who_is_one_too_many_is_told_at_once(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &["--max-in-flight=1", "--max-queue=1", "--request-time=300s"]);
        slowed(&app.db, 4).await;
        let works = sent(&app, SLOW);
        thread::sleep(Duration::from_millis(600));
        let waits = sent(&app, SITE);
        // Those who only begin to send, or wait for their answer to be read, have no place.
        let mut slow = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).unwrap();
        slow.write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{").unwrap();
        thread::sleep(Duration::from_millis(300));
        let began = Instant::now();
        // Nobody reads it so far as to see that it is no JSON.
        for answer in [post(&app, &JSON, SITE), post(&app, &JSON, "{"), app.get("/graphql?query={site{title}}", &[])] {
            assert_refused(&answer, 503, "OVERLOADED");
            assert_eq!(answer.header("retry-after"), "1");
        }
        for path in ["/healthz", "/", "/graphiql/graphiql.js"] {
            assert_eq!(app.get(path, &[]).status, 200, "{path}");
        }
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert_eq!((status(works).as_str(), status(waits).as_str()), ("200", "200"));
        assert_eq!(post(&app, &JSON, SITE).status, 200);
    }

    async fn who_leaves_frees_the_place(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &["--max-in-flight=1", "--max-queue=0", "--request-time=300s"]);
        slowed(&app.db, 12).await;
        let began = Instant::now();
        let works = sent(&app, SLOW);
        thread::sleep(Duration::from_millis(600));
        assert_eq!(post(&app, &JSON, SITE).status, 503);
        drop(works);
        while post(&app, &JSON, SITE).status != 200 {
            assert!(began.elapsed() < Duration::from_secs(6), "the place is still taken");
            thread::sleep(Duration::from_millis(50));
        }
    }

    async fn waiting_takes_half_of_the_time_at_most(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &["--max-in-flight=1", "--max-queue=5", "--request-time=2s"]);
        slowed(&app.db, 5).await;
        let _works = sent(&app, SLOW);
        thread::sleep(Duration::from_millis(400));
        let began = Instant::now();
        let waited = post(&app, &JSON, SITE);
        let took = began.elapsed();
        // The one before may have been stopped when its own time was over.
        if waited.status != 200 {
            assert_refused(&waited, 503, "OVERLOADED");
        }
        assert!(took < Duration::from_secs(3), "{took:?}");
    }

    async fn an_answer_over_its_limit_is_refused_at_its_edge(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        let asked = |alias: &str| format!(r#"{{"query":"{{ {alias}: articles(first: 10) {{ nodes {{ title path }} }} }}"}}"#);
        let app = TestApp::start(db, &["--max-answer-bytes=1400"]);
        let small = post(&app, &JSON, &asked("a"));
        assert_eq!(small.status, 200);
        // A letter more in the name of the field is a byte more in the answer.
        let room = 1_400 - small.text.len();
        let most = post(&app, &JSON, &asked(&"a".repeat(1 + room)));
        assert_eq!((most.status, most.text.len(), most.code().as_str()), (200, 1_400, ""));
        let over = asked(&"a".repeat(2 + room));
        assert_refused(&post(&app, &JSON, &over), 200, "PAYLOAD_TOO_LARGE");
        let strict = post(&app, &[("content-type", "application/json"), ("accept", "application/graphql-response+json")], &over);
        assert_refused(&strict, 400, "PAYLOAD_TOO_LARGE");
        let extensions = &strict.json()["errors"][0]["extensions"];
        assert_eq!((&extensions["limit"], &extensions["max"]), (&json!("max-answer-bytes"), &json!(1_400)));
    }
}

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where a server answers that may open so many files, and closes a connection that asks nothing for so long.
fn serve(folder: &camino::Utf8Path, files: u32, header_time: &str) -> (Program, String) {
    let line = format!("ulimit -n {files}; exec \"$0\" --listen 127.0.0.1:0 --header-time {header_time}");
    let mut command = Command::new("sh");
    command
        .args(["-c", &line, program::masthead().as_str()])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = Program(command.spawn().unwrap());
    let mut lines = BufReader::new(server.0.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("http://"))).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    (server, address)
}

fn is_alive(address: &str) -> bool {
    let heard = crate::http::wire::talk(address, b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    heard.starts_with(b"HTTP/1.1 200 ")
}

#[test]
fn four_hundred_connections_fit_into_the_files_of_a_usual_shell() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = serve(camino::Utf8Path::from_path(folder.path()).unwrap(), 1_024, "60s");
    let mut open: Vec<TcpStream> = (0..400).map(|_| TcpStream::connect(&address).unwrap()).collect();
    for socket in &mut open {
        socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        let mut status = [0; 13];
        socket.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 200 ");
    }
    // None was closed to make room for another.
    for socket in &open {
        socket.set_nonblocking(true).unwrap();
        let rest = std::iter::repeat_with(|| (&*socket).read(&mut [0; 4_096])).find(|read| !matches!(read, Ok(1..)));
        assert_eq!(rest.unwrap().unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}

#[test]
fn a_crowd_can_wait_until_it_is_let_in() {
    let listener = api::http::listen(([127, 0, 0, 1], 0).into()).unwrap();
    let address = listener.local_addr().unwrap();
    let came = (0..150).map(|_| TcpStream::connect_timeout(&address, Duration::from_secs(10)));
    assert_eq!(came.collect::<Result<Vec<_>, _>>().map(|came| came.len()).unwrap(), 150);
}

/// They are taken again when the ones who say nothing are closed.
#[test]
fn connections_without_a_file_left_wait_and_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = serve(camino::Utf8Path::from_path(folder.path()).unwrap(), 100, "1s");
    let open: Vec<TcpStream> = (0..150).map(|_| TcpStream::connect(&address).unwrap()).collect();
    assert!(is_alive(&address));
    drop(open);
    assert!(is_alive(&address));
}
