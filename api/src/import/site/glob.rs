//! Patterns of paths, as configurations have them: `*`, `**` and `?`. Pure.

/// Whether a whole path fits a pattern. `*` is any text within a segment, `**` any text, and `**/` also nothing; `?` is one
/// character. Takes time in the product of both lengths at most.
pub(in crate::import) fn fits(pattern: &str, path: &str) -> bool {
    let pattern = tokens(pattern);
    let path: Vec<char> = path.chars().collect();
    // Which beginnings of the path the tokens so far can be.
    let mut reached = vec![false; path.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for token in pattern {
        reached = advance(&reached, &path, token);
    }
    reached.last().copied().unwrap_or(false)
}

#[derive(Clone, Copy)]
enum Token {
    Char(char),
    One,
    WithinSegment,
    Anything,
    /// `**/`: nothing, or text up to a slash.
    Folders,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let (token, length) = match c {
            '*' if rest.starts_with("**/") => (Token::Folders, 3),
            '*' if rest.starts_with("**") => (Token::Anything, 2),
            '*' => (Token::WithinSegment, 1),
            '?' => (Token::One, 1),
            c => (Token::Char(c), c.len_utf8()),
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

fn advance(reached: &[bool], path: &[char], token: Token) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    let mut is_open = false;
    for (at, slot) in next.iter_mut().enumerate() {
        let is_here = reached.get(at).copied().unwrap_or(false);
        let before = at.checked_sub(1).and_then(|before| path.get(before)).copied();
        let was_there = at.checked_sub(1).and_then(|before| reached.get(before)).copied().unwrap_or(false);
        *slot = match token {
            Token::Char(c) => was_there && before == Some(c),
            Token::One => was_there && before != Some('/'),
            Token::WithinSegment => {
                is_open = is_here || (is_open && before != Some('/'));
                is_open
            }
            Token::Anything => {
                is_open |= is_here;
                is_open
            }
            Token::Folders => {
                let is_after_slash = is_open && before == Some('/');
                is_open |= is_here;
                is_here || is_after_slash
            }
        };
    }
    next
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stay_within_a_segment_and_two_do_not() {
        for (pattern, path, is_fit) in [
            ("a.md", "a.md", true),
            ("*.md", "a.md", true),
            ("*.md", "b/a.md", false),
            ("**/*.md", "a.md", true),
            ("**/*.md", "c/b/a.md", true),
            ("b/**", "b/c/a.md", true),
            ("b/*/a.md", "b/c/a.md", true),
            ("b/*/a.md", "b/a.md", false),
            ("?.md", "半.md", true),
            ("?.md", "ab.md", false),
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, path), is_fit, "{pattern} {path}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!fits(&"*a".repeat(200), &"a".repeat(199)));
        assert!(fits(&"**/".repeat(100), &"a/".repeat(100)));
    }
}
