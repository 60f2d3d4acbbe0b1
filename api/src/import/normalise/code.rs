//! Code blocks of highlighters to one form, `<pre><code class="language-x">`, without line numbers.

use dom_query::NodeRef;

use super::dom::{closest, elements, is_any, named, unwrap};

/// Cells and marks that hold nothing but line numbers.
const NUMBERS: [&str; 8] =
    ["gutter", "rouge-gutter", "lineno", "linenos", "lnt", "ln", "line-numbers-rows", "blob-num"];

/// What `lang` says of a text that is no code.
const SPOKEN: [&str; 20] = [
    "ar", "bn", "de", "en", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pt", "ru", "tr", "uk", "vi",
    "zh",
];

/// Classes beside a language that are none.
const OTHERS: [&str; 17] = [
    "highlight",
    "highlighter-rouge",
    "hljs",
    "code",
    "chroma",
    "plain",
    "wp-block-code",
    "wp-block-preformatted",
    "prettyprint",
    "codehilite",
    "sourceCode",
    "line-numbers",
    "toolbar",
    "copyable",
    "language-plaintext",
    "has-text-color",
    "numberLines",
];

pub(super) fn unify(root: NodeRef) {
    for block in named(root, "pre") {
        let is_there = block.ancestors_it(None).any(|node| node.id == root.id);
        if is_there && closest(block, "pre", root).is_none() {
            unify_block(block, root);
        }
    }
}

fn unify_block<'a>(block: NodeRef<'a>, root: NodeRef<'a>) {
    let mut around = holders(block, root);
    around.insert(0, block);
    let (numbers, code): (Vec<_>, Vec<_>) = named(block, "pre").into_iter().partition(is_numbers);
    let block = match code.as_slice() {
        [] => block,
        // Rouge puts a table with two blocks into a block.
        [inner] if !numbers.is_empty() && said(&[block]) == said(&numbers) + said(&code) => {
            block.insert_before(inner);
            block.remove_from_parent();
            *inner
        }
        _ => return,
    };
    let language = std::iter::once(&block).chain(&around).find_map(language);
    let language = language.or_else(|| named(block, "code").iter().find_map(self::language));
    let is_highlighted = language.is_some() || around.iter().any(|node| node.has_class("highlight"));
    if !is_highlighted {
        return;
    }
    if let Some(table) = closest(block, "table", root) {
        take_out(&table, block);
    }
    form(block, language.as_deref());
    unwrap_figures(&around);
}

/// How many characters of text, without white space, stand in these elements.
fn said(elements: &[NodeRef]) -> usize {
    elements.iter().map(|element| element.text().chars().filter(|c| !c.is_whitespace()).count()).sum()
}

/// Whether an element holds nothing but line numbers.
fn is_numbers(element: &NodeRef) -> bool {
    let is_marked = |node: &NodeRef| NUMBERS.iter().any(|class| node.has_class(class));
    is_marked(element) || counts(element)
}

fn counts(element: &NodeRef) -> bool {
    element.text().chars().all(|c| c.is_ascii_digit() || c.is_whitespace())
}

/// The elements around a block that belong to its highlighter.
fn holders<'a>(block: NodeRef<'a>, root: NodeRef<'a>) -> Vec<NodeRef<'a>> {
    const MOST: usize = 9;
    let above = block.ancestors_it(Some(MOST)).take_while(|node| node.id != root.id);
    let is_around = |node: &NodeRef| {
        is_any(node, &["figure", "div", "table", "tbody", "tr", "td", "pre", "code"]) && !is_article(node)
    };
    above.take_while(is_around).filter(|node| is_any(node, &["figure", "div"])).collect()
}

/// A wrapper of more than one block.
fn is_article(node: &NodeRef) -> bool {
    node.has_name("div") && node.children_it(false).any(|child| is_any(&child, &["p", "h1", "h2", "h3", "h4", "ul"]))
}

/// The code of a table whose other cells hold the line numbers. Of the numbers nothing is left.
fn take_out<'a>(table: &NodeRef<'a>, block: NodeRef<'a>) {
    let cell = closest(block, "td", *table);
    let others: Vec<_> =
        named(*table, "td").into_iter().filter(|other| cell.is_none_or(|cell| cell.id != other.id)).collect();
    let outer: Vec<_> = others.into_iter().filter(|other| closest(*other, "td", *table).is_none()).collect();
    let is_layout = outer.iter().all(is_numbers) && said(&[*table]) == said(&[block]) + said(&outer);
    // Whatever the cell is called: its class does not stay.
    let holds_code = cell.is_some_and(|cell| !counts(&cell));
    if is_layout && holds_code {
        table.insert_before(&block);
        table.remove_from_parent();
    }
}

fn form(block: NodeRef, language: Option<&str>) {
    for inner in elements(block) {
        if NUMBERS.iter().any(|class| inner.has_class(class)) {
            inner.remove_from_parent();
        } else if inner.has_name("br") {
            inner.insert_before(&inner.tree.new_text("\n"));
            inner.remove_from_parent();
        }
    }
    for inner in named(block, "code") {
        unwrap(&inner);
    }
    let code = block.tree.new_element("code");
    for child in block.children() {
        code.append_child(&child);
    }
    block.append_child(&code);
    if let Some(language) = language {
        block.remove_attr("lang");
        code.set_attr("class", &format!("language-{language}"));
    }
}

/// A figure that says nothing but its code is none.
fn unwrap_figures(around: &[NodeRef]) {
    for figure in around.iter().filter(|node| node.has_name("figure")) {
        if named(*figure, "figcaption").is_empty()
            && named(*figure, "pre").len() == 1
            && named(*figure, "img").is_empty()
        {
            unwrap(figure);
        }
    }
}

/// The language that an element names: `language-x`, `lang-x`, `brush: x`, `highlight x`, `highlight-source-x`, `lang="x"`.
fn language(element: &NodeRef) -> Option<String> {
    let told = ["data-lang", "data-language"].iter().find_map(|name| element.attr(name));
    if let Some(told) = told.and_then(|told| clean(&told)) {
        return Some(told);
    }
    let class = element.class().unwrap_or_default().to_string();
    if let Some(brush) = class.split("brush:").nth(1) {
        return clean(brush.trim().split([';', ' ']).next()?);
    }
    let prefixes = ["language-", "lang-", "highlight-source-", "brush-"];
    let named = class
        .split_ascii_whitespace()
        .find_map(|class| prefixes.iter().find_map(|prefix| class.strip_prefix(prefix)).and_then(clean));
    let is_spoken = |lang: &str| SPOKEN.contains(&lang) || lang.contains('-');
    let of_attribute = || {
        let lang = element.attr("lang").filter(|lang| element.has_name("pre") && !is_spoken(lang))?;
        clean(&lang)
    };
    let beside = || {
        let is_named = ["highlight", "hljs", "sourceCode"].iter().any(|class| element.has_class(class));
        let mut words = class.split_ascii_whitespace().filter(|class| !OTHERS.contains(class));
        if is_named { words.next().and_then(clean) } else { None }
    };
    named.or_else(of_attribute).or_else(beside)
}

/// A name that can stand in a class; what tells no language is none.
fn clean(name: &str) -> Option<String> {
    let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.')));
    let name = name.get(..end.unwrap_or(name.len()))?;
    let is_none = name.is_empty() || name.len() > 40 || matches!(name, "plain" | "plaintext" | "none" | "text");
    (!is_none).then(|| name.to_owned())
}
