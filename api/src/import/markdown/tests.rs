use super::*;

const ALL: [Flavour; 4] = [Flavour::CommonMark, Flavour::Hexo, Flavour::Jekyll, Flavour::Hugo];

fn hexo(markdown: &str) -> String {
    render(markdown, Flavour::Hexo).unwrap()
}

fn jekyll(markdown: &str) -> String {
    render(markdown, Flavour::Jekyll).unwrap()
}

#[test]
fn githubs_extensions_are_understood() {
    for flavour in [Flavour::Hexo, Flavour::Jekyll, Flavour::Hugo] {
        let render = |markdown| render(markdown, flavour).unwrap();
        assert!(render("| a |\n| - |\n| b |\n").contains("<td>b</td>"));
        assert!(render("~~gone~~").contains("<del>gone</del>"));
        assert!(render("- [x] done").contains("checkbox"));
        assert!(render("see https://example.com/a ok").contains("<a href=\"https://example.com/a\">"));
        assert!(render("text[^1]\n\n[^1]: note").contains("fnref"));
    }
}

#[test]
fn raw_html_passes_through() {
    let html = "<div>   \n<p>正文 *不是斜体*</p>\n  \n</div>\n            ";
    assert_eq!(hexo(html).trim(), html.trim().replace("\n  \n", "\n"));
    for flavour in ALL {
        assert_eq!(render("a <em>b</em>", flavour).unwrap(), "<p>a <em>b</em></p>\n");
    }
}

#[test]
fn line_breaks_are_kept_by_hexo_alone_and_quotes_untouched() {
    assert_eq!(hexo("“a”\n\"b\""), "<p>“a”<br />\n&quot;b&quot;</p>\n");
    for flavour in [Flavour::CommonMark, Flavour::Jekyll, Flavour::Hugo] {
        assert_eq!(render("“a”\n\"b\"", flavour).unwrap(), "<p>“a”\n&quot;b&quot;</p>\n");
    }
}

#[test]
fn an_address_in_an_anchor_of_raw_html_stays_its_text() {
    let html = "<p><a href=\"https://real.example\">https://shown.example</a></p>\n";
    assert_eq!(hexo("<a href=\"https://real.example\">https://shown.example</a>"), html);
}

#[test]
fn emphasis_may_touch_chinese_punctuation() {
    assert_eq!(hexo("**粗体。**中文"), "<p><strong>粗体。</strong>中文</p>\n");
    assert_eq!(render("**粗体。**中文", Flavour::CommonMark).unwrap(), "<p>**粗体。**中文</p>\n");
}

#[test]
fn code_keeps_its_language() {
    for flavour in ALL {
        assert!(render("```rust\nfn main() {}\n```", flavour).unwrap().contains("<code class=\"language-rust\">"));
    }
}

#[test]
fn kramdowns_attribute_lists_are_no_text() {
    assert_eq!(jekyll("A line.\n{: .notice}\n"), "<p>A line.</p>\n");
    assert_eq!(jekyll("{: .notice}\nA line.\n"), "<p>A line.</p>\n");
    assert_eq!(jekyll("A\n\n{: #x}\n\nB\n"), "<p>A</p>\n<p>B</p>\n");
    assert_eq!(jekyll("[a](/b){:target=\"_blank\"} c"), "<p><a href=\"/b\">a</a> c</p>\n");
    assert_eq!(jekyll("* TOC\n{:toc}\n\nText"), "<p>Text</p>\n");
    for stays in ["A {: .notice} b", "`{: .notice}`", "    {: .notice}"] {
        assert!(jekyll(stays).contains("{: .notice}"), "{stays}");
    }
    assert!(hexo("A\n{: .notice}").contains("{: .notice}"));
}

#[test]
fn a_heading_may_name_its_anchor() {
    for flavour in [Flavour::Jekyll, Flavour::Hugo] {
        let html = render("## Over there {#there}\n", flavour).unwrap();
        assert_eq!(html, "<h2><a id=\"there\"></a>Over there</h2>\n");
    }
    assert!(hexo("## Over there {#there}\n").contains("{#there}"));
}

#[test]
fn marks_without_end_are_refused_and_long_texts_are_not() {
    for marks in ["*a ", "[", "> ", "`a` ", "a\n\n"] {
        assert_eq!(render(&marks.repeat(600_000), Flavour::Hugo), Err(TooDeep::Markdown), "{marks}");
    }
    for flavour in ALL {
        assert!(render(&"word ".repeat(20_000), flavour).is_ok());
        // Each blank line is looked at by every list that is open.
        assert!(render(&format!("{}a{}", "1. ".repeat(500), "\n".repeat(2_000)), flavour).is_ok());
    }
}
