//! Made-up content of one size, and the server over it.

use super::hand::Hand;
use camino::Utf8PathBuf;
use serde_json::{Value, json};
use std::{
    env, fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};
use ureq::Agent;

/// A served database, and what of it is asked for.
pub struct Content {
    /// How many articles.
    pub articles: u64,
    /// The largest root category.
    pub root: String,
    /// A category with few articles.
    pub rare: String,
    /// Three authors, by id.
    pub authors: Vec<String>,
    /// `slug`, `path` and `id` of an article.
    pub article: Value,
    /// The database itself.
    pub hand: Hand,
    base: String,
    agent: Agent,
    server: Child,
}

/// A size that may be set.
pub fn size(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |size| size.parse().expect("a number of articles"))
}

impl Content {
    /// In a file.
    pub fn sqlite(articles: u64) -> Self {
        let folder = root().join("target/bench");
        fs::create_dir_all(&folder).expect("a folder can be made");
        Self::at(articles, &format!("sqlite://{folder}/lists-{articles}.db?mode=rwc"))
    }

    /// In a database of its own.
    pub fn postgres(articles: u64) -> Self {
        let server = env::var("MASTHEAD_TEST_POSTGRES")
            .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
        let name = format!("masthead_bench_lists_{articles}");
        Hand::create_database(&server, &name);
        let (place, _) = server.rsplit_once('/').expect("the URL names a database");
        Self::at(articles, &format!("{place}/{name}"))
    }

    fn at(articles: u64, url: &str) -> Self {
        masthead(url, &["migrate"]);
        let hand = Hand::connect(url);
        let made = hand.number("SELECT count(*) FROM article");
        let missing = articles.saturating_sub(u64::try_from(made).expect("a count"));
        if missing > 0 {
            masthead(url, &["demo", "--body-bytes", "300", "--articles", &missing.to_string()]);
        }
        let (server, base) = serve(url);
        let agent = Agent::config_builder().timeout_global(Some(Duration::from_mins(2))).build().into();
        let (root, rare, authors, article) = (String::new(), String::new(), Vec::new(), Value::Null);
        let mut content = Self { articles, root, rare, authors, article, hand, base, agent, server };
        content.look_around();
        content
    }

    fn look_around(&mut self) {
        let by_count = "{ categories(first: 1000, orderBy: [{field: ARTICLE_COUNT, direction: DESC}]) { nodes { slug articleCount } } }";
        let categories = self.data(by_count, &Value::Null)["categories"]["nodes"].clone();
        let categories = categories.as_array().expect("categories");
        self.root = slug(&categories[0]);
        let is_large_enough = |category: &&Value| category["articleCount"].as_i64() > Some(30);
        self.rare = categories.iter().rev().find(is_large_enough).map(slug).expect("a rare category");
        let some = self.data("{ authors(first: 3, offset: 40) { nodes { id } } articles(first: 1, offset: 777) { nodes { slug path id } } }", &Value::Null);
        let authors = some["authors"]["nodes"].as_array().expect("authors").iter();
        self.authors = authors.map(|author| author["id"].as_str().expect("an id").to_owned()).collect();
        self.article = some["articles"]["nodes"][0].clone();
    }

    /// The cursor of the row with this number, from 1.
    pub fn cursor_behind(&self, row: u64) -> String {
        let query = "query($offset: Int) { articles(first: 1, offset: $offset) { pageInfo { endCursor } } }";
        let data = self.data(query, &json!({ "offset": row - 1 }));
        data["articles"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned()
    }

    /// Asks, and throws the answer away.
    pub fn ask(&self, query: &str, variables: &Value) {
        let _ = self.data(query, variables);
    }

    fn data(&self, query: &str, variables: &Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.agent.post(format!("{}/graphql", self.base)).header("content-type", "application/json");
        let text = request.send(body).expect("an answer").body_mut().read_to_string().expect("text");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        assert!(answer.get("errors").is_none(), "{query}: {text}");
        answer["data"].clone()
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn slug(category: &Value) -> String {
    category["slug"].as_str().expect("a slug").to_owned()
}

fn root() -> Utf8PathBuf {
    Utf8PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn command(url: &str) -> Command {
    let program = root().join("target/release/masthead");
    assert!(program.exists(), "build it first: cargo build --release");
    let mut command = Command::new(program);
    command.args(["--database-url", url]);
    command
}

fn masthead(url: &str, arguments: &[&str]) {
    let status = command(url).args(arguments).stderr(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.expect("the program starts").success(), "{arguments:?}");
}

fn serve(url: &str) -> (Child, String) {
    let mut server = command(url)
        .args(["serve", "--listen", "127.0.0.1:0", "--no-sample", "--site-timezone", "Asia/Shanghai"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("http://"))).expect("it tells its address");
    let base = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
    (server, base.trim_end_matches('/').to_owned())
}
