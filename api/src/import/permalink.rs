//! Hexo's permalinks: a pattern, filled with what is known of a post, and with a date when one is known.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use percent_encoding::percent_decode_str;

/// A path on the site, complete but for the date. Never percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalink {
    pieces: Vec<Piece>,
    timezone: Tz,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// Formatted by chrono.
    Date(&'static str),
}

impl Permalink {
    /// Fills a pattern such as `:year/:month/:title/`. `value_of` tells all variables but those of the date; what it
    /// does not know stays as it is written in the pattern.
    pub fn from_pattern(pattern: &str, timezone: Tz, mut value_of: impl FnMut(&str) -> Option<String>) -> Self {
        let mut pieces = Vec::new();
        let mut rest = pattern;
        while let Some((text, after)) = rest.split_once(':') {
            pieces.push(Piece::Text(text.to_owned()));
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
            let name = after.get(..end).unwrap_or_default().trim_end_matches('_');
            let next = after.get(name.len()..).unwrap_or_default();
            pieces.push(match date_format(name) {
                Some(format) => Piece::Date(format),
                None => Piece::Text(value_of(name).unwrap_or_else(|| format!(":{name}"))),
            });
            rest = next;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self { pieces, timezone }
    }

    /// A path that the post itself gives, percent-encoded or not.
    #[must_use]
    pub fn fixed(path: &str, timezone: Tz) -> Self {
        let decoded = percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into);
        Self { pieces: vec![Piece::Text(decoded)], timezone }
    }

    /// The path of a post of this date.
    #[must_use]
    pub fn at(&self, published_at: DateTime<Utc>) -> String {
        let local = published_at.with_timezone(&self.timezone);
        rooted(self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Date(format) => local.format(format).to_string(),
        }))
    }

    /// The path where it does not depend on a date.
    #[must_use]
    pub fn dateless(&self) -> Option<String> {
        let texts: Option<Vec<String>> = self.pieces.iter().map(Piece::text).collect();
        texts.map(|texts| rooted(texts.into_iter()))
    }
}

impl Piece {
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Date(_) => None,
        }
    }
}

fn date_format(variable: &str) -> Option<&'static str> {
    Some(match variable {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_month" => "%-m",
        "i_day" => "%-d",
        "timestamp" => "%s",
        _ => return None,
    })
}

/// One `/` in front, none doubled; the end stays as it was written.
fn rooted(pieces: impl Iterator<Item = String>) -> String {
    let mut path = String::from("/");
    for c in pieces.flat_map(|piece| piece.chars().collect::<Vec<_>>()) {
        if c != '/' || !path.ends_with('/') {
            path.push(c);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Asia::Shanghai, UTC};

    use super::*;

    fn date() -> DateTime<Utc> {
        "2022-08-05T18:09:07Z".parse().unwrap()
    }

    fn filled(pattern: &str) -> Permalink {
        Permalink::from_pattern(pattern, Shanghai, |name| match name {
            "title" => Some("news/Mein Tag".to_owned()),
            "name" => Some("Mein Tag".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn the_date_is_that_of_the_sites_zone() {
        assert_eq!(filled(":year/:month/:day/:title/").at(date()), "/2022/08/06/news/Mein Tag/");
        assert_eq!(filled(":i_month-:i_day/:hour:minute:second/:name.html").at(date()), "/8-6/020907/Mein Tag.html");
        assert_eq!(filled("p/:timestamp").at(date()), "/p/1659722947");
    }

    #[test]
    fn the_path_is_known_without_a_date_only_where_the_pattern_names_none() {
        assert_eq!(filled("/posts/:name/").dateless().unwrap(), "/posts/Mein Tag/");
        assert_eq!(filled(":year/:title/").dateless(), None);
    }

    #[test]
    fn unknown_variables_stay_and_slashes_are_not_doubled() {
        assert_eq!(filled("//a//:id/:/b").at(date()), "/a/:id/:/b");
        assert_eq!(filled("").at(date()), "/");
    }

    #[test]
    fn a_fixed_path_is_decoded_and_gets_its_leading_slash() {
        assert_eq!(Permalink::fixed("%E5%8D%8A%E5%B2%9B/a", UTC).at(date()), "/半岛/a");
        assert_eq!(Permalink::fixed("/100%/%ff", UTC).dateless().unwrap(), "/100%/%ff");
    }
}
