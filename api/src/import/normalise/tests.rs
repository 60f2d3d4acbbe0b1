use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::import::document::{FigureDraft, Heading};

fn body(html: &str) -> Body {
    normalise(html, None).unwrap()
}

fn html(html: &str) -> String {
    body(html).html
}

/// `html` without the marks that every image gets, to show forms briefly.
fn form(source: &str) -> String {
    let mut form = html(source);
    for position in 0..9 {
        form = form.replace(&format!(" data-figure=\"{position}\""), "");
    }
    form.replace(" alt=\"\"", "")
}

fn captions(source: &str) -> Vec<(Option<String>, Option<String>)> {
    body(source)
        .figures
        .into_iter()
        .map(|figure| (figure.caption, figure.credit))
        .collect()
}

const COVER: &str = "https://ex.com/a.png?w=770&resize=770%2C513";

/// The form of an article that RSSHub made of a WordPress page, in words of our own.
const ARTICLE: &str = r#"<div>   
<p>去年 10 月，港口重新开放——渔船终于出海。</p>
<figure id="attachment_1" aria-describedby="caption-attachment-1" style="width:770px" class="wp-caption aligncenter"><img loading="lazy" class="size-arc-image-770 wp-image-1" src="https://ex.com/a.png?w=770&resize=770%2C513" alt data-recalc-dims="1" referrerpolicy="no-referrer" srcset="https://ex.com/a.png?w=1540 2x"><figcaption id="caption-attachment-1" class="wp-caption-text">渔船在清晨离开港口 (本地媒体)</figcaption></figure>
<h3>港口为何关闭？</h3>
<p>《Harbour News》的编辑说，3名船长等了7天。</p>
<p><img loading="lazy" class="aligncenter" src="https://ex.com/b.jpg?w=770&#038;resize=770%2C433" alt data-recalc-dims="1" referrerpolicy="no-referrer"></p>
<h3>港口为何关闭？</h3>
  
</div>
"#;

#[test]
fn an_article_of_rsshub_comes_out_clean_and_whole() {
    let body = normalise(ARTICLE, Some(COVER)).unwrap();
    let expected = r#"<p>去年 10 月，港口重新开放——渔船终于出海。</p>
<figure data-cover=""><img src="https://ex.com/a.png" alt="" width="770" height="513" data-figure="0"><figcaption>渔船在清晨离开港口 (本地媒体)</figcaption></figure>
<h3 id="港口为何关闭">港口为何关闭？</h3>
<p>《Harbour News》的编辑说，3名船长等了7天。</p>
<figure><img src="https://ex.com/b.jpg" alt="" width="770" height="433" data-figure="1"></figure>
<h3 id="港口为何关闭-2">港口为何关闭？</h3>"#;
    assert_eq!(body.html, expected);
    assert_eq!(
        body.text,
        "去年 10 月，港口重新开放——渔船终于出海。\n渔船在清晨离开港口 (本地媒体)\n港口为何关闭？\n《Harbour News》的编辑说，3名船长等了7天。\n港口为何关闭？"
    );
    assert_eq!(body.word_count, 55);
    let heading = |anchor: &str| Heading {
        level: 3,
        text: "港口为何关闭？".into(),
        anchor: anchor.into(),
    };
    assert_eq!(body.headings, [heading("港口为何关闭"), heading("港口为何关闭-2")]);
    let figure = |name: &str, height| FigureDraft {
        image: picture(&format!("https://ex.com/{name}?resize=770,{height}")).unwrap(),
        alt: String::new(),
        caption: None,
        credit: None,
        is_cover: false,
    };
    let cover = FigureDraft {
        caption: Some("渔船在清晨离开港口".into()),
        credit: Some("本地媒体".into()),
        is_cover: true,
        ..figure("a.png", 513)
    };
    assert_eq!(body.figures, [cover, figure("b.jpg", 433)]);
}

