//! Answers that are kept: they are what would be read now, whatever is written by whom, and never a mixture.

mod change;
mod headers;
mod mixture;
mod persisted;
mod restless;
mod sharing;

use serde_json::{Value, json};
use tests::app::{Answer, TestApp};

/// How the answer came about, as its receipt says.
fn cached(answer: &Answer) -> String {
    answer.json()["extensions"]["receipt"]["cache"].as_str().unwrap_or_default().to_owned()
}

/// The answer to this operation, asked in two ways of writing that mean the same.
fn both(app: &TestApp, query: &str) -> [Answer; 2] {
    [app.ask(query, json!({}), None), app.ask(query, Value::Null, None)]
}
