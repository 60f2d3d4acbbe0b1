//! The queries of the README and of the pages on querying and searching answer as is said there.

use serde_json::{Value, json};
use std::fs;
use tests::{
    app::{PREVIEW_TOKEN, TestApp},
    db::TestDb,
    seed::Seed,
};

const README: &str = "README.md";
const QUERYING: &str = "docs/querying.md";
const SEARCH: &str = "docs/search.md";

/// A block of code, and the prose between the block before and it.
struct Block {
    before: String,
    language: String,
    code: String,
}

/// A query, how it is asked, and the answer that is printed below it.
struct Dialogue {
    query: String,
    variables: Value,
    is_preview: bool,
    answer: Value,
}

/// The blocks of a file of the repository.
fn blocks(file: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before = String::new();
    let text = fs::read_to_string(format!("{}/../{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let before = std::mem::take(&mut before);
            blocks.push(Block { before, language: language.to_owned(), code: code.join("\n") });
        } else {
            before.push_str(line);
            before.push(' ');
        }
    }
    blocks
}

/// What stands as `{…}` in the prose before an answer.
fn variables(before: &str) -> Value {
    let quoted = before.split('`').find(|piece| piece.starts_with("{\""));
    quoted.map_or(json!({}), |json| serde_json::from_str(json).unwrap())
}

/// Each query that is followed by its answer.
fn dialogues(file: &str) -> Vec<Dialogue> {
    let blocks = blocks(file);
    let pairs = blocks.windows(2).filter(|pair| pair[0].language == "graphql" && pair[1].language == "json");
    pairs
        .map(|pair| Dialogue {
            query: pair[0].code.clone(),
            variables: variables(&pair[1].before),
            is_preview: pair[0].before.contains("preview token"),
            answer: serde_json::from_str(&pair[1].code).unwrap(),
        })
        .collect()
}

/// Whether a text is the one that is told; `…` stands for what was left out.
fn is_told(told: &str, said: &str) -> bool {
    let mut rest = said;
    told.split('…').all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

fn assert_told(told: &Value, said: &Value, place: &str) {
    match (told, said) {
        (Value::Object(told), Value::Object(said)) => {
            let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(told), keys(said), "{place}");
            told.iter().for_each(|(key, told)| assert_told(told, &said[key], &format!("{place}.{key}")));
        }
        (Value::Array(told), Value::Array(said)) => {
            assert_eq!(told.len(), said.len(), "{place}: {told:?}\n{said:?}");
            (0..)
                .zip(told.iter().zip(said))
                .for_each(|(at, (told, said))| assert_told(told, said, &format!("{place}[{at}]")));
        }
        (Value::String(told), Value::String(said)) if told.contains('…') => {
            assert!(is_told(told, said), "{place}: {told}\nis not told of {said}");
        }
        _ => assert_eq!(told, said, "{place}"),
    }
}

/// A server over the sample as whoever tries it out has it.
async fn as_shipped(db: TestDb) -> TestApp {
    tests::seed::plant_as_shipped(&db).await;
    let unset = ["--site-url=", "--site-title=", "--site-description=", "--site-timezone="];
    TestApp::start(db, &[&unset[..], &["--public-url=http://127.0.0.1:8080"]].concat())
}

fn assert_answered(app: &TestApp, file: &str, at_least: usize) {
    let dialogues = dialogues(file);
    assert!(dialogues.len() >= at_least, "{file} shows {} queries with their answers", dialogues.len());
    for Dialogue { query, variables, is_preview, answer } in dialogues {
        let mut said = app.ask(&query, variables, is_preview.then_some(PREVIEW_TOKEN)).json();
        said.as_object_mut().unwrap().shift_remove("extensions");
        assert_told(&answer, &said, &format!("{file}: {query}\nanswer"));
    }
}

tests::on_both_databases! {
    async fn every_answer_of_the_readme_is_given(db: TestDb) {
        assert_answered(&as_shipped(db).await, README, 4);
    }

    async fn every_answer_of_the_page_on_querying_is_given(db: TestDb) {
        assert_answered(&as_shipped(db).await, QUERYING, 20);
    }

    async fn every_answer_of_the_page_on_searching_is_given(db: TestDb) {
        assert_answered(&as_shipped(db).await, SEARCH, 4);
    }

    /// The third of "What must be seen", with the very words of the README.
    async fn its_front_page_takes_at_most_six_statements(db: TestDb) {
        tests::seed::plant(&db, Seed::Demo(60)).await;
        let app = TestApp::start(db, &[]);
        let front_page = dialogues(README).into_iter().find(|dialogue| dialogue.query.contains("FrontPage")).unwrap();
        for first in [1, 20, 60] {
            let page = app.query(&front_page.query, json!({ "first": first }));
            assert!(page.statements <= 6, "{first} articles cost {} statements", page.statements);
        }
    }
}
