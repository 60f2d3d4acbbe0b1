//! Tokens (2.1 of the specification), as strictly as the reference implementation reads them. Pure.

use super::super::text::cut;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of the characters and `...`.
    Punctuator,
    /// A name or keyword.
    Name,
    /// A whole number.
    Int,
    /// Another number.
    Float,
    /// A string of either form.
    String,
    /// The end of the document.
    End,
}

/// A piece of the document.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
    /// Its first byte.
    pub at: usize,
}

/// Why a document can not be read, and at which byte.
#[derive(Debug)]
pub struct Unreadable {
    /// The byte.
    pub at: usize,
    /// In a client's words.
    pub message: String,
}

/// The result of reading.
pub type Read<T> = Result<T, Unreadable>;

/// Where in the document it reads.
#[derive(Clone, Copy)]
pub struct Lexer<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// From the beginning.
    pub fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The next token.
    pub fn token(&mut self) -> Read<Token<'a>> {
        self.skip_ignored();
        let (at, rest) = (self.at, self.rest());
        let bytes = rest.as_bytes();
        let (kind, length) = match bytes.first().copied() {
            None => (Kind::End, 0),
            Some(b'!' | b'$' | b'&' | b'(' | b')' | b':' | b'=' | b'@' | b'[' | b']' | b'{' | b'|' | b'}') => {
                (Kind::Punctuator, 1)
            }
            Some(b'.') if rest.starts_with("...") => (Kind::Punctuator, 3),
            Some(b'"') if rest.starts_with("\"\"\"") => (Kind::String, block(rest).ok_or_else(|| unterminated(at))?),
            Some(b'"') => (Kind::String, string(rest, at)?),
            Some(b'-' | b'0'..=b'9') => number(rest, at)?,
            Some(byte) if is_name_start(byte) => (Kind::Name, count(bytes, is_name)),
            Some(_) => return Err(unexpected(rest, at, "")),
        };
        self.at += length;
        Ok(Token { kind, text: rest.get(..length).unwrap_or_default(), at })
    }

    fn skip_ignored(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.trim_start_matches(['\u{feff}', '\t', ' ', ',', '\n', '\r']);
            self.at += rest.len() - blank.len();
            if !blank.starts_with('#') {
                return;
            }
            self.at += blank.find(['\n', '\r']).unwrap_or(blank.len());
        }
    }
}

fn unterminated(at: usize) -> Unreadable {
    Unreadable { at, message: "a string does not end".to_owned() }
}

fn unexpected(rest: &str, at: usize, place: &str) -> Unreadable {
    let found = match rest.chars().next() {
        None => "the end of the document".to_owned(),
        Some(character @ ('\u{21}'..='\u{7e}')) => format!("the character `{character}`"),
        Some(character) => format!("the character U+{:04X}", u32::from(character)),
    };
    Unreadable { at, message: format!("unexpected: {found}{place}") }
}

fn is_name_start(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic()
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !is(*byte)).unwrap_or(bytes.len())
}

/// The kind and length of a number.
fn number(rest: &str, start: usize) -> Read<(Kind, usize)> {
    let bytes = rest.as_bytes();
    let byte = |at: usize| bytes.get(at).copied();
    let wrong = |at: usize| unexpected(rest.get(at..).unwrap_or_default(), start + at, " in a number");
    let digits = |at: usize| {
        let length = count(bytes.get(at..).unwrap_or_default(), |byte| byte.is_ascii_digit());
        if length == 0 { Err(wrong(at)) } else { Ok(at + length) }
    };
    let mut kind = Kind::Int;
    let begin = usize::from(byte(0) == Some(b'-'));
    let mut at = digits(begin)?;
    if byte(begin) == Some(b'0') && at > begin + 1 {
        return Err(wrong(begin + 1));
    }
    if byte(at) == Some(b'.') {
        kind = Kind::Float;
        at = digits(at + 1)?;
    }
    if matches!(byte(at), Some(b'e' | b'E')) {
        kind = Kind::Float;
        at = digits(at + 1 + usize::from(matches!(byte(at + 1), Some(b'+' | b'-'))))?;
    }
    match byte(at) {
        Some(next) if next == b'.' || is_name_start(next) => Err(wrong(at)),
        _ => Ok((kind, at)),
    }
}

