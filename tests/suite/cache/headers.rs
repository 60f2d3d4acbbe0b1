//! How kept answers go out, and what caches in front of the server are told of them.

use flate2::read::GzDecoder;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::{collections::BTreeMap, io::Read};
use tests::{
    app::{Answer, NOW, PREVIEW_TOKEN, TestApp},
    db::TestDb,
    seed::{self, Folder, Seed, import, post},
};

const PAGE: &str = "/graphql?query={articles(first:10){nodes{title,path,excerpt,authors{name}}}}";
const BODY: &str = r#"{"query":"{articles(first:10){nodes{title,path,excerpt,authors{name}}}}"}"#;

/// All headers but the date, the words of lists in order.
fn headers(answer: &Answer) -> BTreeMap<String, String> {
    let named = answer.headers.iter().filter(|(name, _)| *name != "date");
    named
        .map(|(name, value)| {
            let mut words: Vec<&str> = value.to_str().unwrap().split(", ").collect();
            words.sort_unstable();
            (name.to_string(), words.join(", ").to_lowercase())
        })
        .collect()
}

fn send(app: &TestApp, is_read: bool, more: &[(&str, &str)]) -> Answer {
    let named = [&[("x-request-id", "same")], more].concat();
    if is_read {
        return app.get(PAGE, &named);
    }
    app.send("POST", "/graphql", &[&[("content-type", "application/json")], &named[..]].concat(), Some(BODY.as_bytes()))
}

/// Where a query is asked by GET.
fn path(query: &str) -> String {
    format!("/graphql?query={}", utf8_percent_encode(query, NON_ALPHANUMERIC))
}

/// The parts of `Cache-Control`.
fn control(answer: &Answer) -> &str {
    answer.header("cache-control")
}

