//! Which methods there are, what HEAD and OPTIONS answer, and what every answer has.

use super::{SITE, assert_refused};
use tests::{
    app::{Answer, TestApp},
    db::TestDb,
    seed::Seed,
};

const READABLE: [&str; 8] = [
    "/",
    "/graphiql/graphiql.js",
    "/graphiql/nothing.js",
    "/schema.graphql",
    "/healthz",
    "/readyz",
    "/media/53/nothing.jpg",
    "/media/",
];

fn vary(answer: &Answer) -> Vec<String> {
    assert!(answer.headers.get_all("vary").iter().count() <= 1, "{:?}", answer.headers);
    let mut names: Vec<String> = answer.header("vary").split(", ").map(str::to_lowercase).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "each once: {}", answer.header("vary"));
    names
}

tests::on_both_databases! {
    async fn other_methods_are_told_which_ones_there_are(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for method in ["PUT", "PATCH", "DELETE", "TRACE"] {
            let answer = app.send(method, "/graphql", &[("content-type", "application/json")], Some(SITE.as_bytes()));
            assert_refused(&answer, 405, "BAD_USER_INPUT");
            assert_eq!(answer.header("allow"), "GET, HEAD, POST, OPTIONS", "{method}");
            for path in READABLE {
                let answer = app.send(method, path, &[], None);
                assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method} {path}");
            }
        }
        for path in READABLE {
            let answer = app.send("POST", path, &[("content-type", "application/json")], Some(SITE.as_bytes()));
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"), "POST {path}");
        }
    }

    async fn options_tells_the_methods(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for (path, allow) in READABLE.iter().map(|path| (*path, "GET, HEAD, OPTIONS")).chain([("/graphql", "GET, HEAD, POST, OPTIONS")]) {
            for headers in [&[][..], &[("origin", "https://elsewhere.example")]] {
                let answer = app.send("OPTIONS", path, headers, None);
                assert_eq!((answer.status, answer.header("allow"), answer.text.as_str()), (204, allow, ""), "{path}");
            }
        }
    }

    async fn head_is_get_without_its_body(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let asked = "/graphql?query={site{title}}";
        let html = ("accept", "text/html");
        for (path, headers) in READABLE.iter().chain([&asked]).map(|path| (*path, &[][..])).chain([("/graphql", &[html][..]), (asked, &[html])]) {
            let (get, head) = (app.get(path, headers), app.send("HEAD", path, headers, None));
            assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
            for name in ["content-type", "content-length", "vary", "cache-control", "content-security-policy", "etag"] {
                assert_eq!(head.header(name), get.header(name), "{path}: {name}");
            }
        }
        let mutation = app.send("HEAD", "/graphql?query=mutation{x}", &[], None);
        assert_eq!((mutation.status, mutation.header("allow")), (405, "POST"));
    }

    async fn no_answer_lets_its_type_be_guessed(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for path in READABLE.iter().chain(&["/graphql", "/graphql?query={site{title}}", "/nothing", "/%ff", "/graphiql/%ff", "/media/%ff", "/media/%00"]) {
            for method in ["GET", "HEAD", "POST", "OPTIONS", "PUT"] {
                let answer = app.send(method, path, &[], None);
                assert_eq!(answer.header("x-content-type-options"), "nosniff", "{method} {path}: {}", answer.status);
                assert!(answer.status < 500, "{method} {path}: {}", answer.status);
            }
        }
        let nothing = app.get("/%3Cscript%3Ealert(1)%3C/script%3E", &[]);
        assert_eq!((nothing.status, nothing.text.as_str()), (404, ""), "nothing is echoed");
    }

    async fn caches_are_told_what_an_answer_depends_on(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        let origins = ["access-control-request-headers", "access-control-request-method", "origin"];
        let expected = |more: &[&str]| {
            let mut names: Vec<String> = origins.iter().chain(more).map(ToString::to_string).collect();
            names.sort_unstable();
            names
        };
        let gzip = ("accept-encoding", "gzip");
        for headers in [&[][..], &[gzip], &[gzip, ("origin", "https://elsewhere.example")]] {
            assert_eq!(vary(&app.get("/graphql?query={site{title}}", headers)), expected(&["accept", "accept-encoding", "authorization"]));
            assert_eq!(vary(&app.get("/graphql?query={nothing}", headers)), expected(&["accept", "accept-encoding"]));
            assert_eq!(vary(&app.get("/graphql", &[headers, &[("accept", "text/html")]].concat())), expected(&["accept", "accept-encoding"]));
            assert_eq!(vary(&app.get("/schema.graphql", headers)), expected(&["accept-encoding"]));
            assert_eq!(vary(&app.get("/media/nothing", headers)), expected(&[]));
        }
        for (path, control) in [("/graphql?query={site{title}}", "public, max-age=300"), ("/graphql?query={nothing}", "no-store"), ("/graphql", "no-store"), ("/", "no-cache"), ("/schema.graphql", "no-cache"), ("/healthz", "no-store"), ("/graphiql/graphiql.js", "public, max-age=3600")] {
            assert_eq!(app.get(path, &[]).header("cache-control"), control, "{path}");
        }
    }

    async fn the_page_for_browsers_may_do_little(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Empty).await;
        for path in ["/", "/graphql"] {
            let page = app.get(path, &[("accept", "text/html")]);
            let policy = page.header("content-security-policy");
            for part in ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
                assert!(policy.split("; ").any(|own| own == part), "{path}: {part} is not in {policy}");
            }
            assert!(!policy.contains("unsafe-eval") && !policy.contains('*'), "{policy}");
            assert_eq!((page.header("x-frame-options"), page.header("referrer-policy")), ("DENY", "no-referrer"));
        }
    }

    async fn with_introspection_off_no_page_tells_the_schema(db: TestDb) {
        let app = TestApp::start(db, &["--introspection=false"]);
        for method in ["GET", "HEAD", "POST", "OPTIONS"] {
            assert_eq!(app.send(method, "/schema.graphql", &[], None).status, 404, "{method}");
        }
        let page = app.get("/", &[]);
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("FrontPage") && !page.text.contains("articles"), "{}", page.text);
    }
}
