//! The TOML of front matter. The parser bounds the depth of values and of dotted keys.

use serde_json::Value;

use super::{FrontMatterError, limits};
use crate::import::text::line_after;

/// Reads a block whose first line is the file's line `first`. A key that is given twice is an error, as TOML has it.
///
/// # Errors
///
/// `FrontMatterError::Toml` with a line of the file.
pub(in crate::import) fn parse(block: &str, first: u32) -> Result<Value, FrontMatterError> {
    let refused = |line: u32, message: String| FrontMatterError::Toml { line, message };
    let table: toml::Table = toml::from_str(block).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = block.as_bytes().get(..at).unwrap_or(block.as_bytes());
        let line = first.saturating_add(line_after(before)).saturating_sub(1);
        refused(line, error.message().trim().replace('\n', " "))
    })?;
    let value = json(toml::Value::Table(table));
    match limits::broken(&value) {
        Some(message) => Err(refused(first, message)),
        None => Ok(value),
    }
}

/// Dates become their text, for the dialect knows their zone; so does what JSON has no number for.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => {
            serde_json::Number::from_f64(number).map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(fields) => fields.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}
