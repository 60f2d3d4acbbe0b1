//! How Masthead writes paths, instants, cursors and excerpts.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// Characters of an excerpt that was not given.
const EXCERPT: usize = 160;

/// What a path may not hold as it is.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path as it is stored, percent-encoded outside.
pub struct Path<'a>(pub &'a str);

impl Serialize for Path<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Cow::from(utf8_percent_encode(self.0, RESERVED)))
    }
}

/// Microseconds, in RFC 3339 outside.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct Instant(pub i64);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let instant = DateTime::<Utc>::from_timestamp_micros(self.0).unwrap_or_default();
        serializer.serialize_str(&instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl TryFrom<String> for Instant {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(Self(DateTime::parse_from_rfc3339(&text)?.timestamp_micros()))
    }
}

/// Where an article stands in a list of the newest.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct Cursor {
    pub published_at: i64,
    pub id: i64,
}

impl Cursor {
    /// What tells lists of the newest, without any filter, from others.
    const LIST: u32 = 2_472_834_827;
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { published_at, id } = self;
        serializer.serialize_str(&BASE64_URL_SAFE_NO_PAD.encode(format!("[{},[{published_at},{id}]]", Self::LIST)))
    }
}

impl TryFrom<String> for Cursor {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let json = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| "no Base64")?;
        match serde_json::from_slice(&json).map_err(|_| "no cursor")? {
            (Self::LIST, (published_at, id)) => Ok(Self { published_at, id }),
            _ => Err("the cursor of another list"),
        }
    }
}

/// An excerpt of a text without double spaces: its first characters, cut between words.
pub fn excerpt(opening: &[u8]) -> &str {
    let text = str::from_utf8(beginning(opening)).unwrap_or_default();
    let Some((end, next)) = text.char_indices().nth(EXCERPT) else { return text };
    text.get(..cut(text, end, next)).unwrap_or_default().trim_end()
}

/// A little more of a text than is shown, since what follows a word tells where it ends: whole characters.
fn beginning(text: &[u8]) -> &[u8] {
    let bytes = text.get(..4 * (EXCERPT + 40));
    let last = bytes.and_then(|bytes| bytes.iter().rposition(|byte| byte & 0xc0 != 0x80));
    bytes.zip(last).and_then(|(bytes, last)| bytes.get(..last)).unwrap_or(text)
}

/// Where the last word ends that ends here or before, the next character being this one.
fn cut(text: &str, end: usize, next: char) -> usize {
    if is_apart(next) {
        return end;
    }
    // Words are looked for behind the last place where one begins in any case: from the beginning on it takes long.
    let start = text.get(..end).and_then(|fitting| fitting.rfind(is_apart)).unwrap_or(0);
    let ends =
        text.get(start..).unwrap_or_default().split_word_bound_indices().map(|(at, word)| start + at + word.len());
    match ends.take_while(|at| *at <= end).last() {
        Some(cut) => cut,
        None if start > 0 => start,
        None => text.grapheme_indices(true).map(|(at, _)| at).take_while(|at| *at <= end).last().unwrap_or(0),
    }
}

/// Whether a word begins with this character, whatever stands before it.
const fn is_apart(character: char) -> bool {
    matches!(character, ' ' | '\u{4e00}'..='\u{9fff}')
}
