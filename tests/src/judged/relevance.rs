//! nDCG@10 of what a server answers to the judged queries.

use super::read;
use crate::app::TestApp;
use serde::Deserialize;
use serde_json::json;
use std::{cmp::Reverse, collections::HashMap};

/// As many answers of a query count.
const ANSWERS: usize = 10;

/// A query, and what it should find.
#[derive(Clone, Debug, Deserialize)]
pub struct Query {
    /// As it is typed.
    pub query: String,
    /// What it tests.
    pub why: String,
    /// Grades from 1 to 3, by slug.
    pub answers: HashMap<String, i32>,
}

/// What was answered to a query.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What was asked.
    pub query: Query,
    /// Slugs and scores, as they came.
    pub found: Vec<(String, f64)>,
}

/// Asks all queries.
#[must_use]
pub fn ask_all(app: &TestApp) -> Vec<Answered> {
    let queries: Vec<Query> = read("queries.json");
    queries.into_iter().map(|query| Answered { found: ask(app, &query.query), query }).collect()
}

fn ask(app: &TestApp, query: &str) -> Vec<(String, f64)> {
    let operation = "query($query: String!, $first: Int!) { articles(search: $query, first: $first) { edges { score node { slug } } } }";
    let data = app.query(operation, json!({ "query": query, "first": ANSWERS }));
    let edges = data["articles"]["edges"].as_array().expect("a connection has edges");
    let found = edges.iter().map(|edge| {
        let slug = edge["node"]["slug"].as_str().expect("an article has a slug");
        (slug.to_owned(), edge["score"].as_f64().expect("what was searched has a score"))
    });
    found.collect()
}

impl Answered {
    /// From 0 to 1, which is the best that there is.
    #[must_use]
    pub fn ndcg(&self) -> f64 {
        let found = self.found.iter().map(|(slug, _)| self.query.grade(slug));
        gain(found) / gain(self.query.best().into_iter().map(|(_, grade)| grade))
    }
}

impl Query {
    /// How well an article answers it.
    #[must_use]
    pub fn grade(&self, slug: &str) -> i32 {
        self.answers.get(slug).copied().unwrap_or_default()
    }

    /// Its answers, the best first.
    #[must_use]
    pub fn best(&self) -> Vec<(&str, i32)> {
        let mut best: Vec<(&str, i32)> = self.answers.iter().map(|(slug, grade)| (slug.as_str(), *grade)).collect();
        best.sort_unstable_by_key(|(slug, grade)| (Reverse(*grade), *slug));
        best
    }
}

/// The discounted cumulative gain of the first ten grades (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
/// techniques", 2002; the gain is that of Burges et al., 2005).
fn gain(grades: impl Iterator<Item = i32>) -> f64 {
    let gain = |(rank, grade): (u32, i32)| (f64::from(grade).exp2() - 1.0) / f64::from(rank + 1).log2();
    (1..).zip(grades).take(ANSWERS).map(gain).fold(0.0, |sum, gain| sum + gain)
}

/// The mean of all; 0 where there is none.
#[must_use]
pub fn mean<'a>(answered: impl IntoIterator<Item = &'a Answered>) -> f64 {
    let (count, sum) = answered.into_iter().fold((0_u32, 0.0), |(count, sum), one| (count + 1, sum + one.ndcg()));
    sum / f64::from(count.max(1))
}
