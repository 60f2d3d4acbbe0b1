//! Medians of what takes turns.

use super::content::Content;
use serde_json::Value;
use std::time::Instant;

/// How often each is timed, after a few times that do not count.
const ROUNDS: usize = 41;
const FEW_ROUNDS: usize = 7;

/// Medians of two that took turns, in milliseconds.
#[derive(Clone, Copy)]
pub struct Timed {
    /// Of the one.
    pub first: f64,
    /// Of the other.
    pub second: f64,
}

/// Times both in turns.
pub fn together(first: impl FnMut(), second: impl FnMut()) -> Timed {
    in_turns(ROUNDS, first, second)
}

/// The same for what takes long.
pub fn few(first: impl FnMut(), second: impl FnMut()) -> Timed {
    in_turns(FEW_ROUNDS, first, second)
}

fn in_turns(rounds: usize, mut first: impl FnMut(), mut second: impl FnMut()) -> Timed {
    let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
    for round in 0..rounds + 2 {
        let times = (time(&mut first), time(&mut second));
        if round >= 2 {
            firsts.push(times.0);
            seconds.push(times.1);
        }
    }
    Timed { first: median(firsts), second: median(seconds) }
}

/// Of one run, in milliseconds.
pub fn time(run: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64() * 1e3
}

/// The one in the middle.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Operations at two sizes.
pub struct Table<'a> {
    small: &'a Content,
    large: &'a Content,
    lines: Vec<String>,
}

impl<'a> Table<'a> {
    /// Of these sizes, still empty.
    pub const fn new(small: &'a Content, large: &'a Content) -> Self {
        Self { small, large, lines: Vec::new() }
    }

    /// Times an operation, whose variables depend on the content.
    pub fn row(&mut self, what: &str, query: &str, variables: impl Fn(&Content) -> Value) {
        let (of_small, of_large) = (variables(self.small), variables(self.large));
        let Timed { first, second } =
            together(|| self.large.ask(query, &of_large), || self.small.ask(query, &of_small));
        self.lines.push(format!("| {what} | {second:.2} | {first:.2} | {:.2} |", first / second));
    }

    /// Everything, as Markdown.
    pub fn print(&self) {
        println!(
            "| operation | ms at {} | ms at {} | ratio |\n| --- | ---: | ---: | ---: |",
            self.small.articles, self.large.articles
        );
        self.lines.iter().for_each(|line| println!("{line}"));
    }
}
