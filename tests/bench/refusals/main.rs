//! How long it takes to refuse what is over a limit, by HTTP, each document seen for the first time.
//!
//! ```sh
//! cargo build --release && (ulimit -v 4000000; cargo bench --package tests --bench refusals)
//! ```
//!
//! It starts the server that was built over an empty file, under the limit of memory that it is started with itself, and prints the
//! table of `docs/limits.md`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark that can not go on ends; what it finds is printed"
)]

use serde_json::{Value, json};
use std::{fs, time::Instant};
use tests::program::Released;
use ureq::Agent;

/// How often each is asked, after two times that do not count.
const ROUNDS: usize = 41;

struct Server {
    released: Released,
    agent: Agent,
}

impl Server {
    fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("masthead_refusals_{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        let released = Released::start(&folder, &["--no-sample", "--database-url=sqlite://bench.db?mode=rwc"]);
        let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { released, agent }
    }

    /// The code of the answer.
    fn ask(&self, query: &str, variables: &Value) -> String {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let sent = self.agent.post(&self.released.url).header("content-type", "application/json").send(body.as_bytes());
        let answer = sent.expect("the server answers").body_mut().read_to_string().expect("an answer is text");
        let json: Value = serde_json::from_str(&answer).expect("an answer is JSON");
        json["errors"][0]["extensions"]["code"].as_str().unwrap_or("answered").to_owned()
    }

    /// Median and longest time of a document that differs each time, in milliseconds.
    fn time(&self, query: &str, variables: &Value) -> (String, f64, f64) {
        let (mut times, mut code) = (Vec::new(), String::new());
        for round in 0..ROUNDS + 2 {
            let query = format!("{query}#{round}");
            let start = Instant::now();
            code = self.ask(&query, variables);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let mut times = times.split_off(2);
        times.sort_by(f64::total_cmp);
        (code, times[times.len() / 2], times[times.len() - 1])
    }
}

fn repeated(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(" ")
}

fn doubling(levels: usize, through: &str) -> String {
    let fragments = repeated(levels, |level| {
        let next = format!("...F{}", level + 1);
        format!("fragment F{level} on Query {{ {} }}", through.replace("NEXT", &next))
    });
    format!("{{ ...F0 }} {fragments} fragment F{levels} on Query {{ site {{ title }} }}")
}

fn main() {
    let server = Server::start();
    let none = json!({});
    let parents = |levels: usize| {
        format!(
            "{{ category(by: {{slug: \"x\"}}) {} {{ name }} {} }}",
            "{ parent ".repeat(levels - 2),
            "}".repeat(levels - 2)
        )
    };
    let doubling_categories = format!(
        "{{ category(by: {{slug: \"x\"}}) {{ ...F0 }} }} {} fragment F17 on Category {{ name }}",
        repeated(17, |level| format!(
            "fragment F{level} on Category {{ a: parent {{ ...F{0} }} b: parent {{ ...F{0} }} }}",
            level + 1
        ))
    );
    let documents = [
        ("a front page, answered", "{ articles(first: 20) { nodes { title path publishedAt authors { name } categories { names } cover { caption image { url } } } pageInfo { endCursor } } }".to_owned(), none.clone()),
        ("bytes of the document", format!("{{ site {{ title }} }}#{}", "x".repeat(200_000)), none.clone()),
        ("tokens: 5,001", format!("{{ site {{ {} }} }}", repeated(4_996, |_| "title".into())), none.clone()),
        ("tokens: 40,000", format!("{{ site {{ {} }} }}", repeated(40_000, |_| "id".into())), none.clone()),
        ("depth: 21", parents(21), none.clone()),
        ("24 fragments that double", doubling(24, "NEXT NEXT"), none.clone()),
        ("28 fragments that double", doubling(28, "NEXT NEXT"), none.clone()),
        ("28 that double, with fields and inline fragments", doubling(28, "... on Query { NEXT } site { id } NEXT"), none.clone()),
        ("17 that double through fields", doubling_categories, none.clone()),
        ("aliases: 1,000", format!("{{ site {{ {} }} }}", repeated(1_000, |n| format!("a{n}: title"))), none.clone()),
        ("root fields: 1,000", format!("{{ {} }}", repeated(1_000, |_| "__typename".into())), none.clone()),
        ("directives: 600", format!("{{ site {{ {} }} }}", repeated(600, |_| "title @skip(if: false)".into())), none.clone()),
        ("fragments: 600", format!("{{ {} }} {}", repeated(600, |n| format!("...F{n}")), repeated(600, |n| format!("fragment F{n} on Query {{ __typename }}"))), none.clone()),
        ("operations: 900", repeated(900, |n| format!("query Q{n} {{ __typename }}")), none.clone()),
        ("variables: 500", format!("query({}) {{ articles(where: {{slug: {{in: [{}]}}}}) {{ totalCount }} }}", repeated(500, |n| format!("$v{n}: String = \"x\"")), repeated(500, |n| format!("$v{n}"))), none.clone()),
        ("cost: lists in lists", "{ articles(first: 1000) { nodes { authors { articles(first: 1000) { nodes { id } } } } } }".into(), none.clone()),
        ("page: 1,001", "{ articles(first: 1001) { totalCount } }".into(), none.clone()),
        ("values of a list: 5,000", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }".into(), json!({ "ids": vec!["x"; 5_000] })),
        ("characters of a text: 100,000", "query($path: String!) { resolve(path: $path) { __typename } }".into(), json!({ "path": "x".repeat(100_000) })),
        ("levels of where: 61", format!("{{ articles(where: {}{{}}{}) {{ totalCount }} }}", "{not: ".repeat(60), "}".repeat(60)), none.clone()),
        ("a name of 100,000 characters", format!("{{ {} }}", "x".repeat(100_000)), none.clone()),
        ("1,000 unknown fields", format!("{{ {} }}", repeated(1_000, |n| format!("unknown{n}"))), none.clone()),
    ];
    println!("| document | bytes | code | ms, median | ms, longest of {ROUNDS} |\n| --- | ---: | --- | ---: | ---: |");
    for (what, query, variables) in &documents {
        let (code, median, longest) = server.time(query, variables);
        println!("| {what} | {} | `{code}` | {median:.2} | {longest:.2} |", query.len());
    }
}
