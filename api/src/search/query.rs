//! What a reader types into the search box, as terms. Pure; which texts hold the terms is found elsewhere.
//!
//! Only the ASCII `"` and `-` mean anything, and only where a term begins. All else is text, and every text is a query.

use super::fold::folded;
use std::{collections::HashSet, fmt};

/// The most terms of a query.
pub const MOST_TERMS: usize = 24;

/// What is searched: every wanted term has to stand in the folded title or text, and no unwanted one may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    /// In the order they were written, each text once.
    pub wanted: Vec<Term>,
    /// In the order they were written, each text once.
    pub unwanted: Vec<Term>,
}

/// A word or a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Folded, never empty, and without white space at its ends.
    pub text: String,
    /// Whether it stood in quotation marks.
    pub is_phrase: bool,
}

impl SearchQuery {
    /// Reads what was typed. White space parts words. `"…"` is a phrase, and after it a new term begins; `-word` and `-"phrase"`
    /// exclude. A lone `-`, and a `"` inside a word or without a closing one, stand for themselves.
    #[must_use]
    pub fn parse(input: &str) -> Self {
        let mut query = Self::default();
        let mut seen = HashSet::new();
        let mut rest = input.trim_start_matches(parts);
        while !rest.is_empty() {
            let (is_unwanted, raw) = match rest.strip_prefix('-') {
                Some(raw) if !raw.is_empty() && !raw.starts_with(parts) => (true, raw),
                _ => (false, rest),
            };
            let (term, after) = Term::first(raw);
            if !term.text.is_empty() && seen.insert((is_unwanted, term.text.clone())) {
                if is_unwanted { &mut query.unwanted } else { &mut query.wanted }.push(term);
            }
            rest = after.trim_start_matches(parts);
        }
        query
    }

    /// How many terms there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.wanted.len() + self.unwanted.len()
    }

    /// Whether nothing is asked.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    /// What is to stand in what is found.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.wanted.iter().map(|term| term.text.as_str()).collect()
    }

    /// The same text for queries that mean the same, and another one for any other: each term on a line, after its sign. Quotation
    /// marks do not count, since a word is found inside of words as a phrase is.
    #[must_use]
    pub fn canonical(&self) -> String {
        // Folded text holds no line feed.
        let wanted = self.wanted.iter().flat_map(|term| ["+", &term.text, "\n"]);
        let unwanted = self.unwanted.iter().flat_map(|term| ["-", &term.text, "\n"]);
        wanted.chain(unwanted).collect()
    }
}

/// As it could have been typed.
impl fmt::Display for SearchQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms = self.wanted.iter().map(|term| ("", term)).chain(self.unwanted.iter().map(|term| ("-", term)));
        for (number, (sign, term)) in terms.enumerate() {
            let space = if number == 0 { "" } else { " " };
            let quote = if term.is_phrase || !term.is_plain() { "\"" } else { "" };
            write!(f, "{space}{sign}{quote}{}{quote}", term.text)?;
        }
        Ok(())
    }
}

impl Term {
    /// Whether it is read as one wanted word where it is typed. Folding puts spaces into a few characters (U+FDFA) and makes
    /// hyphens of others (U+FF0D).
    fn is_plain(&self) -> bool {
        !self.text.contains(' ') && (self.text == "-" || !self.text.starts_with('-'))
    }

    /// The term that a text begins with, and what follows it.
    fn first(text: &str) -> (Self, &str) {
        let quoted = text.strip_prefix('"').and_then(|inner| inner.split_once('"'));
        let (raw, after) = quoted.unwrap_or_else(|| text.split_at(text.find(parts).unwrap_or(text.len())));
        (Self { text: folded(raw).trim_matches(' ').to_owned(), is_phrase: quoted.is_some() }, after)
    }
}

