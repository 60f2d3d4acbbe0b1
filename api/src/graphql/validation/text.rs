//! Places in the text of a request, and pieces of it that are short enough to be sent back. Pure.

use apollo_compiler::{Name, Node};
use std::borrow::Cow;

/// The most characters of a request that a message repeats.
const LONGEST: usize = 80;

/// At most one line of it, and not all of a long one.
pub fn cut(text: &str) -> Cow<'_, str> {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", line.get(..end).unwrap_or_default())),
        None if line.len() < text.len() => Cow::Owned(format!("{line}…")),
        None => Cow::Borrowed(line),
    }
}

/// Where something stands, in bytes.
pub trait Place {
    /// Its first byte.
    fn at(&self) -> usize;
    /// Its text.
    fn of<'a>(&self, source: &'a str) -> &'a str;
}

impl<T> Place for Node<T> {
    fn at(&self) -> usize {
        self.location().map_or(0, |span| span.offset())
    }

    fn of<'a>(&self, source: &'a str) -> &'a str {
        self.location().and_then(|span| source.get(span.offset()..span.end_offset())).unwrap_or_default()
    }
}

impl Place for Name {
    fn at(&self) -> usize {
        self.location().map_or(0, |span| span.offset())
    }

    fn of<'a>(&self, source: &'a str) -> &'a str {
        self.location().and_then(|span| source.get(span.offset()..span.end_offset())).unwrap_or_default()
    }
}

/// Lines and columns of places, which must be asked in the order of the text.
#[derive(Clone, Copy)]
pub struct Positions<'a> {
    rest: &'a str,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'a> Positions<'a> {
    /// From the beginning.
    pub fn new(source: &'a str) -> Self {
        Self { rest: source, offset: 0, line: 1, column: 1 }
    }

    /// The line and the column of a place, both from 1. Columns are counted in UTF-16 code units, as clients in JavaScript count.
    pub fn of(&mut self, offset: usize) -> (usize, usize) {
        let mut characters = self.rest.char_indices().peekable();
        let end = offset.saturating_sub(self.offset);
        let mut read = 0;
        while let Some((_, character)) = characters.next_if(|(at, _)| *at < end) {
            read += character.len_utf8();
            // A carriage return before a line feed ends no line of its own.
            let ends =
                character == '\n' || character == '\r' && characters.peek().is_none_or(|(_, next)| *next != '\n');
            (self.line, self.column) =
                if ends { (self.line + 1, 1) } else { (self.line, self.column + character.len_utf16()) };
        }
        self.rest = self.rest.get(read..).unwrap_or_default();
        self.offset += read;
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_javascript() {
        let source = "a燈😀b\r\nc\rd\n\ne";
        let mut positions = Positions::new(source);
        let places: Vec<_> = ["b", "c", "d", "e"].map(|letter| positions.of(source.find(letter).unwrap())).into();
        assert_eq!(places, [(1, 5), (2, 1), (3, 1), (5, 1)]);
    }

    #[test]
    fn no_more_than_a_line_is_repeated() {
        assert_eq!(cut("short"), "short");
        assert_eq!(cut("one\ntwo"), "one…");
        assert_eq!(cut(&"燈".repeat(1000)), format!("{}…", "燈".repeat(80)));
    }
}
