//! PostgreSQL crashes, ends sessions and falls silent under load. While it lasts every answer is right or an error with a code, what was
//! kept is given out where nobody can have changed it, `/readyz` tells; afterwards all is as before, with no connection more.
//!
//! Everything is back within two seconds where the machine has time. The tests wait for five, since others compile meanwhile; each prints
//! how long it took.

use std::{
    net::TcpListener,
    thread::sleep,
    time::{Duration, Instant},
};
use tests::{
    cluster::Cluster,
    load::{Client, Load, Said, Tally},
    program,
    proxy::Proxy,
    seed::Folder,
    serving::Serving,
};

const RECOVERED: Duration = Duration::from_secs(5);

/// Eight connections that read, four for everything else, and the one that hears of changes.
const SESSIONS: i64 = 8 + 4 + 1;

/// Codes that a client may be told while the database is not well.
const CODES: [&str; 3] = ["INTERNAL_SERVER_ERROR", "OVERLOADED", "TIMEOUT"];

/// Connections of the load come and go, and so do those to the database within their number.
const LOOSE_DESCRIPTORS: usize = 16;

fn assert_told(tally: &Tally) {
    assert_eq!(tally.broken, [""; 0]);
    assert!(tally.codes.keys().all(|code| CODES.contains(&code.as_str())), "{:?}", tally.codes);
}

/// Until the condition holds; how long that took.
fn wait(what: &str, within: Duration, holds: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < within, "{what}: not after {within:?}");
        sleep(Duration::from_millis(10));
    }
    start.elapsed()
}

fn is_right(said: &Said) -> bool {
    matches!(said, Said::Data(_))
}

/// How long it takes from now on until the server reads again, and until it says that it is ready.
fn recovery(server: &Serving, client: &Client) -> (Duration, Duration) {
    let start = Instant::now();
    let read = wait("what is not kept is answered again", RECOVERED, || is_right(&client.fresh()));
    let _ = wait("it is ready again", RECOVERED, || server.readiness().0 == 200);
    (read, start.elapsed())
}

/// No session and no descriptor more than there may be.
fn assert_no_leak(cluster: &Cluster, server: &Serving, descriptors: usize) -> (i64, usize) {
    let (sessions, now) = (cluster.sessions(), server.descriptors());
    assert!(sessions <= SESSIONS, "{sessions} sessions");
    assert!(now <= descriptors + LOOSE_DESCRIPTORS, "{descriptors} descriptors became {now}");
    (sessions, now)
}

#[test]
fn an_address_that_can_not_be_used_says_why() {
    let Some(cluster) = Cluster::start() else { return };
    let port = cluster.port();
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let here = Folder::new();
    for (address, advice) in [
        (format!("postgres@127.0.0.1:{port}/nowhere"), "is not there. Create it"),
        (format!("nobody:secret@127.0.0.1:{port}/postgres"), "takes no connections of this user"),
        (format!("postgres@127.0.0.1:{unused}/postgres"), "nothing takes connections at this address"),
    ] {
        let url = format!("postgres://{address}");
        let ended = program::run(&here.path(), &["serve", "--listen=127.0.0.1:0", "--database-url", &url]);
        assert_eq!(ended.status, Some(1), "{ended:?}");
        assert!(ended.errors.contains(advice) && !ended.errors.contains("secret"), "{}", ended.errors);
    }
}

#[test]
fn a_crash_of_postgres_is_told_while_it_lasts_and_over_when_it_is() {
    let Some(mut cluster) = Cluster::start() else { return };
    let server = Serving::start(&cluster.url(), &[]);
    let client = Client::of(&server.base);
    let load = Load::start(&server.base, 2, 4);
    sleep(Duration::from_millis(500));
    let (sessions, descriptors) = (cluster.sessions(), server.descriptors());

    cluster.crash();
    let crashed = Instant::now();
    let unready = wait("it is not ready", RECOVERED, || server.readiness().0 == 503);
    assert!(!is_right(&client.fresh()), "what is not kept can not be read");
    let mut given = 0;
    // Far longer than what is known is trusted by itself.
    while crashed.elapsed() < Duration::from_secs(3) {
        let said = client.kept();
        assert!(is_right(&said), "what is kept is given out while nobody can write: {said:?}");
        given += 1;
        let (status, took) = server.readiness();
        assert!(status == 503 && took < RECOVERED, "{status} after {took:?}");
    }

    cluster.boot();
    let (read, ready) = recovery(&server, &client);
    sleep(Duration::from_millis(500));
    let (kept, fresh) = load.end();
    for tally in [&kept, &fresh] {
        assert_told(tally);
    }
    assert!(fresh.errors() > 0, "the crash was felt");
    assert!(kept.errors() * 20 <= kept.right, "{kept:?}");
    let left = assert_no_leak(&cluster, &server, descriptors);
    eprintln!(
        "crash: unready after {unready:?}; while down {given} kept answers; kept {} right, errors {:?}; fresh {} right, errors {:?}; \
         reads again after {read:?}, ready after {ready:?}; sessions {sessions} → {}, descriptors {descriptors} → {}",
        kept.right, kept.codes, fresh.right, fresh.codes, left.0, left.1
    );
}

