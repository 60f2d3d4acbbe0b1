//! Code blocks of every highlighter.

use super::*;

#[test]
fn code_has_one_form_whoever_highlighted_it() {
    let expected = "<pre><code class=\"language-js\">a &lt; b;\n  c</code></pre>";
    for source in [
        "<pre><code class='language-js'>a &lt; b;\n  c</code></pre>",
        "<pre class='language-js'><code>a &lt; b;\n  c</code></pre>",
        "<pre class='brush: js; title: ; notranslate'>a &lt; b;\n  c</pre>",
        "<pre lang=js>a &lt; b;\n  c</pre>",
        "<pre class=wp-block-code><code lang=js class=language-js>a &lt; b;\n  c</code></pre>",
        "<pre><code class='hljs js'>a &lt; b;\n  c</code></pre>",
        "<figure class='highlight js'><table><tbody><tr><td class=gutter><pre><span class=line>1</span><br><span class=line>2</span></pre></td><td class=code><pre><span class=line>a &lt; b;</span><br><span class=line>  c</span></pre></td></tr></tbody></table></figure>",
        "<figure class=highlight><pre><code class='language-js' data-lang=js><span class=nx>a</span> &lt; b;\n  c</code></pre></figure>",
        "<div class='language-js highlighter-rouge'><div class=highlight><pre class=highlight><code>a &lt; b;\n  c</code></pre></div></div>",
        "<div class='language-js highlighter-rouge'><div class=highlight><pre class=highlight><code><table class=rouge-table><tbody><tr><td class='rouge-gutter gl'><pre class=lineno>1\n2\n</pre></td><td class=rouge-code><pre>a &lt; b;\n  c</pre></td></tr></tbody></table></code></pre></div></div>",
        "<div class=highlight><div class=chroma><table class=lntable><tr><td class=lntd><pre class=chroma><code><span class=lnt>1\n</span><span class=lnt>2\n</span></code></pre></td><td class=lntd><pre class=chroma><code class=language-js data-lang=js>a &lt; b;\n  c</code></pre></td></tr></table></div></div>",
        "<div class='highlight highlight-source-js'><pre>a &lt; b;\n  c</pre></div>",
    ] {
        let clean = html(source);
        assert!(clean.contains(expected), "{source}\n{clean}");
        assert_eq!(body(source).text, "a < b; c", "{source}");
        assert!(!clean.contains("<table"), "{clean}");
    }
}

#[test]
fn a_caption_of_code_stays() {
    let source = "<figure class='highlight js'><figcaption><span>file.js</span></figcaption><table><tr><td class=gutter><pre>1</pre></td><td class=code><pre>a</pre></td></tr></table></figure>";
    assert_eq!(
        html(source),
        "<figure><figcaption>file.js</figcaption><pre><code class=\"language-js\">a</code></pre></figure>"
    );
}

#[test]
fn text_as_it_was_typed_and_tables_of_code_are_left_alone() {
    for source in ["<pre>a\n b</pre>", "<table><tbody><tr><td>1</td><td><pre>a</pre></td></tr></tbody></table>"] {
        assert_eq!(html(source), source);
    }
    assert_eq!(
        html("<pre><code class='language-js{1,3}'>a</code></pre>"),
        "<pre><code class=\"language-js\">a</code></pre>"
    );
    let two = "<table><tr><td class=code><pre lang=js>a</pre></td><td>said</td></tr></table>";
    assert!(html(two).contains("said") && html(two).contains("<table>"));
}
