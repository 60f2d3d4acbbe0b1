//! What tags became, back into the HTML in the place of their marks.

use super::{Expanded, Piece, html};

impl Expanded<'_> {
    /// Completes the HTML that came of the text. Each piece is put in once; it may hold marks of others.
    #[must_use]
    pub fn restore(mut self, html: &str) -> String {
        if self.pieces.is_empty() {
            return html.to_owned();
        }
        let mut out = String::with_capacity(html.len());
        // Texts that are yet to be written, with how far they are; the one that is written now is the last.
        let mut ahead = vec![(html.to_owned(), 0)];
        while let Some((text, at)) = ahead.pop() {
            let rest = text.get(at..).unwrap_or_default();
            let Some((before, number, after)) = next_mark(rest, &self.mark) else {
                out.push_str(rest);
                continue;
            };
            out.push_str(before);
            let end = text.len() - after.len();
            let in_tag = is_in_tag(&out);
            match self.pieces.get_mut(number) {
                Some(Piece { html: Some(piece), .. }) if !in_tag => {
                    let piece = std::mem::take(piece);
                    let paragraph = "</p>";
                    let is_alone = html::is_block(&piece) && out.ends_with("<p>") && after.starts_with(paragraph);
                    if is_alone {
                        out.truncate(out.len() - "<p>".len());
                    }
                    ahead.push((text, if is_alone { end + paragraph.len() } else { end }));
                    ahead.push((piece, 0));
                }
                piece => {
                    let source = piece.map_or("", |piece| piece.source);
                    out.push_str(&html::escape(source));
                    ahead.push((text, end));
                }
            }
        }
        out
    }
}

/// What stands before the next mark, its number, and what follows it.
fn next_mark<'t>(text: &'t str, mark: &str) -> Option<(&'t str, usize, &'t str)> {
    text.match_indices(mark).find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let (number, after) = rest.split_once('z')?;
        Some((text.get(..at)?, number.parse().ok()?, after))
    })
}

/// Whether what follows stands in a tag's attribute: there only text can stand.
fn is_in_tag(html: &str) -> bool {
    // No tag of a sound text is longer than this; the look back must not grow with the text.
    const MOST: usize = 4_096;
    let from = html.floor_char_boundary(html.len().saturating_sub(MOST));
    let tail = html.get(from..).unwrap_or_default();
    let opener = tail.rfind('<').filter(|at| tail.get(at + 1..).is_some_and(|name| name.starts_with(is_name)));
    opener.is_some_and(|at| tail.get(at..).is_some_and(|tag| !tag.contains('>')))
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphabetic()
}
