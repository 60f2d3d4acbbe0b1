//! Markdown to HTML, as Hexo's default renderer reads it. What comes out is not sanitised.

use comrak::{Options, markdown_to_html};

/// GitHub's Markdown (tables, strikethrough, bare links, task lists) with footnotes; raw HTML passes through. A line
/// break is one in the HTML too, and quotes stay as they were typed: the first is what hexo-renderer-marked does by
/// default (`breaks: true`), the second is not, for an importer keeps every character.
#[must_use]
pub fn render(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.render.hardbreaks = true;
    options.render.r#unsafe = true;
    markdown_to_html(markdown, &options)
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
    fn code_keeps_its_language() {
        assert!(render("```rust\nfn main() {}\n```").contains("<code class=\"language-rust\">"));
    }
}
