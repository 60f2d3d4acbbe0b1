//! Pictures whose address stands elsewhere, and galleries.

use super::*;

fn originals(source: &str) -> Vec<String> {
    body(source).figures.into_iter().map(|figure| figure.image.original_url).collect()
}

fn captions(source: &str) -> Vec<(String, Option<String>)> {
    body(source).figures.into_iter().map(|figure| (figure.image.original_url, figure.caption)).collect()
}

#[test]
fn a_lazy_picture_is_found() {
    for source in [
        "<img src='data:image/gif;base64,R0' data-src=/x.jpg>",
        "<img data-src=/x.jpg>",
        "<img src=/loading.gif data-original=/x.jpg>",
        "<img src=/a.jpg class=lazyload data-lazy-src=/x.jpg>",
        "<img src='' data-srcset='/y.jpg 300w, /x.jpg 600w'>",
        "<img srcset='/y.jpg 1x, /x.jpg 2x'>",
        "<img src='/y.jpg 1x, /x.jpg 2x'>",
        "<img src='data:x' data-src='/y.jpg 300w, /x.jpg 900w'>",
        "<img src='data:image/gif;base64,R0'><noscript><img src=/x.jpg></noscript>",
        "<img src=/y-small.jpg data-src=/y.jpg>\n<noscript><img src=/x.jpg></noscript>",
        "<noscript><img src=/x.jpg></noscript>",
        "<img src=/x-300x200.jpg data-orig-file=/x.jpg data-medium-file=/x-300x200.jpg>",
        "<a href=/x.jpg><img src=/x-300x200.jpg></a>",
        "<a href=/x.jpg?w=900><img src=/x-scaled.jpg></a>",
    ] {
        assert_eq!(originals(source), ["/x.jpg"], "{source}");
        assert_eq!(html(&html(source)), html(source), "{source}");
    }
}

#[test]
fn a_true_picture_stays_what_it_is() {
    for source in [
        "<img src=/x.jpg><noscript><img src=/y.jpg></noscript>",
        "<img src=/x.jpg srcset='/y.jpg 2x' data-url=/page>",
        "<a href=/page><img src=/x.jpg></a>",
        "<a href=/y.jpg><img src=/x.jpg></a>",
        "<img src=/x.jpg data-src='data:image/gif;base64,R0'>",
    ] {
        assert_eq!(originals(source), ["/x.jpg"], "{source}");
    }
    assert_eq!(originals("<img src=/x-300x200.jpg>"), ["/x-300x200.jpg"]);
}

#[test]
fn pixels_that_count_readers_are_no_pictures() {
    for source in [
        "<img src=/x.gif width=1 height=1>",
        "<img src='https://stats.wordpress.com/b.gif?host=ex.com'>",
        "<noscript><img height=1 width=1 src='https://www.facebook.com/tr?id=5'></noscript>",
        "<img src=//pixel.wp.com/g.gif>",
    ] {
        assert_eq!(html(&format!("<p>a</p><p>{source}</p>")), "<p>a</p>", "{source}");
    }
    assert_eq!(originals("<img src=/x.gif width=1 height=300>").len(), 1);
}

#[test]
fn the_original_has_its_own_size() {
    let source = "<img src='https://i0.wp.com/ex.com/a-300x200.jpg?resize=300%2C200&ssl=1' data-orig-file='https://ex.com/a.jpg' data-orig-size='1200,800' data-recalc-dims=1>";
    let figure = body(source).figures.remove(0);
    assert_eq!(figure.image.original_url, "https://ex.com/a.jpg");
    assert_eq!((figure.image.width, figure.image.height), (Some(1_200), Some(800)));
}

#[test]
fn each_picture_of_a_gallery_is_a_figure_with_its_caption() {
    let expected = [("/a.jpg".to_owned(), Some("One".to_owned())), ("/b.jpg".to_owned(), None)];
    for source in [
        "<div class='gallery galleryid-1'><dl class=gallery-item><dt class=gallery-icon><a href=/p><img src=/a.jpg></a></dt><dd class='wp-caption-text gallery-caption'>One</dd></dl><dl class=gallery-item><dt class=gallery-icon><img src=/b.jpg></dt></dl><br style='clear:both'></div>",
        "<div class=gallery><figure class=gallery-item><div class=gallery-icon><img src=/a.jpg></div><figcaption class=wp-caption-text>One</figcaption></figure><figure class=gallery-item><div class=gallery-icon><img src=/b.jpg></div></figure></div>",
        "<figure class='wp-block-gallery has-nested-images'><figure class=wp-block-image><img src=/a.jpg><figcaption class=wp-element-caption>One</figcaption></figure><figure class=wp-block-image><img src=/b.jpg></figure></figure>",
        "<ul class='wp-block-gallery columns-2'><li class=blocks-gallery-item><figure><img src=/a.jpg><figcaption>One</figcaption></figure></li><li class=blocks-gallery-item><figure><img src=/b.jpg></figure></li></ul>",
        "<figure class=wp-block-gallery><ul class=blocks-gallery-grid><li class=blocks-gallery-item><figure><img src=/a.jpg><figcaption>One</figcaption></figure></li><li class=blocks-gallery-item><figure><img src=/b.jpg></figure></li></ul></figure>",
        "<div class=tiled-gallery><div class=gallery-row><div class=gallery-group><div class=tiled-gallery-item><a href=/p><img src=/a.jpg></a><div class=tiled-gallery-caption>One</div></div></div><div class=gallery-group><div class=tiled-gallery-item><img src=/b.jpg></div></div></div></div>",
    ] {
        assert_eq!(captions(source), expected, "{source}");
        let clean = html(source);
        assert_eq!(clean.matches("<figure").count(), 2, "{clean}");
        assert!(!clean.contains("<li") && !clean.contains("<dl") && !clean.contains("<dt"), "{clean}");
        assert_eq!(html(&clean), clean);
    }
    let all = "<figure class=wp-block-gallery><figure><img src=/a.jpg></figure><figure><img src=/b.jpg></figure><figcaption>All</figcaption></figure>";
    assert!(html(all).contains("<p>All</p>") && body(all).figures.iter().all(|figure| figure.caption.is_none()));
}

#[test]
fn a_picture_that_stands_alone_in_a_block_is_a_figure() {
    for source in
        ["<p>a</p><div><p>b</p><img src=/x.jpg></div>", "<p>a</p><blockquote><img src=/x.jpg><p>b</p></blockquote>"]
    {
        assert_eq!(html(source).matches("<figure>").count(), 1, "{source}");
        assert_eq!(html(&html(source)), html(source));
    }
    assert!(!html("<ul><li><img src=/x.jpg> text</li></ul>").contains("<figure>"));
    assert!(!html("<div><p>b</p><img src=/x.jpg> text</div>").contains("<figure>"));
}

#[test]
fn a_picture_is_found_where_only_its_sources_name_it() {
    for (source, url) in [
        ("<picture><source srcset='/i/a.webp 1x, /i/b.webp 2x'><img alt=one></picture>", "/i/b.webp"),
        (
            "<picture><source data-srcset='/i/c.webp'><img src='data:image/gif;base64,R0' alt=two></picture>",
            "/i/c.webp",
        ),
        ("<picture><source srcset='/i/a.webp'><img src=/i/own.jpg></picture>", "/i/own.jpg"),
    ] {
        let shown: Vec<String> = body(source).figures.into_iter().map(|figure| figure.image.original_url).collect();
        assert_eq!(shown, [url], "{source}");
    }
}