/// A read whose connection turns out to be dead is read again on another one: nobody is told an error.
#[test]
fn sessions_that_are_ended_each_second_cost_no_client_an_error() {
    let Some(cluster) = Cluster::start() else { return };
    // What has a plan would be read again in any case: a plan gives up at an error, and leaves it to the engine.
    let server = Serving::start(&cluster.url(), &["--shortcuts=false"]);
    let client = Client::of(&server.base);
    let load = Load::start(&server.base, 2, 6);
    sleep(Duration::from_secs(1));
    let (before, descriptors) = (cluster.sessions(), server.descriptors());
    let (mut ended, mut sessions) = (0, Vec::new());
    for _ in 0..10 {
        ended += cluster.number(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        sleep(Duration::from_secs(1));
        sessions.push(assert_no_leak(&cluster, &server, descriptors).0);
    }
    let (read, ready) = recovery(&server, &client);
    let (kept, fresh) = load.end();
    for tally in [&kept, &fresh] {
        assert_told(tally);
        assert_eq!(tally.errors(), 0, "{:?}", tally.codes);
    }
    assert!(ended >= 20, "{ended} sessions were ended");
    let left = assert_no_leak(&cluster, &server, descriptors);
    eprintln!(
        "ended: {ended} sessions in 10 rounds; kept {} right, fresh {} right, no error, slowest {:?}; reads after {read:?}, ready after \
         {ready:?}; sessions {before} → {sessions:?}, descriptors {descriptors} → {}",
        kept.right, fresh.right, fresh.slowest, left.1
    );
}

/// Nothing comes from the database, and nobody knows whether others can write there. What was known is trusted for less than a second; so
/// long kept answers go on. Then whoever asks waits, and is told `TIMEOUT` where that takes longer than a request may.
#[test]
fn a_database_that_falls_silent_times_out_and_comes_back() {
    let Some(cluster) = Cluster::start() else { return };
    let proxy = Proxy::to(cluster.port());
    let server = Serving::start(&cluster.url_at(proxy.port()), &["--request-time=2s"]);
    let client = Client::of(&server.base);
    let load = Load::start(&server.base, 2, 4);
    sleep(Duration::from_millis(500));
    let (sessions, descriptors) = (cluster.sessions(), server.descriptors());

    proxy.stall();
    let stalled = Instant::now();
    let mut given = Duration::ZERO;
    while stalled.elapsed() < Duration::from_millis(1500) && is_right(&client.kept()) {
        given = stalled.elapsed();
    }
    let (mut slowest, mut told) = (Duration::ZERO, None);
    while stalled.elapsed() < Duration::from_secs(5) {
        let (status, took) = server.readiness();
        assert_eq!(status, 503);
        told.get_or_insert(took);
        slowest = slowest.max(took);
        sleep(Duration::from_millis(500));
    }
    assert!(slowest < Duration::from_secs(3), "/readyz took {slowest:?}");

    proxy.flow();
    let (read, ready) = recovery(&server, &client);
    sleep(Duration::from_millis(500));
    let (kept, fresh) = load.end();
    for tally in [&kept, &fresh] {
        assert_told(tally);
    }
    assert!(fresh.codes.contains_key("TIMEOUT"), "{:?}", fresh.codes);
    assert!(given < Duration::from_millis(1500), "what is kept is not trusted for ever: {given:?}");
    let left = assert_no_leak(&cluster, &server, descriptors);
    eprintln!(
        "stall of 5 s: kept answers for {given:?}; /readyz 503 within {slowest:?}; kept {} right, errors {:?}; fresh {} right, errors \
         {:?}, slowest {:?}; reads again after {read:?}, ready after {ready:?}; sessions {sessions} → {}, descriptors {descriptors} → {}",
        kept.right, kept.codes, fresh.right, fresh.codes, fresh.slowest, left.0, left.1
    );
}
