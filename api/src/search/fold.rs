//! Text as it is searched: what is folded alike is found alike. Pure; how titles are compared and ordered stands elsewhere.
//!
//! A text is folded cluster by cluster (the extended grapheme clusters of UAX #29), and no cluster changes what becomes of its
//! neighbours, save that a run of white space becomes one space. So what stands in a text stands folded in the folded text. Of
//! each cluster
//! - characters that nobody sees are dropped, and white space and control characters become a space;
//! - forms of compatibility (NFKC), case, and traditional script do not count;
//! - Latin letters lose their diacritics, also the strokes of `đ ħ ł ø ŧ`; `æ`, `œ`, `ð` and `þ` are letters of their own;
//! - marks of all other scripts stay, except those that stand on a space or on nothing: they would join what comes before.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::{collections::HashMap, iter, ops::Range, sync::LazyLock};
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// The text as it is searched. Folding it again changes nothing.
#[must_use]
pub fn folded(text: &str) -> String {
    Folded::of(text).text
}

/// The extended grapheme clusters of a text, as `graphemes(true)` gives them, but faster where most characters stand alone.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let (cluster, after) = rest.split_at_checked(first_cluster(rest).len())?;
        rest = after;
        (!cluster.is_empty()).then_some(cluster)
    })
}

/// A folded text that knows where it came from.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The text as it is searched.
    pub text: String,
    /// In order, and without gaps in the folded text.
    origins: Vec<Origin>,
}

/// Where a stretch of the folded text came from. It reaches to the next one.
#[derive(Clone, Debug)]
struct Origin {
    folded: usize,
    original: Range<usize>,
    /// Whether every character stands for a cluster of as many bytes. Otherwise the whole stretch stands for the whole original.
    is_even: bool,
}

impl Origin {
    /// Where that begins in the original which begins here in the folded text.
    const fn start_of(&self, position: usize) -> usize {
        if self.is_even { self.original.start + (position - self.folded) } else { self.original.start }
    }

    /// The same for where it ends.
    const fn end_of(&self, position: usize) -> usize {
        if self.is_even { self.original.start + (position - self.folded) } else { self.original.end }
    }
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), origins: Vec::new() };
        let mut rest = text;
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let length = folded.take(rest, at);
            rest = rest.get(length..).unwrap_or_default();
        }
        folded
    }

    /// The bytes of the original, in whole clusters, that a range of bytes of the folded text came from. The range begins and ends
    /// between characters.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.holding(range.start).map_or(0, |origin| origin.start_of(range.start));
        if range.is_empty() {
            return start..start;
        }
        let end = self.holding(range.end - 1).map_or(start, |origin| origin.end_of(range.end));
        start..end
    }

    fn holding(&self, position: usize) -> Option<&Origin> {
        let after = self.origins.partition_point(|origin| origin.folded <= position);
        self.origins.get(after.checked_sub(1)?)
    }

    /// Folds what the rest begins with, and tells its length.
    fn take(&mut self, rest: &str, at: usize) -> usize {
        let run = ascii_run(rest);
        if !run.is_empty() {
            self.note(at..at + run.len(), true);
            self.text.extend(run.chars().map(|character| character.to_ascii_lowercase()));
            return run.len();
        }
        let cluster = first_cluster(rest);
        let original = at..at + cluster.len();
        let mut characters = cluster.chars();
        match (characters.next().and_then(form), characters.next()) {
            (Some(character), None) => self.push(character.encode_utf8(&mut [0; 4]), original, true),
            _ => self.push(&whole(cluster), original, false),
        }
        cluster.len()
    }

    fn push(&mut self, form: &str, original: Range<usize>, is_one: bool) {
        let fresh = if self.text.ends_with(' ') { form.strip_prefix(' ').unwrap_or(form) } else { form };
        if fresh.is_empty() {
            if !form.is_empty() {
                self.widen(original.end);
            }
            return;
        }
        self.note(original.clone(), is_one && fresh.len() == original.len());
        self.text.push_str(fresh);
    }

    /// Records where that comes from which is about to be pushed.
    fn note(&mut self, original: Range<usize>, is_even: bool) {
        if let Some(last) = self.origins.last_mut()
            && last.is_even
            && is_even
            && last.original.end == original.start
        {
            last.original.end = original.end;
            return;
        }
        self.origins.push(Origin { folded: self.text.len(), original, is_even });
    }

    /// Lets the space that ends the folded text stand for more white space.
    fn widen(&mut self, end: usize) {
        let folded = self.text.len().saturating_sub(1);
        let Some(last) = self.origins.last_mut() else { return };
        if last.is_even {
            last.original.end -= 1;
            let original = last.original.end..end;
            self.origins.push(Origin { folded, original, is_even: false });
        } else {
            last.original.end = end;
        }
    }
}

