//! What holds for any HTML.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// What a reader sees, told from a DOM by other means than the normaliser's: text that is not in an element which hides it,
/// and no noise. Emoji are text.
fn visible(html: &str) -> String {
    const UNSEEN: &str =
        "embed, frameset, iframe, math, noembed, noframes, noscript, script, select, style, svg, template, title";
    const NOISE: &str = ".sharedaddy, .more-link, #jp-relatedposts";
    let document = dom_query::Document::fragment(html);
    document.select(NOISE).remove();
    for emoji in &document.select("img.emoji") {
        let alt = emoji.attr_or("alt", "").to_string();
        emoji.replace_with_html(alt);
    }
    document.select(UNSEEN).remove();
    bare(&document.text())
}

/// What a reader sees but for the marks of footnotes.
fn visible_words(html: &str) -> String {
    const MARKS: &str = "a[href^='#fnref-'], a[href^='#fnref:'], sup > a[href^='#fn-'], sup > a[href^='#fn:'], \
        a[href^='#fnref1'], sup > a[href^='#fn1']";
    let document = dom_query::Document::fragment(html);
    document.select(MARKS).remove();
    visible(&document.html())
}

/// Without white space and control characters, decomposed: a mark may stand after another character without them.
fn bare(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    bare.nfd().collect()
}

/// Elements with other elements in them, as they are opened.
const ELEMENTS: &str = "p|div|figure|figcaption|a|b|span|ul|li|table|tr|td|h2|pre|blockquote|center|font|button|form|picture|section|\
    svg|math|script|style|title|template|noscript|select|option|textarea|xmp|details|summary|dl|dt|dd|object|video|iframe|cite|ruby|\
    rt|x-y|code|plaintext|div class=wp-caption|p class=wp-caption-text|span class=credit|p class=credit|a href=/x id=i|a href=#i|\
    h3 id=i|td align=left style=x|code class='a language-b'|ol start=3|span lang=en|div id=fn-1 data-cover|p|div|figure|\
    sup|a href=#fn-1 id=fnref-1|a href=#fnref-1|a href=#fn1|\
    figure class='highlight js'|td class=code|div class='language-go highlighter-rouge'|pre class='brush: php'|pre lang=go|\
    div class=gallery|dl class=gallery-item|dt class=gallery-icon|dd class=gallery-caption|figure class=wp-block-gallery|\
    ul class=blocks-gallery-grid|li class=blocks-gallery-item|div class=tiled-gallery-item|div class=tiled-gallery-caption|\
    div class=sharedaddy|a class=more-link|div id=jp-relatedposts|noscript|a href=a-1x1.jpg|a href=/p?utm_a=b name=n|blockquote|\
    table class=rouge-table|span id=i";

/// What else stands in HTML, some of it broken.
const PIECES: &str = "<img src=a.jpg>|<img src='b.jpg?w=1&amp;resize=2,3' width=4 height=5 alt='e\u{301} \"q\" <' data-cover>|\
    <img src=data:x>|<br>|<hr>|<input type=checkbox checked>|<input value=x>|<!-- c -->|\n |&nbsp;|</p>|</div>|</a>|<p>|<b>|<td>|\
    &#0;&#1;&lt;|<img src=a.jpg>|\
    <img class=emoji alt=☂ src=x.png>|<img src='c-1x1.jpg 1x, c.jpg 2x'>|<img src=data:x data-src=d.jpg>|<img src=e.gif width=1 height=1>|\
    <img src='https://i0.wp.com/ex.com/a.jpg?w=5' data-orig-file=/f.jpg data-orig-size=3,4>|<p> </p>|<p><br></p>|\
    <iframe src=https://www.youtube.com/embed/aQ1></iframe>|<noscript><img src=g.jpg></noscript>|<a href=javascript:x>j</a>|\
    <a href='ftp://ex.com/a' id=top>k</a>|<iframe src=https://f.example/a width=5 title=' t'></iframe>|\
    <iframe data-src=//f.example/?javascript:x srcdoc=x>y</iframe>|<iframe src=http://f.example/></iframe>|<a href=//javascript:x>";

fn any_html() -> impl Strategy<Value = String> {
    let element = prop::sample::select(ELEMENTS.split('|').collect::<Vec<_>>());
    let piece = prop::sample::select(PIECES.split('|').collect::<Vec<_>>()).prop_map(str::to_owned);
    let text = "[a-c中\u{301}\u{338} ()（）<&\"'\n]{0,6}";
    let tree = prop_oneof![3 => piece, 1 => text].prop_recursive(6, 48, 5, move |inner| {
        let children = prop::collection::vec(inner, 0..5);
        (element.clone(), children, prop::bool::weighted(0.9)).prop_map(|(element, children, is_closed)| {
            let name = element.split(' ').next().unwrap();
            let closer = if is_closed { format!("</{name}>") } else { String::new() };
            format!("<{element}>{}{closer}", children.concat())
        })
    });
    prop::collection::vec(tree, 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn normalising_twice_is_normalising_once(source in any_html()) {
        let once = normalise(&source, &Place::unknown(), Some("a.jpg")).unwrap();
        let twice = normalise(&once.html, &Place::unknown(), Some("a.jpg")).unwrap();
        prop_assert_eq!(&twice.html, &once.html);
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn no_visible_character_is_lost(source in any_html()) {
        let body = body(&source);
        // Players of videos become links, whose text is new.
        let shown = body.html.replace("https://www.youtube.com/watch?v=aQ1</a>", "</a>");
        prop_assert_eq!(visible(&shown), visible(&source));
        prop_assert_eq!(bare(&body.text), visible_words(&body.html));
    }

    #[test]
    fn addresses_have_schemes_of_the_web_or_none(source in any_html(), scheme in "[a-z]{2,8}", other in "(javascript|data|vbscript|file|ftp|blob)") {
        let source = format!("{source}<a href='{scheme}:x'>a</a><img src='{scheme}:y'><a href='{other}:x'>b</a><img src='{other}:y'>");
        let document = dom_query::Document::fragment(body(&source).html);
        for element in &document.select("[href], [src]") {
            let address = element.attr("href").or_else(|| element.attr("src")).unwrap().to_string();
            let scheme = url::Url::parse(&address).map_or_else(|_| "none".to_owned(), |url| url.scheme().to_owned());
            prop_assert!(["none", "http", "https", "mailto", "tel"].contains(&scheme.as_str()), "{}", address);
        }
    }

    #[test]
    fn what_a_site_knows_changes_nothing_twice(source in any_html()) {
        let site = url::Url::parse("https://ex.com/blog/").unwrap();
        let hosts = ["f.example".to_owned()];
        let known = Place::on_site(Some(&site), "/2022/a/");
        for place in [known.clone(), known.with_frames(&hosts), Place::on_site(None, "/2022/a/"), Place::unknown().with_frames(&hosts)] {
            let once = normalise(&source, &place, Some("a.jpg")).unwrap();
            let twice = normalise(&once.html, &place, Some("a.jpg")).unwrap();
            prop_assert_eq!(&twice.html, &once.html);
        }
    }

    #[test]
    fn any_text_at_all_is_normalised(source in any::<String>()) {
        let once = body(&source).html;
        prop_assert_eq!(html(&once), once);
    }

    #[test]
    fn figures_in_the_html_are_the_figures_that_are_told(source in any_html()) {
        let body = normalise(&source, &Place::unknown(), Some("b.jpg")).unwrap();
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
