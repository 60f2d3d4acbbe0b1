//! How a long command shows that it goes on: a bar on a terminal, elsewhere a line per thousand.

use crate::import::report::{Event, Line};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, IsTerminal, Write},
    time::Instant,
};

/// Lines about one file.
const MOST_LINES: usize = 20;

/// Told on standard error.
pub struct Progress {
    bar: Option<ProgressBar>,
    what: &'static str,
    found: usize,
    done: usize,
    start: Instant,
    /// The file about which something was told last, and how much.
    file: (String, usize),
}

impl Progress {
    /// Of a command that works through these.
    #[must_use]
    pub fn of(what: &'static str) -> Self {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} {msg}, {per_sec}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = io::stderr().is_terminal().then(|| ProgressBar::new(0).with_style(style).with_message(what));
        Self { bar, what, found: 0, done: 0, start: Instant::now(), file: Default::default() }
    }

    /// Shows what happened.
    pub fn tell(&mut self, event: Event) {
        match event {
            Event::Found(found) => {
                self.found = found;
                self.bar.iter().for_each(|bar| bar.set_length(found as u64));
            }
            Event::Done(done) => self.advance(done),
            Event::Line(line) => self.tell_line(&line),
            Event::Source { .. } | Event::File { .. } => {}
        }
    }

    /// Takes the bar away.
    pub fn end(mut self) {
        self.tell_rest();
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }

    /// One file can have a thousand things to be told about.
    fn tell_line(&mut self, line: &Line) {
        if self.file.0 != line.path {
            self.tell_rest();
            self.file = (line.path.clone(), 0);
        }
        self.file.1 += 1;
        if self.file.1 <= MOST_LINES || line.is_refusal {
            self.line(&line.to_string());
        }
    }

    fn tell_rest(&mut self) {
        let (path, lines) = std::mem::take(&mut self.file);
        if lines > MOST_LINES {
            self.line(&format!("{path}: {} more warnings; --report tells them all", lines - MOST_LINES));
        }
    }

    fn advance(&mut self, done: usize) {
        let before = self.done / 1_000;
        self.done += done;
        match &self.bar {
            Some(bar) => bar.set_position(self.done as u64),
            None if self.done / 1_000 > before => self.line(&self.pace()),
            None => {}
        }
    }

    /// How many, how fast, and what remains.
    fn pace(&self) -> String {
        let Self { what, found, done, .. } = self;
        let millis = self.start.elapsed().as_millis().max(1);
        let done_so_far = u128::try_from(*done).unwrap_or(u128::MAX);
        let left = u128::try_from(found.saturating_sub(*done)).unwrap_or_default();
        let rate = done_so_far.saturating_mul(1_000) / millis;
        let seconds = (left * millis / done_so_far.max(1)).div_ceil(1_000);
        format!("{done} of {found} {what}, {rate}/s, {seconds} s left")
    }

    fn line(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| write_line(line)),
            None => write_line(line),
        }
    }
}

fn write_line(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
