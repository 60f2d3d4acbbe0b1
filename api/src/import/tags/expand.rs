//! Going through a text from tag to tag. Paired tags wait on a stack for what closes them.

use super::{
    Answer, Around, Expanded, Format, Kind, Piece, Syntax, Tag, Written, hexo, html, hugo, jekyll, scan::Scanner,
    wordpress,
};
use crate::import::{document::Warning, markdown, normalise::TooDeep};
use std::{collections::HashMap, fmt::Write};

/// The most tags of one text.
const MOST_TAGS: usize = 50_000;

pub(super) struct Expander<'a> {
    written: Written<'a>,
    around: Around<'a>,
    out: Expanded<'a>,
    /// Tags that wait for what closes them, the innermost last.
    frames: Vec<Frame<'a>>,
    /// How many of a name wait.
    waiting: HashMap<&'a str, usize>,
    /// What stays as it is written: the index of its warning and how often it stands there.
    kept: HashMap<&'a str, (usize, usize)>,
    /// Names whose closers do not stand in the rest of the text.
    unclosed: HashMap<&'a str, usize>,
    /// A place in the text, and its line.
    counted: (usize, u32),
}

struct Frame<'a> {
    tag: Tag<'a>,
    /// Where its mark begins in what comes out, and where its content does.
    start: usize,
    content: usize,
}

impl<'a> Expander<'a> {
    pub(super) fn new(written: Written<'a>, around: Around<'a>) -> Self {
        let mut mark = "masthead0tag".to_owned();
        while written.text.contains(&mark) {
            mark.push('x');
        }
        Self {
            written,
            around,
            out: Expanded { text: String::new(), warnings: Vec::new(), mark, pieces: Vec::new() },
            frames: Vec::new(),
            waiting: HashMap::new(),
            kept: HashMap::new(),
            unclosed: HashMap::new(),
            counted: (0, written.line),
        }
    }