/// Whether a character parts words: all that is folded to a space, so that no word holds one.
fn parts(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(input: &str) -> String {
        let query = SearchQuery::parse(input);
        let show = |sign: &str, term: &Term| {
            if term.is_phrase { format!("{sign}[{}]", term.text) } else { format!("{sign}{}", term.text) }
        };
        let wanted = query.wanted.iter().map(|term| show("+", term));
        let unwanted = query.unwanted.iter().map(|term| show("-", term));
        wanted.chain(unwanted).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_are_parted_by_white_space() {
        assert_eq!(shown("  Light\u{3000}HOUSE\n臺灣\0x "), "+light|+house|+台湾|+x");
        assert_eq!(shown(""), "");
        assert!(SearchQuery::parse(" \u{200b} \"\" -\"  \" ´").is_empty());
    }

    #[test]
    fn quotes_make_phrases() {
        assert_eq!(shown("\" The  keeper\nof \" light"), "+[the keeper of]|+light");
        assert_eq!(shown("\"a b\"c\"d\"e"), "+[a b]|+c\"d\"e");
        assert_eq!(shown("\"a\"\"b\"-\"c\"-d"), "+[a]|+[b]|-[c]|-d");
        assert_eq!(shown("\"a b"), "+\"a|+b");
        assert_eq!(shown("5\" x"), "+5\"|+x");
        assert_eq!(shown("\""), "+\"");
        assert_eq!(shown("“a b” ＂c d＂"), "+“a|+b”|+\"c|+d\"");
    }

    #[test]
    fn a_hyphen_excludes() {
        assert_eq!(shown("a -b -\"c d\" e-f"), "+a|+e-f|-b|-[c d]");
        assert_eq!(shown("- a -"), "+-|+a");
        assert_eq!(shown("--x ---"), "--x|---");
        assert_eq!(shown("--\"a b\""), "+b\"|--\"a");
        assert_eq!(shown("-\"a b"), "+b|-\"a");
        assert_eq!(shown("－a −b"), "+-a|+−b");
    }

    #[test]
    fn all_else_is_text() {
        assert_eq!(shown("AND or NEAR(x y)* ^z title:w \\\" (a)"), "+and|+or|+near(x|+y)*|+^z|+title:w|+\\\"|+(a)");
    }

    #[test]
    fn what_is_said_twice_counts_once() {
        assert_eq!(shown("a A \"a\" -b -B a"), "+a|-b");
        assert_eq!(shown("a -a"), "+a|-a");
    }

    #[test]
    fn a_query_can_be_typed_as_it_is_shown() {
        let shown = |input| SearchQuery::parse(input).to_string();
        assert_eq!(shown("Light -\"the  sea\" \"a b\""), "light \"a b\" -\"the sea\"");
        assert_eq!(shown("\u{fdfa}"), "\"صلى الله عليه وسلم\"");
        assert_eq!(shown("－a －－b - －"), "\"-a\" \"--b\" -");
        for input in ["\u{fdfa} x", "－a", "--x", "- -y ---"] {
            let query = SearchQuery::parse(input);
            assert_eq!(SearchQuery::parse(&query.to_string()).canonical(), query.canonical(), "{input}");
        }
    }

    #[test]
    fn queries_that_mean_the_same_have_one_text() {
        let canonical = |input| SearchQuery::parse(input).canonical();
        assert_eq!(canonical("  Été -x \"été\""), canonical("ete -X"));
        assert_eq!(canonical("a -b"), "+a\n-b\n");
        assert_ne!(canonical("a b"), canonical("b a"));
        assert_ne!(canonical("a b"), canonical("\"a b\""));
        assert_ne!(canonical("a -b"), canonical("a b"));
    }

    proptest! {
        #[test]
        fn every_text_is_a_query(input in "[-\" aAé\u{3000}\0\u{200b}´\u{301}臺]{0,30}|\\PC*") {
            let query = SearchQuery::parse(&input);
            for term in query.wanted.iter().chain(&query.unwanted) {
                prop_assert!(!term.text.is_empty());
                prop_assert_eq!(term.text.trim(), &term.text);
                prop_assert_eq!(folded(&term.text), term.text.as_str());
            }
            let words = query.wanted.iter().filter(|term| !term.is_phrase && !term.text.starts_with(['-', '"']));
            for word in words.filter(|word| !word.text.contains(' ')) {
                prop_assert_eq!(&SearchQuery::parse(&word.text).wanted, &vec![word.clone()]);
            }
        }
    }
}
