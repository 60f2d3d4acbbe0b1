//! The queries of the README answer as the README says.

use serde_json::{Value, json};
use std::fs;
use tests::{app::TestApp, db::TestDb, seed::Seed};

/// A block of code, and the prose between the block before and it.
struct Block {
    before: String,
    language: String,
    code: String,
}

fn blocks() -> Vec<Block> {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let mut blocks = Vec::new();
    let mut before = String::new();
    let text = fs::read_to_string(readme).unwrap();
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
fn dialogues() -> Vec<(String, Value, Value)> {
    let blocks = blocks();
    let pairs = blocks.windows(2).filter(|pair| pair[0].language == "graphql" && pair[1].language == "json");
    pairs
        .map(|pair| {
            let answer: Value = serde_json::from_str(&pair[1].code).unwrap();
            (pair[0].code.clone(), variables(&pair[1].before), answer)
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

tests::on_both_databases! {
    async fn every_answer_of_the_readme_is_given(db: TestDb) {
        tests::seed::plant_as_shipped(&db).await;
        let flags = ["--site-url=", "--site-title=", "--site-description=", "--site-timezone=", "--public-url=http://127.0.0.1:8080"];
        let app = TestApp::start(db, &flags);
        let dialogues = dialogues();
        assert!(dialogues.len() >= 4, "the README shows {} queries with their answers", dialogues.len());
        for (query, variables, answer) in dialogues {
            let said = app.query(&query, variables).value;
            assert_told(&answer["data"], &said, "data");
        }
    }

    /// The third of "What must be seen", with the very words of the README.
    async fn its_front_page_takes_at_most_six_statements(db: TestDb) {
        tests::seed::plant(&db, Seed::Demo(60)).await;
        let app = TestApp::start(db, &[]);
        let (front_page, ..) = dialogues().into_iter().find(|(query, ..)| query.contains("FrontPage")).unwrap();
        for first in [1, 20, 60] {
            let page = app.query(&front_page, json!({ "first": first }));
            assert!(page.statements <= 6, "{first} articles cost {} statements", page.statements);
        }
    }
}
