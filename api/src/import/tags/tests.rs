use super::*;
use crate::{
    article::Naming,
    import::{
        dialect::Dialect,
        document::{PostLink, SiteRules},
        hexo::Rules,
    },
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use url::Url;

fn found(name: &str) -> Option<PostLink> {
    let is_known = ["other", "other.md", "2022-01-02-other", "/posts/other", "_posts/other.md"].contains(&name);
    is_known.then(|| PostLink { path: "/2022/潮/".into(), title: "The <tide>".into() })
}

fn read_on(url: Option<&str>, syntax: Syntax, format: Format, text: &str) -> Html {
    let rules = SiteRules {
        dialect: Dialect::Hexo(Rules::default()),
        timezone: chrono_tz::UTC,
        locale: "en".into(),
        url: url.map(|url| Url::parse(url).unwrap()),
        naming: Naming::default(),
        statics: Vec::new(),
        frame_hosts: Vec::new(),
    };
    let pictures = BTreeSet::from(["assets/a b.png".to_owned()]);
    let site = Site { rules: &rules, pictures: &pictures, posts: &found };
    let page = |key: &str| (key == "title").then(|| "My *post*".to_owned());
    to_html(Written { text, line: 10, syntax, format }, Around { site: &site, page: &page }).unwrap()
}

fn read(syntax: Syntax, text: &str) -> Html {
    read_on(None, syntax, Format::Markdown, text)
}

fn hexo(text: &str) -> String {
    read(Syntax::Nunjucks, text).html.trim().to_owned()
}

fn jekyll(text: &str) -> String {
    read(Syntax::Liquid, text).html.trim().to_owned()
}

fn hugo(text: &str) -> String {
    read(Syntax::Shortcodes, text).html.trim().to_owned()
}

fn told(syntax: Syntax, text: &str) -> Vec<(u32, String)> {
    read(syntax, text).warnings.into_iter().map(|warning| (warning.line.unwrap(), warning.message)).collect()
}

#[test]
fn pictures_of_hexo_are_pictures() {
    for (tag, image) in [
        ("asset_img a.jpg", "<img src=\"a.jpg\" alt=\"\">"),
        (
            "asset_img left a.jpg 300 200 A title",
            "<img src=\"a.jpg\" alt=\"\" title=\"A title\" width=\"300\" height=\"200\">",
        ),
        ("asset_img a.jpg '\"A title\" \"An alt\"'", "<img src=\"a.jpg\" alt=\"An alt\" title=\"A title\">"),
        ("asset_img \"a b.jpg\" \"T\" \"A\"", "<img src=\"a%20b.jpg\" alt=\"A\" title=\"T\">"),
        ("img class /p/a 5", "<img src=\"/p/a\" alt=\"\" width=\"5\">"),
        ("image https://ex.com/a", "<img src=\"https://ex.com/a\" alt=\"\">"),
    ] {
        assert_eq!(hexo(&format!("x {{% {tag} %}} *y*")), format!("<p>x {image} <em>y</em></p>"), "{tag}");
    }
    assert_eq!(hexo("![]({% asset_path a.jpg %})"), "<p><img src=\"a.jpg\" alt=\"\" /></p>");
    assert_eq!(hexo("{% asset_link a.pdf The paper %}"), "<p><a href=\"a.pdf\">The paper</a></p>");
    assert_eq!(hexo("{%asset_img a.jpg%}"), "<p><img src=\"a.jpg\" alt=\"\"></p>");
}

#[test]
fn links_between_posts_go_where_the_posts_are() {
    let path = "/2022/%E6%BD%AE/";
    assert_eq!(hexo("{% post_link other %}"), format!("<p><a href=\"{path}\">The &lt;tide&gt;</a></p>"));
    assert_eq!(hexo("{% post_link other#top 'Read me' false %}"), format!("<p><a href=\"{path}#top\">Read me</a></p>"));
    assert_eq!(hexo("[a]({% post_path other %})"), format!("<p><a href=\"{path}\">a</a></p>"));
    assert_eq!(jekyll("[a]({% post_url 2022-01-02-other %})"), format!("<p><a href=\"{path}\">a</a></p>"));
    assert_eq!(jekyll("[a]({% link _posts/other.md %})"), format!("<p><a href=\"{path}\">a</a></p>"));
    assert_eq!(jekyll("![]({% link assets/a b.png %})"), "<p><img src=\"/assets/a%20b.png\" alt=\"\" /></p>");
    assert_eq!(hugo("[a]({{< relref \"other.md#top\" >}})"), format!("<p><a href=\"{path}#top\">a</a></p>"));
    assert_eq!(hugo("[a]({{% ref path=\"/posts/other\" %}})"), format!("<p><a href=\"{path}\">a</a></p>"));
    assert_eq!(hugo("[a]({{< ref \"#top\" >}})"), "<p><a href=\"#top\">a</a></p>");
    let known = read_on(Some("https://ex.com/blog/"), Syntax::Nunjucks, Format::Html, "{% post_path other %}");
    assert_eq!(known.html, "https://ex.com/blog/2022/%E6%BD%AE/");
}

#[test]
fn a_post_that_is_not_there_stays_text_and_is_told_with_its_line() {
    for (syntax, tag) in [
        (Syntax::Nunjucks, "{% post_link gone %}"),
        (Syntax::Liquid, "{% post_url gone %}"),
        (Syntax::Shortcodes, "{{% ref gone %}}"),
    ] {
        let text = format!("One\n\ntwo {tag} three");
        let [(line, message)] = &told(syntax, &text)[..] else { panic!("{tag}") };
        assert_eq!(*line, 12);
        assert!(message.contains(tag) && message.contains("there is no post `gone`"), "{message}");
        assert!(read(syntax, &text).html.contains(&html::escape(tag)));
    }
}

#[test]
fn code_of_every_syntax_has_its_language_and_stays_as_it_is_written() {
    let code = "\n\n*a* < b\n\n{{ c }}\n";
    let block = "<pre><code class=\"language-rust\">*a* &lt; b\n\n{{ c }}</code></pre>";
    assert_eq!(hexo(&format!("{{% codeblock lang:rust line_number:false %}}{code}{{% endcodeblock %}}")), block);
    assert_eq!(hexo(&format!("{{% code lang:rust %}}{code}{{% endcode %}}")), block);
    assert_eq!(jekyll(&format!("{{% highlight rust linenos %}}{code}{{%- endhighlight -%}}")), block);
    assert_eq!(hugo(&format!("{{{{< highlight rust \"linenos=table\" >}}}}{code}{{{{< /highlight >}}}}")), block);
    assert_eq!(hugo(&format!("{{{{% highlight rust %}}}}{code}{{{{% / highlight %}}}}")), block);
    assert_eq!(
        hexo("{% codeblock A name lang:js https://ex.com/a source %}\nx\n{% endcodeblock %}"),
        "<figure><figcaption>A name <a href=\"https://ex.com/a\">source</a></figcaption><pre><code class=\"language-js\">x</code></pre></figure>"
    );
    assert_eq!(hexo("- a\n  {% code %}\n  x\n  {% endcode %}\n- b").matches("<li>").count(), 2);
}

#[test]
fn raw_text_is_not_expanded() {
    assert_eq!(hexo("a {% raw %}<b>{{ x }}</b> *y*{% endraw %} b"), "<p>a <b>{{ x }}</b> *y* b</p>");
    assert_eq!(jekyll("{% raw %}{{ x }} *y*{% endraw %}"), "<p>{{ x }} <em>y</em></p>");
    assert_eq!(jekyll("a{% comment %} no {% endcomment %}b"), "<p>ab</p>");
    assert_eq!(hugo("a {{</* figure src=\"x\" */>}} b"), "<p>a {{&lt; figure src=&quot;x&quot; &gt;}} b</p>");
    assert!(hugo("```\n{{%/* ref \"x\" */%}}\n```").contains("{{% ref &quot;x&quot; %}}"));
}

#[test]
fn hexo_leaves_code_alone_and_liquid_and_hugo_do_not() {
    for code in ["`{% post_link other %}`", "```\n{% post_link other %}\n```", "~~~\n[gallery ids=\"1\"]\n~~~"] {
        let read = read(Syntax::Nunjucks, code);
        assert!(read.warnings.is_empty() && !read.html.contains("<a "), "{code}");
    }
    assert_eq!(jekyll("`{{ page.title }}`"), "<p><code>My *post*</code></p>");
    assert_eq!(hugo("`{{< param title >}}`"), "<p><code>My *post*</code></p>");
    assert!(jekyll("```\n{{ github.x }}\n```").contains("<code>{{ github.x }}\n</code>"));
}

#[test]
fn quotations_name_their_source() {
    assert_eq!(
        hexo("{% blockquote Ann Bo, A book https://ex.com/x Chapter 2 %}\n*Said.*\n\nMore\n{% endblockquote %}"),
        "<blockquote><p><em>Said.</em></p>\n<p>More</p><p><strong>Ann Bo, A book</strong> <cite><a href=\"https://ex.com/x\">Chapter 2</a></cite></p></blockquote>"
    );
    assert_eq!(hexo("{% quote %}\na\n{% endquote %}"), "<blockquote><p>a</p></blockquote>");
    assert_eq!(hexo("{% pullquote right %}a{% endpullquote %}"), "<blockquote><p>a</p></blockquote>");
    let nested = "{% quote A %}x {% img /a.png %}{% quote B %}y{% endquote %}{% endquote %}";
    let html = hexo(nested);
    assert_eq!((html.matches("<blockquote>").count(), html.matches("</blockquote>").count()), (2, 2));
    assert!(html.contains("<img src=\"/a.png\" alt=\"\">") && html.contains("<strong>B</strong>"));
}

#[test]
fn what_a_body_cannot_hold_becomes_a_link() {
    let link = |url: &str| format!("<p><a href=\"{url}\">{url}</a></p>");
    for (tag, url) in [
        ("youtube aQ1", "https://www.youtube.com/watch?v=aQ1"),
        ("vimeo 5", "https://vimeo.com/5"),
        ("gist ann/5", "https://gist.github.com/ann/5"),
        ("iframe https://ex.com/x 5 5", "https://ex.com/x"),
    ] {
        assert_eq!(hexo(&format!("{{% {tag} %}}")), link(url));
    }
    for (tag, url) in [
        ("youtube aQ1", "https://www.youtube.com/watch?v=aQ1"),
        ("youtube id=\"aQ1\" autoplay=\"true\"", "https://www.youtube.com/watch?v=aQ1"),
        ("vimeo 5 /", "https://vimeo.com/5"),
        ("gist ann 5", "https://gist.github.com/ann/5"),
        ("tweet user=\"ann\" id=\"5\"", "https://x.com/ann/status/5"),
        ("x 5", "https://x.com/i/status/5"),
    ] {
        assert_eq!(hugo(&format!("{{{{< {tag} >}}}}")), link(url));
    }
}

#[test]
fn figures_of_hugo_have_caption_link_and_credit() {
    assert_eq!(
        hugo(
            "a\n{{< figure src=\"a.jpg\" alt=\"Alt\" link=\"/b\" title=\"T\" caption=\"A *cap*\" attr=\"Ann\" attrlink=\"/c\" >}}\nb"
        ),
        "<p>a</p>\n<figure><a href=\"/b\"><img src=\"a.jpg\" alt=\"Alt\"></a><figcaption><strong>T</strong> A <em>cap</em> <span class=\"credit\"><a href=\"/c\">Ann</a></span></figcaption></figure>\n<p>b</p>"
    );
    assert_eq!(hugo("{{< figure \"a.jpg\" />}}"), "<figure><img src=\"a.jpg\" alt=\"\"></figure>");
    assert_eq!(
        hugo("{{< details summary=\"More\" open=true >}}\n- a\n{{< /details >}}"),
        "<details open><summary>More</summary><ul>\n<li>a</li>\n</ul></details>"
    );
}

#[test]
fn addresses_of_a_jekyll_site_are_known() {
    let read = |text| read_on(Some("https://ex.com/blog/"), Syntax::Liquid, Format::Html, text).html;
    for (text, expected) in [
        ("{{ site.url }}{{ site.baseurl }}/a", "https://ex.com/blog/a"),
        ("{{ '/a.png' | relative_url }}", "/blog/a.png"),
        ("{{ \"a|b\" | absolute_url }}", "https://ex.com/blog/a|b"),
        ("{{ '/a' | prepend: site.baseurl | prepend: site.url }}", "https://ex.com/blog/a"),
        ("{{- page.title | upcase -}}", "MY *POST*"),
        (
            "{{ page.none }} {{ site.title }} {{ 'a' | reverse }}",
            "{{ page.none }} {{ site.title }} {{ &#39;a&#39; | reverse }}",
        ),
    ] {
        assert_eq!(read(text).replace("'a'", "&#39;a&#39;"), expected, "{text}");
    }
    assert_eq!(jekyll("{{ site.url }}{{ site.baseurl }}/a"), "<p>/a</p>");
}

#[test]
fn unknown_tags_stay_to_the_letter_and_are_told_once() {
    let text = "a {% note a_b_c *x* %}\n\n*y*\n\n{% endnote %}\n{% note %} {% endnote %} {{ config.x }}";
    let html = hexo(text);
    for tag in ["{% note a_b_c *x* %}", "{% endnote %}", "{% note %}", "{{ config.x }}"] {
        assert!(html.contains(tag), "{html}");
    }
    assert!(html.contains("<em>y</em>"));
    let told = told(Syntax::Nunjucks, text);
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [10, 15]);
    assert!(told[0].1.starts_with("`{% note a_b_c *x* %}`") && told[0].1.ends_with("(2 times)"), "{told:?}");
    assert!(
        hugo("{{< note url=\"http://ex.com\" >}}x{{< /note >}}")
            .contains("{{&lt; note url=&quot;http://ex.com&quot; &gt;}}x")
    );
    assert_eq!(jekyll("<img alt=\"{% include a.html %}\">"), "<img alt=\"{% include a.html %}\">");
}