/// The visible ASCII characters that a text begins with, without the last one if what follows might join it.
fn ascii_run(text: &str) -> &str {
    let bytes = text.as_bytes();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_graphic()).count();
    let is_closed = bytes.get(length).is_none_or(u8::is_ascii);
    text.get(..if is_closed { length } else { length.saturating_sub(1) }).unwrap_or_default()
}

fn first_cluster(text: &str) -> &str {
    let mut characters = text.chars();
    let first = characters.next().filter(|first| form(*first).is_some());
    match first {
        Some(first) if characters.next().is_none_or(|next| form(next).is_some()) => text.get(..first.len_utf8()),
        _ => text.graphemes(true).next(),
    }
    .unwrap_or_default()
}

/// The folded form of a character, if that is one character and none that has such a form ever joins another in a cluster.
fn form(character: char) -> Option<char> {
    static FORMS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| ('\0'..'\u{a000}').map(found_form).collect());
    match character {
        '\0'..'\u{a000}' => FORMS.get(character as usize).copied().flatten(),
        '\u{ac00}'..='\u{d7a3}' => Some(character),
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = u8::try_from(u32::from(character) - 0xfee0).ok()?;
            Some(char::from(ascii.to_ascii_lowercase()))
        }
        _ => None,
    }
}

fn found_form(character: char) -> Option<char> {
    if is_unified_han(character) {
        return Some(simplified(character));
    }
    // A carriage return joins a line feed, and the parts of Korean syllables join one another.
    if matches!(character, '\r' | '\u{1100}'..='\u{11ff}') || format!("a{character}a").graphemes(true).count() != 3 {
        return None;
    }
    let folded = whole(character.encode_utf8(&mut [0; 4]));
    let mut characters = folded.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// A cluster folded until folding changes nothing more.
fn whole(cluster: &str) -> String {
    let once = once(cluster);
    if once == cluster {
        return once;
    }
    once.graphemes(true).map(whole).fold(String::new(), |mut text, part| {
        let is_repeated = text.ends_with(' ');
        text.push_str(part.strip_prefix(' ').filter(|_| is_repeated).unwrap_or(&part));
        text
    })
}

fn once(cluster: &str) -> String {
    let visible = cluster.chars().filter(|character| !is_invisible(*character)).map(spaced);
    // Upper case first brings together what lower case keeps apart, such as the two small sigmas, or `ß` and `SS`.
    let cased = visible.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let bare = without_marks(cased.map(simplified).nfd()).map(without_stroke);
    founded(&bare.nfc().collect::<String>())
}

/// What is never seen itself: hyphens and breaks of no width, joiners, signs of direction, and selectors of variants.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

fn spaced(character: char) -> char {
    if character.is_whitespace() || character.is_control() { ' ' } else { character }
}

/// Drops the marks on Latin letters and on spaces from decomposed text.
fn without_marks(decomposed: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut is_bare = false;
    decomposed.filter(move |character| {
        let is_mark = canonical_combining_class(*character) != 0;
        if !is_mark {
            is_bare = *character == ' ' || is_latin(*character);
        }
        !is_mark || !is_bare
    })
}

/// Whether a character is a small Latin letter, phonetic ones among them.
const fn is_latin(character: char) -> bool {
    matches!(
        character,
        'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{2af}' | '\u{1d00}'..='\u{1d25}' | '\u{1d6b}'..='\u{1d9a}'
            | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a722}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab64}'
    )
}

/// Strokes are no marks of their own, so that decomposing leaves them.
const fn without_stroke(character: char) -> char {
    match character {
        'đ' => 'd',
        'ħ' => 'h',
        'ł' => 'l',
        'ø' => 'o',
        'ŧ' => 't',
        other => other,
    }
}

