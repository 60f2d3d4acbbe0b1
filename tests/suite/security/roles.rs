//! Keys and roles, and paths without a check: who is whom, and that every way to something hidden asks it.

use super::asking::{Schema, values::Values};
use super::oracle::{Asker, Question, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{
    app::{Answer, PREVIEW_TOKEN, TestApp},
    db::TestDb,
    seed::{self, Seed},
};

const ROLE: &str = "{ viewer { role } article(by: {slug: \"unfinished\"}) { status } }";
const JSON: (&str, &str) = ("content-type", "application/json");

fn role(app: &TestApp, headers: &[(&str, &str)]) -> Answer {
    let headers: Vec<_> = [JSON].into_iter().chain(headers.iter().copied()).collect();
    app.send("POST", "/graphql", &headers, Some(json!({ "query": ROLE }).to_string().as_bytes()))
}

fn is_public(answer: &Answer) -> bool {
    answer.json()["data"] == json!({ "viewer": { "role": "PUBLIC" }, "article": null })
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == 401 && answer.code() == "UNAUTHENTICATED" && answer.json().get("data").is_none()
}

tests::on_both_databases! {
    /// Every field of every type from every root field, with every name that something hidden has.
    async fn no_path_shows_a_public_reader_what_a_preview_reader_sees_of_it(db: TestDb) {
        let world = World::with_secret(db).await;
        let schema = Schema::read(&world.app);
        let mut values = Values::default();
        let hidden = format!("{{ articles(where: {{status: {{in: [DRAFT, SCHEDULED]}}}}) {} }}", schema.everything("ArticleConnection", 1));
        values.collect(&world.app.ask(&hidden, json!({}), Some(PREVIEW_TOKEN)));
        let mut shown = BTreeSet::new();
        for Question { about, text } in (Asker { schema: &schema, values: &values }).trees() {
            let query = format!("{{ {text} }}");
            let ask = |token| world.app.ask(&query, json!({}), token);
            let public = data(&ask(None));
            assert!(!public.contains("harpoon"), "{query}: {public}");
            let wrong = ask(Some("wrong"));
            assert!(is_refused(&wrong), "{query}: {}", wrong.text);
            if data(&ask(Some(PREVIEW_TOKEN))) != public {
                shown.insert(about);
            }
        }
        // A preview reader sees it on all these ways, so each of them has been tried.
        let ways = ["article", "node", "nodes", "resolve", "tag", "tags", "images"].map(|name| format!("tree of {name}"));
        assert_eq!(ways.iter().filter(|way| !shown.contains(*way)).collect::<Vec<_>>(), [""; 0], "{shown:?}");
    }

    async fn only_a_bearer_of_the_whole_token_is_a_preview_reader(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let half = &PREVIEW_TOKEN[..PREVIEW_TOKEN.len() / 2];
        let longer = format!("{PREVIEW_TOKEN}{PREVIEW_TOKEN}");
        for token in ["wrong", half, &longer, &PREVIEW_TOKEN.to_uppercase(), "", " ", "null", "undefined", "true", "*", "%", "' OR '1'='1"] {
            let answer = role(&app, &[("authorization", &format!("Bearer {token}"))]);
            assert!(is_refused(&answer) || is_public(&answer) && token.trim().is_empty(), "{token:?}: {}", answer.text);
            assert!(!answer.text.contains("PREVIEW\""), "{token:?}: {}", answer.text);
        }
        let preview = role(&app, &[("authorization", &format!("Bearer {PREVIEW_TOKEN}"))]);
        assert_eq!(preview.json()["data"]["viewer"]["role"], "PREVIEW");
    }

    /// In no place but its header, and not where two headers contradict each other.
    async fn the_token_is_taken_from_one_header_alone(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let bearer = format!("Bearer {PREVIEW_TOKEN}");
        for name in ["x-authorization", "proxy-authorization", "cookie", "x-preview-token", "x-api-key", "x-hasura-role", "x-forwarded-user"] {
            for value in [&bearer, PREVIEW_TOKEN, &format!("token={PREVIEW_TOKEN}")] {
                assert!(is_public(&role(&app, &[(name, value)])), "{name}: {value}");
            }
        }
        for both in [["Bearer wrong", &bearer], [&bearer, "Bearer wrong"]] {
            let answer = role(&app, &both.map(|value| ("authorization", value)));
            assert!(is_refused(&answer), "{both:?}: {}", answer.text);
        }
        let asked = "query=%7Bviewer%7Brole%7D%7D";
        for parameter in ["token", "access_token", "preview_token", "preview", "Authorization", "authorization", "bearer"] {
            let answer = app.get(&format!("/graphql?{asked}&{parameter}={PREVIEW_TOKEN}"), &[]);
            assert_eq!(answer.json()["data"]["viewer"]["role"], "PUBLIC", "{parameter}");
            let body = json!({ "query": ROLE, parameter: PREVIEW_TOKEN, "extensions": { parameter: PREVIEW_TOKEN } }).to_string();
            assert!(is_public(&app.send("POST", "/graphql", &[JSON], Some(body.as_bytes()))), "{parameter}");
        }
        let by_get = |token: &str| app.get(&format!("/graphql?{asked}"), &[("authorization", &format!("Bearer {token}"))]);
        assert_eq!(by_get(PREVIEW_TOKEN).json()["data"]["viewer"]["role"], "PREVIEW");
        assert!(is_refused(&by_get("wrong")));
    }

    async fn a_blank_token_lets_nobody_in(db: TestDb) {
        seed::plant(&db, Seed::Content).await;
        let blank = TestApp::start(db, &["--preview-token", ""]);
        for given in ["Bearer", "Bearer ", "Bearer  ", "Bearer anything", &format!("Bearer {PREVIEW_TOKEN}")] {
            assert!(is_public(&role(&blank, &[("authorization", given)])), "{given:?}");
        }
    }

    /// Neither the server's own nor what was given for it, whatever goes wrong.
    async fn no_answer_tells_a_token(db: TestDb) {
        let app = TestApp::seeded(db, Seed::Content).await;
        let operations = [ROLE, "{", "{ nothing }", "{ articles(first: -1) { totalCount } }", "mutation { x }", "{ articles(after: \"x\") { totalCount } }"];
        for token in [PREVIEW_TOKEN, "guess-of-a-stranger"] {
            for operation in operations {
                let answer = app.ask(operation, json!({}), Some(token));
                let headers = format!("{:?}", answer.headers);
                assert!(!answer.text.contains(token) && !headers.contains(token), "{operation}: {} {headers}", answer.text);
            }
        }
    }
}

/// An error may name what was asked.
fn data(answer: &Answer) -> String {
    answer.json().get("data").map(Value::to_string).unwrap_or_default()
}
