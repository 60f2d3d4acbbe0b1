//! Where front matter starts and ends, and what it says. Knows no key of any dialect.
//!
//! Any file may have any form: YAML between `---`, TOML between `+++`, JSON in braces or before `;;;`.
//! More lenient than Hexo where Hexo loses a post by a blank line: leading blank lines and spaces after a fence are
//! skipped, and YAML that only lacks quotes is repaired and reported.

pub(super) mod json;
mod limits;
mod repair;
mod split;
#[cfg(test)]
mod tests;
pub(super) mod toml;
pub(super) mod yaml;

use serde_json::{Map, Value};
use thiserror::Error;

use self::split::Split;

/// Why front matter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrontMatterError {
    /// It is opened, a key follows, and no line closes it.
    #[error("the front matter that is opened here is never closed: end it with a line `{fence}`")]
    Unclosed {
        /// Of the opening fence.
        line: u32,
        /// As it was opened.
        fence: String,
    },
    /// The YAML parser's word on it.
    #[error("the front matter is not valid YAML: {message}")]
    Yaml {
        /// Where the parser stopped.
        line: u32,
        /// Without a position.
        message: String,
    },
    /// The TOML parser's word on it.
    #[error("the front matter is not valid TOML: {message}")]
    Toml {
        /// Where the parser stopped.
        line: u32,
        /// Without a position.
        message: String,
    },
    /// The JSON parser's word on it.
    #[error("the front matter is not valid JSON: {message}")]
    Json {
        /// Where the parser stopped.
        line: u32,
        /// Without a position.
        message: String,
    },
    /// Longer than any front matter is.
    #[error("the front matter is longer than 1 MiB: shorten it, or close it where it ends")]
    TooLong {
        /// Where it begins.
        line: u32,
    },
    /// A list or a text.
    #[error("the front matter is not a mapping: write it as lines `key: value`")]
    NotAMapping {
        /// Where it begins.
        line: u32,
    },
}

impl FrontMatterError {
    /// Where in the file, counted from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        match self {
            Self::Unclosed { line, .. }
            | Self::Yaml { line, .. }
            | Self::Toml { line, .. }
            | Self::Json { line, .. }
            | Self::TooLong { line }
            | Self::NotAMapping { line } => *line,
        }
    }
}

/// A file in its two parts.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter<'a> {
    /// In the order of the file; of a key that is given twice the last value.
    pub fields: Map<String, Value>,
    /// What follows the closing fence; the whole file where there is no front matter.
    pub body: &'a str,
    /// Where the body begins in the file, counted from 1.
    pub body_line: u32,
    /// Lines whose values had to be quoted before the YAML could be read.
    pub repaired: Vec<u32>,
    block: &'a str,
    block_line: u32,
}

impl<'a> FrontMatter<'a> {
    /// Splits a decoded text and reads its first part. A text without front matter is all body.
    ///
    /// # Errors
    ///
    /// `FrontMatterError` with a line of the file.
    pub fn parse(text: &'a str) -> Result<Self, FrontMatterError> {
        let bare =
            Self { fields: Map::new(), body: text, body_line: 1, repaired: Vec::new(), block: "", block_line: 1 };
        match Split::of(text)? {
            None => Ok(bare),
            Some(split) if split.is_opened => split.read().map(|(fields, repaired)| split.over(fields, repaired)),
            // Without an opener anything may stand there; it is front matter only if it reads as such.
            Some(split) => Ok(match split.read() {
                Ok((fields, repaired)) if is_believable(&fields, &repaired) => split.over(fields, repaired),
                _ => bare,
            }),
        }
    }

    /// What a key says, where that is a text or a number.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        crate::import::post::keys::scalar(self.fields.get(key)?)
    }

    /// The line of the file in which a top-level key stands, counted from 1; that of the block where it is not found. A key
    /// that stands there in another case counts where no other does.
    #[must_use]
    pub fn line_of(&self, key: &str) -> u32 {
        let lines = || (self.block_line..).zip(self.block.lines());
        let last = |matches: &dyn Fn(&str) -> bool| lines().filter(|(_, line)| matches(line)).last();
        // What follows the header of a TOML table belongs to that table.
        let at_top =
            lines().take_while(|(_, line)| !line.starts_with('[')).filter(|(_, line)| is_of_key(line, key)).last();
        let found = at_top
            .or_else(|| last(&|line| is_of_key(line.trim_start_matches([' ', '\t', '{', ',', '[']), key)))
            .or_else(|| last(&|line| line.contains(&format!("\"{key}\":"))));
        found.map_or(self.block_line, |(number, _)| number)
    }
}

/// Whether a line begins with a key, as YAML, TOML and JSON write one; a table of TOML is one, too.
fn is_of_key(line: &str, key: &str) -> bool {
    let bare = line.trim_start_matches(['"', '\'']);
    let is_key = bare.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
    let rest = bare.get(key.len()..).unwrap_or_default().trim_start_matches(['"', '\'']).trim_start();
    is_key && rest.starts_with([':', '=', ']', '.'])
}

/// Prose with a colon can pass for a mapping, the more so after a repair.
fn is_believable(fields: &Map<String, Value>, repaired: &[u32]) -> bool {
    let is_post = fields.contains_key("title") || fields.contains_key("date");
    !fields.is_empty() && (repaired.is_empty() || is_post)
}
