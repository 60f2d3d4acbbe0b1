//! What of a text is indexed, and what of the index a searched text asks for. Pure.
//!
//! A text is indexed by its grams: pairs of characters where they are written without spaces, or stand for nothing that is
//! spoken; groups of three of the letters, digits and spaces of other scripts. Each is indexed with its places, so a searched text
//! is found exactly where its characters follow each other, whatever their script.

use sea_orm::Value;

/// Ends a title or a text, twice: no searched text has it.
pub const END: char = '\n';

/// The longest word that is indexed as one, in bytes: longer ones are found by their grams.
const MAX_WORD: usize = 64;

/// What a key of the index stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Characters that follow each other, with their places.
    Gram,
    /// One character, or two letters, with how often they stand.
    Short,
    /// A whole word of letters and digits, with how often it stands.
    Word,
    /// A category of an article, or one above it.
    Category,
    /// A category of an article.
    CategoryAlone,
    /// An author.
    Author,
    /// A tag.
    Tag,
    /// An image.
    Image,
    /// A language.
    Locale,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Gram,
        Self::Short,
        Self::Word,
        Self::Category,
        Self::CategoryAlone,
        Self::Author,
        Self::Tag,
        Self::Image,
        Self::Locale,
    ];

    const fn letter(self) -> u8 {
        match self {
            Self::Gram => b'g',
            Self::Short => b's',
            Self::Word => b'w',
            Self::Category => b'c',
            Self::CategoryAlone => b'k',
            Self::Author => b'a',
            Self::Tag => b't',
            Self::Image => b'i',
            Self::Locale => b'l',
        }
    }
}

/// A key of the index: the letter of its kind, then UTF-8 or an id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub Vec<u8>);

impl Key {
    /// Of a text.
    #[must_use]
    pub fn text(kind: Kind, text: &str) -> Self {
        Self([&[kind.letter()], text.as_bytes()].concat())
    }

    /// Of something that articles are listed by.
    #[must_use]
    pub fn id(kind: Kind, id: i64) -> Self {
        Self([&[kind.letter()][..], &id.to_be_bytes()].concat())
    }

    /// Between which keys all of this kind stand: the first one included, the second one not.
    #[must_use]
    pub fn all_of(kind: Kind) -> (Self, Self) {
        (Self(vec![kind.letter()]), Self(vec![kind.letter().saturating_add(1)]))
    }

    /// What it stands for.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        let letter = self.0.first()?;
        Kind::ALL.into_iter().find(|kind| kind.letter() == *letter)
    }

    /// The id of which it is the key.
    #[must_use]
    pub fn as_id(&self) -> Option<i64> {
        Some(i64::from_be_bytes(self.0.get(1..)?.try_into().ok()?))
    }

    /// The text of which it is the key.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(self.0.get(1..)?).ok()
    }
}

impl From<&Key> for Value {
    fn from(key: &Key) -> Self {
        key.0.clone().into()
    }
}

/// A gram or a short text in one number, in the order of the keys: up to three characters of 21 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Packed(u64);

impl Packed {
    const SHORT: u64 = 1 << 63;
    const BITS: u32 = 21;

    /// Of up to three characters.
    #[must_use]
    pub fn of(chars: &[char]) -> Self {
        let number = (0..3).fold(0, |number, at| {
            (number << Self::BITS) | chars.get(at).map_or(0, |character| u64::from(u32::from(*character)))
        });
        Self(number)
    }

    /// As one number with a place, in the order of the grams, then of the places.
    #[must_use]
    pub fn with_place(self, place: u32) -> u128 {
        (u128::from(self.0) << 32) | u128::from(place)
    }

    /// As they were put together.
    #[must_use]
    pub const fn and_place(both: u128) -> (Self, u32) {
        #[expect(clippy::cast_possible_truncation, reason = "these are the halves")]
        let halves = ((both >> 32) as u64, both as u32);
        (Self(halves.0), halves.1)
    }

    const fn short(self) -> Self {
        Self(self.0 | Self::SHORT)
    }

    /// What is indexed without its places wherever this gram is: its first character, and where that is a letter or a space, the second one
    /// with it.
    #[must_use]
    pub fn shorts(self) -> [Option<Self>; 2] {
        let first = self.character(0);
        let is_narrow = first.is_some_and(|first| !is_wide(first));
        // Of two characters, the first of which is a letter, another gram begins at the same place.
        if is_narrow && self.character(2).is_none() {
            return [None, None];
        }
        let two = self.character(1).filter(|second| is_narrow && *second != END);
        let kept = |characters: u32| Self(self.0 >> (Self::BITS * (3 - characters)) << (Self::BITS * (3 - characters)));
        [Some(kept(1).short()), two.map(|_| kept(2).short())]
    }

    fn character(self, at: u32) -> Option<char> {
        let bits = (self.0 >> (Self::BITS * (2 - at))) & ((1 << Self::BITS) - 1);
        u32::try_from(bits).ok().filter(|bits| *bits > 0).and_then(char::from_u32)
    }

    /// Whether it is indexed without its places.
    #[must_use]
    pub const fn is_short(self) -> bool {
        self.0 & Self::SHORT != 0
    }

    /// The key that it stands for.
    #[must_use]
    pub fn key(self) -> Key {
        let kind = if self.is_short() { Kind::Short } else { Kind::Gram };
        Key::text(kind, &(0..3).filter_map(|at| self.character(at)).collect::<String>())
    }
}

