//! JSON, written from front to back.

use crate::{Result, graphql::id::Kind, path};
use std::{collections::BTreeSet, fmt};

/// What most answers fit into.
const USUAL_BYTES: usize = 16 * 1_024;

/// Bytes that are looked at together: most texts have nothing that is to be escaped, and so many are looked at in one step.
const TOGETHER: usize = 32;

/// A key of an object, as it is written.
#[derive(Clone)]
pub struct Key(Box<str>);

impl Key {
    /// Of a name of GraphQL, in which nothing has to be escaped.
    pub fn new(name: &str) -> Self {
        Self(format!("\"{name}\":").into())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What was written so far.
pub struct Json {
    bytes: Vec<u8>,
    /// The ids of the objects that it shows, where they are wanted.
    shown: Option<BTreeSet<String>>,
}

#[expect(clippy::unnecessary_wraps, reason = "what is written is the last thing that is done for a field")]
impl Json {
    /// The beginning of an answer. Where it is `tagged`, it is remembered what it shows.
    pub fn of_answer(tagged: bool) -> Self {
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        bytes.extend_from_slice(br#"{"data":"#);
        Self { bytes, shown: tagged.then(BTreeSet::new) }
    }

    /// All of it, and the ids of what it shows.
    pub fn into_parts(mut self) -> (Vec<u8>, Option<BTreeSet<String>>) {
        self.bytes.shrink_to_fit();
        (self.bytes, self.shown)
    }

    /// An object is about to be written.
    pub fn shows(&mut self, kind: Kind, number: i64) {
        if let Some(shown) = &mut self.shown {
            shown.insert(kind.id(number).0);
        }
    }

    /// An object of these fields.
    pub fn object<'a, P: 'a>(
        &mut self,
        fields: &'a [(Key, P)],
        mut write: impl FnMut(&mut Self, &'a P) -> Result<()>,
    ) -> Result<()> {
        for (number, (key, field)) in fields.iter().enumerate() {
            self.key(number, key);
            write(self, field)?;
        }
        self.end();
        Ok(())
    }

    /// The key of an object's field with this number; the first one begins the object.
    pub fn key(&mut self, number: usize, key: &Key) {
        self.bytes.push(if number == 0 { b'{' } else { b',' });
        self.bytes.extend_from_slice(key.0.as_bytes());
    }

    /// The end of an object.
    pub fn end(&mut self) {
        self.bytes.push(b'}');
    }

    /// An array of these items.
    pub fn array<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T) -> Result<()>,
    ) -> Result<()> {
        self.bytes.push(b'[');
        for (number, item) in items.into_iter().enumerate() {
            if number > 0 {
                self.bytes.push(b',');
            }
            write(self, item)?;
        }
        self.bytes.push(b']');
        Ok(())
    }

    /// What is there, or null.
    pub fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T) -> Result<()>) -> Result<()> {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    /// Text.
    pub fn text(&mut self, text: &str) -> Result<()> {
        let has_escaped = |bytes: &[u8]| bytes.iter().fold(false, |has, byte| has | is_escaped(*byte));
        if !text.as_bytes().chunks(TOGETHER).any(has_escaped) {
            return self.word(text);
        }
        // Writing into memory does not fail.
        drop(serde_json::to_writer(&mut self.bytes, text));
        Ok(())
    }

    /// A path of the site, percent-encoded, by which nothing is left to be escaped.
    pub fn path(&mut self, stored: &str) -> Result<()> {
        self.bytes.push(b'"');
        for part in path::encoded(stored) {
            self.bytes.extend_from_slice(part.as_bytes());
        }
        self.raw(b"\"")
    }

    /// Text in which nothing has to be escaped.
    pub fn word(&mut self, word: &str) -> Result<()> {
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(word.as_bytes());
        self.bytes.push(b'"');
        Ok(())
    }

    /// A whole number.
    pub fn number(&mut self, number: i32) -> Result<()> {
        drop(serde_json::to_writer(&mut self.bytes, &number));
        Ok(())
    }

    /// How many there are, as far as numbers of GraphQL go.
    pub fn count(&mut self, count: i64) -> Result<()> {
        self.number(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// True or false.
    pub fn boolean(&mut self, is: bool) -> Result<()> {
        self.raw(if is { b"true" } else { b"false" })
    }

    /// Nothing.
    pub fn null(&mut self) -> Result<()> {
        self.raw(b"null")
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<()> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// Whether JSON has another way to write it within a text.
const fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_they_are_everywhere_else() {
        let everything: String = ('\0'..='\u{2ff}').chain("潮汐🌊\u{2028}".chars()).collect();
        for text in ["", "plain", "32 bytes, and not one more of it", "\"", &"a\"".repeat(40), &everything] {
            let mut json = Json { bytes: Vec::new(), shown: None };
            json.text(text).unwrap();
            assert_eq!(String::from_utf8(json.bytes).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn paths_are_written_as_they_are_told() {
        for stored in ["/", "/2022/潮 汐/", "/a\"b\\c%20/\u{1}\u{7f}/", "/🌊|{}/"] {
            let mut json = Json { bytes: Vec::new(), shown: None };
            json.path(stored).unwrap();
            assert_eq!(String::from_utf8(json.bytes).unwrap(), serde_json::to_string(&path::encode(stored)).unwrap());
        }
    }
}
