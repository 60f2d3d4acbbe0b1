//! What an operator sees: metrics, lines of the log, spans, and the name of each request.

use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};
use tests::{
    app::{Answer, PREVIEW_TOKEN, TestApp},
    db::TestDb,
    program,
    seed::{self, Folder, Seed},
};

const NAMED: &str = "query Front($first: Int) { articles(first: $first) { nodes { title } } }";

/// The samples of a text of metrics, by their names and labels.
fn sample(text: &str, of: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(of)?.strip_prefix(' '));
    line.map(|value| value.parse().unwrap())
}

fn operations(operation: &str, code: &str, cache: &str) -> String {
    format!("masthead_operations_total{{operation=\"{operation}\",code=\"{code}\",cache=\"{cache}\"}}")
}

/// A request by POST with a name.
fn ask(app: &TestApp, query: &str, variables: &Value, id: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("x-request-id", id)];
    let body = json!({ "query": query, "variables": variables }).to_string();
    app.send("POST", "/graphql", &headers, Some(body.as_bytes()))
}

tests::on_both_databases! {
    async fn operations_are_counted_by_name_code_and_cache(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        for first in [1, 1, 1, 2] {
            assert_eq!(app.post(&json!({ "query": NAMED, "variables": { "first": first } })).status, 200);
        }
        assert_eq!(app.post(&json!({ "query": NAMED, "variables": { "first": -1 } })).status, 200);
        let _ = app.post(&json!({ "query": "{ nothing }" }));
        let _ = app.send("POST", "/graphql", &[("content-type", "text/plain")], Some(b"{}"));
        let metrics = app.get("/metrics", &[]);
        assert_eq!(metrics.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
        let text = &metrics.text;
        assert_eq!(sample(text, &operations("Front", "OK", "miss")), Some(2.0), "{text}");
        assert_eq!(sample(text, &operations("Front", "OK", "hit")), Some(2.0), "{text}");
        assert_eq!(sample(text, &operations("Front", "BAD_USER_INPUT", "")), Some(1.0), "{text}");
        assert_eq!(sample(text, &operations("", "GRAPHQL_VALIDATION_FAILED", "")), Some(1.0), "{text}");
        assert_eq!(sample(text, &operations("", "BAD_USER_INPUT", "")), Some(1.0), "{text}");
        for (cache, count) in [("miss", 2.0), ("hit", 2.0)] {
            let of = format!("masthead_operation_duration_seconds_count{{operation=\"Front\",cache=\"{cache}\"}}");
            assert_eq!(sample(text, &of), Some(count), "{text}");
        }
        assert!(sample(text, "masthead_rows_total{operation=\"Front\"}").unwrap() >= 3.0, "{text}");
        assert!(sample(text, "masthead_statements_total{operation=\"Front\"}").unwrap() >= 2.0, "{text}");
        assert!(sample(text, "masthead_statement_duration_seconds_count").unwrap() >= 2.0, "{text}");
        assert!(sample(text, "masthead_database_seconds_total{operation=\"Front\"}").unwrap() > 0.0, "{text}");
        assert_eq!(sample(text, "masthead_response_cache_entries"), Some(2.0), "{text}");
        assert!(sample(text, "process_resident_memory_bytes").unwrap() > 1e6, "{text}");
        assert!(text.ends_with("# EOF\n"));
        let long = "x".repeat(10_000);
        assert_eq!(app.post(&json!({ "query": format!("query {long} {{ site {{ title }} }}") })).status, 200);
        let longest = app.get("/metrics", &[]).text.lines().map(str::len).max().unwrap();
        assert!(longest < 300, "a client has written a line of {longest} bytes");
    }

    async fn an_answer_has_the_name_of_its_request(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]);
        for query in [NAMED, NAMED, "{ nothing }", "{"] {
            assert_eq!(ask(&app, query, &json!({}), "page-7.b").header("x-request-id"), "page-7.b", "{query}");
        }
        let mut made = BTreeSet::new();
        for no_name in ["two words", "a\"b", &"x".repeat(65)] {
            let id = ask(&app, NAMED, &json!({}), no_name).header("x-request-id").to_owned();
            assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
            made.insert(id);
        }
        assert_eq!(made.len(), 3);
        let refused = app.send("POST", "/graphql", &[("content-type", "text/plain"), ("x-request-id", "me")], Some(b"x"));
        assert_eq!((refused.status, refused.header("x-request-id")), (415, "me"));
    }

    async fn a_line_of_the_log_tells_of_an_operation_and_nothing_of_its_content(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let secrets = "query Quiet { articles(search: \"unspeakable-text\") { nodes { id } } }";
        let variables = json!({ "first": 1, "unspeakable": "unspeakable-variable" });
        let lines = logged(&db, &["--slow-operation", "1ms"], |app| {
            for (query, id) in [(NAMED, "first"), (NAMED, "again"), (secrets, "quiet"), ("{ unspeakable }", "wrong")] {
                app(query, &variables, id);
            }
        });
        let of = |id: &str| lines.iter().filter(|line| line["id"] == id).collect::<Vec<_>>();
        let [first] = of("first")[..] else { panic!("{lines:#?}") };
        assert_eq!(first["target"], "masthead::request");
        assert_eq!((&first["operation"], &first["cache"]), (&json!("Front"), &json!("miss")));
        assert_eq!(first["document"].as_str().map(str::len), Some(32));
        assert!(first["statements"].as_u64() >= Some(1) && first["rows"].as_u64() >= Some(1), "{first}");
        assert!(first["duration_ms"].as_f64() >= first["database_ms"].as_f64(), "{first}");
        let is_slow = first["duration_ms"].as_f64() >= Some(1.0);
        assert_eq!((first["level"] == "WARN", first["message"] == "a slow operation"), (is_slow, is_slow), "{first}");
        assert!(of("again").iter().all(|line| line["level"] == "WARN"), "what was there already is told by whom is asked");
        assert_eq!(of("quiet")[0]["operation"], "Quiet");
        assert_eq!((of("wrong").len(), &of("wrong")[0]["code"]), (1, &json!("GRAPHQL_VALIDATION_FAILED")));
        let text = format!("{lines:?}");
        assert!(!text.contains("unspeakable") && !text.contains(PREVIEW_TOKEN), "{text}");
    }

    async fn an_operation_is_a_span_below_that_of_its_client(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let collector = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("--otlp-endpoint=http://{}", collector.local_addr().unwrap());
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            for stream in collector.incoming() {
                tell.send(received(stream.unwrap())).unwrap();
            }
        });
        let mut app = TestApp::start(db, &[&endpoint]).trusting();
        let (trace, parent) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        let traceparent = format!("00-{trace}-{parent}-01");
        let headers = [("content-type", "application/json"), ("traceparent", &traceparent), ("x-request-id", "spanned")];
        let body = json!({ "query": NAMED, "variables": { "first": 1 } }).to_string();
        // Computed, from memory, and from memory for somebody who traces nothing.
        for headers in [&headers[..], &headers, &headers[..1]] {
            assert_eq!(app.send("POST", "/graphql", headers, Some(body.as_bytes())).status, 200);
        }
        app.stop();
        let (head, body) = told.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(head.starts_with("POST /v1/traces HTTP/1.1"), "{head}");
        assert!(head.to_lowercase().contains("content-type: application/x-protobuf"), "{head}");
        let named = body.windows(11).filter(|window| *window == b"query Front");
        assert_eq!(named.count(), 2, "{}", String::from_utf8_lossy(&body));
        for part in [&b"query Front"[..], b"masthead", b"spanned", &bytes(trace), &bytes(parent)] {
            assert!(body.windows(part.len()).any(|window| window == part), "{}", String::from_utf8_lossy(part));
        }
    }
}