/// Lets nothing join what stands before the cluster, after what parted them is dropped: marks that stand on nothing are left
/// out, and parts of Korean syllables that found no first part become letters.
fn founded(cluster: &str) -> String {
    let cluster = cluster.trim_start_matches(|character| letter(character).is_none() && joins(character));
    cluster.chars().map(|character| letter(character).unwrap_or(character)).collect()
}

fn joins(character: char) -> bool {
    canonical_combining_class(character) != 0 || is_nfc_quick(iter::once(character)) == IsNormalized::Maybe
}

/// The letter for the second or third part of a Korean syllable.
fn letter(part: char) -> Option<char> {
    const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
    const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    let (letters, first) = match part {
        '\u{1161}'..='\u{1175}' => (VOWELS, 0x1161),
        '\u{11a8}'..='\u{11c2}' => (FINALS, 0x11a8),
        _ => return None,
    };
    letters.chars().nth(part as usize - first)
}

/// The simplified form of a Chinese character; any other as it is. What is simplified may itself have a simpler form.
fn simplified(character: char) -> char {
    static CHANGED: LazyLock<HashMap<char, char>> = LazyLock::new(changed);
    if !is_han(character) {
        return character;
    }
    iter::successors(Some(character), |found| CHANGED.get(found).copied()).last().unwrap_or(character)
}

/// The Chinese characters that have another simplified form. Each is converted on a line of its own, so that none is taken as a
/// part of a phrase.
fn changed() -> HashMap<char, char> {
    let blocks = ['\u{2e80}'..='\u{2fdf}', '\u{3400}'..='\u{9fff}', '\u{f900}'..='\u{faff}', '\u{20000}'..='\u{323af}'];
    let lines: String = blocks.into_iter().flatten().flat_map(|character| [character, '\n']).collect();
    let converted = OpenCC::from_config(BuiltinConfig::T2s).map(|dictionary| dictionary.convert(&lines));
    let converted = converted.unwrap_or_default();
    let pairs =
        lines.lines().zip(converted.lines()).filter_map(|(from, to)| from.chars().next().zip(to.chars().next()));
    pairs.filter(|(from, to)| from != to).collect()
}

