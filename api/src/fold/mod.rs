//! Text as it is compared and ordered where its spelling is not to count. Pure.
//!
//! What is folded is stored beside the text itself and written with it, so that no statement folds rows. A change of what
//! stands here raises [`VERSION`], and everything stored is folded anew before the next command goes on (`store.rs`).

mod pinyin;
mod store;

pub use self::{
    pinyin::pinyin,
    store::{compare, ensure},
};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Raised whenever the same text would be folded to something else, or another column is folded.
pub const VERSION: i32 = 1;

/// Characters of a folded title by which titles are ordered: what an index of every database holds.
const SORTED_CHARS: usize = 160;

/// The same for texts that differ in case, in full or half width and other forms of compatibility, or in traditional and
/// simplified script alone. Character by character, so that a part of a text is folded to a part of the folded text, unless it
/// ends before a mark that belongs to its last character. Folding twice changes nothing.
#[must_use]
pub fn loose(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let once: String = cased(text).map(simplified).collect();
    if once == text { once } else { loose(&once) }
}

/// Without regard to case and width alone. Upper case first brings together what lower case keeps apart, such as the two small
/// sigmas, or `ß` and `SS`.
fn cased(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc()
}

/// What titles are ordered by: the folded title, its first 160 characters.
#[must_use]
pub fn title_sort(folded: &str) -> String {
    folded.chars().take(SORTED_CHARS).collect()
}

/// The simplified form of a Chinese character; any other as it is.
fn simplified(character: char) -> char {
    static DICTIONARY: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
    if !is_han(character) {
        return character;
    }
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let found = DICTIONARY.as_ref().map(|dictionary| dictionary.convert(text));
    found.and_then(|found| found.chars().next()).unwrap_or(character)
}

/// The blocks of Chinese characters, those of compatibility among them.
const fn is_han(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_width_and_script_do_not_count() {
        assert_eq!(loose("塔利班掌權"), "塔利班掌权");
        assert_eq!(loose("ＲＳＳ Hub １２３"), "rss hub 123");
        assert_eq!(loose("ｶﾞｲﾄﾞ"), loose("ガイド"));
        assert_eq!(loose("ΟΔΟΣ"), loose("οδος"));
        assert_eq!(loose("STRASSE"), loose("straße"));
        assert_eq!(loose("ÉTÉ"), "été");
        assert_ne!(loose("été"), loose("ete"));
        assert_eq!(loose("100% _sure_ \\ 'no'"), "100% _sure_ \\ 'no'");
        assert_eq!(loose(""), "");
    }

    #[test]
    fn a_character_has_one_form_wherever_it_stands() {
        // By phrases the second would stay as it is.
        assert_eq!(loose("乾"), "干");
        assert_eq!(loose("乾隆"), "干隆");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text: String) {
            let once = loose(&text);
            prop_assert_eq!(loose(&once), once);
        }

        #[test]
        fn part_of_a_text_is_part_of_the_folded_text(
            before in "[a-zA-Z臺灣台湾ＡＢ灯塔 0-9]{0,8}",
            part in "[a-zA-Z臺灣台湾ＡＢ灯塔 0-9]{0,8}",
            after in "[a-zA-Z臺灣台湾ＡＢ灯塔 0-9]{0,8}",
        ) {
            let whole = format!("{before}{part}{after}");
            prop_assert!(loose(&whole).contains(&loose(&part)));
        }
    }
}
