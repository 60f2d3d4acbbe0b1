//! Figures, their captions, and the cover.

use std::borrow::Cow;

use super::*;

/// `html` without the marks that every image gets, to show forms briefly.
fn form(source: &str) -> String {
    let mut form = html(source);
    for position in 0..9 {
        form = form.replace(&format!(" data-figure=\"{position}\""), "");
    }
    form.replace(" alt=\"\"", "")
}

fn captions(source: &str) -> Vec<(Option<String>, Option<String>)> {
    body(source).figures.into_iter().map(|figure| (figure.caption, figure.credit)).collect()
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
    assert_eq!(form("<figure><div><a href=/b><img src=a.jpg></a></div></figure>"), linked);
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
fn an_image_outside_any_paragraph_becomes_a_figure_unless_something_stands_beside_it() {
    let plain = "<figure><img src=\"a.jpg\"></figure>";
    let linked = "<figure><a href=\"/b\" rel=\"noopener noreferrer\"><img src=\"a.jpg\"></a></figure>";
    for (source, expected) in [
        ("<img src=a.jpg>", plain.to_owned()),
        ("<p>x</p><img src=a.jpg><br><p>y</p>", format!("<p>x</p>{plain}<p>y</p>")),
        ("<div>\n<img src=a.jpg>\n<p>y</p></div>", format!("{plain}\n<p>y</p>")),
        ("<a href=/b class=x><img src=a.jpg></a>", linked.to_owned()),
        ("<img src=a.jpg>\n<b><a href=/b><img src=a.jpg></a></b>", format!("{plain}\n{linked}")),
        ("<span><p>x</p></span><img src=a.jpg>", format!("<p>x</p>{plain}")),
    ] {
        assert_eq!(form(source), expected, "{source}");
        assert_eq!(html(&html(source)), html(source), "{source}");
    }
    for source in [
        "x <img src=\"a.jpg\">",
        "<img src=\"a.jpg\"><br>under it",
        "<b>x</b><img src=\"a.jpg\">",
        "<img src=\"a.jpg\"><input type=\"checkbox\" disabled=\"\">",
        "<p>a</p><img src=\"a.jpg\"> x<p>b</p>",
    ] {
        assert_eq!(form(source), source);
    }
}

#[test]
fn images_are_numbered_in_reading_order_whatever_the_source_says() {
    let body = body(
        "<p>x <img src=a.jpg data-figure=7 data-cover></p><figure data-cover=''><img src=b.jpg></figure><img src=c.jpg alt=C>",
    );
    let originals: Vec<_> = body.figures.iter().map(|figure| figure.image.original_url.as_str()).collect();
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
    assert_eq!(sizes("<img src='a.jpg?resize=770,513' width=10 height=10>"), Some((770, 513)));
    assert_eq!(sizes("<img src=a.jpg width=640 height=' 480 '>"), Some((640, 480)));
    assert_eq!(sizes("<img src=a.jpg width=100% height=480>"), None);
    assert_eq!(sizes("<img src=a.jpg width=640>"), None);
}

#[test]
fn the_first_image_that_shows_the_cover_is_marked() {
    let source = "<p>x <img src='b.jpg'></p><p><img src='a.jpg?w=5'></p><p><img src='a.jpg'></p>";
    let body = normalise(source, &Place::unknown(), Some("a.jpg?w=100&h=50")).unwrap();
    assert_eq!(body.figures.iter().position(|figure| figure.is_cover), Some(1));
    assert_eq!(body.figures.iter().filter(|figure| figure.is_cover).count(), 1);
    let without = without_cover(&body.html);
    assert!(!without.contains("data-figure=\"1\"") && without.contains("data-figure=\"2\""));
}

#[test]
fn a_body_without_its_cover_is_balanced_and_otherwise_the_same() {
    let marked = |source: &str| normalise(source, &Place::unknown(), Some("c.jpg")).unwrap().html;
    let nested = marked(
        "<p>data-cover=\"\" &lt;figure</p><figure><p>q</p><figure><img src=c.jpg></figure><figure><img src=d.jpg></figure></figure><p>end</p>",
    );
    let without = without_cover(&nested);
    assert_eq!((without.matches("<figure").count(), without.matches("</figure").count()), (2, 2));
    assert!(without.contains("d.jpg") && !without.contains("c.jpg") && without.ends_with("<p>end</p>"));
    assert!(without.starts_with("<p>data-cover=\"\" &lt;figure</p>"));

    let inline = marked("<p>a <img src=c.jpg alt='&gt;'> b</p>");
    assert_eq!(without_cover(&inline), "<p>a b</p>");
    assert_eq!(without_cover(&marked("<p>a <img src=c.jpg>b</p>")), "<p>a b</p>");

    let gallery = marked("<figure><img src=d.jpg><img src=c.jpg><figcaption>Both</figcaption></figure>");
    assert!(without_cover(&gallery).contains("d.jpg") && without_cover(&gallery).contains("Both"));

    let none = marked("<p>a data-cover=\"\" b</p>");
    assert!(matches!(without_cover(&none), Cow::Borrowed(_)));
}

#[test]
fn a_credit_stands_apart_from_its_caption_and_in_the_html_as_written() {
    let some = |text: &str| Some(text.to_owned());
    let figure = |caption: &str| format!("<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>");
    for (source, caption, credit) in [
        ("说明 (法国媒体)", some("说明"), some("法国媒体")),
        ("<p>说明<br>二行（<a href=/x>路透社</a>）</p>", some("说明 二行"), some("路透社")),
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
