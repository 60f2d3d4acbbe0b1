//! The JSON of front matter: with outer braces, as Hugo writes it, or without, as Hexo does.

use serde_json::{Map, Value};

use super::{FrontMatterError, limits};

/// Reads a mapping whose first line is the file's line `first`.
///
/// # Errors
///
/// `FrontMatterError::Json` with a line of the file.
pub(in crate::import) fn mapping(text: &str, first: u32) -> Result<Map<String, Value>, FrontMatterError> {
    let refused = |line: u32, message: String| FrontMatterError::Json { line, message };
    let fields = serde_json::from_str(text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX).saturating_sub(1);
        let message = error.to_string();
        let bare = message.split(" at line ").next().unwrap_or(&message).to_owned();
        refused(first.saturating_add(line), bare)
    })?;
    let value = Value::Object(fields);
    match (limits::broken(&value), value) {
        (Some(message), _) => Err(refused(first, message)),
        (None, Value::Object(fields)) => Ok(fields),
        (None, _) => Ok(Map::new()),
    }
}

/// Whether a text begins with a JSON mapping. A tag of a template language begins with a brace, too.
pub(super) fn opens(text: &str) -> bool {
    let after = text.strip_prefix('{').map(str::trim_start);
    after.is_some_and(|after| after.starts_with(['"', '}']))
}

/// Where the mapping ends with which `text` begins, in bytes: behind the brace that closes the first one.
pub(super) fn end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_text = false;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'{' if !is_text => depth += 1,
            b'}' if !is_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
