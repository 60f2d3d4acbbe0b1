//! What is derived from a body in its final form: text, headings, words, figures.

use dom_query::{Document, NodeRef};
use unicode_normalization::UnicodeNormalization;

use super::{
    Files, caption,
    dom::{self, Step, closest, elements, is_any, named},
    images::measure,
};
use crate::{
    article::{BodyDraft as Body, FigureDraft, Heading, Picture},
    import::words::Census,
    text::cut,
};

/// Characters of an opening.
const OPENING: usize = 1_000;

pub(super) const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements whose text stands in lines of its own.
pub(super) const BLOCKS: [&str; 32] = [
    "blockquote",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "iframe",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "option",
    "optgroup",
];

/// Elements whose text stands apart in the same line.
const CELLS: [&str; 2] = ["td", "th"];

/// Puts a body together out of its final HTML, which `document` is the DOM of.
pub(super) fn body(html: String, document: &Document, files: &Files) -> Body {
    let root = dom::root(document);
    let text = text(root);
    Body {
        headings: elements(root).iter().filter_map(heading).collect(),
        figures: named(root, "img").into_iter().map(|image| figure(image, root, files)).collect(),
        opening: opening(root, &text),
        word_count: i32::try_from(Census::of(&text).total()).unwrap_or(i32::MAX),
        text,
        html,
    }
}

/// How an article begins, in one line: its paragraphs, without the headings and captions between them; all of its text where
/// it has nothing else.
fn opening(root: NodeRef, text: &str) -> String {
    let between: Vec<&str> = HEADINGS.into_iter().chain(["figcaption"]).collect();
    let mut prose = Text::default();
    flow(root, |node| is_any(node, &between) || is_mark_of_footnote(node), &mut prose);
    let prose: String = prose.written.nfc().collect();
    cut(if prose.is_empty() { text } else { &prose }, OPENING)
}

/// The text of a node: a line for each block, without blank lines or doubled spaces. Neither alternative texts nor the
/// marks of footnotes are part of it.
pub(super) fn text(node: NodeRef) -> String {
    let mut text = Text::default();
    flow(node, is_mark_of_footnote, &mut text);
    text.written.nfc().collect()
}

/// All text of a node in one line, marks of footnotes too: anchors are made of it, and must not change with where a link
/// leads.
pub(super) fn line(node: NodeRef) -> String {
    line_but(node, |_| false)
}

/// `line` without the elements of a name.
pub(super) fn line_without(node: NodeRef, name: &str) -> String {
    line_but(node, |node| node.has_name(name))
}

fn line_but(node: NodeRef, is_left_out: impl Fn(&NodeRef) -> bool) -> String {
    let mut text = Text::default();
    flow(node, is_left_out, &mut text);
    text.written.replace('\n', " ").nfc().collect()
}

/// The raised number that leads to a note, or the arrow that leads back: `#fn-1` and `#fnref-1`, `:` in place of `-`, or
/// neither.
fn is_mark_of_footnote(node: &NodeRef) -> bool {
    let is_name = |name: &str| name.starts_with(|c: char| matches!(c, '-' | ':') || c.is_ascii_digit());
    let leads = |to: &str| {
        let href = node.attr("href");
        href.is_some_and(|href| href.strip_prefix(to).is_some_and(is_name))
    };
    let is_raised = || node.parent().is_some_and(|parent| parent.has_name("sup"));
    node.has_name("a") && (leads("#fnref") || leads("#fn") && is_raised())
}

fn flow(node: NodeRef, is_left_out: impl Fn(&NodeRef) -> bool, text: &mut Text) {
    dom::walk(node, is_left_out, |step, node| {
        if node.is_text() {
            if step == Step::Enter {
                text.push(&node.text());
            }
        } else if is_any(node, &BLOCKS) {
            text.part(Gap::Line);
        } else if is_any(node, &CELLS) {
            text.part(Gap::Space);
        }
    });
}

/// What separates the text before from the text to come.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Line,
}

#[derive(Default)]
struct Text {
    written: String,
    gap: Gap,
}

impl Text {
    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.part(Gap::Space);
                continue;
            }
            // As the form that is stored: anchors are made before it is.
            if c.is_control() {
                continue;
            }
            match self.gap {
                Gap::Line if !self.written.is_empty() => self.written.push('\n'),
                Gap::Space if !self.written.is_empty() => self.written.push(' '),
                _ => {}
            }
            self.gap = Gap::Nothing;
            self.written.push(c);
        }
    }
}

fn heading(element: &NodeRef) -> Option<Heading> {
    let name = element.node_name()?;
    let level = (1..).zip(HEADINGS).find(|(_, heading)| **heading == *name)?.0;
    let text = text(*element).replace('\n', " ");
    // Nothing but a mark is better than a nameless entry in a table of contents.
    let text = if text.is_empty() { line(*element) } else { text };
    Some(Heading { level, text, anchor: element.id_attr()?.to_string() })
}

fn figure(image: NodeRef, root: NodeRef, files: &Files) -> FigureDraft {
    let figure = closest(image, "figure", root);
    let figcaption = figure.and_then(|figure| figure.children_it(false).find(|child| child.has_name("figcaption")));
    let (caption, credit) = figcaption.map(caption::split).unwrap_or_default();
    let size = measure(&image, "width").zip(measure(&image, "height"));
    let original_url = image.attr_or("src", "").to_string();
    FigureDraft {
        image: Picture {
            file: files.get(&original_url).cloned(),
            original_url,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
        },
        alt: image.attr_or("alt", "").trim().to_owned(),
        is_cover: image.has_attr("data-cover") || figure.is_some_and(|figure| figure.has_attr("data-cover")),
        caption,
        credit,
    }
}