#[test]
fn figures_of_every_kind_have_one_form() {
    let captioned = "<figure><img src=\"a.jpg\"><figcaption>Text</figcaption></figure>";
    for source in [
        "<figure><img src=a.jpg><figcaption>Text</figcaption></figure>",
        "<div style='width:780px' class='wp-caption x'><img src=a.jpg><p class='wp-caption-text'>Text</p></div>",
        "<figure><div class=responsive-image><img src=a.jpg></div><figcaption>Text</figcaption></figure>",
        "<figure><figure><div><img src=a.jpg></div></figure><figcaption>Text</figcaption></figure>",
        "<figure><picture><source srcset=a.webp><img src=a.jpg></picture><p class=wp-caption-text>Text</p></figure>",
        "<figure class=wp-block-image><figcaption>Text</figcaption><img src=a.jpg></figure>",
        "<figure>Text<img src=a.jpg></figure>",
    ] {
        assert_eq!(form(source), captioned, "{source}");
    }
    let plain = "<figure><img src=\"a.jpg\"></figure>";
    for source in [
        "<p><img src=a.jpg></p>",
        "<p> <strong><font><img src=a.jpg></font></strong><br>&nbsp;</p>",
        "<div><div><img src=a.jpg></div></div>",
        "<center><img src=a.jpg></center>",
        "<figure><p><img src=a.jpg></p><figcaption> </figcaption></figure>",
    ] {
        assert_eq!(form(source), plain, "{source}");
    }
}

#[test]
fn a_link_around_an_image_stays() {
    let linked = "<figure><a href=\"/b\" rel=\"noopener noreferrer\"><img src=\"a.jpg\"></a></figure>";
    assert_eq!(form("<p><a href=/b class=x><img src=a.jpg></a></p>"), linked);
    assert_eq!(
        form("<figure><div><a href=/b><img src=a.jpg></a></div></figure>"),
        linked
    );
    let captioned = form("<figure><a href=/b><img src=a.jpg>Text</a></figure>");
    assert_eq!(captioned.matches("href=\"/b\"").count(), 2);
    assert!(captioned.ends_with("Text</a></figcaption></figure>"));
}

#[test]
fn each_image_of_a_paragraph_becomes_a_figure_unless_text_stands_beside_it() {
    let two = form("<p><img src=a.jpg><br>\n<a href=/b><img src=b.jpg></a></p>");
    assert_eq!(two.matches("<figure>").count(), 2);
    assert!(!two.contains("<p>") && !two.contains("<br>"));
    let inline = "<p>before <img src=\"a.jpg\"> after</p>";
    assert_eq!(form(inline), inline);
    let caption_less = form("<p><img src=a.jpg><br>under it</p>");
    assert_eq!(caption_less, "<p><img src=\"a.jpg\"><br>under it</p>");
}

#[test]
fn images_are_numbered_in_reading_order_whatever_the_source_says() {
    let body = body(
        "<p>x <img src=a.jpg data-figure=7 data-cover></p><figure data-cover=''><img src=b.jpg></figure><img src=c.jpg alt=C>",
    );
    let originals: Vec<_> = body
        .figures
        .iter()
        .map(|figure| figure.image.original_url.as_str())
        .collect();
    assert_eq!(originals, ["a.jpg", "b.jpg", "c.jpg"]);
    for (position, name) in ["a.jpg", "b.jpg", "c.jpg"].iter().enumerate() {
        assert!(body.html.contains(&format!(
            "src=\"{name}\" alt=\"{}\" data-figure=\"{position}\"",
            if position == 2 { "C" } else { "" }
        )));
    }
    assert!(!body.html.contains("data-cover"));
    assert!(body.figures.iter().all(|figure| !figure.is_cover));
}

#[test]
fn an_image_that_is_not_on_the_web_is_none() {
    let body = body("<p>a<img src='data:image/png;base64,AA'><img><img src='javascript:x()'>b</p>");
    assert!(body.figures.is_empty());
    assert_eq!(body.html, "<p>ab</p>");
}

