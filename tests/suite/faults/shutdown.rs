//! SIGTERM while clients ask all the time: who is told that the server leaves loses nothing, and it is gone within ten seconds.
//!
//! A request counts as dropped when it was sent whole, on a connection that was open or could be opened, and no answer came back, though
//! its client did as it was told: it gave a connection up after `Connection: close`, and opened none once `/readyz` had said 503. Clients
//! that open connections all the same are answered for the drain time, too; what they send at the moment at which the server closes its
//! door is lost, as with any server, and not counted.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle, sleep},
    time::{Duration, Instant},
};
use tests::{
    db::TestDb,
    seed::{self, Seed},
    serving::{Serving, readiness},
};

const BODY: &str = r#"{"query":"{ articles(first: 3) { totalCount nodes { slug } } }"}"#;

/// Reads what `seed::slow_tags` has made slow.
const SLOW: &str = r#"{"query":"{ tags { nodes { name } } }"}"#;

const DRAIN: Duration = Duration::from_secs(2);

const GONE: Duration = Duration::from_secs(10);

/// More than that on a machine that has other work to do.
const LATE: Duration = Duration::from_secs(3);

/// How often whoever sends the requests asks whether the server is ready.
const INTERVAL: Duration = Duration::from_millis(100);

/// What came back, and whether the connection ends with it.
struct Answer {
    status: u16,
    closes: bool,
    json: Value,
}

/// Sends a request whole and reads its answer; nothing where none comes.
fn ask(connection: &mut BufReader<TcpStream>, body: &str) -> Option<Answer> {
    connection.get_mut().write_all(format!("{}{body}", head(body)).as_bytes()).ok()?;
    answer(connection)
}

fn head(body: &str) -> String {
    let length = body.len();
    format!("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n")
}

fn answer(connection: &mut BufReader<TcpStream>) -> Option<Answer> {
    let (mut line, mut length, mut closes) = (String::new(), 0, false);
    connection.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    loop {
        line.clear();
        connection.read_line(&mut line).ok()?;
        let header = line.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        closes |= header == "connection: close";
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).ok()?;
    Some(Answer { status, closes, json: serde_json::from_slice(&body).ok()? })
}

fn open(base: &str) -> Option<BufReader<TcpStream>> {
    let socket = TcpStream::connect(base.strip_prefix("http://").unwrap()).ok()?;
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    Some(BufReader::new(socket))
}

/// What one client saw.
#[derive(Default)]
struct Seen {
    right: u64,
    /// Sent whole and not answered, or not with what is right.
    dropped: u64,
    /// When a connection could not be opened, or nothing came back, for the first time.
    failed: Option<Instant>,
}

/// What all clients know.
#[derive(Clone)]
struct World {
    base: String,
    /// `/readyz` has said that no more is to be sent.
    is_told: Arc<AtomicBool>,
    expected: Arc<Value>,
}

impl World {
    fn client(&self, act: fn(&Self) -> Seen) -> JoinHandle<Seen> {
        let world = self.clone();
        thread::spawn(move || act(&world))
    }

    fn is_told(&self) -> bool {
        self.is_told.load(Ordering::SeqCst)
    }

    fn is_right(&self, answer: Option<&Answer>) -> bool {
        answer.is_some_and(|answer| answer.status == 200 && answer.json == *self.expected)
    }

    /// Keeps its connection until it is told that it ends, and opens another one as long as the server is ready.
    fn keeping(&self) -> Seen {
        let mut seen = Seen::default();
        while !self.is_told() {
            let Some(mut connection) = open(&self.base) else {
                seen.dropped += 1;
                break;
            };
            loop {
                let answer = ask(&mut connection, BODY);
                if self.is_right(answer.as_ref()) {
                    seen.right += 1;
                } else {
                    seen.dropped += 1;
                }
                if answer.is_none_or(|answer| answer.closes) {
                    break;
                }
                sleep(Duration::from_millis(5));
            }
        }
        seen
    }

    /// Opens a connection for each request, as long as the server is ready.
    fn fresh(&self) -> Seen {
        let mut seen = Seen::default();
        while !self.is_told() {
            let answer = open(&self.base).and_then(|mut connection| ask(&mut connection, BODY));
            if self.is_right(answer.as_ref()) {
                seen.right += 1;
            } else {
                seen.dropped += 1;
            }
            sleep(Duration::from_millis(20));
        }
        seen
    }

    /// The same whatever it is told, until the server is not there any more.
    fn stubborn(&self) -> Seen {
        let mut seen = Seen::default();
        loop {
            let began = Instant::now();
            let answer = open(&self.base).and_then(|mut connection| ask(&mut connection, BODY));
            if answer.is_none() {
                return Seen { failed: Some(began), ..seen };
            }
            if self.is_right(answer.as_ref()) {
                seen.right += 1;
            } else {
                seen.dropped += 1;
            }
            sleep(Duration::from_millis(20));
        }
    }
}

/// Asks until it is told that the server is not ready; when that was.
fn balancer(world: &World) -> Instant {
    loop {
        let (status, _) = readiness(&world.base);
        if status != 200 {
            world.is_told.store(true, Ordering::SeqCst);
            assert_eq!(status, 503, "it says that it leaves before it is gone");
            return Instant::now();
        }
        sleep(INTERVAL);
    }
}

