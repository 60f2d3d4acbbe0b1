//! Small pieces of HTML that tags become.

use super::Around;
use crate::path;

/// Text as HTML shows it, in an element or in an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

pub(super) fn link(href: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(href), escape(text))
}

/// A paragraph that leads to what cannot be shown in a body.
pub(super) fn link_paragraph(href: &str, text: Option<&str>) -> String {
    format!("<p>{}</p>", link(href, text.unwrap_or(href)))
}

/// A block of code, without the line breaks around it.
pub(super) fn code_block(language: Option<&str>, code: &str) -> String {
    let class = language.map(|language| format!(" class=\"language-{}\"", escape(language))).unwrap_or_default();
    let code = code.trim_start_matches('\n').trim_end();
    format!("<pre><code{class}>{}</code></pre>", escape(code))
}

/// The attribute of an element, where it has a value.
pub(super) fn attribute(name: &str, value: Option<&str>) -> String {
    value.map(|value| format!(" {name}=\"{}\"", escape(value))).unwrap_or_default()
}

/// Whether a browser ends a paragraph where this HTML begins.
pub(super) fn is_block(html: &str) -> bool {
    let blocks = ["<p>", "<pre", "<figure", "<blockquote", "<details", "<div", "<table", "<ul", "<ol", "<h"];
    let html = html.trim_start();
    blocks.iter().any(|block| html.get(..block.len()).is_some_and(|start| start.eq_ignore_ascii_case(block)))
}

/// The address of a decoded path below the site's root: absolute where the site's is known.
pub(super) fn href(around: Around, path: &str) -> String {
    let encoded = path::encode(path);
    let below = format!("./{}", encoded.trim_start_matches('/'));
    let url = around.site.rules.url.as_ref().and_then(|site| site.join(&below).ok());
    url.map_or(encoded, Into::into)
}

/// The page that shows a video of one of the players that tags know.
pub(super) fn video(player: &str, id: &str) -> Option<String> {
    Some(match player {
        "youtube" => format!("https://www.youtube.com/watch?v={id}"),
        "vimeo" => format!("https://vimeo.com/{id}"),
        "bilibili" => format!("https://www.bilibili.com/video/{id}"),
        _ => return None,
    })
}
