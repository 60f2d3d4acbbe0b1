//! Shortening text, and what comes behind it.

use unicode_segmentation::UnicodeSegmentation;

/// Characters behind a place that are looked at to tell whether a word ends there.
pub const AHEAD: usize = 64;

/// The first characters of `text`, at most `length`, cut between words; a first word that is longer is cut between
/// characters as readers see them. White space is folded.
#[must_use]
pub fn cut(text: &str, length: usize) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut_folded(&folded, length).to_owned()
}

/// The same of a text in which white space is folded already. No more of it is looked at than [`AHEAD`] behind the place.
#[must_use]
pub fn cut_folded(text: &str, length: usize) -> &str {
    let Some(end) = place(text, length) else { return text };
    let ahead = text.get(end..).and_then(|rest| place(rest, AHEAD));
    let seen = ahead.and_then(|ahead| text.get(..end + ahead)).unwrap_or(text);
    // Words are looked for behind the last place where one begins in any case: from the beginning on it takes long.
    let start = text.get(..end).and_then(|kept| kept.rfind(begins_a_word)).unwrap_or_default();
    let last = seen.get(start..).unwrap_or_default();
    let mut cut = start + fitting(last.split_word_bound_indices(), last, end - start);
    if cut == 0 {
        cut = fitting(seen.grapheme_indices(true), seen, end);
    }
    text.get(..cut).unwrap_or_default().trim_end()
}

/// Where the character begins that so many stand before.
fn place(text: &str, characters: usize) -> Option<usize> {
    let mut rest = text.chars();
    if let Some(last) = characters.checked_sub(1) {
        // Counts faster than an iterator that tells each place.
        rest.nth(last)?;
    }
    let rest = rest.as_str();
    (!rest.is_empty()).then(|| text.len() - rest.len())
}

/// Whether a character stands at the beginning of a piece, whatever is before it: white space, and ideographs, of which each is a word
/// (UAX #29, WB999).
const fn begins_a_word(character: char) -> bool {
    matches!(character, ' ' | '\u{4e00}'..='\u{9fff}')
}

/// How far those of these pieces of a text go that end within its first bytes.
fn fitting<'a>(pieces: impl Iterator<Item = (usize, &'a str)>, text: &str, bytes: usize) -> usize {
    let ends = pieces.map(|(place, piece)| place + piece.len());
    ends.take_while(|end| *end <= bytes).last().unwrap_or_default().min(text.len())
}

/// What a client wrote, as a message may show it.
#[must_use]
pub fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().escape_debug()),
        None => text.escape_debug().to_string(),
    }
}

/// The first text by code point that comes behind everything that begins with this one.
#[must_use]
pub fn successor(text: &str) -> Option<String> {
    let mut characters: Vec<char> = text.chars().collect();
    while let Some(last) = characters.pop() {
        if let Some(next) = (last..=char::MAX).nth(1) {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn prefix<'a>(pieces: impl Iterator<Item = &'a str>, length: usize) -> String {
        let mut room = length;
        let fits = |piece: &&str| {
            let rest = room.checked_sub(piece.chars().count());
            room = rest.unwrap_or(0);
            rest.is_some()
        };
        pieces.take_while(fits).collect()
    }

    /// The same, looking at all of the text.
    fn cut_of_all(text: &str, length: usize) -> String {
        let text = fold(text);
        if text.chars().nth(length).is_none() {
            return text;
        }
        let by_words = prefix(text.split_word_bounds(), length);
        let cut = if by_words.is_empty() { prefix(text.graphemes(true), length) } else { by_words };
        cut.trim_end().to_owned()
    }

    proptest! {
        #[test]
        fn what_stands_far_behind_changes_nothing(text in "([a-z]{0,9}|[ \\n]|['.,]|[灯塔的光]|[ァ-ン]{1,4}|[0-9]{1,3}|👩‍🚀|é|e\u{301}){0,60}", length in 0_usize..60) {
            prop_assert_eq!(cut(&text, length), cut_of_all(&text, length));
        }
    }

    #[test]
    fn text_is_cut_between_words() {
        assert_eq!(cut("The lamp turns  once\na minute", 12), "The lamp");
        assert_eq!(cut("The lamp turns once", 14), "The lamp turns");
        assert_eq!(cut("Short", 160), "Short");
        assert_eq!(cut("Anything", 0), "");
    }

    #[test]
    fn chinese_is_cut_between_characters_and_a_long_word_inside() {
        assert_eq!(cut("灯塔的光有多远", 4), "灯塔的光");
        assert_eq!(cut("Lighthousekeeper", 5), "Light");
        assert_eq!(cut("👩‍🚀👩‍🚀", 4), "👩‍🚀");
    }
}