    pub(super) fn run(mut self) -> Result<Expanded<'a>, TooDeep> {
        let mut scanner = Scanner::new(self.written);
        let mut at = 0;
        while let Some(tag) = scanner.next(at) {
            if self.out.pieces.len() >= MOST_TAGS {
                return Err(TooDeep::Tags);
            }
            self.out.text.push_str(self.written.text.get(at..tag.at).unwrap_or_default());
            at = tag.range().end;
            if tag.is_closer {
                self.close(tag)?;
            } else {
                at = self.meet(tag, at);
            }
        }
        self.out.text.push_str(self.written.text.get(at..).unwrap_or_default());
        for frame in std::mem::take(&mut self.frames) {
            self.tell_unclosed(frame.tag);
        }
        Ok(self.finish())
    }

    /// Deals with a tag that closes no other, and tells where the text goes on.
    fn meet(&mut self, tag: Tag<'a>, end: usize) -> usize {
        match self.answer(&tag) {
            Answer::Text(text) => self.out.text.push_str(&text),
            Answer::Html(html) => self.put(tag, html),
            Answer::Open => self.open(tag),
            Answer::Verbatim => return self.verbatim(tag, end),
            Answer::Unknown => self.keep(tag),
            Answer::Missing(reason) => self.miss(tag, &reason),
        }
        end
    }

    fn answer(&self, tag: &Tag<'a>) -> Answer {
        match (tag.kind, self.written.syntax) {
            (Kind::Escaped, _) => Answer::Html(html::escape(&escaped(tag))),
            (Kind::Bracket, _) => wordpress::answer(tag),
            (_, Syntax::Nunjucks) => hexo::answer(tag, self.around),
            (_, Syntax::Liquid) => jekyll::answer(tag, self.around),
            (_, Syntax::Shortcodes) => hugo::answer(tag, self.around),
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        let start = self.out.text.len();
        self.piece(tag, None);
        *self.waiting.entry(tag.name).or_default() += 1;
        self.frames.push(Frame { tag, start, content: self.out.text.len() });
    }

    /// Ends the innermost tag of this name that waits. Those that were opened in it and never closed stay as text.
    fn close(&mut self, tag: Tag<'a>) -> Result<(), TooDeep> {
        let Some(count) = self.waiting.get_mut(tag.name).filter(|count| **count > 0) else {
            let is_known = self.kept.contains_key(tag.name);
            if is_known {
                self.piece(tag, None);
            } else {
                self.keep(tag);
            }
            return Ok(());
        };
        *count -= 1;
        while let Some(frame) = self.frames.pop() {
            if frame.tag.name != tag.name {
                self.waiting.entry(frame.tag.name).and_modify(|count| *count -= 1);
                self.tell_unclosed(frame.tag);
                continue;
            }
            let content = self.out.text.split_off(frame.content.min(self.out.text.len()));
            self.out.text.truncate(frame.start);
            let content = self.read(content)?;
            let became = match (frame.tag.kind, self.written.syntax) {
                (Kind::Bracket, _) => wordpress::paired(&frame.tag, &content),
                (_, Syntax::Shortcodes) => hugo::paired(&frame.tag, &content),
                _ => hexo::paired(&frame.tag, &content),
            };
            self.put(frame.tag, became);
            break;
        }
        Ok(())
    }

    fn read(&self, content: String) -> Result<String, TooDeep> {
        match self.written.format {
            Format::Html => Ok(content),
            Format::Markdown => markdown::render(&content, self.written.syntax.flavour()),
        }
    }

    /// Takes the content up to the closer as it is written, and tells where the text goes on.
    fn verbatim(&mut self, tag: Tag<'a>, end: usize) -> usize {
        let Some((content, after)) = self.content(tag.name, tag.kind, end) else {
            self.tell_unclosed(tag);
            self.piece(tag, None);
            return end;
        };
        let answer = match (tag.kind, self.written.syntax) {
            (Kind::Bracket, _) => wordpress::verbatim(&tag, content),
            (_, Syntax::Nunjucks) => hexo::verbatim(&tag, content),
            (_, Syntax::Liquid) => jekyll::verbatim(&tag, content),
            (_, Syntax::Shortcodes) => hugo::verbatim(&tag, content),
        };
        match answer {
            Answer::Text(text) => self.out.text.push_str(&text),
            Answer::Html(html) => self.put(tag, html),
            _ => {
                let source = self.written.text.get(tag.at..after).unwrap_or_default();
                self.keep(Tag { source, ..tag });
            }
        }
        after
    }

    /// What stands before the closer of a name, and where that ends.
    fn content(&mut self, name: &'a str, kind: Kind, from: usize) -> Option<(&'a str, usize)> {
        if self.unclosed.contains_key(name) {
            return None;
        }
        let rest = self.written.text.get(from..)?;
        let (brackets, sign) = match (kind, self.written.syntax) {
            (Kind::Bracket, _) => (["[", "]"], "/"),
            (_, Syntax::Shortcodes) => (["{{", "}}"], "/"),
            _ => (["{%", "}"], "end"),
        };
        let found = rest.match_indices(brackets[0]).find_map(|(at, opener)| {
            let inner = rest.get(at + opener.len()..)?;
            let bare = inner.trim_start_matches(['-', '<', '%']).trim_start();
            let after = bare.strip_prefix(sign)?.trim_start().strip_prefix(name)?;
            let after = after.trim_start().trim_start_matches(['-', '>', '%']).strip_prefix(brackets[1])?;
            Some((rest.get(..at)?, self.written.text.len() - after.len()))
        });
        if found.is_none() {
            self.unclosed.insert(name, from);
        }
        found
    }

    /// Puts HTML in the place of a tag; blocks stand apart from the lines around them.
    fn put(&mut self, tag: Tag<'a>, became: String) {
        let written = self.out.text.as_str();
        // A deeper indentation is no list's; the look back must not grow with the text.
        let tail = written.get(written.floor_char_boundary(written.len().saturating_sub(64))..).unwrap_or_default();
        let line =
            tail.rsplit_once('\n').map(|(_, line)| line).or_else(|| (tail.len() == written.len()).then_some(tail));
        let line = line.filter(|line| line.trim().is_empty());
        let is_apart = self.written.format == Format::Markdown && html::is_block(&became) && line.is_some();
        let indent = line.filter(|_| is_apart).map(|indent| format!("\n{indent}")).unwrap_or_default();
        self.out.text.push_str(&indent);
        self.piece(tag, Some(became));
        if is_apart {
            self.out.text.push_str("\n\n");
        }
    }

    fn piece(&mut self, tag: Tag<'a>, html: Option<String>) {
        let number = self.out.pieces.len();
        let _ = write!(self.out.text, "{}{number}z", self.out.mark);
        self.out.pieces.push(Piece { html, source: tag.source });
    }

    /// A tag that stays as it is written; told once for each name.
    fn keep(&mut self, tag: Tag<'a>) {
        let line = self.line(tag.at);
        let next = self.out.warnings.len();
        let (_, count) = self.kept.entry(tag.name).or_insert((next, 0));
        *count += 1;
        if *count == 1 {
            let message = format!("`{}` is not known here; it stays in the text as it is written", shown(tag.source));
            self.out.warnings.push(Warning { line: Some(line), message });
        }
        self.piece(tag, None);
    }

    fn miss(&mut self, tag: Tag<'a>, reason: &str) {
        let line = self.line(tag.at);
        let message = format!("`{}`: {reason}; it stays in the text as it is written", shown(tag.source));
        self.out.warnings.push(Warning { line: Some(line), message });
        self.piece(tag, None);
    }

    fn tell_unclosed(&mut self, tag: Tag<'a>) {
        let line = self.line(tag.at);
        let message = format!("`{}` is never closed; it stays in the text as it is written", shown(tag.source));
        self.out.warnings.push(Warning { line: Some(line), message });
    }

    fn line(&mut self, at: usize) -> u32 {
        let (from, line) = self.counted;
        // What was never closed is told late.
        let (from, line) = if at < from { (0, self.written.line) } else { (from, line) };
        let passed = self.written.text.get(from..at).unwrap_or_default().matches('\n').count();
        self.counted = (at, line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX)));
        self.counted.1
    }

    fn finish(mut self) -> Expanded<'a> {
        for (index, count) in self.kept.into_values().filter(|(_, count)| *count > 1) {
            if let Some(warning) = self.out.warnings.get_mut(index) {
                let _ = write!(warning.message, " ({count} times)");
            }
        }
        self.out.warnings.sort_by_key(|warning| warning.line);
        self.out
    }
}

/// As the page shows it: without the `/*` and `*/` that keep it from being run.
fn escaped(tag: &Tag) -> String {
    tag.source.replacen("/*", "", 1).replacen("*/", "", 1)
}

/// A tag in a message.
fn shown(source: &str) -> String {
    const MOST: usize = 60;
    let line = source.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(MOST).collect();
    if cut.len() < source.len() { format!("{cut}…") } else { cut }
}
