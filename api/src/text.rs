//! Shortening text, and what comes behind it.

use unicode_segmentation::UnicodeSegmentation;

/// Characters behind a place that are looked at to tell whether a word ends there.
const AHEAD: usize = 64;

/// The first characters of `text`, at most `length`, cut between words; a first word that is longer is cut between
/// characters as readers see them. White space is folded.
#[must_use]
pub fn cut(text: &str, length: usize) -> String {
    // Whether a word ends at a place is told by what comes within a few characters behind it.
    let text = beginning(text, length.saturating_add(AHEAD));
    let Some((end, _)) = text.char_indices().nth(length) else { return text };
    // White space always stands between words.
    let (whole, last) =
        text.get(..end).and_then(|kept| kept.rfind(' ')).map_or(("", text.as_str()), |space| text.split_at(space));
    let room = length - whole.chars().count();
    let last = prefix(last.split_word_bounds(), room);
    let cut = match (whole, last.as_str()) {
        ("", "") => prefix(text.graphemes(true), length),
        _ => format!("{whole}{last}"),
    };
    cut.trim_end().to_owned()
}

/// The first characters of a text, with white space folded.
fn beginning(text: &str, length: usize) -> String {
    let mut beginning = String::with_capacity(text.len().min(length.saturating_mul(4)));
    let mut room = length;
    for word in text.split_whitespace() {
        if !beginning.is_empty() && room > 0 {
            beginning.push(' ');
            room -= 1;
        }
        for character in word.chars().take(room) {
            beginning.push(character);
            room -= 1;
        }
        if room == 0 {
            break;
        }
    }
    beginning
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

fn prefix<'a>(pieces: impl Iterator<Item = &'a str>, length: usize) -> String {
    let mut room = length;
    let fits = |piece: &&str| {
        let rest = room.checked_sub(piece.chars().count());
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    pieces.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
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