fn sum(clients: Vec<JoinHandle<Seen>>) -> Seen {
    let all = clients.into_iter().map(|client| client.join().unwrap());
    all.fold(Seen::default(), |sum, seen| Seen {
        right: sum.right + seen.right,
        dropped: sum.dropped + seen.dropped,
        failed: sum.failed.into_iter().chain(seen.failed).min(),
    })
}

/// A program over this database, with articles, whose tags take longer on PostgreSQL than the drain time. SQLite is to count for half
/// a second, which is several under load.
async fn slow(db: &TestDb) -> Serving {
    seed::plant(db, Seed::Content).await;
    let start = Instant::now();
    if !db.is_postgres() {
        db.execute(&seed::counting(1_000_000)).await;
    }
    let a_million = start.elapsed().as_micros().max(1);
    seed::slow_tags(db, 4.0, 1_000_000 * 500_000 / a_million).await;
    Serving::start(db.url(), &["--no-sample", "--request-time=60s"])
}

tests::on_both_databases! {
    async fn nothing_is_dropped_when_the_server_is_told_to_end(db: TestDb) {
        let mut server = slow(&db).await;
        let mut first = open(&server.base).unwrap();
        let expected = Arc::new(ask(&mut first, BODY).unwrap().json);
        assert!(expected["data"]["articles"]["totalCount"].as_u64().unwrap() > 0, "{expected}");
        let world = World { base: server.base.clone(), is_told: Arc::default(), expected };
        let keeping: Vec<_> = (0..12).map(|_| world.client(World::keeping)).collect();
        let fresh: Vec<_> = (0..3).map(|_| world.client(World::fresh)).collect();
        let stubborn = vec![world.client(World::stubborn)];
        let watch = thread::spawn({ let world = world.clone(); move || balancer(&world) });
        let slow = thread::spawn(move || {
            let start = Instant::now();
            (ask(&mut first, SLOW), start.elapsed())
        });
        sleep(Duration::from_secs(1));

        let told = Instant::now();
        server.signal("TERM");
        let unready = watch.join().unwrap();
        let (keeping, fresh, stubborn) = (sum(keeping), sum(fresh), sum(stubborn));
        let status = server.status(GONE + LATE);
        let gone = told.elapsed();
        let (slow, took) = slow.join().unwrap();

        let failed = stubborn.failed.unwrap();
        assert_eq!([keeping.dropped, fresh.dropped, stubborn.dropped], [0, 0, 0]);
        assert!(unready < failed, "it says that it leaves before it refuses anyone");
        assert!(failed - told + INTERVAL > DRAIN, "it answers for the drain time: {:?}", failed - told);
        let slow = slow.expect("what takes long is answered as well");
        assert!(slow.json["data"]["tags"]["nodes"].as_array().is_some_and(|tags| !tags.is_empty()), "{}", slow.json);
        assert_eq!(status, Some(0), "{}", server.log());
        eprintln!(
            "SIGTERM: 503 after {:?}; answered: {} on kept connections, {} on fresh ones, {} of who did not listen, all dropped 0; refused \
             first after {:?}; a request of {took:?} was finished; exit 0 after {gone:?}",
            unready - told, keeping.right, fresh.right, stubborn.right, failed - told
        );
    }

    /// A body that comes in slowly belongs to a request that was accepted.
    async fn a_request_that_is_still_being_sent_is_answered(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let mut server = Serving::start(db.url(), &["--no-sample", "--drain-time=200ms"]);
        let mut connection = open(&server.base).unwrap();
        connection.get_mut().write_all(head(BODY).as_bytes()).unwrap();
        sleep(Duration::from_millis(300));
        server.signal("TERM");
        sleep(Duration::from_millis(1_500));
        connection.get_mut().write_all(BODY.as_bytes()).unwrap();
        let answer = answer(&mut connection).expect("it is answered");
        assert!(answer.status == 200 && answer.closes, "{}", answer.json);
        assert_eq!(server.status(GONE), Some(0), "{}", server.log());
    }

    /// And one that never comes to its end keeps nobody.
    async fn a_request_that_never_ends_does_not_keep_the_server(db: TestDb) {
        let mut server = Serving::start(db.url(), &["--no-sample"]);
        let mut connection = open(&server.base).unwrap();
        connection.get_mut().write_all(head(BODY).as_bytes()).unwrap();
        sleep(Duration::from_millis(300));
        let told = Instant::now();
        server.signal("TERM");
        let status = server.status(GONE + LATE);
        eprintln!("SIGTERM with a request that never ends: exit {status:?} after {:?}", told.elapsed());
        assert_eq!(status, Some(0), "{}", server.log());
    }

    /// Ctrl-C waits for nobody who has not asked yet.
    async fn an_interrupt_ends_the_server_without_the_drain_time(db: TestDb) {
        let mut server = Serving::start(db.url(), &["--no-sample", "--drain-time=60s"]);
        let _idle = open(&server.base).unwrap();
        server.signal("INT");
        assert_eq!(server.status(GONE), Some(0), "{}", server.log());
    }

    async fn a_second_signal_ends_the_server_at_once(db: TestDb) {
        let mut server = Serving::start(db.url(), &["--no-sample", "--drain-time=60s"]);
        server.signal("TERM");
        sleep(Duration::from_millis(500));
        assert_eq!(server.status(Duration::ZERO), None);
        assert_eq!(server.readiness().0, 503);
        server.signal("TERM");
        assert_eq!(server.status(Duration::from_secs(3)), Some(130), "{}", server.log());
    }
}
