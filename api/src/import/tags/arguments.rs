//! The arguments of a tag.

/// Some arguments, in their order.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    all: Vec<Argument>,
}

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// Of `name=value`.
    pub name: Option<String>,
    /// Without its quotes.
    pub value: String,
    pub is_quoted: bool,
}

impl Arguments {
    /// Words and quoted texts, as Hexo reads them: `=` is a letter.
    pub(super) fn words(text: &str) -> Self {
        Self::read(text, false)
    }

    /// Words, quoted texts and `name=value`, as Hugo and WordPress read them.
    pub(super) fn named(text: &str) -> Self {
        Self::read(text, true)
    }

    fn read(text: &str, has_names: bool) -> Self {
        let mut all = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let mut name = None;
            if has_names && let Some((before, after)) = name_of(rest) {
                name = Some(before.to_lowercase());
                rest = after;
            }
            let (value, is_quoted, after) = value_of(rest);
            all.push(Argument { name, value, is_quoted });
            rest = after.trim_start();
        }
        Self { all }
    }

    /// The value with a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.all.iter().find(|argument| argument.name.as_deref() == Some(name));
        found.map(|argument| argument.value.as_str()).filter(|value| !value.is_empty())
    }

    /// The values without a name, from this one on.
    pub(super) fn from(&self, at: usize) -> impl Iterator<Item = &Argument> {
        self.all.iter().filter(|argument| argument.name.is_none()).skip(at)
    }

    /// One value without a name.
    pub(super) fn at(&self, at: usize) -> Option<&str> {
        self.from(at).next().map(|argument| argument.value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value with a name, else the one at a place.
    pub(super) fn either(&self, name: &str, at: usize) -> Option<&str> {
        self.get(name).or_else(|| self.at(at))
    }

    /// All values without a name from one on, with spaces between them; None where there are none.
    pub(super) fn joined(&self, from: usize) -> Option<String> {
        let words: Vec<&str> = self.from(from).map(|argument| argument.value.as_str()).collect();
        Some(words.join(" ")).filter(|text| !text.trim().is_empty())
    }
}

/// The name before a `=`, and what follows that.
fn name_of(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start().strip_prefix('=')?;
    (!name.is_empty()).then(|| (name, rest.trim_start()))
}

/// A value, whether it was quoted, and what follows it. A quote without its end is a letter.
fn value_of(text: &str) -> (String, bool, &str) {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))
        && let Some(inner) = text.get(1..)
        && let Some(end) = end_of_quoted(inner, quote)
    {
        let (value, rest) = inner.split_at(end);
        let value = if quote == '"' { value.replace("\\\"", "\"") } else { value.to_owned() };
        return (value, true, rest.get(1..).unwrap_or_default());
    }
    let (value, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (value.to_owned(), false, rest)
}

fn end_of_quoted(inner: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    inner.char_indices().find_map(|(at, c)| {
        let is_end = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped && quote == '"';
        is_end.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together_and_names_are_told() {
        let arguments = Arguments::named("go src=\"a b.png\" Alt='it is' \"x \\\"y\\\"\" `raw` n=5");
        assert_eq!((arguments.at(0), arguments.at(1), arguments.at(2)), (Some("go"), Some("x \"y\""), Some("raw")));
        assert_eq!(
            (arguments.get("src"), arguments.get("alt"), arguments.get("n")),
            (Some("a b.png"), Some("it is"), Some("5"))
        );
        assert_eq!(Arguments::words("https://e.example/?a=b 'c d'").joined(0).unwrap(), "https://e.example/?a=b c d");
        assert_eq!(Arguments::words("it's 'open").joined(0).unwrap(), "it's 'open");
        assert_eq!(Arguments::words("  ").joined(0), None);
    }
}
