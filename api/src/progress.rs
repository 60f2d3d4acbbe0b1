//! How a long command shows that it goes on: a bar on a terminal, elsewhere a line per thousand.

use crate::import::report::Event;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};

/// Told on standard error.
pub struct Progress {
    bar: Option<ProgressBar>,
    what: &'static str,
    found: usize,
    done: usize,
}

impl Progress {
    /// Of a command that works through these.
    #[must_use]
    pub fn of(what: &'static str) -> Self {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} {msg}, {per_sec}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = io::stderr().is_terminal().then(|| ProgressBar::new(0).with_style(style).with_message(what));
        Self { bar, what, found: 0, done: 0 }
    }

    /// Shows what happened.
    pub fn tell(&mut self, event: Event) {
        match event {
            Event::Found(found) => {
                self.found = found;
                self.bar.iter().for_each(|bar| bar.set_length(found as u64));
            }
            Event::Done(done) => self.advance(done),
            Event::Line(line) => self.line(&line.to_string()),
        }
    }

    /// Takes the bar away.
    pub fn end(self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }

    fn advance(&mut self, done: usize) {
        let before = self.done / 1_000;
        self.done += done;
        match &self.bar {
            Some(bar) => bar.set_position(self.done as u64),
            None if self.done / 1_000 > before => self.line(&format!("{} of {} {}", self.done, self.found, self.what)),
            None => {}
        }
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
