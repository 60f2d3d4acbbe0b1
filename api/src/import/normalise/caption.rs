//! A caption and the credit that stands in it, apart.

use dom_query::NodeRef;

use super::{derive, dom::named};

/// The most characters of a credit in parentheses; anything longer is part of the caption.
const MOST_CREDIT_CHARS: usize = 60;

/// The caption and the credit of a `<figcaption>`: the credit in trailing parentheses, else in a `<cite>`.
pub(super) fn split(figcaption: NodeRef) -> (Option<String>, Option<String>) {
    let text = derive::line(figcaption);
    if let Some((caption, credit)) = in_parentheses(&text) {
        return (filled(caption), Some(credit.to_owned()));
    }
    let cite = named(figcaption, "cite").into_iter().next();
    match cite.map(derive::line).filter(|credit| !credit.is_empty()) {
        Some(credit) => (filled(&derive::line_without(figcaption, "cite")), Some(credit)),
        None => (filled(&text), None),
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What stands before the last parentheses, and what in them, when that can be a name.
fn in_parentheses(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix([')', '）'])?;
    let mut depth = 1;
    let opener = inner.char_indices().rev().find(|(_, c)| {
        depth += match c {
            ')' | '）' => 1,
            '(' | '（' => -1,
            _ => 0,
        };
        depth == 0
    });
    let (at, opener) = opener?;
    let credit = inner.get(at + opener.len_utf8()..)?.trim();
    is_credit(credit).then_some((inner.get(..at)?, credit))
}

fn is_credit(text: &str) -> bool {
    const PLACES: [&str; 11] =
        ["above", "below", "bottom", "center", "centre", "l", "left", "middle", "r", "right", "top"];
    let is_place = PLACES.contains(&text.to_ascii_lowercase().as_str())
        || text.chars().all(|c| "左右上下中前后後一二三四五起图圖".contains(c));
    text.chars().count() <= MOST_CREDIT_CHARS && text.chars().any(char::is_alphabetic) && !is_place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_parentheses_are_the_credit() {
        assert_eq!(in_parentheses("会议现场 (法国媒体)").unwrap(), ("会议现场 ", "法国媒体"));
        assert_eq!(in_parentheses("会议现场（欧洲通讯社）").unwrap(), ("会议现场", "欧洲通讯社"));
        assert_eq!(in_parentheses("a (b) (AFP (Paris))").unwrap(), ("a (b) ", "AFP (Paris)"));
        assert_eq!(in_parentheses("（路透社)").unwrap(), ("", "路透社"));
    }

    #[test]
    fn a_year_a_place_or_a_sentence_is_no_credit() {
        let long = format!("a ({})", "b".repeat(61));
        for text in
            ["a (2021)", "甲（左）", "甲乙（右二）", "He (left)", "He (Top)", "a ()", "a)", "(a) b", "", long.as_str()]
        {
            assert_eq!(in_parentheses(text), None, "{text}");
        }
    }
}
