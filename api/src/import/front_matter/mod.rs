//! Where front matter starts and ends, and what it says. Knows no key of any dialect.
//!
//! More lenient than Hexo where Hexo loses a post by a blank line: leading blank lines and spaces after a fence are
//! skipped, and YAML that only lacks quotes is repaired and reported.

mod repair;
#[cfg(test)]
mod tests;
pub(in crate::import) mod yaml;

use serde_json::{Map, Value};
use thiserror::Error;

use super::text::line_after;

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
    /// The JSON parser's word on it.
    #[error("the front matter is not valid JSON: {message}")]
    Json {
        /// Where the parser stopped.
        line: u32,
        /// Without a position.
        message: String,
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
            | Self::Json { line, .. }
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

    /// The line of the file in which a top-level key stands, counted from 1; that of the block where it is not found.
    #[must_use]
    pub fn line_of(&self, key: &str) -> u32 {
        let is_of_key = |line: &str| {
            let bare = line.trim_start_matches(['"', '\'']);
            bare.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
        };
        let lines = || (self.block_line..).zip(self.block.lines());
        let at_margin = lines().filter(|(_, line)| is_of_key(line)).last();
        let found = at_margin.or_else(|| lines().filter(|(_, line)| is_of_key(line.trim_start())).last());
        found.map_or(self.block_line, |(number, _)| number)
    }
}

/// What was read of a block: its fields, and the lines that had to be repaired.
type Fields = (Map<String, Value>, Vec<u32>);

struct Split<'a> {
    block: &'a str,
    block_line: u32,
    body: &'a str,
    body_line: u32,
    is_json: bool,
    is_opened: bool,
}

impl<'a> Split<'a> {
    fn of(text: &'a str) -> Result<Option<Self>, FrontMatterError> {
        let content = text.trim_start();
        let lead = text.len() - content.len();
        let line = line_after(text.as_bytes().get(..lead).unwrap_or_default());
        let (first, rest) = content.split_once('\n').unwrap_or((content, ""));
        let Some(fence) = fence(first) else {
            let is_fence = |line: &str| fence(line).is_some();
            let split = first.contains(':').then(|| Self::closed(content, line, false, is_fence));
            return Ok(split.flatten());
        };
        let split = Self::closed(rest, line.saturating_add(1), true, |line| line.trim_end() == fence);
        let next = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        match split {
            // A text that begins with a rule is one without front matter; one that goes on with a key is a mistake.
            None if looks_like_key(next) => Err(FrontMatterError::Unclosed { line, fence: fence.to_owned() }),
            split => Ok(split),
        }
    }

    /// Cuts `text`, whose first line is the file's line `block_line`, at the first line that closes it.
    fn closed(text: &'a str, block_line: u32, is_opened: bool, closes: impl Fn(&str) -> bool) -> Option<Self> {
        let mut at = 0;
        for (number, line) in (block_line..).zip(text.split_inclusive('\n')) {
            if closes(line) {
                return Some(Self {
                    block: text.get(..at)?,
                    block_line,
                    body: text.get(at + line.len()..)?,
                    body_line: number.saturating_add(1),
                    is_json: line.starts_with(';'),
                    is_opened,
                });
            }
            at += line.len();
        }
        None
    }

    fn over(&self, fields: Map<String, Value>, repaired: Vec<u32>) -> FrontMatter<'a> {
        FrontMatter {
            fields,
            body: self.body,
            body_line: self.body_line,
            repaired,
            block: self.block,
            block_line: self.block_line,
        }
    }

    fn read(&self) -> Result<Fields, FrontMatterError> {
        if self.is_json {
            return Ok((self.json()?, Vec::new()));
        }
        // As Hexo does: YAML allows no tab there.
        let block = yaml::without_leading_tabs(self.block);
        let error = match yaml::parse(&block) {
            Ok(value) => return Ok((self.mapping(value)?, Vec::new())),
            Err(error) => error,
        };
        let repair = repair::quote(&block);
        match yaml::parse(&repair.block) {
            Ok(value) if !error.is_limit && !repair.lines.is_empty() => {
                let lines = repair.lines.iter().map(|line| self.block_line.saturating_add(*line)).collect();
                Ok((self.mapping(value)?, lines))
            }
            _ => {
                Err(FrontMatterError::Yaml { line: self.block_line.saturating_add(error.line), message: error.message })
            }
        }
    }

    /// The older form has no outer braces.
    fn json(&self) -> Result<Map<String, Value>, FrontMatterError> {
        // The brace stands in a line of its own, so that the parser's lines are one ahead of the block's.
        serde_json::from_str(&format!("{{\n{}\n}}", self.block)).map_err(|error| {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX).saturating_sub(2);
            let message = error.to_string();
            FrontMatterError::Json {
                line: self.block_line.saturating_add(line),
                message: message.split(" at line ").next().unwrap_or(&message).to_owned(),
            }
        })
    }

    fn mapping(&self, value: Value) -> Result<Map<String, Value>, FrontMatterError> {
        match value {
            Value::Object(fields) => Ok(fields),
            Value::Null => Ok(Map::new()),
            _ => Err(FrontMatterError::NotAMapping { line: self.block_line }),
        }
    }
}

/// Prose with a colon can pass for a mapping, the more so after a repair.
fn is_believable(fields: &Map<String, Value>, repaired: &[u32]) -> bool {
    let is_post = fields.contains_key("title") || fields.contains_key("date");
    !fields.is_empty() && (repaired.is_empty() || is_post)
}

/// Three or more dashes (YAML) or semicolons (JSON), without the white space after them.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let is_fence = line.len() >= 3 && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b';'));
    is_fence.then_some(line)
}

fn looks_like_key(line: &str) -> bool {
    let (key, rest) = line.split_once(':').unwrap_or_default();
    let key = key.trim_matches(['"', '\'']);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    !key.is_empty() && key.chars().all(is_word) && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}
