//! What an import tells while it runs, and at its end.

use std::fmt;

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// So many files were found.
    Found(usize),
    /// So many more files are done.
    Done(usize),
    /// Something to be told about one file, or about the whole.
    Line(Line),
}

/// `path:line: why`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file, as it can be opened.
    pub path: String,
    /// From 1; none where it concerns the whole file.
    pub line: Option<u32>,
    /// Whether the file stays out.
    pub is_refusal: bool,
    /// In the author's words.
    pub message: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}{}", if self.is_refusal { "" } else { "warning: " }, self.message)
    }
}

/// How many files came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New articles.
    pub created: usize,
    /// Articles with a new version.
    pub updated: usize,
    /// Files that say what they said.
    pub unchanged: usize,
    /// Articles that came from the same folder and whose file is gone. They stay.
    pub missing: usize,
    /// Files that stayed out.
    pub refused: usize,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, updated, unchanged, missing, refused } = self;
        write!(f, "{created} created, {updated} updated, {unchanged} unchanged, {missing} missing, {refused} refused")
    }
}