/// The blocks of Chinese characters, those of compatibility among them.
const fn is_han(character: char) -> bool {
    is_unified_han(character)
        || matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

const fn is_unified_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Much of what joins, parts, disappears and changes its length.
    const HARD: &str = "[a-eAÉéøßﬁİıＡ１①ŉǰΐΣς \u{a0}\u{3000}\r\n\0\u{ad}\u{200b}\u{200c}\u{200d}\u{fe0f}\u{feff}\u{301}\u{308}\
        \u{345}\u{306}\u{3099}\u{20dd}ий가각ㄱㅏㅠㄳ㉠ﾡￂｶﾞﾟかガ゛´¨क्षि\u{9be}\u{9c7}ำกာမ👩🚀👍🏽🇩🇪❤\u{600}灣湾臺乾𠀀龜⻳…½㈱ﷺ]{0,24}";

    #[test]
    fn case_width_and_script_do_not_count() {
        assert_eq!(folded("塔利班掌權"), "塔利班掌权");
        assert_eq!(folded("ＲＳＳ Hub １２３"), "rss hub 123");
        assert_eq!(folded("，！～"), ",!~");
        assert_eq!(folded("ΟΔΟΣ"), folded("οδος"));
        assert_eq!(folded("STRASSE"), folded("straße"));
        assert_eq!(folded("乾隆"), "干隆");
        assert_eq!(folded("ﬁn"), "fin");
        assert_eq!(folded(""), "");
    }

    #[test]
    fn latin_letters_lose_their_marks() {
        assert_eq!(folded("ÉTÉ e\u{301}te\u{301}"), "ete ete");
        assert_eq!(folded("Smørrebrød Łódź Đường phố ở İstanbul Ħŧ"), "smorrebrod lodz duong pho o istanbul ht");
        assert_eq!(folded("Æon œuvre"), "æon œuvre");
        assert_eq!(folded("don´t"), "don t");
    }

    #[test]
    fn marks_of_other_scripts_stay() {
        assert_eq!(folded("ｶﾞｲﾄﾞ"), "ガイド");
        assert_eq!(folded("か\u{3099}"), "が");
        assert_ne!(folded("が"), folded("か"));
        assert_eq!(folded("Йод и\u{306}"), "йод й");
        assert_eq!(folded("हिन्दी"), "हिन्दी");
        assert_eq!(folded("한국어"), "한국어");
        assert_eq!(folded("한국"), "한국");
        assert_eq!(folded("ㅋㅋㅠㅠ"), "ᄏᄏㅠㅠ");
        assert_eq!(folded("ㄱㅏ"), "ᄀㅏ");
        assert_eq!(folded("\u{1100}\u{1161}"), "가");
        assert_eq!(folded("กำ"), folded("ก\u{e4d}า"));
    }

    #[test]
    fn white_space_becomes_one_space() {
        assert_eq!(folded("\u{3000}　a \r\n\t b\u{a0}\u{200b} c\n"), " a b c ");
        assert_eq!(folded("a\0b\u{1b}\u{7f}\u{85}c"), "a b c");
    }

    #[test]
    fn what_is_not_seen_is_dropped() {
        assert_eq!(folded("co\u{ad}op\u{200b}er\u{feff}ate"), "cooperate");
        assert_eq!(folded("❤\u{fe0f} 👩\u{200d}🚀"), "❤ 👩🚀");
        assert_eq!(folded("葛\u{e0100}"), "葛");
        assert_eq!(folded("\u{301}a\u{200b}\u{301}"), "a");
    }

    #[test]
    fn what_is_folded_knows_its_origin() {
        let text = "Ｅ\u{301}t  ﬁx\r\n臺灣👩\u{200d}🚀";
        let folded = Folded::of(text);
        assert_eq!(folded.text, "et fix 台湾👩🚀");
        let origin = |part: &str| {
            let start = folded.text.find(part).unwrap();
            &text[folded.origin(start..start + part.len())]
        };
        assert_eq!(origin("e"), "Ｅ\u{301}");
        assert_eq!(origin("t "), "t  ");
        assert_eq!(origin("t f"), "t  ﬁ");
        assert_eq!(origin("i"), "ﬁ");
        assert_eq!(origin("x"), "x");
        assert_eq!(origin("x "), "x\r\n");
        assert_eq!(origin("湾"), "灣");
        assert_eq!(origin("👩"), "👩\u{200d}🚀");
        assert_eq!(folded.origin(2..2), 6..6);
    }

    #[test]
    fn every_character_has_one_stable_form() {
        for character in '\0'..'\u{20000}' {
            let text = character.to_string();
            let once = folded(&text);
            assert_eq!(once, whole(&text), "{character:?}");
            assert_eq!(folded(&once), once, "{character:?}");
        }
        assert_eq!(folded("薴"), "苎");
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let once = folded(text);
        prop_assert_eq!(&folded(&once), &once);
        prop_assert!(clusters(text).eq(text.graphemes(true)));
        let mut before = String::new();
        for (at, _) in text.grapheme_indices(true) {
            let (left, right) = text.split_at(at);
            let (left, right) = (folded(left), folded(right));
            let right = right.strip_prefix(' ').filter(|_| left.ends_with(' ')).unwrap_or(&right);
            prop_assert_eq!(format!("{left}{right}"), once.as_str());
            prop_assert!(left.starts_with(&before));
            before = left;
        }
        Ok(())
    }

    fn check_origins(text: &str) -> Result<(), TestCaseError> {
        let whole = Folded::of(text);
        let mut reached = 0;
        for (at, character) in whole.text.char_indices() {
            let origin = whole.origin(at..at + character.len_utf8());
            prop_assert!(origin.start >= reached && origin.start < origin.end);
            prop_assert!(text.grapheme_indices(true).any(|(start, _)| start == origin.start));
            let ends = text.grapheme_indices(true).map(|(start, cluster)| start + cluster.len());
            prop_assert!(ends.into_iter().any(|end| end == origin.end));
            prop_assert!(folded(&text[origin.clone()]).contains(character));
            reached = origin.start;
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_folds_by_clusters(text: String) {
            check(&text)?;
            check_origins(&text)?;
        }

        #[test]
        fn hard_text_folds_by_clusters(text in HARD) {
            check(&text)?;
            check_origins(&text)?;
        }
    }
}
