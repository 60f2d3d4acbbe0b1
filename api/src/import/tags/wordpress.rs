//! Shortcodes of WordPress that stand in bodies which came from there.

use super::{Answer, Kind, Tag, arguments::Arguments, html};

/// Those that are known; other words in brackets are links and text.
const NAMES: [&str; 7] = ["caption", "wp_caption", "embed", "gallery", "playlist", "audio", "video"];

/// The shortcode at the beginning of a text.
pub(super) fn tag(rest: &str) -> Option<Tag<'_>> {
    let inner = rest.strip_prefix('[')?;
    let is_closer = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = NAMES.iter().find_map(|name| {
        let after = inner.strip_prefix(*name)?;
        after.starts_with([' ', ']', '\t', '\n']).then(|| inner.get(..name.len()))?
    })?;
    // A shortcode stands in one line or two, and holds no other.
    let end = inner.find([']', '[']).filter(|end| inner.get(*end..).is_some_and(|rest| rest.starts_with(']')))?;
    let arguments = inner.get(name.len()..end)?.trim();
    let source = rest.get(..=rest.len() - inner.len() + end)?;
    let after = rest.get(source.len()..).unwrap_or_default();
    let is_link = after.starts_with(['(', ':']);
    let is_bare = arguments.is_empty() && !is_closer && !matches!(name, "caption" | "wp_caption" | "embed");
    (!is_link && !is_bare).then_some(Tag { kind: Kind::Bracket, source, at: 0, name, arguments, is_closer })
}

pub(super) fn answer(tag: &Tag) -> Answer {
    match tag.name {
        "caption" | "wp_caption" => Answer::Open,
        "embed" => Answer::Verbatim,
        _ => Answer::Unknown,
    }
}

pub(super) fn verbatim(_: &Tag, content: &str) -> Answer {
    let address = content.trim();
    if address.starts_with("http") && !address.contains(char::is_whitespace) {
        Answer::Html(html::link_paragraph(address, None))
    } else {
        Answer::Unknown
    }
}

/// The caption is what stands beside the picture, else an argument.
pub(super) fn paired(tag: &Tag, content: &str) -> String {
    let arguments = Arguments::named(tag.arguments);
    let caption = arguments.get("caption").map(|caption| format!("<figcaption>{}</figcaption>", html::escape(caption)));
    format!("<figure>{}{}</figure>", content.trim(), caption.unwrap_or_default())
}
