//! What does not pass.

use super::*;

#[test]
fn presentation_and_tracking_are_gone_and_the_language_of_code_stays() {
    let source = "<p id=a class=b style='color:red' onclick=x align=center data-x=1><span style='font-weight:400'>Text</span> <span lang=ar dir=rtl>نص</span></p><pre class=hljs><code class='hljs language-rust'>a &lt; b</code></pre><!-- more -->";
    assert_eq!(
        html(source),
        "<p>Text <span lang=\"ar\" dir=\"rtl\">نص</span></p><pre><code class=\"language-rust\">a &lt; b</code></pre>"
    );
}

#[test]
fn nothing_dangerous_passes() {
    for source in [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='&#1;java\tscript:alert(1)'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<iframe src='https://ex.com'></iframe>",
        "<blockquote cite='javascript:alert(1)'>x</blockquote>",
        "<img src=a.jpg longdesc='javascript:alert(1)'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<textarea><img src=x onerror=alert(1)></textarea>",
        "<form action=/x><input name=q><button formaction='javascript:alert(1)'>x</button></form>",
        "<a href='https://ex.com' target=_blank rel=opener ping=/p>x</a>",
        "<template><img src=x onerror=alert(1)></template>",
    ] {
        let clean = html(source);
        for bad in [
            "onerror=\"",
            "javascript:",
            "script",
            "<svg",
            "<math",
            "<style",
            "<iframe",
            "opener\"",
            "ping",
            "<form",
            "cite",
            "longdesc",
        ] {
            assert!(
                !clean.replace(" onerror=alert", "").contains(bad) || clean.contains("&lt;img"),
                "{source} -> {clean}"
            );
        }
        assert!(!clean.contains("<img src=\"x\" onerror"), "{source} -> {clean}");
    }
    assert_eq!(
        html("<a href='https://ex.com' target=_blank>x</a>"),
        "<a href=\"https://ex.com\" rel=\"noopener noreferrer\">x</a>"
    );
    for href in ["/a", "b.html", "#c", "//d.com/e", "mailto:a@b.c", "tel:+1", "?q=1"] {
        assert!(html(&format!("<a href='{href}'>x</a>")).contains(&format!("href=\"{href}\"")));
    }
}

#[test]
fn nesting_beyond_reason_is_refused() {
    let deep = |tags: &str| format!("{}x", tags.repeat(100_000));
    for tags in ["<div>", "<b>", "<dd><li>", "<blockquote>", "<svg><g>", "<template>", "<table><tr><td>", "</p><i><p>"]
    {
        assert_eq!(normalise(&deep(tags), &Place::unknown(), None), Err(TooDeep::Levels), "{tags}");
    }
    let repeated: Vec<String> = (0..20_000).map(|number| format!("<p><b id={number}>x</p>")).collect();
    assert_eq!(normalise(&repeated.concat(), &Place::unknown(), None), Err(TooDeep::Levels));
}

#[test]
fn long_and_careless_html_is_not_taken_for_deep() {
    assert!(normalise(&format!("{}x{}", "<div>".repeat(450), "</div>".repeat(450)), &Place::unknown(), None).is_ok());
    let careless = "<p>unclosed <b>bold <li>item <br> <a name=x> <img src=a.jpg>".repeat(2_000);
    assert_eq!(body(&careless).figures.len(), 2_000);
    assert_eq!(body(&"<h2>same</h2>".repeat(2_000)).headings.last().unwrap().anchor, "same-2000");
}

#[test]
fn text_beside_the_code_of_a_block_stays() {
    for source in [
        "<pre class='brush: php'><pre></pre><p>beside<xmp>code",
        "<table><td>beside<pre class='brush: php'>code",
        "<table><caption>beside</caption><td>1<td><pre class='brush: php'>code",
    ] {
        let text = body(source).text;
        assert!(text.contains("beside") && text.contains("code"), "{source}: {text}");
    }
}
