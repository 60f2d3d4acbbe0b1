//! How many requests a client may send.

use super::{JSON, SITE, assert_refused, post};
use tests::{app::TestApp, db::TestDb};

tests::on_both_databases! {
    async fn without_the_setting_nobody_is_counted(db: TestDb) {
        let app = TestApp::start(db, &[]);
        for _ in 0..50 {
            let answer = post(&app, &JSON, SITE);
            assert_eq!((answer.status, answer.header("ratelimit-limit")), (200, ""));
        }
    }

    async fn one_request_too_many_has_to_wait(db: TestDb) {
        let app = TestApp::start(db, &["--rate-limit=4"]);
        let origin = [("content-type", "application/json"), ("origin", "https://elsewhere.example")];
        // What a browser asks before it asks is not counted.
        let preflight = [("origin", "https://elsewhere.example"), ("access-control-request-method", "POST")];
        for remaining in ["3", "2", "1", "0"] {
            assert_eq!(app.send("OPTIONS", "/graphql", &preflight, None).status, 200);
            let answer = post(&app, &origin, SITE);
            assert_eq!((answer.status, answer.header("ratelimit-limit"), answer.header("ratelimit-remaining")), (200, "4", remaining));
            assert!(answer.header("access-control-expose-headers").contains("ratelimit-remaining"), "{:?}", answer.headers);
        }
        for _ in 0..3 {
            let over = post(&app, &origin, SITE);
            assert_refused(&over, 429, "RATE_LIMITED");
            let extensions = &over.json()["errors"][0]["extensions"];
            assert_eq!((&extensions["limit"], &extensions["max"]), (&"rate-limit".into(), &4.into()));
            let wait: u64 = over.header("retry-after").parse().unwrap();
            assert!((1..=15).contains(&wait), "{wait}");
            assert_eq!((over.header("ratelimit-remaining"), over.header("access-control-allow-origin")), ("0", "*"));
        }
        assert_refused(&app.get("/graphql?query={site{title}}", &[]), 429, "RATE_LIMITED");
        for path in ["/healthz", "/readyz", "/", "/schema.graphql"] {
            assert_eq!(app.get(path, &[]).status, 200, "{path}");
        }
    }

    async fn proxies_tell_who_asks_if_they_are_trusted(db: TestDb) {
        let app = TestApp::start(db, &["--rate-limit=1", "--trusted-proxies=127.0.0.1,10.0.0.0/8"]);
        let status = |forwarded: &str| post(&app, &[("content-type", "application/json"), ("x-forwarded-for", forwarded)], SITE).status;
        assert_eq!((status("192.0.2.1"), status("192.0.2.1")), (200, 429));
        assert_eq!(status("198.51.100.1, 192.0.2.1, 10.1.2.3"), 429, "what the client says of itself does not help");
        assert_eq!(status("192.0.2.2"), 200);
        assert_eq!((status("2001:db8::1"), status("2001:db8::2"), status("2001:db8:0:1::1")), (200, 429, 200), "a network is one");
        assert_eq!(post(&app, &JSON, SITE).status, 200, "the proxy itself");
    }

    async fn strangers_can_not_say_who_they_are(db: TestDb) {
        let app = TestApp::start(db, &["--rate-limit=1"]);
        let status = |forwarded: &str| post(&app, &[("content-type", "application/json"), ("x-forwarded-for", forwarded), ("forwarded", "for=192.0.2.9")], SITE).status;
        assert_eq!((status("192.0.2.1"), status("192.0.2.2")), (200, 429));
    }
}
