//! What clients do to a socket, seen at the socket: slow ones, ones that leave, and ones that send what is no HTTP.

use super::{SITE, post};
use socket2::{Domain, Socket, Type};
use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};
use tests::{app::TestApp, db::TestDb, seed::Seed};

const SOON: Duration = Duration::from_secs(8);

/// Says something and hears the other side out.
pub fn talk(address: &str, said: &[u8]) -> Vec<u8> {
    let mut socket = connect(address);
    // The other side may have heard enough.
    let _ = socket.write_all(said);
    heard(&mut socket)
}

/// The content of a body that came in pieces.
pub fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    loop {
        let line = body.windows(2).position(|window| window == b"\r\n").unwrap();
        let length = usize::from_str_radix(str::from_utf8(&body[..line]).unwrap(), 16).unwrap();
        if length == 0 {
            return content;
        }
        content.extend_from_slice(&body[line + 2..line + 2 + length]);
        body = &body[line + 2 + length + 2..];
    }
}

fn address(app: &TestApp) -> &str {
    app.base.strip_prefix("http://").unwrap()
}

fn connect(address: &str) -> TcpStream {
    let socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket
}

/// A client that takes little at a time.
fn narrow(app: &TestApp) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(8 * 1024).unwrap();
    socket.connect(&address(app).parse::<SocketAddr>().unwrap().into()).unwrap();
    let socket = TcpStream::from(socket);
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket
}

