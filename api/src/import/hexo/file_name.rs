//! What the name of a file tells by the pattern `new_post_name`, such as `:year-:month-:day-:title.md`.

use crate::slug::hexo::{Case, slugize};
use chrono::NaiveDate;

/// A longer pattern is none: names of files are shorter.
const MAX_PATTERN: usize = 255;

/// What a name tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FileName {
    /// The `:title` of permalinks.
    pub(super) slug: String,
    pub(super) date: Option<NaiveDate>,
    /// Keys that stand in the name, and so before those of the front matter.
    pub(super) keys: Vec<(String, String)>,
}

/// Reads a path below the folder of posts, without its extension. Where it does not fit the pattern, or no `:title` stands
/// there, all of it is the slug, in the form of one piece of a path.
pub(super) fn read(pattern: &str, path: &str) -> FileName {
    let pattern = if pattern.len() > MAX_PATTERN { ":title" } else { pattern };
    let Some(found) = captures(&tokens(without_extension(pattern)), path) else {
        return FileName { slug: slugize(path, Case::Kept), ..FileName::default() };
    };
    let of = |names: [&str; 2]| found.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, text)| text);
    let number = |names| of(names)?.parse::<u32>().ok();
    let date = || {
        let year = i32::try_from(number(["year", "year"])?).ok()?;
        NaiveDate::from_ymd_opt(year, number(["month", "i_month"])?, number(["day", "i_day"])?)
    };
    let is_key = |name: &str| !["title", "year", "month", "day", "i_month", "i_day", "hash"].contains(&name);
    FileName {
        date: date(),
        slug: of(["title", "title"]).cloned().unwrap_or_else(|| slugize(path, Case::Kept)),
        keys: found.into_iter().filter(|(name, _)| is_key(name)).collect(),
    }
}

fn without_extension(pattern: &str) -> &str {
    let name = pattern.rfind('/').map_or(0, |at| at + 1);
    match pattern.rfind('.') {
        Some(dot) if dot > name => pattern.get(..dot).unwrap_or(pattern),
        _ => pattern,
    }
}

enum Token {
    Char(char),
    /// So many digits, the most that fit.
    Digits(String, usize, usize),
    /// Twelve hexadecimal digits.
    Hash(String),
    /// At least one character, the fewest that fit.
    Text(String),
}

impl Token {
    fn of(name: &str) -> Self {
        let name = name.to_owned();
        match name.as_str() {
            "year" => Self::Digits(name, 4, 4),
            "month" | "day" => Self::Digits(name, 2, 2),
            "i_month" | "i_day" => Self::Digits(name, 1, 2),
            "hash" => Self::Hash(name),
            _ => Self::Text(name),
        }
    }

    /// The lengths that it can have at a place, the likeliest first.
    fn lengths(&self, rest: &[char]) -> Vec<usize> {
        let run = |most: usize, is: fn(&char) -> bool| rest.iter().take(most).take_while(|c| is(c)).count();
        match self {
            Self::Char(c) if rest.first() == Some(c) => vec![1],
            Self::Digits(_, least, most) => {
                let found = run(*most, char::is_ascii_digit);
                (*least..=found).rev().collect()
            }
            Self::Hash(_) if run(12, char::is_ascii_hexdigit) == 12 => vec![12],
            Self::Char(_) | Self::Hash(_) => Vec::new(),
            Self::Text(_) => (1..=rest.len()).collect(),
        }
    }

    fn name(&self) -> Option<&str> {
        match self {
            Self::Char(_) => None,
            Self::Digits(name, ..) | Self::Hash(name) | Self::Text(name) => Some(name),
        }
    }
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let name = if c == ':' { variable(after) } else { "" };
        tokens.push(if name.is_empty() { Token::Char(c) } else { Token::of(name) });
        rest = after.get(name.len()..).unwrap_or_default();
    }
    tokens
}

/// The name of a variable at the start of a text: word characters, the last of them no `_`.
fn variable(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end_matches('_')
}

/// The texts of the variables where a whole path fits the tokens.
fn captures(tokens: &[Token], path: &str) -> Option<Vec<(String, String)>> {
    let path: Vec<char> = path.chars().collect();
    // From the last token on: at which places of the path all that follow can begin.
    let mut fits = vec![vec![false; path.len() + 1]];
    *fits.first_mut()?.last_mut()? = true;
    for token in tokens.iter().rev() {
        let after = fits.last()?;
        // A text ends at any later place: the lengths need no trying.
        let last = after.iter().rposition(|fits| *fits);
        let begins = (0..=path.len()).map(|at| {
            let rest = path.get(at..).unwrap_or_default();
            match token {
                Token::Text(_) => last.is_some_and(|last| at < last),
                token => token.lengths(rest).iter().any(|length| after.get(at + length) == Some(&true)),
            }
        });
        fits.push(begins.collect());
    }
    fits.pop().filter(|begins| begins.first() == Some(&true))?;
    let mut at = 0;
    let mut found = Vec::new();
    for token in tokens {
        let after = fits.pop()?;
        let lengths = token.lengths(path.get(at..)?);
        let length = lengths.into_iter().find(|length| after.get(at + length) == Some(&true))?;
        if let Some(name) = token.name() {
            found.push((name.to_owned(), path.get(at..at + length)?.iter().collect()));
        }
        at += length;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    /// As Hexo 8.1.2 reads them.
    #[test]
    fn a_name_is_read_by_the_sites_pattern() {
        for (pattern, path, slug, day) in [
            (":title.md", "Sub Dir/Été", "Sub Dir/Été", ""),
            (":year-:month-:day-:title.md", "2022-03-04-dated", "dated", "2022-03-04"),
            (":year-:month-:day-:title.md", "Sub Dir/Été", "Sub-Dir-Ete", ""),
            (":year/:i_month/:i_day/:title.md", "2022/3/14/a/b", "a/b", "2022-03-14"),
            (":year:i_month:i_day:title.md", "2022123x", "x", "2022-12-03"),
            (":year-:month-:day-:title.md", "2022-13-04-x", "x", ""),
            (":title-:hash", "a-b-0123456789ab", "a-b", ""),
            (":year/:month.md", "2022/03", "2022-03", ""),
        ] {
            let read = read(pattern, path);
            assert_eq!((read.slug.as_str(), read.date), (slug, date(day)), "{pattern} {path}");
        }
    }

    #[test]
    fn other_variables_are_keys_of_the_post() {
        let read = read(":lang/:category/:title.md", "de/news/a/b");
        assert_eq!(read.slug, "a/b");
        assert_eq!(read.keys, [("lang".into(), "de".into()), ("category".into(), "news".into())]);
    }

    #[test]
    fn long_patterns_and_names_take_no_time() {
        assert_eq!(read(&":a".repeat(50), &"x".repeat(2_000)).keys.len(), 50);
        assert_eq!(read(&format!("{}!", ":a".repeat(50)), &"x".repeat(2_000)).keys, []);
    }
}
