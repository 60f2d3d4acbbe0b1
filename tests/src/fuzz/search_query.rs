//! Any text as a search: what it means, and that what is found is what a scan of all articles finds.

use super::site::{self, Site, Text};
use crate::inert;
use api::search::{MOST_TERMS, SearchQuery, folded};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const QUERY: &str = "query($search: String!) {
  articles(search: $search, first: 1000) {
    totalCount searched { query relaxed didYouMean } edges { score node { id } highlight { titleHtml bodyHtml } } facets { tags(first: 2) { count } }
  }
  suggest(prefix: $search) { text }
}";

/// Searches a site on SQLite.
pub fn run(data: &[u8]) {
    site::on_site(async |site| ask(site, data).await);
}

/// Searches this site.
pub async fn ask(site: &Site, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = pure(&text);
    let (answer, _) = site.ask(QUERY, &json!({ "search": text }), false).await;
    let articles = &answer["data"]["articles"];
    if articles.is_null() {
        let is_much = text.chars().count() > 256 || query.len() > MOST_TERMS || text.contains('\0');
        assert!(is_much, "{text:?} is refused: {answer}");
        return;
    }
    let edges = articles["edges"].as_array().expect("a list");
    assert_eq!(articles["totalCount"].as_u64(), Some(edges.len() as u64), "{text:?}: {answer}");
    for highlight in edges.iter().map(|edge| &edge["highlight"]) {
        for html in [&highlight["titleHtml"], &highlight["bodyHtml"]].into_iter().filter_map(Value::as_str) {
            assert_eq!(inert::check(html, &[]), Ok(()), "{text:?}: {html}");
        }
    }
    if articles["searched"]["relaxed"] == false {
        let found: BTreeSet<&str> = edges.iter().filter_map(|edge| edge["node"]["id"].as_str()).collect();
        assert_eq!(found, scan(site.texts().await, &query), "{text:?}");
    }
}

/// What holds for the meaning of a text.
fn pure(text: &str) -> SearchQuery {
    let query = SearchQuery::parse(text);
    for term in query.wanted.iter().chain(&query.unwanted) {
        assert!(!term.text.is_empty() && term.text.trim() == term.text, "{text:?}: {term:?}");
        assert_eq!(folded(&term.text), term.text, "{text:?}");
    }
    // What a character is folded to has at most 18 (U+FDFA).
    assert!(query.canonical().chars().count() <= 20 * (text.chars().count() + 1), "{text:?}");
    let typed = query.to_string();
    // A quotation mark in a word can not always be typed beside other words.
    if query.wanted.iter().chain(&query.unwanted).all(|term| !term.text.contains('"')) {
        assert_eq!(SearchQuery::parse(&typed).canonical(), query.canonical(), "{text:?} was shown as {typed:?}");
    }
    query
}

/// What has every wanted term in its title or text, and none of the others.
fn scan<'a>(texts: &'a [Text], query: &SearchQuery) -> BTreeSet<&'a str> {
    let has = |of: &Text, term: &str| of.title.contains(term) || of.body.contains(term);
    let fits = |of: &&Text| {
        query.wanted.iter().all(|term| has(of, &term.text)) && !query.unwanted.iter().any(|term| has(of, &term.text))
    };
    texts.iter().filter(fits).map(|of| of.id.as_str()).collect()
}
