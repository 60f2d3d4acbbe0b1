//! From offsets of bytes to lines and columns.

use async_graphql::Pos;

/// Bytes between two marks.
const STEP: usize = 64;

/// Lines and columns of a source, as graphql-js counts them: from 1, columns in UTF-16 code units.
pub struct Positions<'a> {
    source: &'a str,
    line_starts: Vec<usize>,
    /// Offsets, and the code units before them: a source may be one long line.
    marks: Vec<(usize, usize)>,
}

impl<'a> Positions<'a> {
    pub fn new(source: &'a str) -> Self {
        let (mut line_starts, mut marks) = (vec![0], Vec::with_capacity(source.len() / STEP + 1));
        let (mut units, mut next_mark) = (0, 0);
        let mut chars = source.char_indices().peekable();
        while let Some((offset, char)) = chars.next() {
            if offset >= next_mark {
                marks.push((offset, units));
                next_mark = offset + STEP;
            }
            units += char.len_utf16();
            let is_followed = char == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
            if matches!(char, '\n' | '\r') && !is_followed {
                line_starts.push(offset + 1);
            }
        }
        Self { source, line_starts, marks }
    }

    pub fn at(&self, offset: usize) -> Pos {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        Pos { line, column: self.units(offset).saturating_sub(self.units(start)) + 1 }
    }

    /// Code units before an offset.
    fn units(&self, offset: usize) -> usize {
        let mark = self.marks.partition_point(|(at, _)| *at <= offset).checked_sub(1);
        let (at, units) = mark.and_then(|mark| self.marks.get(mark)).copied().unwrap_or_default();
        units + self.source.get(at..offset).map_or(0, |text| text.chars().map(char::len_utf16).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_as_by_counting() {
        let source = format!("{{ 燈塔 🗼\r\n a\rb\n\n{}c }}", "é🗼x".repeat(100));
        let positions = Positions::new(&source);
        for (offset, _) in source.char_indices() {
            let before = &source[..offset];
            // A line ends behind its line feed.
            let normal = before
                .replace("\r\n", "\n")
                .replace('\r', if before.ends_with('\r') && source[offset..].starts_with('\n') { "" } else { "\n" });
            let line = normal.rsplit('\n').next().unwrap_or_default();
            let column = line.encode_utf16().count() + 1;
            let column = if source[offset..].starts_with('\n') && before.ends_with('\r') { column + 1 } else { column };
            let lines = normal.matches('\n').count() + 1;
            assert_eq!(positions.at(offset), Pos { line: lines, column }, "at {offset}");
        }
    }
}
