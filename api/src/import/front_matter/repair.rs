//! The one repair of YAML: values that need quotes and have none, such as `title: Rust: a tour`.

use super::yaml;

/// A longer block is not repaired: each of its lines is read alone. In bytes.
pub(super) const MAX_BYTES: usize = 128 * 1024;

/// A block after the repair.
pub(super) struct Repair {
    pub(super) block: String,
    /// Lines that were changed, counted from 0.
    pub(super) lines: Vec<u32>,
}

/// Puts quotes around every one-line scalar that YAML refuses where it stands alone.
pub(super) fn quote(block: &str) -> Repair {
    let mut repair = Repair { block: String::with_capacity(block.len() + 16), lines: Vec::new() };
    let mut literal_from = None;
    for (number, line) in (0_u32..).zip(block.split_inclusive('\n')) {
        let text = line.trim_end();
        let indent = text.len() - text.trim_start().len();
        let is_literal = literal_from.is_some_and(|from| text.is_empty() || indent > from);
        if !is_literal {
            literal_from = text.ends_with(['|', '>']).then_some(indent);
        }
        match quoted(text).filter(|_| !is_literal) {
            Some(quoted) => {
                repair.block.push_str(&quoted);
                repair.block.push('\n');
                repair.lines.push(number);
            }
            None => repair.block.push_str(line),
        }
    }
    repair
}

/// The line with its scalar in single quotes; None when the line is fine, or is no key or item with a scalar.
fn quoted(line: &str) -> Option<String> {
    let (head, scalar) = key_and_scalar(line).or_else(|| item_and_scalar(line))?;
    if scalar.is_empty() || is_beyond_quotes(scalar) || yaml::parse(&format!("k: {scalar}")).is_ok() {
        return None;
    }
    Some(format!("{head}'{}'", without_quotes(scalar).replace('\'', "''")))
}

fn key_and_scalar(line: &str) -> Option<(&str, &str)> {
    let colon = line.find(": ")?;
    let key = line.get(..colon)?.trim_start().trim_start_matches("- ");
    let is_key =
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'' | '.'));
    let (head, rest) = line.split_at(colon + 1);
    is_key.then(|| split_scalar(line, head.len(), rest))
}

fn item_and_scalar(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix("- ")?;
    Some(split_scalar(line, line.len() - rest.len(), rest))
}

/// Moves the white space between head and scalar to the head.
fn split_scalar<'a>(line: &'a str, head: usize, rest: &str) -> (&'a str, &'a str) {
    line.split_at(head + rest.len() - rest.trim_start().len())
}

/// Whether a scalar alone says nothing: a quote or bracket that a later line closes, or a list or mapping as a whole,
/// which quotes would turn into one text.
fn is_beyond_quotes(scalar: &str) -> bool {
    let (opener, closer) = match scalar.chars().next() {
        Some('"') => ('"', '"'),
        Some('\'') => ('\'', '\''),
        Some('[') => ('[', ']'),
        Some('{') => ('{', '}'),
        _ => return false,
    };
    let mut depth = 0_usize;
    let end = scalar.char_indices().find(|(at, c)| {
        if *c == closer && *at > 0 {
            depth = depth.saturating_sub(1);
        } else if *c == opener {
            depth += 1;
        }
        depth == 0
    });
    // A quoted text that ends with the line and still is no YAML has quotes within.
    end.is_none_or(|(at, _)| opener != closer && at + 1 == scalar.len())
}

/// `"a "b" c"` and `'it's'` were meant to be quoted already.
fn without_quotes(scalar: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| scalar.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(scalar)
}
