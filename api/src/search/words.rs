//! Words: texts cut by a dictionary, and words that are written or pronounced nearly as others. Pure.
//!
//! The dictionary is that of the crate `jieba-rs`. It takes a tenth of a second and 33 MB, and is read when a query first finds nothing.

use super::index::terms::{is_cjk, is_letter};
use ::pinyin::ToPinyin;
use jieba_rs::Jieba;
use std::{
    collections::{BTreeSet, HashMap},
    ops::RangeInclusive,
    sync::LazyLock,
};

static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// More combinations of characters than these are not tried.
const COMBINATIONS: usize = 400_000;

/// The longest Chinese word that is taken for another of its sound, in characters.
pub const LONGEST_SOUND: usize = 3;

/// How long a Latin word is that is taken for another one, in characters: shorter ones are near to too many, longer ones are no words.
const EDITED: RangeInclusive<usize> = 4..=24;

/// What asks or joins and says nothing by itself.
const EMPTY: [&str; 74] = [
    "怎样",
    "怎么",
    "怎么样",
    "怎么办",
    "如何",
    "什么",
    "为什么",
    "为何",
    "哪里",
    "哪些",
    "哪个",
    "谁",
    "多少",
    "是否",
    "可以",
    "应该",
    "能够",
    "我们",
    "你们",
    "他们",
    "一个",
    "这个",
    "那个",
    "这些",
    "那些",
    "还是",
    "或者",
    "以及",
    "因为",
    "所以",
    "但是",
    "的",
    "了",
    "在",
    "是",
    "和",
    "与",
    "吗",
    "呢",
    "有",
    "a",
    "an",
    "and",
    "are",
    "can",
    "do",
    "does",
    "for",
    "from",
    "how",
    "i",
    "in",
    "is",
    "it",
    "my",
    "of",
    "on",
    "or",
    "should",
    "that",
    "the",
    "this",
    "to",
    "was",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
    "you",
    "your",
];

/// The words of a folded text. A Chinese character that is no part of a word stands by itself, and so does punctuation nowhere.
pub fn cut(text: &str) -> Vec<String> {
    runs(text)
        .into_iter()
        .flat_map(|run| if run.chars().all(is_han) { dictionary_words(&run) } else { vec![run] })
        .collect()
}

fn dictionary_words(run: &str) -> Vec<String> {
    DICTIONARY.cut(run, false).into_iter().map(|token| token.word.to_owned()).collect()
}

/// Whether a word says something by itself.
pub fn is_telling(word: &str) -> bool {
    let is_single = word.chars().all(is_cjk) && word.chars().count() < 2;
    !is_single && !EMPTY.contains(&word)
}

/// What is of one script: letters and digits, Chinese characters, Kana, Hangul.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<(u8, String)> = Vec::new();
    for character in text.chars() {
        let script = script(character);
        match runs.last_mut() {
            Some((last, run)) if *last == script => run.push(character),
            _ => runs.push((script, character.into())),
        }
    }
    runs.into_iter().filter(|(script, _)| *script > 0).map(|(_, run)| run).collect()
}

fn script(character: char) -> u8 {
    match character {
        '\u{3040}'..='\u{309f}' => 2,
        '\u{30a0}'..='\u{30ff}' => 3,
        '\u{ac00}'..='\u{d7ff}' | '\u{1100}'..='\u{11ff}' => 4,
        _ if is_cjk(character) => 1,
        _ if is_letter(character) => 5,
        _ => 0,
    }
}

fn is_han(character: char) -> bool {
    script(character) == 1
}

/// Words of the dictionary that are pronounced like this text of two or three Chinese characters, tones apart.
pub fn same_sound(text: &str) -> Vec<String> {
    static SOUNDS: LazyLock<HashMap<&'static str, Vec<char>>> = LazyLock::new(sounds);
    let sets: Option<Vec<&Vec<char>>> =
        text.chars().map(|character| SOUNDS.get(character.to_pinyin()?.plain())).collect();
    let sets = sets.unwrap_or_default();
    let combinations = sets.iter().map(|set| set.len()).product::<usize>();
    if !(2..=LONGEST_SOUND).contains(&sets.len()) || combinations > COMBINATIONS {
        return Vec::new();
    }
    let (mut words, mut word) = (Vec::new(), String::new());
    combine(&sets, &mut word, &mut |word| {
        if word != text && DICTIONARY.has_word(word) {
            words.push(word.to_owned());
        }
    });
    words
}