tests::on_both_databases! {
    /// Nothing but the time it takes tells an answer that is kept from one that is not.
    async fn what_is_kept_goes_out_as_it_did(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let keeping = TestApp::start(db, &[]).trusting();
        let others = [
            keeping.beside(&["--response-cache-bytes=0"]).trusting(),
            keeping.beside(&["--rate-limit=1000"]).trusting(),
            keeping.beside(&["--cors-origin=https://a.example"]).trusting(),
        ];
        let first = send(&keeping, true, &[]);
        let known = first.header("etag").to_owned();
        for more in [
            &[][..], &[("accept", "application/graphql-response+json")], &[("accept", "image/png")], &[("origin", "https://a.example")],
            &[("origin", "https://b.example")], &[("if-none-match", "\"other\"")], &[("if-none-match", known.as_str())],
            &[("authorization", "Basic x")], &[("authorization", "Bearer wrong")],
            &[("accept-encoding", "identity;q=0, br")], &[("expect", "")], &[("content-encoding", "br")],
        ] {
            for is_read in [true, false] {
                let all: Vec<Answer> = (0..3).map(|_| send(&keeping, is_read, more)).collect();
                for answer in &all {
                    assert_eq!((answer.status, headers(answer)), (all[0].status, headers(&all[0])), "{more:?}");
                }
                let read = send(&others[0], is_read, more);
                assert_eq!((all[2].status, headers(&all[2])), (read.status, headers(&read)), "{more:?}");
                assert_eq!(all[2].text, read.text, "{more:?}");
                for other in &others[1..] {
                    let answers = [send(other, is_read, more), send(other, is_read, more)];
                    assert_eq!(answers[0].status, answers[1].status, "{more:?}");
                    let mut both = answers.iter().map(headers).collect::<Vec<_>>();
                    for headers in &mut both {
                        headers.retain(|name, _| !name.starts_with("ratelimit-"));
                    }
                    assert_eq!(both[0], both[1], "{more:?}");
                }
            }
        }
    }

    /// Where requests are counted, all of them go through the layers of the application.
    async fn layers_that_are_passed_by_change_nothing(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let short = TestApp::start(db, &["--response-cache-bytes=0", "--max-batch=2"]).trusting();
        let whole = short.beside(&["--response-cache-bytes=0", "--max-batch=2", "--rate-limit=1000"]).trusting();
        let many = format!(r#"{{"query":"{{ {} }}"}}"#, "nothing ".repeat(200));
        let large = format!(r#"{{"query":"{{articles{{totalCount}}}}"{}}}"#, " ".repeat(40_000));
        let bodies = [BODY, &many, &large, r#"{"query":"{ nothing }"}"#, "{", "", r#"[{"query":"{__typename}"},{"query":"{ x }"}]"#];
        let gets = [PAGE, "/graphql?query={nothing}", "/graphql?query=mutation{x}", "/graphql?query=%", "/graphql?documentId=x", "/graphql", "/graphql?a=b"];
        let asked = bodies.iter().map(|body| ("POST /graphql".to_owned(), *body)).chain(gets.iter().map(|path| (format!("GET {path}"), "")));
        for (line, body) in asked {
            for more in ["", "accept-encoding: gzip\r\n", "accept-encoding: gzip, deflate\r\norigin: https://a.example\r\n", "accept: application/graphql-response+json\r\n"] {
                let length = if line.starts_with("POST") { format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()) } else { String::new() };
                let request = format!("{line} HTTP/1.1\r\nhost: x\r\nx-request-id: x\r\n{more}{length}connection: close\r\n\r\n{body}");
                let [one, other] = [&short, &whole].map(|app| {
                    let bytes = crate::http::wire::talk(app.base.strip_prefix("http://").unwrap(), request.as_bytes());
                    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
                    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
                    let sorted = |line: &str| {
                        let mut words: Vec<&str> = line.split(", ").collect();
                        words.sort_unstable();
                        words.join(", ")
                    };
                    let mut lines: Vec<String> = head.lines().filter(|line| !line.starts_with("date:") && !line.starts_with("ratelimit-")).map(|line| line.split_once(": ").map_or_else(|| line.to_owned(), |(name, value)| format!("{name}: {}", sorted(value)))).collect();
                    lines.sort_unstable();
                    (lines, bytes[end..].to_vec())
                });
                assert_eq!(one.0, other.0, "{request:.300}");
                assert!(one.1 == other.1, "{request:.300}");
            }
        }
    }

    async fn who_has_an_answer_is_told_so_without_a_statement(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let (app, statements) = TestApp::traced(db);
        let app = app.trusting();
        let first = app.get(PAGE, &[]);
        let tag = first.header("etag").to_owned();
        assert!(tag.len() > 20 && tag.starts_with('"'), "strong: {tag}");
        assert!(!statements.take().is_empty());
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let answer = app.get(PAGE, &[("if-none-match", &known)]);
            assert_eq!((answer.status, answer.text.as_str(), answer.header("etag")), (304, "", tag.as_str()), "{known}");
            for name in ["cache-control", "vary", "surrogate-key"] {
                assert_eq!(answer.header(name), first.header(name), "{known}: {name}");
            }
        }
        assert_eq!(app.get(PAGE, &[("if-none-match", "\"another\"")]).text, first.text);
        assert_eq!(statements.take(), [""; 0]);
        let posted = send(&app, false, &[("if-none-match", &tag)]);
        assert_eq!((posted.status, posted.header("etag"), control(&posted)), (200, "", "no-store"), "by POST nothing is asked whether it holds");
    }

    async fn the_tag_is_another_one_when_the_answer_is_and_only_then(db: TestDb) {
        let app = TestApp::start(db, &[]).trusting();
        let folder = Folder::new();
        folder.write("_config.yml", "title: One\n");
        folder.write("source/_posts/one.md", post("title: One\ndate: 2026-01-01 08:00:00", "Text."));
        import(&app.inside, &folder.path()).await;
        let (titles, slugs) = ("/graphql?query={articles{nodes{title}}}", "/graphql?query={articles{nodes{slug}}}");
        let before = [app.get(titles, &[]), app.get(slugs, &[])];
        folder.write("source/_posts/one.md", post("title: Two\ndate: 2026-01-01 08:00:00\nslug: one", "Text."));
        import(&app.inside, &folder.path()).await;
        let title = app.get(titles, &[("if-none-match", before[0].header("etag"))]);
        assert_eq!(title.status, 200);
        assert_ne!(title.header("etag"), before[0].header("etag"));
        assert_eq!(app.get(slugs, &[("if-none-match", before[1].header("etag"))]).status, 304, "computed anew, and still the same");
    }

    async fn compressed_or_not_it_is_the_same(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let plain = app.get(PAGE, &[]);
        assert!(plain.text.len() > 1_024, "{}", plain.text.len());
        let address = app.base.strip_prefix("http://").unwrap();
        for _ in 0..3 {
            let bytes = crate::http::wire::talk(address, format!("GET {PAGE} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n").as_bytes());
            let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let tag = plain.header("etag").replace('"', "").to_lowercase();
            assert!(head.contains("content-encoding: gzip") && head.contains(&format!("content-length: {}", bytes.len() - end - 4)), "{head}");
            assert!(head.contains(&format!("etag: \"{tag}-gzip\"")), "{head}");
            let mut unpacked = String::new();
            GzDecoder::new(&bytes[end + 4..]).read_to_string(&mut unpacked).unwrap();
            assert_eq!(unpacked, plain.text);
        }
        let zipped = plain.header("etag").trim_end_matches('"').to_owned() + "-gzip\"";
        assert_eq!(app.get(PAGE, &[("if-none-match", &zipped)]).status, 304);
    }

    async fn caches_may_keep_an_answer_as_long_as_its_types_allow(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let app = TestApp::start(db, &[]).trusting();
        let long = app.beside(&["--max-age=100", "--stale-while-revalidate=30"]).trusting();
        let never = app.beside(&["--max-age=0"]).trusting();
        for (query, seconds) in [("{site{title}}", 300), ("{images{nodes{id}}}", 3_600), ("{tags{nodes{name}}}", 300), ("{articles{totalCount}}", 60), ("{tags{nodes{articles{totalCount}}}}", 60), ("{a:images{nodes{id}},b:authors{nodes{id}}}", 300)] {
            let path = path(query);
            assert_eq!(control(&app.get(&path, &[])), format!("public, max-age={seconds}"), "{query}");
            assert_eq!(control(&long.get(&path, &[])), format!("public, max-age={}, stale-while-revalidate=30", seconds.min(100)), "{query}");
            assert_eq!(control(&never.get(&path, &[])), "no-cache", "{query}");
        }
        let bearer = format!("Bearer {PREVIEW_TOKEN}");
        let preview = app.get(PAGE, &[("authorization", &bearer)]);
        assert_eq!((control(&preview), preview.header("etag"), preview.header("surrogate-key")), ("private, no-store", "", ""));
        for refused in [path("{nothing}"), path("{articles(after:\"x\"){totalCount}}"), "/graphql".to_owned()] {
            assert_eq!(control(&app.get(&refused, &[])), "no-store", "{refused}");
        }
        assert_eq!(control(&app.get(PAGE, &[("x-masthead-receipt", "1")])), "no-store");
    }

    async fn no_cache_may_keep_an_answer_beyond_the_next_scheduled_article(db: TestDb) {
        let app = TestApp::start(db, &[]).trusting();
        let folder = Folder::new();
        folder.write("_config.yml", "title: One\n");
        // In the zone of the settings that is 25 seconds after now.
        folder.write("source/_posts/later.md", post("title: Later\ndate: 2026-11-22 20:00:25", "Text."));
        import(&app.inside, &folder.path()).await;
        assert_eq!(NOW, "2026-11-22T12:00:00Z");
        let titles = "/graphql?query={articles{nodes{title}}}";
        for (now, told) in [(NOW, "public, max-age=25"), ("2026-11-22T12:00:20Z", "public, max-age=5"), ("2026-11-22T12:00:24.5Z", "no-cache"), ("2026-11-22T12:00:25Z", "public, max-age=60")] {
            app.clock.set(now);
            assert_eq!(control(&app.get(titles, &[])), told, "{now}");
            assert_eq!(control(&app.get(titles, &[])), told, "{now}");
        }
    }

    async fn an_answer_names_what_it_shows(db: TestDb) {
        seed::plant(&db, Seed::Demo(600)).await;
        let app = TestApp::start(db, &[]).trusting();
        let page = app.query("{ articles(first: 3) { nodes { id authors { id } } } }", json!({}));
        let answer = app.get(&path("{articles(first:3){nodes{title,...on Article{authors{name}}}}}"), &[]);
        let json = answer.json();
        assert!(!answer.text.contains("__tag") && json["data"]["articles"]["nodes"][0].as_object().unwrap().len() == 2, "{}", answer.text);
        let tags: Vec<&str> = answer.header("surrogate-key").split(' ').collect();
        let nodes = page["articles"]["nodes"].as_array().unwrap();
        let ids = nodes.iter().flat_map(|node| node["authors"].as_array().unwrap().iter().chain([node])).map(|node| node["id"].as_str().unwrap());
        for id in ids {
            assert!(tags.contains(&api::cache::tags::of_id(id).as_str()), "{id} is not among {tags:?}");
        }
        for name in ["masthead", "articles", "authors"] {
            assert!(tags.contains(&name), "{name} is not among {tags:?}");
        }
        assert!(!tags.contains(&"tags"), "{tags:?}");
        // What was asked by POST before has no tags; who asks by GET gets an answer that has.
        let posted = app.post(&json!({ "query": "{articles(first:2){nodes{title}}}" }));
        let got = app.get("/graphql?query={articles(first:2){nodes{title}}}", &[]);
        assert_eq!((got.text.as_str(), got.header("surrogate-key").split(' ').count()), (posted.text.as_str(), 4));
        let many = app.get("/graphql?query={articles(first:600){nodes{path}}}", &[]);
        assert_eq!(many.header("surrogate-key"), "masthead articles any-articles");
        for node in ["{article(by:{slug:\"nothing\"}){title}}", "{node(id:\"nothing\"){id}}"] {
            let nothing = app.get(&path(node), &[]);
            assert_eq!((nothing.status, nothing.json()["data"].as_object().unwrap().values().next()), (200, Some(&Value::Null)));
            assert!(nothing.header("surrogate-key").starts_with("masthead"), "{:?}", nothing.headers);
        }
    }

    async fn a_setting_puts_the_receipt_into_every_answer(db: TestDb) {
        let app = TestApp::start(db, &["--receipt"]).trusting();
        for cache in ["MISS", "HIT"] {
            let answer = send(&app, false, &[]);
            assert_eq!(answer.json()["extensions"]["receipt"]["cache"], cache);
        }
        let off = app.beside(&["--receipt", "--response-cache-bytes=0"]).trusting();
        assert_eq!(send(&off, true, &[]).json()["extensions"]["receipt"]["cache"], "OFF");
    }
}
