mod code;
mod frames;
mod noise;
mod pictures;
mod properties;
mod safety;
mod size;
mod sources;

use super::*;
use crate::article::{FigureDraft, Heading, without_cover};
use crate::import::{
    markdown::{self, Flavour},
    place::Place,
};

fn body(html: &str) -> Body {
    normalise(html, &Place::unknown(), None).unwrap()
}

fn html(html: &str) -> String {
    body(html).html
}

fn render(markdown: &str) -> String {
    markdown::render(markdown, Flavour::Hexo).unwrap()
}

const COVER: &str = "https://ex.com/a.png?w=770&resize=770%2C513";

/// The form of an article that a feed made of a page with captions, in words of our own.
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
    let body = normalise(ARTICLE, &Place::unknown(), Some(COVER)).unwrap();
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
    let heading = |anchor: &str| Heading { level: 3, text: "港口为何关闭？".into(), anchor: anchor.into() };
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
fn headings_get_unique_anchors_of_our_own_and_links_follow_them() {
    let source = "<p><a href='#old'>up</a> <a href='#%E5%8D%8A'>and</a></p><h2 id=old class=x>One  <b>thing</b></h2><h3 id='半'>？</h3><h2>One thing</h2><h4>!</h4><h5> <img src=a.jpg></h5>";
    let body = body(source);
    let anchors: Vec<_> =
        body.headings.iter().map(|heading| (heading.level, heading.anchor.as_str(), heading.text.as_str())).collect();
    assert_eq!(
        anchors,
        [(2, "one-thing", "One thing"), (3, "section", "？"), (2, "one-thing-2", "One thing"), (4, "section-2", "!")]
    );
    assert!(body.html.contains("href=\"#one-thing\"") && body.html.contains("href=\"#section\""));
    assert!(body.html.contains("<h2 id=\"one-thing\">One  <b>thing</b></h2>"));
}

#[test]
fn task_lists_and_footnotes_of_markdown_survive() {
    let source = render("- [x] done\n- [ ] open\n\nText[^1].\n\n[^1]: Note.\n");
    let clean = html(&source);
    assert!(clean.contains("<input type=\"checkbox\" checked=\"\" disabled=\"\">"), "{clean}");
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
fn marks_of_footnotes_are_no_words() {
    let source = render("One[^1] two[^b].\n\n# Head[^1]\n\n[^1]: Note.\n[^b]: Bee.\n");
    let body = body(&source);
    assert_eq!(body.text, "One two.\nHead\nNote.\nBee.");
    assert_eq!((body.opening.as_str(), body.word_count), ("One two. Note. Bee.", 5));
    assert_eq!(visible_text(&source).unwrap(), body.text);
    assert_eq!((body.headings[0].text.as_str(), body.headings[0].anchor.as_str()), ("Head", "head1"));
    assert!(body.html.contains("↩"));
    let others = "<p>x<sup>2</sup> <a href='#fn-1'>see</a> <sup><a href='#fnord'>a</a></sup></p>";
    assert_eq!(super::normalise(others, &Place::unknown(), None).unwrap().text, "x2 see a");
}

#[test]
fn an_opening_is_made_of_paragraphs_else_of_all_text() {
    let source = "<h2>Head</h2><p>One\n<b>two</b>.</p><figure><img src=a.jpg><figcaption>Caption</figcaption></figure><h3>Sub</h3><p>Three.</p>";
    assert_eq!(body(source).opening, "One two. Three.");
    let nothing_else = "<h2>Head</h2><figure><img src=a.jpg><figcaption>Caption</figcaption></figure>";
    assert_eq!(body(nothing_else).opening, "Head Caption");
    assert_eq!(body("<img src=a.jpg>").opening, "");
    assert!(body(&format!("<p>{}</p>", "word ".repeat(1_000))).opening.chars().count() <= 1_000);
}

#[test]
fn texts_are_composed_also_across_elements_that_go() {
    assert_eq!(html("<p>e<font>\u{301}</font> e<!-- -->\u{301}</p>"), "<p>é é</p>");
    assert_eq!(html("<p>\u{338}a</p>"), "<p>\u{338}a</p>");
    assert_eq!(body("<img src=a.jpg alt='e\u{301}&#1;'>").figures[0].alt, "é");
    assert_eq!(html("&nbsp; <p>a</p> &nbsp;"), "<p>a</p>");
}
