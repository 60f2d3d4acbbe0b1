//! Counting words: a CJK character is one, and so is a run of any other letters and digits.

use unicode_normalization::char::is_combining_mark;

/// The words of a text by script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// Chinese characters, Bopomofo among them.
    pub han: usize,
    /// Hiragana and Katakana.
    pub kana: usize,
    /// Hangul.
    pub hangul: usize,
    /// Runs of any other letters and digits.
    pub others: usize,
}

impl Census {
    /// Counts the words of `text`, which must be NFC.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut census = Self::default();
        let mut is_in_word = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if let Some(count) = census.of_script(c) {
                *count += 1;
                is_in_word = false;
            } else if c.is_alphanumeric() {
                census.others += usize::from(!is_in_word);
                is_in_word = true;
            } else {
                is_in_word &= is_combining_mark(c) || is_joiner(c) && chars.peek().is_some_and(|c| c.is_alphanumeric());
            }
        }
        census
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.cjk() + self.others
    }

    /// Those written without spaces.
    #[must_use]
    pub fn cjk(&self) -> usize {
        self.han + self.kana + self.hangul
    }

    fn of_script(&mut self, c: char) -> Option<&mut usize> {
        match c {
            // Most text of other scripts is told by this alone; punctuation of the CJK blocks is no word.
            c if c < '\u{1100}' || !c.is_alphanumeric() => None,
            c if is_han(c) => Some(&mut self.han),
            c if is_kana(c) => Some(&mut self.kana),
            c if is_hangul(c) => Some(&mut self.hangul),
            _ => None,
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{3400}'..='\u{9fff}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' | '\u{1b000}'..='\u{1b16f}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}')
        || matches!(c, '\u{ac00}'..='\u{d7ff}' | '\u{ffa0}'..='\u{ffdc}')
}

/// Stands within a word when a letter follows: apostrophes, the soft hyphen, the joiners of Persian and Indic scripts.
fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        Census::of(text).total()
    }

    #[test]
    fn every_cjk_character_is_a_word_and_every_other_run_is_one() {
        assert_eq!(count("7名俄罗斯机组人员"), 9);
        assert_eq!(count("2021 年 8 月 15 日晚"), 7);
        assert_eq!(count("《Arsenal Ochestva》杂志"), 4);
        assert_eq!(count("カタカナー・ひらがな"), 9);
        assert_eq!(count("한국어 뉴스"), 5);
        assert_eq!(count("he said: don’t, rock 'n' roll"), 6);
        assert_eq!(count("हिन्दी में"), 2);
    }

    #[test]
    fn punctuation_does_not_count() {
        assert_eq!(count("——，。·∙“”（）…… - & 😀 、"), 0);
        assert_eq!(count(""), 0);
    }

    #[test]
    fn scripts_are_told_apart() {
        let census = Census::of("漢字かなカナ한글 abc");
        assert_eq!((census.han, census.kana, census.hangul, census.others), (2, 4, 2, 1));
    }
}