/// Calls `with` for every gram that is indexed of a text, and where it stands.
pub fn each(chars: &[char], mut with: impl FnMut(Packed, usize)) {
    for (at, character) in chars.iter().enumerate().filter(|(_, character)| **character != END) {
        let rest = chars.get(at..).unwrap_or_default();
        let part = |length: usize| Packed::of(rest.get(..length).unwrap_or(rest));
        if is_wide(*character) {
            with(part(2), at);
            continue;
        }
        with(part(3), at);
        let follows_wide =
            at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|before| is_wide(*before));
        if follows_wide {
            with(part(2), at);
        }
    }
}

/// What is to be looked up for a searched text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The documents under this key have it, and no others.
    Counted(Key),
    /// The documents have it in which all of these stand, each so many characters behind its beginning.
    Placed(Vec<(Key, u32)>),
}

impl Lookup {
    /// Of a folded text that is not empty.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        match chars.as_slice() {
            [_] => Self::Counted(Packed::of(&chars).short().key()),
            [first, _] if !is_wide(*first) => Self::Counted(Packed::of(&chars).short().key()),
            _ => Self::Placed(cover(&chars)),
        }
    }
}

/// The fewest grams that have every character among them.
fn cover(chars: &[char]) -> Vec<(Key, u32)> {
    let mut grams = Vec::new();
    let mut covered = 0;
    while covered < chars.len() {
        let candidates = (covered.saturating_sub(2)..=covered).filter_map(|from| {
            let to = gram_at(chars, from).filter(|to| *to > covered)?;
            Some((to, from))
        });
        let Some((to, from)) = candidates.max() else {
            return grams;
        };
        if let Some(gram) = chars.get(from..to) {
            grams.push((Packed::of(gram).key(), u32::try_from(from).unwrap_or(u32::MAX)));
        }
        covered = to;
    }
    grams
}

/// Where the longest gram ends that begins here and is indexed wherever these characters stand.
fn gram_at(chars: &[char], from: usize) -> Option<usize> {
    let first = chars.get(from)?;
    let follows_wide =
        || from.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|before| is_wide(*before));
    let length = if is_wide(*first) {
        2
    } else if from + 3 <= chars.len() {
        3
    } else if follows_wide() {
        2
    } else {
        return None;
    };
    Some(from + length).filter(|to| *to <= chars.len())
}

/// The whole words of a text that are written with letters and digits, in lower case as the text is.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_letter(character)).filter(|word| !word.is_empty() && word.len() <= MAX_WORD)
}

/// Whether this is one such word.
#[must_use]
pub fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_WORD && text.chars().all(is_letter)
}

/// Whether a character belongs into words that are set apart by spaces or punctuation.
#[must_use]
pub fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || (!character.is_ascii() && character.is_alphanumeric() && !is_cjk(character))
}

/// Whether a gram that begins with this character has two characters: it is one of many thousands, or rare.
fn is_wide(character: char) -> bool {
    character != ' ' && !is_letter(character)
}

/// Chinese characters, Kana, Bopomofo and Hangul.
#[must_use]
pub const fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{30ff}'
        | '\u{3100}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeSet, HashMap};

    /// The index of one text, and looking a text up in it.
    fn finds(text: &str, searched: &str) -> bool {
        let chars: Vec<char> = text.chars().chain([END, END]).collect();
        let mut places: HashMap<Key, BTreeSet<usize>> = HashMap::new();
        each(&chars, |packed, at| {
            for key in [Some(packed)].into_iter().chain(packed.shorts()).flatten() {
                places.entry(key.key()).or_default().insert(at);
            }
        });
        match Lookup::of(searched) {
            Lookup::Counted(key) => places.contains_key(&key),
            Lookup::Placed(grams) => {
                assert!(!grams.is_empty());
                let starts = |(key, offset): &(Key, u32)| -> BTreeSet<usize> {
                    let places = places.get(key).into_iter().flatten();
                    places.filter_map(|at| at.checked_sub(*offset as usize)).collect()
                };
                let all: Vec<BTreeSet<usize>> = grams.iter().map(starts).collect();
                all[0].iter().any(|start| all.iter().all(|starts| starts.contains(start)))
            }
        }
    }

    proptest! {
        #[test]
        fn found_is_what_stands_there_and_nothing_else(
            text in "[ab的了 ,。カ가🙂1]{0,30}",
            searched in "[ab的了 ,。カ가🙂1]{1,6}",
        ) {
            prop_assert_eq!(finds(&text, &searched), text.contains(&searched), "{:?}", Lookup::of(&searched));
        }

        #[test]
        fn any_part_of_a_text_is_found(text in "[a-c的了 ,。カ가🙂1]{1,30}", from in 0_usize..30, length in 1_usize..9) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assume!(!part.is_empty());
            prop_assert!(finds(&text, &part), "{:?}", Lookup::of(&part));
        }

        #[test]
        fn keys_are_in_the_order_of_their_numbers(one in "\\PC{1,3}", other in "\\PC{1,3}") {
            let packed = |text: &str| Packed::of(&text.chars().collect::<Vec<_>>());
            prop_assert_eq!(packed(&one).cmp(&packed(&other)), packed(&one).key().cmp(&packed(&other).key()));
            let key = packed(&one).key();
            prop_assert_eq!(key.as_text(), Some(one.as_str()));
        }
    }

    #[test]
    fn words_are_of_letters() {
        let text = "rss订阅 don't 3.51 café 塔利班";
        assert_eq!(words(text).collect::<Vec<_>>(), ["rss", "don", "t", "3", "51", "café"]);
    }
}
