//! What holds for any HTML.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// What a reader sees, told from a DOM by other means than the normaliser's: text that is not in an element which hides it.
fn visible(html: &str) -> String {
    const UNSEEN: &str =
        "embed, frameset, iframe, math, noembed, noframes, noscript, script, select, style, svg, template, title";
    let document = dom_query::Document::fragment(html);
    document.select(UNSEEN).remove();
    bare(&document.text())
}

/// What a reader sees but for the marks of footnotes.
fn visible_words(html: &str) -> String {
    const MARKS: &str = "a[href^='#fnref-'], a[href^='#fnref:'], sup > a[href^='#fn-'], sup > a[href^='#fn:']";
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
    sup|a href=#fn-1 id=fnref-1|a href=#fnref-1";

/// What else stands in HTML, some of it broken.
const PIECES: &str = "<img src=a.jpg>|<img src='b.jpg?w=1&amp;resize=2,3' width=4 height=5 alt='e\u{301} \"q\" <' data-cover>|\
    <img src=data:x>|<br>|<hr>|<input type=checkbox checked>|<input value=x>|<!-- c -->|\n |&nbsp;|</p>|</div>|</a>|<p>|<b>|<td>|\
    &#0;&#1;&lt;|<img src=a.jpg>";

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
        prop_assert_eq!(visible(&body.html), visible(&source));
        prop_assert_eq!(bare(&body.text), visible_words(&body.html));
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
