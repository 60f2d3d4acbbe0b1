//! The full-text search: what it finds, in which order, and what lists make of it.

mod changes;
mod exact;
mod hostile;
mod lists;
mod relaxed;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{
    app::{NOW, TestApp, TestClock, open, strings},
    db::TestDb,
    seed::{Folder, import, post},
};

/// A site of these posts: path, front matter, body.
async fn site(db: TestDb, posts: &[(String, String, String)]) -> TestApp {
    let folder = Folder::new();
    write(&folder, posts);
    let app = open(&db, &TestClock::at(NOW), &[]).await;
    let imported = import(&app, &folder.path()).await;
    assert_eq!(imported.outcome.refused, 0, "{:#?}", imported.lines);
    TestApp::start(db, &[])
}

fn write(folder: &Folder, posts: &[(String, String, String)]) {
    folder.write("_config.yml", "title: Words\nurl: https://words.example.com\ntheme: x\n");
    for (path, front_matter, body) in posts {
        folder.write(&format!("source/_posts/{path}.md"), post(front_matter, body));
    }
}

/// What a query finds: slugs in order, and how many there are.
fn found(app: &TestApp, search: &str) -> (Vec<String>, u64) {
    let query = "query($search: String) { articles(search: $search, first: 1000) { totalCount nodes { slug } } }";
    let data = app.query(query, json!({ "search": search }));
    let articles = &data["articles"];
    (strings(&articles["nodes"], "slug"), articles["totalCount"].as_u64().unwrap())
}

fn found_set(app: &TestApp, search: &str) -> BTreeSet<String> {
    let (slugs, total) = found(app, search);
    assert_eq!(slugs.len() as u64, total, "{search}");
    slugs.into_iter().collect()
}

/// What a query finds by the words as they are given.
fn found_exactly(app: &TestApp, search: &str) -> BTreeSet<String> {
    let query = "query($search: String) { articles(search: $search, first: 1000) { totalCount searched { relaxed } nodes { slug } } }";
    let data = app.query(query, json!({ "search": search }));
    let articles = &data["articles"];
    if articles["searched"]["relaxed"] == Value::Bool(true) {
        return BTreeSet::new();
    }
    let slugs = strings(&articles["nodes"], "slug");
    assert_eq!(articles["totalCount"].as_u64().unwrap(), slugs.len() as u64, "{search}");
    slugs.into_iter().collect()
}

/// All articles: slug, and title and text as they are folded.
fn all(app: &TestApp) -> Vec<(String, String, String)> {
    let data = app.query("{ articles(first: 1000) { nodes { slug title body { text } } } }", json!({}));
    let text =
        |node: &Value, text: &Value| (node["slug"].as_str().unwrap().to_owned(), text.as_str().unwrap().to_owned());
    let nodes = data["articles"]["nodes"].as_array().unwrap();
    let of = |node: &Value| {
        let (slug, title) = text(node, &node["title"]);
        let (_, body) = text(node, &node["body"]["text"]);
        (slug, api::search::folded(&title), api::search::folded(&body))
    };
    nodes.iter().map(of).collect()
}

/// What a scan finds: the articles of which the title or the text has every one of these words.
fn scanned(articles: &[(String, String, String)], words: &[String]) -> BTreeSet<String> {
    let has = |(_, title, body): &&(String, String, String)| {
        words.iter().all(|word| title.contains(word) || body.contains(word))
    };
    articles.iter().filter(has).map(|(slug, ..)| slug.clone()).collect()
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}