#[test]
fn tags_that_are_never_closed_stay_text() {
    for (syntax, text) in [
        (Syntax::Nunjucks, "a\n{% blockquote x %} b"),
        (Syntax::Nunjucks, "a\n{% codeblock %} b"),
        (Syntax::Liquid, "a\n{% raw %} b"),
        (Syntax::Shortcodes, "a\n{{< details >}} b"),
    ] {
        let [(11, message)] = &told(syntax, text)[..] else { panic!("{text}") };
        assert!(message.contains("never closed"));
        let tag = text.strip_prefix("a\n").unwrap().strip_suffix(" b").unwrap();
        assert!(read(syntax, text).html.contains(&html::escape(tag)), "{text}");
    }
    assert!(hexo("a {% endquote %} {% x").contains("a {% endquote %} {% x"));
}

#[test]
fn shortcodes_of_wordpress_are_read_in_bodies_of_all() {
    let text = "[caption id=\"attachment_1\" width=\"300\"]<a href=\"/b\"><img src=\"a.jpg\"></a> A *word*[/caption]";
    let figure = "<figure><p><a href=\"/b\"><img src=\"a.jpg\"></a> A <em>word</em></p></figure>";
    for syntax in [Syntax::Nunjucks, Syntax::Liquid, Syntax::Shortcodes] {
        assert_eq!(read(syntax, text).html.trim(), figure);
    }
    assert!(hexo("[caption caption=\"Old\"]<img src=a.jpg>[/caption]").contains("<figcaption>Old</figcaption>"));
    assert_eq!(hexo("[embed]https://ex.com/x[/embed]"), "<p><a href=\"https://ex.com/x\">https://ex.com/x</a></p>");
    assert_eq!(hexo("[gallery ids=\"1,2\"]"), "<p>[gallery ids=&quot;1,2&quot;]</p>");
    assert_eq!(told(Syntax::Nunjucks, "[gallery ids=\"1,2\"]").len(), 1);
    for link in ["[video](/v)", "[gallery]", "[x]", "[captions]"] {
        assert!(told(Syntax::Nunjucks, link).is_empty(), "{link}");
    }
}

