//! By what a name is found. Pure.

use super::pinyin::{self, Piece};
use crate::search::fold::{clusters, folded};
use std::collections::BTreeSet;

/// Characters of a key. What is longer is found by its beginning alone.
pub const MAX_KEY: usize = 64;

/// One way to type a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it begins with is what finds it.
    pub text: String,
    /// How many characters the key before it begins with as well. What is typed may find a name by several keys; the first of them is
    /// the one that shares fewer characters than were typed. So each name is found once, and the walk along the keys remembers none.
    pub shared: usize,
}

/// The keys of a name, in their order by code point: as it is written, without brackets and quotes in front, and from its first letter
/// or digit on; from there also by whole pinyin and by initials where Chinese stands in it; and the brackets alone.
#[must_use]
pub fn keys(name: &str) -> Vec<Key> {
    let pieces: Vec<Piece> = clusters(name).map(|cluster| Piece::new(cluster, counting(&folded(cluster)))).collect();
    let written: String = pieces.iter().map(|piece| piece.written.as_str()).collect();
    let (brackets, rest) = split_brackets(&written);
    let from = pieces.iter().position(|piece| piece.is_said() || piece.written.contains(char::is_alphanumeric));
    let said = from.map(|from| pinyin::typed(pieces.get(from..).unwrap_or_default())).unwrap_or_default();
    let spoken = said.iter().map(String::as_str).chain([rest]).map(from_letter);
    let texts: BTreeSet<String> = spoken.chain([brackets, rest]).map(bounded).filter(|text| !text.is_empty()).collect();
    let mut keys: Vec<Key> = Vec::with_capacity(texts.len());
    for text in texts {
        let shared = keys.last().map_or(0, |before| common(&before.text, &text));
        keys.push(Key { text, shared });
    }
    keys
}

/// What keys have to begin with so that what was typed finds them. Empty where nothing was.
#[must_use]
pub fn typed(prefix: &str) -> String {
    let written = counting(&folded(prefix));
    let (brackets, rest) = split_brackets(&written);
    bounded(if rest.is_empty() { brackets } else { rest })
}

/// Without what is typed or left out as it comes: white space, apostrophes, and the dots inside of foreign names. Where an input
/// method puts pinyin into the box before it is chosen, its syllables stand apart by these.
fn counting(folded: &str) -> String {
    let is_passed_over = |character| matches!(character, ' ' | '\'' | '’' | '‘' | 'ʼ' | '·' | '・' | '‧' | '•');
    folded.chars().filter(|character| !is_passed_over(*character)).collect()
}

/// The brackets and quotes in front, and what follows.
fn split_brackets(text: &str) -> (&str, &str) {
    text.split_at(text.find(|character| !is_bracket(character)).unwrap_or(text.len()))
}

const fn is_bracket(character: char) -> bool {
    matches!(
        character,
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | '«' | '»' | '\u{2018}'..='\u{201f}' | '‹' | '›' | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301b}' | '\u{301d}'..='\u{301f}'
    )
}

fn from_letter(text: &str) -> &str {
    text.trim_start_matches(|character: char| !character.is_alphanumeric())
}

fn bounded(text: &str) -> String {
    text.chars().take(MAX_KEY).collect()
}

fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(name: &str) -> Vec<String> {
        keys(name).into_iter().map(|key| key.text).collect()
    }

    fn finds(prefix: &str, name: &str) -> bool {
        let prefix = typed(prefix);
        !prefix.is_empty() && texts(name).iter().any(|key| key.starts_with(&prefix))
    }

    #[test]
    fn chinese_is_typed_by_its_characters_its_syllables_and_their_initials() {
        assert_eq!(texts("莫斯科"), ["mosike", "msk", "莫斯科"]);
        assert_eq!(texts("RSS订阅"), ["rssdingyue", "rssdy", "rss订阅"]);
        assert_eq!(texts("Moscow"), ["moscow"]);
        assert_eq!(texts("2024年的雪"), ["2024ndx", "2024niandexue", "2024年的雪"]);
        assert_eq!(texts("航海日誌"), ["hanghairizhi", "hhrz", "航海日志"]);
    }

    #[test]
    fn u_with_two_dots_is_typed_in_either_way() {
        assert_eq!(texts("女绿"), ["nl", "nulu", "nvlv", "女绿"]);
        assert_eq!(texts("战略"), ["zhanlue", "zhanlve", "zl", "战略"]);
        assert!(finds("lü", "绿"));
    }

    #[test]
    fn characters_of_several_readings_have_each_while_that_stays_small() {
        for (name, prefixes) in [
            ("重庆银行", &["chongqingyinhang", "cqyh", "zhongqingyinxing"][..]),
            ("长乐", &["changle", "zhangyue", "cl"]),
            ("地球", &["diqiu"]),
            ("厦门大学", &["xiamendaxue", "xmdx"]),
            ("乾隆", &["qianlong", "ql", "干隆"]),
            ("頭髮", &["toufa", "头发"]),
        ] {
            for prefix in prefixes {
                assert!(finds(prefix, name), "{prefix} finds {name}: {:?}", texts(name));
            }
        }
        // 8 of each, one as it is written.
        assert!(texts(&"长".repeat(40)).len() <= 17);
        assert!(finds("长长", &"长".repeat(40)));
    }

    #[test]
    fn brackets_before_a_name_do_not_count() {
        assert_eq!(texts("《平凡的世界》"), ["pfdsj》", "pingfandeshijie》", "《", "平凡的世界》"]);
        for prefix in ["《", "《平", "平凡", "pf", "“平凡", "【p", "  平 凡"] {
            assert!(finds(prefix, "《平凡的世界》"), "{prefix}");
        }
        assert_eq!(texts("“Quoted”"), ["quoted”", "“"]);
        assert_eq!(texts("——"), ["——"]);
        assert_eq!(texts("⑴ One"), ["(", "1)one"]);
        assert!(finds("—", "——") && finds("🌊", "🌊 tide") && finds("tide", "🌊 tide"));
        assert!(finds("c+", "C++") && !finds("c#", "C++"));
        assert!(finds("$1", "$100") && finds("1", "$100") && !finds("$1", "100%") && finds("net", ".NET"));
        assert_eq!(texts("“…So”"), ["...so”", "so”", "“"]);
    }

    #[test]
    fn case_width_diacritics_script_and_white_space_do_not_count() {
        for (prefix, name) in [
            ("ＭＯＳ", "Moscow"),
            ("etud", "Étude"),
            ("塔利班掌權", "塔利班掌权之后"),
            ("mo si ke", "莫斯科"),
            ("xi'an", "西安"),
            ("列夫托尔", "列夫·托尔斯泰"),
            ("moscow talks ", "Moscow  talks resume"),
            ("mòsī", "莫斯科"),
        ] {
            assert!(finds(prefix, name), "{prefix} finds {name}");
        }
        assert!(!finds("talks", "Moscow talks resume"), "only the beginning counts");
        assert_eq!([typed(""), typed(" \u{3000}\t"), typed("' ")], ["", "", ""]);
    }

    #[test]
    fn keys_are_bounded() {
        let long = "很长的一个名字".repeat(100);
        assert!(keys(&long).iter().all(|key| key.text.chars().count() <= MAX_KEY));
        assert!(finds(&long, &long));
        assert!(finds(&"x".repeat(100), &"x".repeat(300)));
    }

    proptest! {
        /// So the statement gives it once.
        #[test]
        fn of_all_keys_that_are_found_one_is_the_first(name in "[a-b女长重 《…RSS]{0,9}|\\PC{0,12}", length in 1_usize..8) {
            let keys = keys(&name);
            prop_assert!(keys.is_sorted_by(|one, other| one.text < other.text));
            for prefix in keys.iter().map(|key| key.text.chars().take(length).collect::<String>()) {
                let found = keys.iter().filter(|key| key.text.starts_with(&prefix)).collect::<Vec<_>>();
                let first = found.iter().filter(|key| key.shared < prefix.chars().count()).collect::<Vec<_>>();
                prop_assert_eq!(first.len(), 1, "{:?} of {:?}", prefix, keys);
                prop_assert_eq!(&first[0].text, &found[0].text);
            }
        }

        #[test]
        fn every_beginning_of_a_name_finds_it(name in "[a-bÉ女长重 《·—…(RSS0]{1,9}|\\PC{1,12}", length in 1_usize..12) {
            let folded = folded(&name);
            for text in [&name, &folded] {
                let beginning: String = text.chars().take(length).collect();
                // A part of a cluster may be another one.
                let mut end = 0;
                let is_whole = clusters(text).any(|cluster| { end += cluster.len(); end == beginning.len() });
                let is_found = typed(&beginning).is_empty() || finds(&beginning, &name);
                prop_assert!(!is_whole || is_found, "{beginning:?} of {name:?}: {:?}", keys(&name));
            }
        }
    }
}
