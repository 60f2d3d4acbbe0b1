//! What `Accept` and `Accept-Encoding` get. The rules themselves are tested where they stand, in `api/src/http/media_type.rs`.

use super::{SITE, assert_refused, data};
use flate2::read::GzDecoder;
use serde_json::json;
use std::io::Read;
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    seed::Seed,
};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

fn post(app: &TestApp, accept: &str, body: &str) -> Answer {
    app.send("POST", "/graphql", &[("content-type", "application/json"), ("accept", accept)], Some(body.as_bytes()))
}

tests::on_both_databases! {
    async fn who_takes_nothing_of_ours_is_told_what_there_is(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for accept in ["image/png", "text/html", "application/json;q=0", "*/*;q=0", "text/event-stream", "application/json;charset=latin1"] {
            // Before anything of the body is looked at.
            for answer in [post(&app, accept, SITE), post(&app, accept, "{"), app.get("/graphql?query={site{title}}", &[("accept", accept)])] {
                assert_refused(&answer, 406, "BAD_USER_INPUT");
                assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
                for there in ["application/graphql-response+json", "application/json"] {
                    assert!(answer.text.contains(there), "{}", answer.text);
                }
            }
        }
    }

    async fn each_client_is_answered(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for (accept, kind) in [
            ("", "application/json"), ("garbage", "application/json"), ("application/*", "application/json"),
            ("application/json;q=0.5, */*;q=0.4", "application/json"), ("image/png;q=1, application/json;q=0.001", "application/json"),
            ("application/json;q=0.8, application/graphql-response+json;q=0.9", "application/graphql-response+json"),
            ("application/graphql-response+json,application/json;q=0.9", "application/graphql-response+json"),
            ("multipart/mixed;deferSpec=20220824,application/json", "application/json"),
            ("text/event-stream, application/json", "application/json"), (BROWSER, "application/json"),
        ] {
            for answer in [post(&app, accept, SITE), app.get("/graphql?query={site{title}}", &[("accept", accept)])] {
                assert_eq!(data(&answer), json!({ "site": { "title": "The Tide" } }), "{accept}");
                assert_eq!(answer.header("content-type"), format!("{kind}; charset=utf-8"), "{accept}");
            }
        }
    }

    async fn who_prefers_html_gets_the_page(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for (accept, is_page) in [(BROWSER, true), ("text/html", true), ("text/html;q=0.4, application/json;q=0.3", true), ("text/html;q=0.3, application/json;q=0.4", false), ("text/html;q=0, */*", false), ("*/*", false)] {
            let answer = app.get("/graphql", &[("accept", accept)]);
            assert_eq!(answer.header("content-type").starts_with("text/html"), is_page, "{accept}: {}", answer.text);
        }
        let usage = app.get("/graphql", &[("accept", "*/*")]);
        assert_refused(&usage, 400, "BAD_USER_INPUT");
        assert!(usage.text.contains("Content-Type: application/json"), "{}", usage.text);
    }

    async fn large_answers_are_compressed_and_small_ones_are_not(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Demo(30)).await;
        let headers = [("content-type", "application/json"), ("accept-encoding", "br;q=0.9, gzip, deflate;q=0.1")];
        let small = app.send("POST", "/graphql", &headers, Some(SITE.as_bytes()));
        assert_eq!((small.status, small.header("content-encoding")), (200, ""));
        let large = "/graphql?query={a:articles(first:30){...A}b:articles(last:30){...A}c:articles(first:30){...A}}fragment%20A%20on%20ArticleConnection{nodes{title,path,body{html}}}";
        let plain = app.get(large, &[]);
        assert_eq!((plain.header("content-encoding"), plain.header("content-length")), ("", plain.text.len().to_string().as_str()));
        assert!(plain.text.len() > 64 * 1024, "it is long enough to go out in pieces: {}", plain.text.len());
        let keeps = plain.text.len() <= 256 * 1024;
        let address = app.base.strip_prefix("http://").unwrap();
        let bytes = crate::http::wire::talk(address, format!("GET {large} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n").as_bytes());
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        assert!(head.contains("content-encoding: gzip") && head.contains("transfer-encoding: chunked") != keeps, "{head}");
        let mut unpacked = String::new();
        let body = if keeps { bytes[end + 4..].to_vec() } else { crate::http::wire::unchunked(&bytes[end + 4..]) };
        GzDecoder::new(&body[..]).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.text);
        assert!(bytes.len() < plain.text.len() / 2);
    }
}