/// Every word of one character of each set.
fn combine(sets: &[&Vec<char>], word: &mut String, with: &mut dyn FnMut(&str)) {
    let Some((set, rest)) = sets.split_first() else {
        return with(word);
    };
    for character in *set {
        word.push(*character);
        combine(rest, word, with);
        word.pop();
    }
}

/// The characters of each syllable, as far as the dictionary knows them as words.
fn sounds() -> HashMap<&'static str, Vec<char>> {
    let mut sounds: HashMap<&'static str, Vec<char>> = HashMap::new();
    let mut buffer = [0; 4];
    for character in '\u{4e00}'..='\u{9fff}' {
        if let Some(pinyin) = character.to_pinyin()
            && DICTIONARY.has_word(character.encode_utf8(&mut buffer))
        {
            sounds.entry(pinyin.plain()).or_default().push(character);
        }
    }
    sounds
}

/// Words that differ from this one in its first half by one letter too many, too few, another or in the wrong place; and the first half,
/// since every word with an error in the second half begins with it. Nothing for words that are too short, or not Latin.
pub fn near(word: &str) -> Option<(BTreeSet<String>, String)> {
    let letters: Vec<char> = word.chars().collect();
    if !EDITED.contains(&letters.len()) || !letters.iter().all(char::is_ascii_alphabetic) {
        return None;
    }
    let half = letters.len() / 2;
    let mut near = BTreeSet::new();
    for at in 0..=half {
        let (before, rest) = letters.split_at_checked(at)?;
        let with = |middle: &[char], after: &[char]| before.iter().chain(middle).chain(after).collect::<String>();
        for letter in 'a'..='z' {
            near.insert(with(&[letter], rest));
            near.insert(with(&[letter], rest.get(1..).unwrap_or_default()));
        }
        near.insert(with(&[], rest.get(1..).unwrap_or_default()));
        if let [one, other, after @ ..] = rest {
            near.insert(with(&[*other, *one], after));
        }
    }
    near.remove(word);
    Some((near, letters.iter().take(half).collect()))
}

/// Whether two words are one edit apart: a letter too many, too few, another, or two in the wrong order.
pub fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let same = short.iter().zip(long.iter()).take_while(|(one, other)| one == other).count();
    let (short, long) = (short.get(same..).unwrap_or_default(), long.get(same..).unwrap_or_default());
    match (short, long) {
        ([], [_]) => true,
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        (rest, [_, other @ ..]) => rest == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_the_dictionary() {
        assert_eq!(cut("怎样在家里做酸面包"), ["怎样", "在", "家里", "做", "酸", "面包"]);
        assert_eq!(cut("rss订阅,sqlite3.51のガイド"), ["rss", "订阅", "sqlite3", "51", "の", "ガイド"]);
        assert!(
            !is_telling("怎样") && !is_telling("做") && is_telling("面包") && is_telling("x") && !is_telling("the")
        );
    }

    #[test]
    fn words_of_one_sound_are_those_of_the_dictionary() {
        assert!(same_sound("莫四科").contains(&"莫斯科".to_owned()));
        assert!(same_sound("莫").is_empty() && same_sound("abc").is_empty());
    }

    #[test]
    fn one_edit_is_one_edit() {
        for near in ["lighthose", "lighthousee", "lighthoose", "ilghthouse", "lighthosue", "ighthouse"] {
            assert!(is_near("lighthouse", near) && is_near(near, "lighthouse"), "{near}");
        }
        for far in ["lighthouse", "lighthou", "lightxxuse", "house", ""] {
            assert!(!is_near("lighthouse", far), "{far}");
        }
        let (near, half) = near("ilghthouse").unwrap();
        assert!(near.contains("lighthouse") && half == "ilght");
        assert!(super::near("abc").is_none() && super::near("café").is_none());
    }
}