/// The length of a string on one line.
fn string(rest: &str, start: usize) -> Read<usize> {
    let bytes = rest.as_bytes();
    let mut at = 1;
    loop {
        match bytes.get(at) {
            None | Some(b'\n' | b'\r') => return Err(unterminated(start)),
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => {
                let escape = rest.get(at..).unwrap_or_default();
                at += escaped(escape).ok_or_else(|| no_escape(escape, start + at))?;
            }
            Some(_) => at += 1,
        }
    }
}

fn no_escape(rest: &str, at: usize) -> Unreadable {
    let end = rest.char_indices().nth(12).map_or(rest.len(), |(end, _)| end);
    let shown = rest.get(..end).unwrap_or_default();
    Unreadable { at, message: format!("no escape sequence: `{}`", cut(shown)) }
}

/// The length of an escape sequence.
fn escaped(rest: &str) -> Option<usize> {
    match rest.as_bytes().get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' if rest.as_bytes().get(2) == Some(&b'{') => {
            let digits = rest.get(3..)?.split_once('}')?.0;
            (digits.len() <= 8).then(|| hex(digits)).flatten().and_then(char::from_u32).map(|_| digits.len() + 4)
        }
        b'u' => match hex(rest.get(2..6)?)? {
            lead @ 0xD800..=0xDBFF => {
                let trail = rest.get(6..)?.strip_prefix("\\u").and_then(|rest| hex(rest.get(..4)?))?;
                ((0xDC00..=0xDFFF).contains(&trail) && lead > 0).then_some(12)
            }
            code => char::from_u32(code).map(|_| 6),
        },
        _ => None,
    }
}

fn hex(digits: &str) -> Option<u32> {
    let all = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

/// The length of a string over several lines.
fn block(rest: &str) -> Option<usize> {
    let mut at = 3;
    loop {
        let quotes = at + rest.get(at..)?.find("\"\"\"")?;
        if rest.get(..quotes).is_some_and(|before| before.ends_with('\\')) {
            at = quotes + 3;
        } else {
            return Some(quotes + 3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(source: &str) -> Read<Vec<&str>> {
        let mut lexer = Lexer::new(source);
        let mut tokens = Vec::new();
        loop {
            match lexer.token()? {
                Token { kind: Kind::End, .. } => return Ok(tokens),
                token => tokens.push(token.text),
            }
        }
    }

    #[test]
    fn what_is_ignored_separates() {
        assert_eq!(tokens("\u{feff}a,b#c\u{0}\rd...e\t-0.5e+1").unwrap(), ["a", "b", "d", "...", "e", "-0.5e+1"]);
    }

    #[test]
    fn strings_end_where_they_end() {
        for string in [
            r#""""#,
            r#""\"\\""#,
            r#""\u{0010FFFF}\uD83D\uDE00""#,
            "\"\u{0}\"",
            "\"\"\"\"\"\"",
            "\"\"\"a\"b\n\"\"\"",
            "\"\"\"\\\"\"\"\"\"\"",
            "\"\"\"\\\\\"\"\" \"\"\"",
        ] {
            assert_eq!(tokens(string).unwrap(), [string]);
        }
    }

    #[test]
    fn what_is_no_token_is_told_where_it_is() {
        for (source, at) in [
            ("a .. b", 2),
            ("01", 1),
            ("-", 1),
            ("1.", 2),
            ("1.a", 2),
            ("1e", 2),
            ("1e+", 3),
            ("0xF", 1),
            ("1_", 1),
            ("1.5.2", 3),
            ("\"a", 0),
            ("\"a\nb\"", 0),
            (r#""\q""#, 1),
            (r#""\u12""#, 1),
            (r#""\u{}""#, 1),
            (r#""\u{110000}""#, 1),
            (r#""\u{000000041}""#, 1),
            (r#""\uD800""#, 1),
            (r#""\uDE00\uD83D""#, 1),
            (r#""\uD83Da""#, 1),
            (r#"""""#, 0),
            ("\"\"\"\\\"\"\"", 0),
            ("'a'", 0),
            ("a%", 1),
            ("燈", 0),
        ] {
            assert_eq!(tokens(source).unwrap_err().at, at, "{source}");
        }
    }
}