/// Until the other side closes, kindly or not.
fn heard(socket: &mut TcpStream) -> Vec<u8> {
    let mut heard = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        match socket.read(&mut piece) {
            Ok(0) => return heard,
            Ok(length) => heard.extend_from_slice(&piece[..length]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                panic!("the server does not close: {}", text(&heard))
            }
            Err(_) => return heard,
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The status of an answer whose body has come, on a connection that stays.
fn answered(socket: &mut TcpStream) -> String {
    let mut line = Vec::new();
    let mut byte = [0];
    while !line.ends_with(b"\r\n\r\n") {
        socket.read_exact(&mut byte).unwrap();
        line.push(byte[0]);
    }
    let head = text(&line);
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    socket.read_exact(&mut body).unwrap();
    head + &text(&body)
}

fn head(length: usize) -> String {
    format!("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n")
}

fn whole() -> String {
    format!("{}\r\n{SITE}", head(SITE.len()))
}

/// Sends a byte now and then until it is told to go.
fn drip(socket: &mut TcpStream, bytes: &[u8]) -> Duration {
    let began = Instant::now();
    socket.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    for byte in bytes.iter().cycle() {
        let mut answer = [0; 1];
        match socket.peek(&mut answer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            _ => break,
        }
        if socket.write_all(&[*byte]).is_err() || began.elapsed() > 2 * SOON {
            break;
        }
    }
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    began.elapsed()
}

tests::on_both_databases! {
    async fn a_body_that_says_it_is_too_large_is_not_waited_for(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let began = Instant::now();
        let answer = text(&talk(address(&app), format!("{}\r\n", head(64 * 1024 * 1024)).as_bytes()));
        assert!(answer.starts_with("HTTP/1.1 413 ") && answer.to_lowercase().contains("connection: close"), "{answer}");
        assert!(answer.contains(r#""limit":"max-body-bytes""#) && answer.contains(r#""asked":67108864"#), "{answer}");
        assert!(began.elapsed() < SOON);
        assert_eq!(post(&app, &crate::http::JSON, SITE).status, 200);
    }

    async fn a_body_in_pieces_is_refused_when_it_gets_too_large(db: TestDb) {
        let app = TestApp::start(db, &["--max-body-bytes=1000"]);
        let request = |bytes: usize| {
            let body = format!("{SITE}{}", " ".repeat(bytes - SITE.len()));
            let pieces: Vec<String> = body.as_bytes().chunks(90).map(|piece| format!("{:x}\r\n{}\r\n", piece.len(), text(piece))).collect();
            format!("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n{}0\r\n\r\n", pieces.concat())
        };
        let most = text(&talk(address(&app), request(1_000).as_bytes()));
        assert!(most.starts_with("HTTP/1.1 200 "), "{most}");
        let over = text(&talk(address(&app), request(1_001).as_bytes()));
        assert!(over.starts_with("HTTP/1.1 413 ") && over.contains("PAYLOAD_TOO_LARGE"), "{over}");
    }

    async fn who_asks_first_is_told_before_sending(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let expecting = |head: String| format!("{head}expect: 100-continue\r\n\r\n");
        let over = text(&talk(address(&app), expecting(head(64 * 1024 * 1024)).as_bytes()));
        assert!(over.starts_with("HTTP/1.1 413 "), "{over}");
        let wrong = text(&talk(address(&app), expecting(head(10).replace("application/json", "text/plain")).as_bytes()));
        assert!(wrong.starts_with("HTTP/1.1 415 "), "{wrong}");
        let mut socket = connect(address(&app));
        socket.write_all(expecting(head(SITE.len())).as_bytes()).unwrap();
        assert!(answered(&mut socket).starts_with("HTTP/1.1 100 "));
        socket.write_all(SITE.as_bytes()).unwrap();
        assert!(answered(&mut socket).starts_with("HTTP/1.1 200 "));
    }

    async fn headers_have_their_time_in_each_request(db: TestDb) {
        let app = TestApp::start(db, &["--header-time=600ms", "--idle-time=60s"]);
        let mut first = connect(address(&app));
        let took = drip(&mut first, b"x-slow: 1\r\n");
        assert!(took < SOON, "{took:?}");
        let slow = b"POST /graphql HTTP/1.1\r\nhost: x\r\n";
        let answer = text(&talk(address(&app), slow));
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        let mut second = connect(address(&app));
        second.write_all(whole().as_bytes()).unwrap();
        assert!(answered(&mut second).starts_with("HTTP/1.1 200 "));
        second.write_all(slow).unwrap();
        let took = drip(&mut second, b"x-slow: 1\r\n");
        assert!(took < SOON && took > Duration::from_millis(400), "{took:?}");
        assert_eq!(text(&heard(&mut second)), "");
        // Begun together with what was answered.
        let mut both = connect(address(&app));
        both.write_all([whole().as_bytes(), slow].concat().as_slice()).unwrap();
        assert!(answered(&mut both).starts_with("HTTP/1.1 200 "));
        both.write_all(b"x").unwrap();
        assert!(drip(&mut both, b"x-slow: 1\r\n") < SOON);
    }

    async fn bodies_have_their_time(db: TestDb) {
        let app = TestApp::start(db, &["--body-time=600ms"]);
        let mut socket = connect(address(&app));
        socket.write_all(format!("{}\r\n{{", head(100_000)).as_bytes()).unwrap();
        let took = drip(&mut socket, b" ");
        let answer = text(&heard(&mut socket));
        assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("body-time"), "{answer}");
        assert!(took < SOON && took > Duration::from_millis(400), "{took:?}");
    }

    async fn an_idle_connection_is_closed(db: TestDb) {
        let app = TestApp::start(db, &["--idle-time=600ms"]);
        let mut socket = connect(address(&app));
        socket.write_all(whole().as_bytes()).unwrap();
        assert!(answered(&mut socket).starts_with("HTTP/1.1 200 "));
        let began = Instant::now();
        assert_eq!(text(&heard(&mut socket)), "");
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    }

    /// Also those who take a little of it all the time.
    async fn who_does_not_read_the_answer_is_left(db: TestDb) {
        tests::seed::plant(&db, Seed::Demo(60)).await;
        let app = TestApp::start(db, &["--send-time=1500ms"]);
        let fields: Vec<String> = (0..40).map(|at| format!("a{at}:articles(first:60){{nodes{{body{{html}}}}}}")).collect();
        let request = format!("GET /graphql?query={{{}}} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", fields.concat());
        let began = Instant::now();
        let all = talk(address(&app), request.as_bytes()).len();
        assert!(all > 2 * 1024 * 1024, "{all} bytes do not fit into buffers");
        let took = began.elapsed();

        for drips in [false, true] {
            let mut socket = narrow(&app);
            socket.write_all(request.as_bytes()).unwrap();
            let (began, mut read) = (Instant::now(), 0);
            let mut piece = [0; 512];
            while began.elapsed() < took + Duration::from_secs(3) {
                if drips {
                    read += socket.read(&mut piece).unwrap_or(0);
                }
                thread::sleep(Duration::from_millis(20));
            }
            read += heard(&mut socket).len();
            assert!(read < all, "drips {drips}: all of the answer came, {read} bytes");
        }
        assert_eq!(talk(address(&app), request.as_bytes()).len(), all, "others are answered");
    }

    async fn requests_may_come_one_after_the_other_without_waiting(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let mut socket = connect(address(&app));
        socket.write_all(whole().repeat(5).as_bytes()).unwrap();
        for _ in 0..5 {
            assert!(answered(&mut socket).starts_with("HTTP/1.1 200 "));
        }
    }

    async fn what_is_no_http_or_too_long_is_refused_without_an_echo(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let long = |bytes: usize| "a".repeat(bytes);
        for (request, statuses) in [
            ("<script>\r\n\r\n".to_owned(), &["400"][..]),
            ("GET /<script> HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(), &["400", "404"]),
            (format!("GET /graphql?query={} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", long(70_000)), &["400", "414", "431"]),
            (format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", long(200_000)), &["431"]),
            (format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{}\r\n", "x: y\r\n".repeat(200)), &["400", "431"]),
            (format!("{}transfer-encoding: chunked\r\n\r\n0\r\n\r\n", head(5)), &["400"]),
            (format!("{}content-length: 6\r\n\r\nabcdef", head(5)), &["400"]),
            ("POST /graphql HTTP/1.1\r\ncontent-length: 0\r\n\r\n".to_owned(), &["400"]),
        ] {
            let answer = text(&talk(address(&app), request.as_bytes()));
            let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
            assert!(statuses.contains(&&*status), "{}…: {answer}", &request[..request.len().min(60)]);
            assert!(!answer.contains("script") && !answer.contains("aaaa"), "{answer}");
        }
        assert_eq!(post(&app, &crate::http::JSON, SITE).status, 200);
    }
}