#[test]
fn a_size_comes_from_arguments_else_from_attributes() {
    let sizes = |source: &str| {
        let figure = body(source).figures.remove(0);
        figure.image.width.zip(figure.image.height)
    };
    assert_eq!(
        sizes("<img src='a.jpg?resize=770,513' width=10 height=10>"),
        Some((770, 513))
    );
    assert_eq!(sizes("<img src=a.jpg width=640 height=' 480 '>"), Some((640, 480)));
    assert_eq!(sizes("<img src=a.jpg width=100% height=480>"), None);
    assert_eq!(sizes("<img src=a.jpg width=640>"), None);
}

#[test]
fn the_first_image_that_shows_the_cover_is_marked() {
    let source = "<p>x <img src='b.jpg'></p><p><img src='a.jpg?w=5'></p><p><img src='a.jpg'></p>";
    let body = normalise(source, Some("a.jpg?w=100&h=50")).unwrap();
    assert_eq!(body.figures.iter().position(|figure| figure.is_cover), Some(1));
    assert_eq!(body.figures.iter().filter(|figure| figure.is_cover).count(), 1);
    let without = without_cover(&body.html);
    assert!(!without.contains("data-figure=\"1\"") && without.contains("data-figure=\"2\""));
}

#[test]
fn a_body_without_its_cover_is_balanced_and_otherwise_the_same() {
    let marked = |source: &str| normalise(source, Some("c.jpg")).unwrap().html;
    let nested = marked(
        "<p>data-cover=\"\" &lt;figure</p><figure><p>q</p><figure><img src=c.jpg></figure><figure><img src=d.jpg></figure></figure><p>end</p>",
    );
    let without = without_cover(&nested);
    assert_eq!(
        (without.matches("<figure").count(), without.matches("</figure").count()),
        (2, 2)
    );
    assert!(without.contains("d.jpg") && !without.contains("c.jpg") && without.ends_with("<p>end</p>"));
    assert!(without.starts_with("<p>data-cover=\"\" &lt;figure</p>"));

    let inline = marked("<p>a <img src=c.jpg alt='&gt;'> b</p>");
    assert_eq!(without_cover(&inline), "<p>a b</p>");

    let gallery = marked("<figure><img src=d.jpg><img src=c.jpg><figcaption>Both</figcaption></figure>");
    assert!(without_cover(&gallery).contains("d.jpg") && without_cover(&gallery).contains("Both"));

    let none = marked("<p>a data-cover=\"\" b</p>");
    assert!(matches!(without_cover(&none), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn a_credit_stands_apart_from_its_caption_and_in_the_html_as_written() {
    let some = |text: &str| Some(text.to_owned());
    let figure = |caption: &str| format!("<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>");
    for (source, caption, credit) in [
        ("说明 (法国媒体)", some("说明"), some("法国媒体")),
        (
            "<p>说明<br>二行（<a href=/x>路透社</a>）</p>",
            some("说明 二行"),
            some("路透社"),
        ),
        ("Text <span class='wp-credit'>AFP</span>", some("Text"), some("AFP")),
        ("<p>Text</p><p class=credit>AFP</p>", some("Text"), some("AFP")),
        ("Text <cite>AFP</cite>", some("Text"), some("AFP")),
        ("(AFP)", None, some("AFP")),
        ("主席（左）", some("主席（左）"), None),
        ("In spring (2021)", some("In spring (2021)"), None),
        (" ", None, None),
    ] {
        assert_eq!(captions(&figure(source)), [(caption, credit)], "{source}");
    }
    assert!(html(&figure("说明 (法国媒体)")).contains("<figcaption>说明 (法国媒体)</figcaption>"));
    assert_eq!(
        captions("<figure><img src=a.jpg><span class=credit>AFP</span><figcaption>Text</figcaption></figure>"),
        [(some("Text"), some("AFP"))]
    );
}

#[test]
fn headings_get_unique_anchors_of_our_own_and_links_follow_them() {
    let source = "<p><a href='#old'>up</a> <a href='#%E5%8D%8A'>and</a></p><h2 id=old class=x>One  <b>thing</b></h2><h3 id='半'>？</h3><h2>One thing</h2><h4>!</h4><h5> <img src=a.jpg></h5>";
    let body = body(source);
    let anchors: Vec<_> = body
        .headings
        .iter()
        .map(|heading| (heading.level, heading.anchor.as_str(), heading.text.as_str()))
        .collect();
    assert_eq!(
        anchors,
        [
            (2, "one-thing", "One thing"),
            (3, "section", "？"),
            (2, "one-thing-2", "One thing"),
            (4, "section-2", "!")
        ]
    );
    assert!(body.html.contains("href=\"#one-thing\"") && body.html.contains("href=\"#section\""));
    assert!(body.html.contains("<h2 id=\"one-thing\">One  <b>thing</b></h2>"));
}

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
fn task_lists_and_footnotes_of_markdown_survive() {
    let source = crate::import::markdown::render("- [x] done\n- [ ] open\n\nText[^1].\n\n[^1]: Note.\n");
    let clean = html(&source);
    assert!(
        clean.contains("<input type=\"checkbox\" checked=\"\" disabled=\"\">"),
        "{clean}"
    );
    assert!(
        clean.contains("href=\"#fn-1\"") && clean.contains("id=\"fn-1\"") && clean.contains("id=\"fnref-1\""),
        "{clean}"
    );
    assert_eq!(html(&clean), clean);
}

#[test]
fn text_has_a_line_for_each_block_and_no_alternative_texts() {
    let source = "<p>One  <b>two</b>\nthree<br>four</p>\n\n<ul><li>a</li><li><p>b</p></li></ul><table><tr><td>c</td><td>d</td></tr></table><pre>e\n\n f</pre><p>&nbsp;</p><img alt=no src=a.jpg>";
    assert_eq!(body(source).text, "One two three\nfour\na\nb\nc d\ne f");
}

#[test]
fn texts_are_composed_also_across_elements_that_go() {
    assert_eq!(html("<p>e<font>\u{301}</font> e<!-- -->\u{301}</p>"), "<p>é é</p>");
    assert_eq!(html("<p>\u{338}a</p>"), "<p>\u{338}a</p>");
    assert_eq!(body("<img src=a.jpg alt='e\u{301}&#1;'>").figures[0].alt, "é");
    assert_eq!(html("&nbsp; <p>a</p> &nbsp;"), "<p>a</p>");
}

#[test]
fn nesting_beyond_reason_is_refused() {
    let deep = |tags: &str| format!("{}x", tags.repeat(100_000));
    for tags in [
        "<div>",
        "<b>",
        "<dd><li>",
        "<blockquote>",
        "<svg><g>",
        "<template>",
        "<table><tr><td>",
        "</p><i><p>",
    ] {
        assert_eq!(normalise(&deep(tags), None), Err(TooDeep), "{tags}");
    }
    let repeated: String = (0..20_000).map(|number| format!("<p><b id={number}>x</p>")).collect();
    assert_eq!(normalise(&repeated, None), Err(TooDeep));
}

#[test]
fn long_and_careless_html_is_not_taken_for_deep() {
    assert!(normalise(&format!("{}x{}", "<div>".repeat(450), "</div>".repeat(450)), None).is_ok());
    let careless = "<p>unclosed <b>bold <li>item <br> <a name=x> <img src=a.jpg>".repeat(2_000);
    assert_eq!(body(&careless).figures.len(), 2_000);
    assert_eq!(
        body(&"<h2>same</h2>".repeat(2_000)).headings.last().unwrap().anchor,
        "same-2000"
    );
}

/// What a reader sees, told from a DOM by other means than the normaliser's: text that is not in an element which hides it.
fn visible(html: &str) -> String {
    const UNSEEN: &str =
        "embed, frameset, iframe, math, noembed, noframes, noscript, script, select, style, svg, template, title";
    let document = dom_query::Document::fragment(html);
    document.select(UNSEEN).remove();
    bare(&document.text())
}

/// Without white space and control characters, decomposed: a mark may stand after another character without them.
fn bare(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    bare.nfd().collect()
}

fn any_html() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "p",
        "div",
        "figure",
        "figcaption",
        "a",
        "b",
        "span",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "h2",
        "pre",
        "blockquote",
        "center",
        "font",
        "button",
        "form",
        "picture",
        "section",
        "svg",
        "math",
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "select",
        "option",
        "textarea",
        "xmp",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "object",
        "video",
        "iframe",
        "cite",
        "ruby",
        "rt",
        "x-y",
        "code",
        "plaintext",
        "div class=wp-caption",
        "p class=wp-caption-text",
        "span class=credit",
        "p class=credit",
        "a href=/x id=i",
        "a href=#i",
        "h3 id=i",
        "td align=left style=x",
        "code class='a language-b'",
        "ol start=3",
        "span lang=en",
        "div id=fn-1 data-cover",
    ]);
    let leaf = prop_oneof![
        Just("<img src=a.jpg>".to_owned()),
        Just("<img src='b.jpg?w=1&amp;resize=2,3' width=4 height=5 alt='e\u{301} \"q\" <' data-cover>".to_owned()),
        Just("<img src=data:x>".to_owned()),
        Just("<br>".to_owned()),
        Just("<hr>".to_owned()),
        Just("<input type=checkbox checked>".to_owned()),
        Just("<input value=x>".to_owned()),
        Just("<!-- c -->".to_owned()),
        Just("\n ".to_owned()),
        Just("&nbsp;".to_owned()),
        Just("</p>".to_owned()),
        Just("</div>".to_owned()),
        Just("</a>".to_owned()),
        Just("<p>".to_owned()),
        Just("<b>".to_owned()),
        Just("<td>".to_owned()),
        Just("&#0;&#1;&lt;".to_owned()),
        "[a-c中\u{301}\u{338} ()（）<&\"'\n]{0,6}",
    ];
    let tree = leaf.prop_recursive(6, 48, 5, move |inner| {
        (
            name.clone(),
            prop::collection::vec(inner, 0..5),
            prop::bool::weighted(0.9),
        )
            .prop_map(|(name, children, is_closed)| {
                let tag = name.split(' ').next().unwrap();
                let closer = if is_closed { format!("</{tag}>") } else { String::new() };
                format!("<{name}>{}{closer}", children.concat())
            })
    });
    prop::collection::vec(tree, 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn normalising_twice_is_normalising_once(source in any_html()) {
        let once = normalise(&source, Some("a.jpg")).unwrap();
        let twice = normalise(&once.html, Some("a.jpg")).unwrap();
        prop_assert_eq!(&twice.html, &once.html);
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn no_visible_character_is_lost(source in any_html()) {
        let body = body(&source);
        prop_assert_eq!(visible(&body.html), visible(&source));
        prop_assert_eq!(bare(&body.text), visible(&body.html));
    }

    #[test]
    fn any_text_at_all_is_normalised(source in any::<String>()) {
        let once = body(&source).html;
        prop_assert_eq!(html(&once), once);
    }

    #[test]
    fn figures_in_the_html_are_the_figures_that_are_told(source in any_html()) {
        let body = normalise(&source, Some("b.jpg")).unwrap();
        let numbers: Vec<String> = (0..body.figures.len()).map(|position| format!("data-figure=\"{position}\"")).collect();
        prop_assert_eq!(body.html.matches("<img ").count(), numbers.len());
        prop_assert!(numbers.iter().all(|number| body.html.contains(number.as_str())));
        let covers = body.figures.iter().filter(|figure| figure.is_cover).count();
        prop_assert_eq!(body.html.matches(" data-cover=\"\"").count(), covers);
        let without = without_cover(&body.html);
        prop_assert_eq!(without.matches("<img ").count(), numbers.len() - covers);
        prop_assert_eq!(without.matches("<figure").count(), without.matches("</figure").count());
    }
}
