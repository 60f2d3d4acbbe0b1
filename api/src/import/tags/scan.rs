//! Finding tags in a text, one after the other. Every character is looked at a few times at most.

use super::{Format, Kind, Syntax, Tag, Written, code, wordpress};
use std::ops::Range;

pub(super) struct Scanner<'a> {
    text: &'a str,
    syntax: Syntax,
    code: Vec<Range<usize>>,
    /// The first stretch of code that does not end before the last tag.
    next_code: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(written: Written<'a>) -> Self {
        let code = if written.format == Format::Markdown { code::ranges(written.text) } else { Vec::new() };
        Self { text: written.text, syntax: written.syntax, code, next_code: 0 }
    }

    /// The next tag that begins at a place or behind it. Places must not go back.
    pub(super) fn next(&mut self, from: usize) -> Option<Tag<'a>> {
        let mut at = from;
        loop {
            at += self.text.get(at..)?.find(['{', '['])?;
            let end_of_code = self.end_of_code(at);
            let rest = self.text.get(at..)?;
            let is_bracket = rest.starts_with('[');
            let is_shown = end_of_code.is_some() && (is_bracket || self.syntax == Syntax::Nunjucks);
            if is_shown {
                at = end_of_code.unwrap_or(at + 1);
                continue;
            }
            let tag = if is_bracket { wordpress::tag(rest) } else { self.braces(rest) };
            if let Some(tag) = tag {
                return Some(Tag { at, ..tag });
            }
            at += 1;
        }
    }

    /// Where the code ends in which a place stands.
    fn end_of_code(&mut self, at: usize) -> Option<usize> {
        while self.code.get(self.next_code).is_some_and(|code| code.end <= at) {
            self.next_code += 1;
        }
        self.code.get(self.next_code).filter(|code| code.contains(&at)).map(|code| code.end)
    }

    fn braces(&self, rest: &'a str) -> Option<Tag<'a>> {
        if self.syntax != Syntax::Shortcodes {
            return match rest.as_bytes().get(1)? {
                b'%' => between(rest, "{%", "%}", Kind::Tag),
                b'{' => between(rest, "{{", "}}", Kind::Output),
                _ => None,
            };
        }
        let (opener, closer) = match rest.as_bytes().get(..3)? {
            b"{{<" => ("{{<", ">}}"),
            b"{{%" => ("{{%", "%}}"),
            _ => return None,
        };
        let tag = between(rest, opener, closer, Kind::Tag)?;
        let inner = tag.source.get(3..tag.source.len() - 3)?;
        let escaped = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/"));
        Some(match escaped {
            Some(shown) => Tag { kind: Kind::Escaped, name: shown, is_closer: false, ..tag },
            None => tag,
        })
    }
}

/// A tag between its brackets. One in which another begins is none: it was never closed.
fn between<'a>(rest: &'a str, opener: &str, closer: &str, kind: Kind) -> Option<Tag<'a>> {
    let inner = rest.get(opener.len()..)?;
    let mut end = None;
    for (at, _) in inner.match_indices(['{', '%', '}', '>']) {
        let here = inner.get(at..)?;
        if here.starts_with(closer) {
            end = Some(at);
            break;
        }
        if here.starts_with(opener) {
            return None;
        }
    }
    let inner = inner.get(..end?)?;
    let source = rest.get(..opener.len() + inner.len() + closer.len())?;
    let said = inner.trim_start_matches('-').trim_end_matches('-').trim();
    let tag = Tag { kind, source, at: 0, name: said, arguments: "", is_closer: false };
    if kind == Kind::Output {
        return Some(tag);
    }
    let after_slash = said.strip_prefix('/').map(str::trim_start);
    let bare = after_slash.unwrap_or(said);
    let (word, arguments) = bare.split_at(bare.find(char::is_whitespace).unwrap_or(bare.len()));
    let ended = if opener == "{%" { word.strip_prefix("end").filter(|name| !name.is_empty()) } else { None };
    let name = ended.unwrap_or(word);
    let is_closer = after_slash.or(ended).is_some();
    (!name.is_empty()).then_some(Tag { name, arguments: arguments.trim(), is_closer, ..tag })
}
