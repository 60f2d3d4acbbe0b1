//! Prints how well searches are answered, by the judged set in `tests/search`: the worst query last, then the mean.
//!
//! `cargo run --quiet --package tests --example relevance`

#![expect(clippy::print_stdout, reason = "a program for the tests")]

use tests::{
    app::TestApp,
    db,
    judged::{
        self,
        relevance::{Answered, ask_all, mean},
    },
};

/// Answers that are shown of a query.
const SHOWN: usize = 3;

fn main() {
    db::on_sqlite(|db| async {
        judged::plant(&db).await;
        let mut answered = ask_all(&TestApp::start(db, &[]));
        answered.sort_by(|one, other| other.ndcg().total_cmp(&one.ndcg()));
        answered.iter().for_each(print);
        let found: Vec<&Answered> = answered.iter().filter(|one| !one.found.is_empty()).collect();
        println!("nDCG@10 {:.4} over {} queries", mean(&answered), answered.len());
        println!("nDCG@10 {:.4} over the {} that find something", mean(found.iter().copied()), found.len());
        println!("{} find nothing", answered.len() - found.len());
    });
}

/// What came with its grades, and what should have come.
fn print(answered: &Answered) {
    let query = &answered.query;
    let found = answered.found.iter().take(SHOWN).map(|(slug, _)| format!("{slug} {}", query.grade(slug)));
    let best = query.best().into_iter().take(SHOWN).map(|(slug, grade)| format!("{slug} {grade}"));
    let [found, best] = [found.collect::<Vec<_>>(), best.collect()].map(|answers| answers.join(", "));
    println!("{:.3}  {}\n       found: {found}\n       best:  {best}", answered.ndcg(), query.query);
}
