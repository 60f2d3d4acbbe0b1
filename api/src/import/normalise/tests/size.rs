//! Bodies beyond reason: read in time and memory that grow with them, or refused.

use super::*;

/// Of what no step may look at twice for each other.
const MANY: usize = 1_500;

#[test]
fn long_texts_of_special_characters_are_read() {
    for character in ["&", "\u{b7}", "\u{a0}x", "\"", "&amp;", "<"] {
        let text = character.repeat(20_000);
        assert!(!body(&format!("<p title=\"{}\">{text}</p>", "&".repeat(20_000))).html.is_empty(), "{character}");
    }
}

#[test]
fn many_of_anything_are_read_or_refused() {
    for piece in [
        "<p>",
        "<p>x",
        "<br>",
        "<img src=a.jpg>",
        "<p><img src=a.jpg></p>",
        "<h2>a</h2>",
        "<tr><td>a",
        "<table>",
        "<li>",
        "<a href=#a>",
        "<a name=a>",
        "<pre lang=go>",
        "<noscript><img src=a.jpg></noscript>",
        "<img src=data:x>",
        "<!--",
        "<dl class=gallery-item><img src=a.jpg></dl>",
        "<div><img src=a.jpg></div>",
        "<iframe src=//vimeo.com/5></iframe>",
        "<figure><img src=a.jpg>a</figure>",
    ] {
        let read = normalise(&piece.repeat(MANY), &Place::unknown(), Some("a.jpg"));
        assert!(read.is_ok() || matches!(read, Err(TooDeep::Levels | TooDeep::Nodes)), "{piece}");
    }
}

/// None may overflow the stack: refused is what no author writes. HTML is refused where the levels are, so it costs no more than
/// its beginning.
#[test]
fn nesting_of_any_depth_is_read_or_refused() {
    let openers = [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<svg>",
        "<math><mtext>",
        "<template>",
        "<ul><li>",
        "<font>",
        "<figure>",
        "<iframe>",
        "<!--",
        "<p title='",
        "<blockquote>",
        "<ruby><rt>",
        "</p>",
        "<x-y>",
        "> ",
        "* ",
        "- ",
        "1. ",
        "[",
        "![",
        "*",
        "_a",
        "**a",
        "`",
        "~~",
        "<a",
        "\\[",
        "{{",
        "{% raw %}",
        "[^",
        "|",
        "<div>\n\n> ",
    ];
    for opener in openers {
        for depth in [1_000, 10_000, 100_000] {
            let source = opener.repeat(depth);
            let read =
                markdown::render(&source, Flavour::Hexo).and_then(|html| normalise(&html, &Place::unknown(), None));
            let known = matches!(read, Ok(_) | Err(TooDeep::Levels | TooDeep::Nodes | TooDeep::Markdown));
            assert!(known, "{opener} {depth}: {read:?}");
            assert!(!matches!(visible_text(&source), Err(TooDeep::Images | TooDeep::Tags)), "{opener}");
        }
    }
}

#[test]
fn more_nodes_and_pictures_than_fit_into_memory_are_refused() {
    let read = |html: String| normalise(&html, &Place::unknown(), None);
    assert_eq!(read("<br>".repeat(700_000)), Err(TooDeep::Nodes));
    assert_eq!(read("<img src=a>".repeat(100_001)), Err(TooDeep::Images));
}

#[test]
fn a_body_that_becomes_too_long_is_refused() {
    let ampersands = format!("<p>{}</p>", "&".repeat(parse::MOST_BYTES / "&amp;".len() + 1));
    assert_eq!(normalise(&ampersands, &Place::unknown(), None), Err(TooDeep::Length));
}
