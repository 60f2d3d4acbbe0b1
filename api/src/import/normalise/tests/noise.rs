//! What goes, and what stands in its place.

use super::*;

#[test]
fn buttons_and_signatures_of_programs_go_with_what_they_say() {
    let source = "<p>Text</p><div class='sharedaddy sd-block'><h3>Share</h3></div><div id=jp-relatedposts>More</div>\
        <p><a class=more-link href=/a>Continue</a></p><p>&nbsp;</p><p><br></p><p></p><!-- wp:paragraph --><p>End</p><!--nextpage-->\
        <p>The post <a href=/a>Title</a> appeared first on <a href=/>Site</a>.</p>";
    assert_eq!(html(source), "<p>Text</p><p>End</p>");
    let told = "<p>The post office appeared first on maps.</p>";
    assert_eq!(html(told), told);
    assert_eq!(html("<p id=\"fn-1\"></p>x"), "<p id=\"fn-1\"></p>x");
}

#[test]
fn pictures_of_emoji_are_text_and_no_figures() {
    for source in [
        "<img src=\"https://s.w.org/images/core/emoji/11.2.0/72x72/274c.png\" alt=\"❌\" class=\"wp-smiley\">",
        "<img class=emoji alt=❌ src=x.svg>",
        "<img src='https://i0.wp.com/s.w.org/images/core/emoji/2/72x72/274c.png?ssl=1'>",
    ] {
        let body = body(&format!("<p>No {source}</p>"));
        assert_eq!((body.html.as_str(), body.figures.len()), ("<p>No ❌</p>", 0), "{source}");
        assert_eq!(visible_text(&format!("<p>No {source}</p>")).unwrap(), "No ❌");
    }
    assert_eq!(
        html("<p><img src=/wp-includes/images/smilies/icon_smile.gif alt=':)'> :smile:</p>"),
        "<p>:) :smile:</p>"
    );
    assert_eq!(body("<img class=emoji src=/custom.png>").figures.len(), 1);
}

#[test]
fn links_lead_where_the_sites_visitors_need_them() {
    let site = url::Url::parse("https://ex.com/blog/").unwrap();
    let place = Place::on_site(Some(&site), "/2022/a/");
    let lead = |href: &str| {
        let html = normalise(&format!("<p><a href='{href}'>x</a></p>"), &place, None).unwrap().html;
        html.split('"').nth(1).unwrap().to_owned()
    };
    assert_eq!(lead("../b/?utm_source=x"), "https://ex.com/blog/2022/b/");
    assert_eq!(lead("#note"), "#note");
    assert_eq!(lead("https://t.me/iv?url=https%3A%2F%2Fa.example%2F%3Ffbclid%3D5&rhash=1"), "https://a.example/");
    assert_eq!(lead("mailto:a@b.example"), "mailto:a@b.example");
    let image = normalise("<img src='../x.png?w=5'>", &place, None).unwrap();
    assert_eq!(image.figures[0].image.original_url, "https://ex.com/blog/2022/x.png");
    let long = format!("<p><a href='/{}'>x</a></p>", "a".repeat(10_000));
    assert_eq!(html(&long), "<p>x</p>");
}

#[test]
fn players_become_links_and_are_not_missed() {
    let link = |url: &str| format!("<p><a href=\"{url}\" rel=\"noopener noreferrer\">{url}</a></p>");
    for (source, url) in [
        ("https://www.youtube.com/embed/aQ1_-x?rel=0", "https://www.youtube.com/watch?v=aQ1_-x"),
        ("//www.youtube-nocookie.com/embed/aQ1", "https://www.youtube.com/watch?v=aQ1"),
        ("https://www.youtube.com/embed/videoseries?list=PL5", "https://www.youtube.com/playlist?list=PL5"),
        ("https://player.vimeo.com/video/5?h=1", "https://vimeo.com/5"),
        ("//player.bilibili.com/player.html?bvid=BV1&p=1", "https://www.bilibili.com/video/BV1"),
        ("//player.bilibili.com/player.html?aid=7", "https://www.bilibili.com/video/av7"),
    ] {
        let source = format!("<iframe src='{source}'></iframe>");
        assert_eq!(html(&source), link(url));
        assert_eq!(left_out(&source, &Place::unknown()), Ok(Vec::new()));
    }
    let titled = html(
        "<figure class=wp-block-embed><div><iframe title='A film' src=https://www.youtube.com/embed/a></iframe></div><figcaption>C</figcaption></figure>",
    );
    assert!(titled.contains(">A film</a></p>") && titled.contains("<figcaption>C</figcaption>"), "{titled}");
    assert_eq!(html("<p>a <iframe src=https://vimeo.com/5></iframe></p>").matches("<p>").count(), 1);
    let other = "<iframe src='https://youtube.com.evil.example/embed/a'></iframe>";
    assert_eq!((html(other).as_str(), left_out(other, &Place::unknown())), ("", Ok(vec![("iframe", 1)])));
}

#[test]
fn an_embedded_article_stays_a_quotation_with_its_link() {
    let source = "<blockquote class=wp-embedded-content><a href='https://ex.com/b'>B</a></blockquote><iframe class=wp-embedded-content src=https://ex.com/b/embed></iframe>";
    let link = "<blockquote><a href=\"https://ex.com/b\" rel=\"noopener noreferrer\">B</a></blockquote>";
    assert_eq!((html(source).as_str(), left_out(source, &Place::unknown())), (link, Ok(Vec::new())));
}

#[test]
fn footnotes_of_other_renderers_are_footnotes() {
    for (note, back) in [("fn1", "fnref1"), ("fn:1", "fnref:1"), ("fn-1", "fnref-1"), ("fn:a", "fnref1:1")] {
        let source = format!(
            "<p>One<sup id=\"{back}\"><a href=\"#{note}\">[1]</a></sup></p><ol><li id=\"{note}\">Note <a href=\"#{back}\">↩</a></li></ol>"
        );
        let body = body(&source);
        assert_eq!(body.text, "One\nNote", "{note}");
        assert!(body.html.contains(&format!("id=\"{note}\"")) && body.html.contains(&format!("href=\"#{back}\"")));
    }
    assert_eq!(body("<p>x<sup><a href='#fnord'>1</a></sup></p>").text, "x1");
}

#[test]
fn a_headings_inner_anchor_leads_to_it() {
    let source = "<p><a href='#old'>up</a> <a href='#name'>and</a></p><h2><span id=old>One</span></h2><h3><a name=name></a>Two</h3>";
    let clean = html(source);
    assert!(clean.contains("href=\"#one\"") && clean.contains("href=\"#two\""), "{clean}");
    assert!(clean.ends_with("<h2 id=\"one\">One</h2><h3 id=\"two\">Two</h3>"), "{clean}");
    let named = render("[up](#there)\n\n## Over {#there}\n");
    assert!(named.contains("{#there}"));
    let named = markdown::render("[up](#there)\n\n## Over {#there}\n", Flavour::Hugo).unwrap();
    assert!(html(&named).contains("href=\"#over\"") && html(&named).contains("<h2 id=\"over\">Over</h2>"));
}

#[test]
fn control_characters_are_neither_text_nor_the_end_of_a_space() {
    for (source, clean) in [("bk<p>\u{1c}</p>", "bk"), ("> \u{1d}", "&gt;"), ("\u{1} <p>&#x1; a</p>&#1;", "<p> a</p>")]
    {
        assert_eq!(html(source), clean, "{source:?}");
        assert_eq!(html(clean), clean);
    }
}
