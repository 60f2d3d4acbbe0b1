//! Bodies and parameters that are no request, and requests that pages of other sites could send.

use super::{JSON, SITE, assert_refused, data, post};
use serde_json::json;
use tests::{app::TestApp, db::TestDb, seed::Seed};

tests::on_both_databases! {
    /// A page of any site can send these without asking first. None of them is executed.
    async fn simple_requests_execute_nothing(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let form = "query=%7Bsite%7Btitle%7D%7D";
        let multipart = format!("--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n{SITE}\r\n--x\r\ncontent-disposition: form-data; name=\"map\"\r\n\r\n{{}}\r\n--x--\r\n");
        for (content_type, body) in [
            ("application/x-www-form-urlencoded", form), ("application/x-www-form-urlencoded", SITE), ("text/plain", SITE),
            ("text/plain; charset=utf-8", SITE), ("text/plain;application/json", SITE), ("multipart/form-data; boundary=x", &multipart),
            ("multipart/form-data; boundary=application/json", SITE), ("application/graphql", "{site{title}}"), ("", SITE), ("", form),
        ] {
            for path in ["/graphql", "/graphql?query={site{title}}"] {
                let headers = if content_type.is_empty() { vec![] } else { vec![("content-type", content_type), ("origin", "https://elsewhere.example")] };
                let answer = app.send("POST", path, &headers, Some(body.as_bytes()));
                assert_refused(&answer, 415, "BAD_USER_INPUT");
                assert!(!answer.text.contains("Tide"), "{content_type}: {}", answer.text);
            }
        }
    }

    async fn a_body_comes_as_it_is_and_in_utf8(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        for content_type in ["application/json; charset=latin1", "application/json; charset=utf-16", "application/json-patch+json"] {
            assert_refused(&post(&app, &[("content-type", content_type)], SITE), 415, "BAD_USER_INPUT");
        }
        for coding in ["gzip", "br", "deflate", "identity, gzip"] {
            let answer = post(&app, &[("content-type", "application/json"), ("content-encoding", coding)], SITE);
            assert_refused(&answer, 415, "BAD_USER_INPUT");
            assert_eq!(answer.header("accept-encoding"), "identity", "{coding}");
        }
        assert_eq!(post(&app, &[("content-type", "application/json"), ("content-encoding", "identity")], SITE).status, 200);
        let marked = format!("\u{feff}{SITE}");
        assert_eq!(data(&post(&app, &JSON, &marked)), json!({ "site": { "title": "The Tide" } }));
    }

    async fn what_is_wrong_with_a_request_is_told(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for (body, told) in [
            (r#"{"query":"{site{title}}"} {}"#, "after the JSON"), (r#"{"query":"{site{title}}","query":"{site{title}}"}"#, "query: is given twice"),
            (r#"{"query":["x"]}"#, "query: is to be a string"), ("{}", "query: is missing"),
            (r#"{"query":"{site{title}}","variables":"x"}"#, "variables: is to be a JSON object"),
            (r#"[{"query":"{site{title}}"}]"#, "`max-batch`"),
        ] {
            let answer = post(&app, &JSON, body);
            assert_refused(&answer, 400, "BAD_USER_INPUT");
            assert!(answer.json()["errors"][0]["message"].as_str().unwrap().contains(told), "{body}: {}", answer.text);
        }
        // By the specification an empty name is none in a URL; in JSON it is a name that no operation has.
        let named = post(&app, &JSON, r#"{"query":"query A {site{title}}","operationName":""}"#);
        assert_eq!(named.json().get("data"), None, "{}", named.text);
        for query in ["query=%7", "query={a}&query={a}", "query={site{title}}&variables=%5B%5D", "query=%FF"] {
            assert_refused(&app.get(&format!("/graphql?{query}"), &[]), 400, "BAD_USER_INPUT");
        }
    }

    async fn a_wrong_token_is_refused_before_the_body_is_read(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let answer = post(&app, &[("content-type", "application/json"), ("authorization", "Bearer wrong")], "{");
        assert_refused(&answer, 401, "UNAUTHENTICATED");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
}
