//! What a query asks of the index. Pure.

use super::{
    index::terms::{Key, Kind, Lookup, is_cjk, is_letter, is_word},
    query::SearchQuery,
};
use std::collections::HashMap;

/// Where the answer to a part of a query stands: numbers of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placing {
    /// Under one key.
    Counted(usize),
    /// Where all of these stand, each so many characters behind the beginning.
    Placed(Vec<(usize, u32)>),
}

/// A term that has to stand in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Where it is found.
    pub placing: Placing,
    /// Where it is found as a whole word, if it can be one.
    pub word: Option<usize>,
}

/// Something of which it is asked whether it stands anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// A text, also as a part of words.
    Part(String),
    /// A whole word.
    Word(String),
}

/// A query as it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// All keys that are looked up, each once.
    pub keys: Vec<Key>,
    /// All of these have to stand in an article, or one of them.
    pub wanted: Vec<Wanted>,
    /// None of these may.
    pub unwanted: Vec<Placing>,
    /// Words of the query beside each other: articles that have them so come before others.
    pub together: Vec<Placing>,
    /// Whether one of the wanted terms is enough.
    pub is_any: bool,
}

impl Plan {
    /// Of a query.
    #[must_use]
    pub fn of(query: &SearchQuery) -> Self {
        Self::with(query, neighbours(query), false)
    }

    /// Of a query of which one word is enough, where texts come first in which these stand.
    #[must_use]
    pub fn of_any(query: &SearchQuery, together: &[String]) -> Self {
        Self::with(query, together.iter().cloned(), true)
    }

    /// What of these stands anywhere.
    #[must_use]
    pub fn of_probes(probes: &[Probe]) -> Self {
        let mut keys = Keys::default();
        let wanted = probes.iter().map(|probe| match probe {
            Probe::Part(text) => keys.placing(text),
            Probe::Word(word) => Placing::Counted(keys.number(Key::text(Kind::Word, word))),
        });
        let wanted = wanted.map(|placing| Wanted { placing, word: None }).collect();
        Self { keys: keys.keys, wanted, is_any: true, ..Self::default() }
    }

    fn with(query: &SearchQuery, together: impl Iterator<Item = String>, is_any: bool) -> Self {
        let mut keys = Keys::default();
        let wanted = query.wanted.iter().map(|term| Wanted {
            placing: keys.placing(&term.text),
            word: is_word(&term.text).then(|| keys.number(Key::text(Kind::Word, &term.text))),
        });
        let wanted = wanted.collect();
        let unwanted = query.unwanted.iter().map(|term| keys.placing(&term.text)).collect();
        let together = together.map(|text| keys.placing(&text)).collect();
        Self { keys: keys.keys, wanted, unwanted, together, is_any }
    }
}

/// Words that follow each other in the query, as they would in a text.
fn neighbours(query: &SearchQuery) -> impl Iterator<Item = String> {
    query.wanted.windows(2).filter_map(|pair| match pair {
        [one, other] if !one.is_phrase && !other.is_phrase => {
            let (last, first) = (one.text.chars().last()?, other.text.chars().next()?);
            let space = if is_cjk(last) && is_cjk(first) { "" } else { " " };
            (is_letter(last) || is_cjk(last)).then(|| format!("{}{space}{}", one.text, other.text))
        }
        _ => None,
    })
}

#[derive(Default)]
struct Keys {
    keys: Vec<Key>,
    numbers: HashMap<Key, usize>,
}

impl Keys {
    fn number(&mut self, key: Key) -> usize {
        let next = self.keys.len();
        *self.numbers.entry(key).or_insert_with_key(|key| {
            self.keys.push(key.clone());
            next
        })
    }

    fn placing(&mut self, text: &str) -> Placing {
        match Lookup::of(text) {
            Lookup::Counted(key) => Placing::Counted(self.number(key)),
            Lookup::Placed(grams) => {
                Placing::Placed(grams.into_iter().map(|(key, offset)| (self.number(key), offset)).collect())
            }
        }
    }
}
