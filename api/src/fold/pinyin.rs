//! What titles are ordered by where they are ordered by pronunciation. Pure.

use super::{SORTED_CHARS, cased, simplified};
use ::pinyin::ToPinyin;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A key that sorts Chinese by syllable, then tone, then character, with Latin among it: character by character, as
/// dictionaries and the collation of the Unicode CLDR for Chinese do. Marks of letters and punctuation do not count. A
/// character with several readings has its most frequent one.
#[must_use]
pub fn pinyin(title: &str) -> String {
    let mut key = String::new();
    for character in cased(title).take(SORTED_CHARS).nfd().filter(|character| !is_combining_mark(*character)) {
        let simple = simplified(character);
        // As it is written: what was simplified to one character may be said in two ways.
        match character.to_pinyin().or_else(|| simple.to_pinyin()) {
            Some(syllable) => {
                // A digit sorts before every letter: `xi1` comes before `xian1`. So does `:`, and lü between lu and luan.
                key.push_str(&syllable.with_tone_num_end().replace('ü', "u:"));
                key.push(simple);
            }
            None if character.is_alphanumeric() => key.push(character),
            None if key.is_empty() || key.ends_with(' ') => {}
            None => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_sorts_by_pronunciation_and_latin_among_it() {
        let sorted = [
            "1984",
            "《阿甘正传》",
            "Ada",
            "北京",
            "Berlin",
            "Élan vital",
            "路",
            "绿",
            "乱",
            "妈妈",
            "麻",
            "马",
            "Mac",
            "塔利班",
            "塔樓",
            "Tango",
            "西安",
            "先",
            "Xylophone",
        ];
        let mut by_key = sorted.to_vec();
        by_key.sort_by_key(|title| pinyin(title));
        assert_eq!(by_key, sorted);
    }

    #[test]
    fn traditional_and_simplified_titles_stand_together() {
        assert_eq!(pinyin("塔利班掌權"), pinyin("塔利班掌权"));
        assert_eq!(pinyin("【灯塔】"), pinyin("灯塔"));
        assert_eq!(pinyin("——"), "");
        assert!(pinyin("乾隆").starts_with("qian2"));
    }
}