#[test]
fn metrics_can_be_switched_off() {
    tests::db::on_sqlite(async |db: TestDb| {
        let app = TestApp::start(db, &["--metrics=false"]);
        assert_eq!(app.get("/metrics", &[]).status, 404);
        assert_eq!(app.post(&json!({ "query": "{ site { title } }" })).status, 200);
    });
}

#[test]
fn every_metric_is_explained_and_every_panel_shows_one() {
    tests::db::on_sqlite(async |db: TestDb| {
        let app = TestApp::start(db, &[]);
        let _ = app.post(&json!({ "query": "{ site { title } }" }));
        let text = app.get("/metrics", &[]).text;
        let families: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let explained = fs::read_to_string(format!("{root}/docs/operating.md")).unwrap();
        for (family, kind) in &families {
            let name = if *kind == "counter" { format!("`{family}_total") } else { format!("`{family}") };
            assert!(explained.contains(&name), "docs/operating.md does not explain {name}`");
        }
        let dashboard = fs::read_to_string(format!("{root}/docs/grafana-dashboard.json")).unwrap();
        let dashboard: Value = serde_json::from_str(&dashboard).unwrap();
        for panel in dashboard["panels"].as_array().unwrap() {
            for target in panel["targets"].as_array().unwrap() {
                let expression = target["expr"].as_str().unwrap();
                let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
                let words = expression.split(|letter| !is_name(letter));
                for word in words.filter(|word| word.starts_with("masthead_") || word.starts_with("process_")) {
                    let has =
                        |family: &str| ["", "_total", "_bucket"].iter().any(|end| *word == *format!("{family}{end}"));
                    assert!(families.iter().any(|(family, _)| has(family)), "{word} is no metric");
                }
            }
        }
    });
}

/// What the program logs while it is asked.
fn logged(db: &TestDb, flags: &[&str], asks: impl FnOnce(&dyn Fn(&str, &Value, &str))) -> Vec<Value> {
    let folder = Folder::new();
    let always = ["--listen", "127.0.0.1:0", "--log-format", "json", "--no-sample", "--database-url", db.url()];
    let token = format!("--preview-token={PREVIEW_TOKEN}");
    let mut command = program::command(&folder.path(), &[&always[..], &[token.as_str()], flags].concat());
    command.env_remove("RUST_LOG").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = said.next().unwrap().unwrap();
    let url =
        line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().trim_end_matches('/').to_owned();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    asks(&|query, variables, id| {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let asked = agent.post(format!("{url}/graphql")).header("content-type", "application/json");
        let asked = asked.header("x-request-id", id).header("authorization", format!("Bearer {PREVIEW_TOKEN}"));
        asked.send(body).unwrap().body_mut().read_to_string().unwrap();
    });
    // Asked to end, it writes what waits.
    let ended = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(ended.success());
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(child.wait().unwrap().success(), "{log}");
    log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

/// The head and the body of a request, which is answered.
fn received(mut stream: std::net::TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
    }
    let length = head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap()];
    reader.read_exact(&mut body).unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    (head, body)
}

/// Of hexadecimal digits.
fn bytes(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}
