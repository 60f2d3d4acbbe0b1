//! Markdown to HTML, as the renderers of the dialects read it. What comes out is not sanitised.

mod kramdown;
#[cfg(test)]
mod tests;

use super::normalise::TooDeep;
use comrak::{
    Arena, Options, format_html,
    nodes::{AstNode, NodeValue},
    try_parse_document,
};
use std::cell::Cell;

/// Whose Markdown it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// `CommonMark` 0.31.2 to the letter, and nothing else.
    CommonMark,
    /// As hexo-renderer-marked reads it: a line break is one in the HTML too (`breaks: true`).
    Hexo,
    /// As kramdown's GFM reads it: attribute lists such as `{: .wide}` are no text.
    Jekyll,
    /// As Goldmark reads it in Hugo.
    Hugo,
}

/// How often the parser may ask whether to go on, once for 256 lines, inlines or nodes: half a million of them. It bounds
/// time and memory, both of which grow with the number of nodes.
const MOST_STEPS: usize = 2_000;

/// GitHub's Markdown (tables, strikethrough, bare links, task lists) with footnotes; raw HTML passes through.
///
/// Quotes stay as they were typed, for an importer keeps every character. Emphasis next to Chinese punctuation is emphasis,
/// which plain `CommonMark` does not see.
///
/// # Errors
///
/// `TooDeep` for a text with more marks than any author makes.
pub fn render(markdown: &str, flavour: Flavour) -> Result<String, TooDeep> {
    let options = options(flavour);
    let arena = Arena::new();
    let steps = Cell::new(0);
    let is_too_long = || {
        steps.set(steps.get() + 1);
        steps.get() > MOST_STEPS
    };
    let root = try_parse_document(&arena, markdown, &options, &is_too_long).map_err(|_| TooDeep::Markdown)?;
    if flavour != Flavour::CommonMark {
        unlink_within_anchors(root);
    }
    if flavour == Flavour::Jekyll {
        kramdown::drop_attributes(root);
    }
    name_headings(root, &arena);
    let mut html = String::new();
    // A `String` takes whatever is written to it.
    format_html(root, &options, &mut html).map_err(|_| TooDeep::Markdown)?;
    Ok(html)
}

fn options(flavour: Flavour) -> Options<'static> {
    let mut options = Options::default();
    options.render.r#unsafe = true;
    if flavour == Flavour::CommonMark {
        return options;
    }
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.hardbreaks = flavour == Flavour::Hexo;
    options.extension.header_attributes = flavour != Flavour::Hexo;
    options.extension.description_lists = flavour != Flavour::Hexo;
    options
}

/// An anchor in each heading that has a name of its own, `## Text {#name}`, for the links that lead to it.
fn name_headings<'a>(root: &'a AstNode<'a>, arena: &'a Arena<'a>) {
    for node in root.descendants() {
        let id = node.data.borrow().attrs.as_ref().and_then(|attributes| attributes.id.clone());
        if let Some(id) = id {
            let id: String = id.chars().filter(|c| !matches!(c, '"' | '<' | '>' | '&')).collect();
            let anchor = NodeValue::HtmlInline(format!("<a id=\"{id}\"></a>"));
            node.prepend(arena.alloc(AstNode::from(anchor)));
        }
    }
}

/// A bare address in an `<a>` of raw HTML must not become a link of its own: the browser would end the outer one there.
fn unlink_within_anchors<'a>(root: &'a AstNode<'a>) {
    let mut is_in_anchor = false;
    let mut links = Vec::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::HtmlInline(tag) if tag.starts_with("</a") => is_in_anchor = false,
            NodeValue::HtmlInline(tag) if tag.starts_with("<a ") => is_in_anchor = true,
            NodeValue::Link(_) if is_in_anchor => links.push(node),
            value if value.block() => is_in_anchor = false,
            _ => {}
        }
    }
    for link in links {
        while let Some(child) = link.first_child() {
            link.insert_before(child);
        }
        link.detach();
    }
}
