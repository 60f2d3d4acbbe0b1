//! Where front matter starts and ends.

use serde_json::{Map, Value};

use super::{FrontMatter, FrontMatterError, json, limits, repair, toml, yaml};
use crate::import::text::line_after;

/// What was read of a block: its fields, and the lines that had to be repaired.
pub(super) type Fields = (Map<String, Value>, Vec<u32>);

/// How a block is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Yaml,
    Toml,
    /// With outer braces.
    Json,
    /// Without.
    BareJson,
}

/// A file in its two parts, the first not yet read.
pub(super) struct Split<'a> {
    block: &'a str,
    block_line: u32,
    body: &'a str,
    body_line: u32,
    form: Form,
    pub(super) is_opened: bool,
}

impl<'a> Split<'a> {
    pub(super) fn of(text: &'a str) -> Result<Option<Self>, FrontMatterError> {
        let content = text.trim_start();
        let lead = text.len() - content.len();
        let line = line_after(text.as_bytes().get(..lead).unwrap_or_default());
        if json::opens(content) {
            return Self::braced(content, line).map(Some);
        }
        let (first, rest) = content.split_once('\n').unwrap_or((content, ""));
        let Some(fence) = fence(first) else {
            let is_fence = |line: &str| fence(line).is_some_and(|fence| !fence.starts_with('+'));
            let split = first.contains(':').then(|| Self::closed(content, line, false, is_fence));
            return Ok(split.flatten());
        };
        let closes = |line: &str| {
            let line = line.trim_end();
            line == fence || fence == "---" && line == "..."
        };
        let split = Self::closed(rest, line.saturating_add(1), true, closes);
        let next = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        match split {
            // A text that begins with a rule is one without front matter; one that goes on with a key is a mistake.
            None if looks_like_key(next, fence) => Err(FrontMatterError::Unclosed { line, fence: fence.to_owned() }),
            split => Ok(split),
        }
    }

    /// Hugo's JSON: no fence, the braces are enough.
    fn braced(content: &'a str, line: u32) -> Result<Self, FrontMatterError> {
        let unclosed = || FrontMatterError::Unclosed { line, fence: "}".to_owned() };
        let (block, rest) = json::end(content).and_then(|end| content.split_at_checked(end)).ok_or_else(unclosed)?;
        let (blank, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let body = if blank.trim().is_empty() { after } else { rest };
        let before = content.as_bytes().get(..content.len() - body.len()).unwrap_or_default();
        let body_line = line.saturating_add(line_after(before)).saturating_sub(1);
        Ok(Self { block, block_line: line, body, body_line, form: Form::Json, is_opened: true })
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
                    form: match line.as_bytes().first() {
                        Some(b';') => Form::BareJson,
                        Some(b'+') => Form::Toml,
                        _ => Form::Yaml,
                    },
                    is_opened,
                });
            }
            at += line.len();
        }
        None
    }

    pub(super) fn over(&self, fields: Map<String, Value>, repaired: Vec<u32>) -> FrontMatter<'a> {
        FrontMatter {
            fields,
            body: self.body,
            body_line: self.body_line,
            repaired,
            block: self.block,
            block_line: self.block_line,
        }
    }

    pub(super) fn read(&self) -> Result<Fields, FrontMatterError> {
        let line = self.block_line;
        if self.block.len() > limits::MAX_BYTES {
            return Err(FrontMatterError::TooLong { line });
        }
        match self.form {
            Form::Yaml => self.yaml(),
            Form::Toml => Ok((self.mapping(toml::parse(self.block, line)?)?, Vec::new())),
            Form::Json => Ok((json::mapping(self.block, line)?, Vec::new())),
            // The braces stand in the block's own lines, so that the parser's lines are the file's.
            Form::BareJson => Ok((json::mapping(&format!("{{{}}}", self.block), line)?, Vec::new())),
        }
    }

    fn yaml(&self) -> Result<Fields, FrontMatterError> {
        // As Hexo does: YAML allows no tab there.
        let block = yaml::without_leading_tabs(self.block);
        let error = match yaml::parse(&block) {
            Ok(value) => return Ok((self.mapping(value)?, Vec::new())),
            Err(error) => error,
        };
        if !error.is_limit && block.len() <= repair::MAX_BYTES {
            let repair = repair::quote(&block);
            if let Ok(value) = yaml::parse(&repair.block)
                && !repair.lines.is_empty()
            {
                let lines = repair.lines.iter().map(|line| self.block_line.saturating_add(*line)).collect();
                return Ok((self.mapping(value)?, lines));
            }
        }
        Err(FrontMatterError::Yaml { line: self.block_line.saturating_add(error.line), message: error.message })
    }

    fn mapping(&self, value: Value) -> Result<Map<String, Value>, FrontMatterError> {
        match value {
            Value::Object(fields) => Ok(fields),
            Value::Null => Ok(Map::new()),
            _ => Err(FrontMatterError::NotAMapping { line: self.block_line }),
        }
    }
}

/// Three or more dashes (YAML), semicolons (JSON) or plus signs (TOML), without the white space after them.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let is_of = |sign: u8| line.bytes().all(|byte| byte == sign);
    (line.len() >= 3 && [b'-', b';', b'+'].into_iter().any(is_of)).then_some(line)
}

fn looks_like_key(line: &str, fence: &str) -> bool {
    let is_toml = fence.starts_with('+');
    if is_toml && line.starts_with('[') {
        return true;
    }
    let (key, rest) = line.split_once(if is_toml { '=' } else { ':' }).unwrap_or_default();
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-') || is_toml && c == '.';
    let is_key = !key.is_empty() && key.chars().all(is_word);
    is_key && (is_toml || rest.is_empty() || rest.starts_with(char::is_whitespace))
}
