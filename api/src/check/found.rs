//! What checks have found, and how it is told. Pure.

use std::fmt;

/// Lines that are told of one check.
pub const TOLD: usize = 20;

/// What one check has found: as much as is told, and how much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    lines: Vec<String>,
    count: usize,
}

impl Found {
    /// What was read at once, of so many.
    pub fn of(lines: Vec<String>, count: usize) -> Self {
        Self { lines, count }
    }

    /// One more.
    pub fn add(&mut self, what: String) {
        self.count += 1;
        if self.lines.len() < TOLD {
            self.lines.push(what);
        }
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A line each, then how many more there are.
    pub fn tell(&self, name: &str, say: &mut dyn FnMut(&str)) {
        for line in &self.lines {
            // Names are whatever somebody wrote, and this is one line.
            let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            say(&format!("{name}: {line}"));
        }
        if self.count > self.lines.len() {
            say(&format!("{name}: and {} more", self.count - self.lines.len()));
        }
    }
}

/// What all of them came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many were made.
    pub checks: usize,
    /// How much is wrong.
    pub findings: usize,
}

impl Outcome {
    /// Tells what one check has found, and what to do about it.
    pub fn add(&mut self, name: &str, remedy: &str, found: &Found, say: &mut dyn FnMut(&str)) {
        self.checks += 1;
        self.findings += found.count;
        found.tell(name, say);
        if !found.is_empty() {
            say(&format!("{name}: to mend this, {remedy}"));
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} checks, {} findings", self.checks, self.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_told_than_can_be_read() {
        let mut found = Found::default();
        (0..23).for_each(|number| found.add(format!("row\n{number}")));
        let (mut outcome, mut lines) = (Outcome::default(), Vec::new());
        outcome.add("rows", "look", &found, &mut |line| lines.push(line.to_owned()));
        assert_eq!((lines.len(), lines[0].as_str()), (22, "rows: row 0"));
        assert_eq!(lines[20..], ["rows: and 3 more", "rows: to mend this, look"]);
        outcome.add("others", "look", &Found::default(), &mut |_| panic!("nothing is told"));
        assert_eq!(outcome.to_string(), "2 checks, 23 findings");
    }
}
