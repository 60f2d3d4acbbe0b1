//! Markdown to HTML, as Hexo's default renderer reads it. What comes out is not sanitised.

use comrak::{
    Arena, Options, format_html,
    nodes::{AstNode, NodeValue},
    parse_document,
};

/// GitHub's Markdown (tables, strikethrough, bare links, task lists) with footnotes; raw HTML passes through.
///
/// A line break is one in the HTML too, and quotes stay as they were typed: the first is what hexo-renderer-marked does by
/// default (`breaks: true`), the second is not, for an importer keeps every character. Emphasis next to Chinese
/// punctuation is emphasis, which plain `CommonMark` does not see.
#[must_use]
pub fn render(markdown: &str) -> String {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    unlink_within_anchors(root);
    let mut html = String::new();
    match format_html(root, &options, &mut html) {
        Ok(()) => html,
        // A `String` takes whatever is written to it.
        Err(_) => String::new(),
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.hardbreaks = true;
    options.render.r#unsafe = true;
    options
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn githubs_extensions_are_understood() {
        assert!(render("| a |\n| - |\n| b |\n").contains("<td>b</td>"));
        assert!(render("~~gone~~").contains("<del>gone</del>"));
        assert!(render("- [x] done").contains("checkbox"));
        assert!(render("see https://example.com/a ok").contains("<a href=\"https://example.com/a\">"));
        assert!(render("text[^1]\n\n[^1]: note").contains("fnref"));
    }

    #[test]
    fn raw_html_passes_through() {
        let html = "<div>   \n<p>正文 *不是斜体*</p>\n  \n</div>\n            ";
        assert_eq!(render(html).trim(), html.trim().replace("\n  \n", "\n"));
        assert_eq!(render("a <em>b</em>"), "<p>a <em>b</em></p>\n");
    }

    #[test]
    fn line_breaks_are_kept_and_quotes_untouched() {
        assert_eq!(render("“a”\n\"b\""), "<p>“a”<br />\n&quot;b&quot;</p>\n");
    }

    #[test]
    fn an_address_in_an_anchor_of_raw_html_stays_its_text() {
        let html = "<p><a href=\"https://real.example\">https://shown.example</a></p>\n";
        assert_eq!(render("<a href=\"https://real.example\">https://shown.example</a>"), html);
    }

    #[test]
    fn emphasis_may_touch_chinese_punctuation() {
        assert_eq!(render("**粗体。**中文"), "<p><strong>粗体。</strong>中文</p>\n");
    }

    #[test]
    fn code_keeps_its_language() {
        assert!(render("```rust\nfn main() {}\n```").contains("<code class=\"language-rust\">"));
    }
}
