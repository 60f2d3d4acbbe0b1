//! Bytes to text, and the cleaning that every kept text goes through.

use std::borrow::Cow;

use serde_json::Value;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Bytes that are no UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the file is not UTF-8 from here on: save it as UTF-8")]
pub struct NotUtf8 {
    /// Holds the first byte that is wrong; from 1.
    pub line: u32,
}

/// A file's text: UTF-8 without its byte order mark, lines ended by `\n`, without control characters.
///
/// # Errors
///
/// [`NotUtf8`] with the line of the first byte that is wrong.
pub fn decode(bytes: &[u8]) -> Result<String, NotUtf8> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        NotUtf8 { line: line_after(valid) }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok(match without_controls(&lines) {
        Cow::Borrowed(_) => lines,
        Cow::Owned(clean) => clean,
    })
}

/// The number of the line that begins, or goes on, after these bytes.
#[must_use]
pub fn line_after(bytes: &[u8]) -> u32 {
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => *byte == b'\n',
    };
    let lines = 1 + bytes.iter().enumerate().filter(|it| ends(*it)).count();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// Drops NUL, U+001F and their kind. Tabs and line breaks stay, and what else parts words, such as a form feed, is a space.
#[must_use]
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let stays = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter(|c| stays(*c) || c.is_whitespace());
    Cow::Owned(kept.map(|c| if stays(c) { c } else { ' ' }).collect())
}

/// A text to keep: NFC, without control characters, trimmed; None when nothing remains.
#[must_use]
pub fn clean(text: &str) -> Option<String> {
    let clean: String = without_controls(text).nfc().collect();
    let trimmed = clean.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// `clean` in one line, every run of white space being one space.
#[must_use]
pub fn clean_line(text: &str) -> Option<String> {
    clean(text).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A front matter value to keep as it is, without control characters at any depth.
#[must_use]
pub fn clean_value(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(without_controls(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(clean_value).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(key, value)| (without_controls(&key).into_owned(), clean_value(value))).collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_byte_order_mark_and_carriage_returns_are_gone() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\rc\n").unwrap(), "a\nb\nc\n");
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused_with_their_line() {
        for text in [&b"one\ntwo \xff\n"[..], b"one\rtwo \xff\n", b"one\r\ntwo \xff\n"] {
            assert_eq!(decode(text).unwrap_err(), NotUtf8 { line: 2 });
        }
        assert_eq!(decode(b"\xff\xfea\0").unwrap_err().line, 1);
    }

    #[test]
    fn control_characters_are_dropped_but_tabs_and_line_breaks() {
        assert_eq!(decode(b"a\0b\x1f\tc\x7f\nd\xc2\x85e\x0cf").unwrap(), "ab\tc\nd e f");
        assert_eq!(without_controls("a\rb\r\nc\u{b}d"), "a b\nc d");
        assert_eq!(clean_line(" a\n\u{0} b ").unwrap(), "a b");
        assert_eq!(clean(" \u{1f}\u{3000}"), None);
        assert_eq!(clean_value(json!({"a\u{1}": ["b\u{0}", 1]})), json!({"a": ["b", 1]}));
    }
}
