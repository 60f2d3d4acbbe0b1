//! URL paths of the site: stored decoded, answered percent-encoded, accepted either way.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, IntoColumnRef};

/// What a path may not hold as it is, by RFC 3986; non-ASCII characters are always encoded.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// How many [`spellings`] a path has at most.
pub const SPELLINGS: usize = 4;

/// As a link needs it.
#[must_use]
pub fn encode(path: &str) -> String {
    encoded(path).collect()
}

/// The same, in parts.
pub fn encoded(path: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(path, RESERVED)
}

/// The stored paths that a client can mean by this one, the likeliest first: percent-encoded as we answer them or not, with
/// the last slash as given or not.
#[must_use]
pub fn spellings(path: &str) -> Vec<String> {
    let decoded = percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into);
    let mut spellings = Vec::new();
    for path in [&decoded, path] {
        let bare = path.trim_matches('/');
        let (given, other) = if path.ends_with('/') { ("/", "") } else { ("", "/") };
        for end in [given, other] {
            let spelling = if bare.is_empty() { "/".to_owned() } else { format!("/{bare}{end}") };
            if !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        }
    }
    spellings
}

/// The stored texts that a part of a path can mean: percent-encoded as we answer it or not.
#[must_use]
pub fn decodings(part: &str) -> Vec<String> {
    let decoded = percent_decode_str(part).decode_utf8().ok().filter(|decoded| decoded != part);
    decoded.map(Into::into).into_iter().chain([part.to_owned()]).collect()
}

/// As [`decodings`], of the end of a path: with the last slash as given or not.
#[must_use]
pub fn endings(part: &str) -> Vec<String> {
    let other = |part: &String| part.strip_suffix('/').map_or_else(|| format!("{part}/"), str::to_owned);
    let given = decodings(part);
    let others: Vec<String> = given.iter().map(other).filter(|part| !part.is_empty()).collect();
    given.into_iter().chain(others).collect()
}

/// By which a row whose path is the likeliest of these spellings comes before the others.
#[must_use]
pub fn rank(path: impl IntoColumnRef, spellings: &[String]) -> Expr {
    let is_likeliest = Expr::col(path).eq(spellings.first().cloned().unwrap_or_default());
    CaseStatement::new().case(is_likeliest, 0).finally(1).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_accepted_in_every_spelling() {
        let stored = "/2022/潮 汐/".to_owned();
        for asked in ["/2022/潮 汐/", "2022/潮 汐", "/2022/%E6%BD%AE%20%E6%B1%90", &encode(&stored)] {
            assert!(spellings(asked).contains(&stored), "{asked}");
        }
        assert_eq!(encode(&stored), "/2022/%E6%BD%AE%20%E6%B1%90/");
        assert_eq!(spellings("/"), ["/"]);
        assert!(spellings("/100%25/").contains(&"/100%/".to_owned()));
        assert!(spellings("/100%/").contains(&"/100%/".to_owned()));
        assert_eq!(decodings("2022/%E6%BD%AE"), ["2022/潮", "2022/%E6%BD%AE"]);
        assert_eq!(decodings("/2022/"), ["/2022/"]);
        assert_eq!(endings("one"), ["one", "one/"]);
        assert_eq!(endings("/"), ["/"]);
    }
}
