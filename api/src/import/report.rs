//! What an import tells while it runs, and at its end.

use crate::Result;
use serde::Serialize;
use std::{collections::HashMap, fmt, io};

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// So many files were found.
    Found(usize),
    /// The files of this folder come next.
    Source {
        /// The folder.
        root: String,
        /// Whose posts they are, and how that is known.
        why: String,
    },
    /// So many more files are done.
    Done(usize),
    /// Something to be told about one file, or about the whole.
    Line(Line),
    /// What became of one file.
    File {
        /// As it can be opened.
        path: String,
        /// What became of it.
        became: Became,
        /// The article, where it was stored just now.
        article: Option<Place>,
    },
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

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// A new article.
    Created,
    /// A new version of an article.
    Updated,
    /// It says what it said.
    Unchanged,
    /// It stays out.
    Refused,
    /// It is gone; its article stays.
    Missing,
    /// It is gone, and so is its article.
    Pruned,
}

/// Where an article stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// As it was given.
    pub slug: String,
    /// Decoded.
    pub path: String,
}

/// How many files came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// New articles.
    pub created: usize,
    /// Articles with a new version.
    pub updated: usize,
    /// Files that say what they said.
    pub unchanged: usize,
    /// Articles that came from the same folder and whose file is gone: they stay unless they are to be pruned.
    pub missing: usize,
    /// Files that stayed out.
    pub refused: usize,
    /// Whether it was stopped before its end.
    #[serde(rename = "stopped")]
    pub is_stopped: bool,
}

impl Outcome {
    /// Counts one file.
    pub fn add(&mut self, became: Became) {
        *match became {
            Became::Created => &mut self.created,
            Became::Updated => &mut self.updated,
            Became::Unchanged => &mut self.unchanged,
            Became::Refused => &mut self.refused,
            Became::Missing | Became::Pruned => &mut self.missing,
        } += 1;
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, updated, unchanged, missing, refused, is_stopped: _ } = self;
        write!(f, "{created} created, {updated} updated, {unchanged} unchanged, {missing} missing, {refused} refused")
    }
}

/// Everything that an import told, as `--report` writes it: for programs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whether nothing was written.
    #[serde(rename = "dryRun")]
    pub is_dry_run: bool,
    /// The sums.
    pub outcome: Outcome,
    /// What stopped it as a whole, if something did.
    pub error: Option<String>,
    sources: Vec<SourceReport>,
    /// Where each file of the source at hand stands among its files.
    #[serde(skip)]
    places: HashMap<String, usize>,
}

/// One folder.
#[derive(Debug, Default, Serialize)]
struct SourceReport {
    root: String,
    dialect: String,
    messages: Vec<Told>,
    files: Vec<FileReport>,
}

/// One file.
#[derive(Debug, Serialize)]
struct FileReport {
    /// Below the folder.
    path: String,
    /// None of what is no post: pictures, and files of the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Became>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<Place>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Told>,
}

/// Something that was told.
#[derive(Debug, Serialize)]
struct Told {
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    message: String,
}

impl Report {
    /// Of an import that has not begun.
    #[must_use]
    pub fn of(is_dry_run: bool) -> Self {
        Self { is_dry_run, ..Self::default() }
    }

    /// Takes note of what happened.
    pub fn note(&mut self, event: &Event) {
        if self.sources.is_empty() {
            self.sources.extend((!matches!(event, Event::Found(_) | Event::Source { .. })).then(SourceReport::default));
        }
        match event {
            Event::Found(_) | Event::Done(_) => {}
            Event::Source { root, why } => {
                self.places.clear();
                self.sources.push(SourceReport { root: root.clone(), dialect: why.clone(), ..SourceReport::default() });
            }
            Event::Line(line) => {
                let severity = if line.is_refusal { "error" } else { "warning" };
                let message = Told { severity, line: line.line, message: line.message.clone() };
                match self.sources.last_mut().filter(|source| source.root == line.path) {
                    Some(source) => source.messages.push(message),
                    None => self.file(&line.path, |file| file.messages.push(message)),
                }
            }
            Event::File { path, became, article } => self.file(path, |file| {
                file.outcome = Some(*became);
                file.article.clone_from(article);
            }),
        }
    }

    /// All of it as JSON, the files of each source in the order of their paths.
    ///
    /// # Errors
    /// Never, as long as what it holds can be written as JSON.
    pub fn write(mut self, ended: &Result<Outcome>) -> io::Result<Vec<u8>> {
        match ended {
            Ok(outcome) => self.outcome = *outcome,
            Err(error) => self.error = Some(error.to_string()),
        }
        self.sort();
        let mut json = serde_json::to_vec_pretty(&self)?;
        json.push(b'\n');
        Ok(json)
    }

    fn sort(&mut self) {
        for source in &mut self.sources {
            source.files.sort_by(|one, other| one.path.cmp(&other.path));
        }
    }

    fn file(&mut self, path: &str, change: impl FnOnce(&mut FileReport)) {
        let Some(source) = self.sources.last_mut() else { return };
        let next = source.files.len();
        let place = *self.places.entry(path.to_owned()).or_insert(next);
        if place == next {
            let below = path.strip_prefix(source.root.as_str()).map_or(path, |below| below.trim_start_matches('/'));
            let file = FileReport { path: below.to_owned(), outcome: None, article: None, messages: Vec::new() };
            source.files.push(file);
        }
        if let Some(file) = source.files.get_mut(place) {
            change(file);
        }
    }
}