#[test]
fn many_tags_take_time_in_proportion_or_are_refused() {
    let rules = "{% quote %}".repeat(20_000);
    assert!(hexo(&rules).contains("{% quote %}"));
    let nested = format!("{}x{}", "{% quote %}".repeat(2_000), "{% endquote %}".repeat(2_000));
    assert_eq!(hexo(&nested).matches("<blockquote>").count(), 2_000);
    for text in ["{% raw %}", "{%", "{{", "{{<", "[caption ", "[caption]", "`{", "{% raw %}{% endraw %}"] {
        for syntax in [Syntax::Nunjucks, Syntax::Liquid, Syntax::Shortcodes] {
            read(syntax, &text.repeat(20_000));
        }
    }
}

proptest! {
    #[test]
    fn no_word_is_lost(parts in prop::collection::vec(prop::sample::select(vec![
        "{% note %}", "{% endnote %}", "{% quote %}", "{% endquote %}", "{% raw %}", "{% endraw %}", "{{ x }}", "{{< note >}}",
        "{{< details >}}", "{{< /details >}}", "{{% highlight go %}}", "{{% /highlight %}}", "[caption]", "[/caption]", "[gallery a=b]",
        "{%", "%}", "{{", "}}", "\n\n", "\n", "`", "```\n", "> ", "- ", "*", " ", "{% codeblock %}", "{% endcodeblock %}", "masthead0tag", "1z",
    ]), 0..24)) {
        // Each part is followed by a word of its own.
        let parts: Vec<String> = parts.iter().enumerate().map(|(at, part)| format!("{part}word{at}w ")).collect();
        let text = parts.concat();
        for syntax in [Syntax::Nunjucks, Syntax::Liquid, Syntax::Shortcodes] {
            let read = read(syntax, &text);
            for at in 0..parts.len() {
                prop_assert!(read.html.contains(&format!("word{at}w")), "{} in {}", at, read.html);
            }
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in "([{%}<>\\[\\]/` \n]|\\{% |\\{\\{|raw|end|quote|x|caption){0,60}") {
        for syntax in [Syntax::Nunjucks, Syntax::Liquid, Syntax::Shortcodes] {
            read(syntax, &text);
            read_on(None, syntax, Format::Html, &text);
        }
    }
}
