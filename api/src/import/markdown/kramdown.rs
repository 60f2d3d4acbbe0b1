//! kramdown's attribute lists, `{: .wide #top width="5"}`: they dress what stands before them and are no text.

use comrak::nodes::{AstNode, NodeValue};

/// Takes the lists off: those in a line of their own, and those right behind a link, a picture, code or emphasis. A list
/// item that holds the mark of a table of contents goes as a whole, since kramdown puts the table there.
pub(super) fn drop_attributes<'a>(root: &'a AstNode<'a>) {
    let texts: Vec<_> =
        root.descendants().filter(|node| matches!(node.data.borrow().value, NodeValue::Text(_))).collect();
    for node in texts {
        let text = text_of(node);
        if !text.starts_with("{:") {
            continue;
        }
        let Some(end) = text.find('}') else { continue };
        let (list, rest) = text.split_at(end + 1);
        if stands_alone(node, rest) {
            take_line(node, list);
        } else if follows_span(node) {
            set(node, rest);
        }
    }
}

fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    match &node.data.borrow().value {
        NodeValue::Text(text) => text.to_string(),
        _ => String::new(),
    }
}

fn set<'a>(node: &'a AstNode<'a>, rest: &str) {
    if rest.is_empty() {
        node.detach();
    } else {
        node.data.borrow_mut().value = NodeValue::Text(rest.to_owned().into());
    }
}

fn is_break<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data.borrow().value, NodeValue::SoftBreak | NodeValue::LineBreak)
}

/// Whether the list is all that its line holds.
fn stands_alone<'a>(node: &'a AstNode<'a>, rest: &str) -> bool {
    rest.trim().is_empty() && node.previous_sibling().is_none_or(is_break) && node.next_sibling().is_none_or(is_break)
}

fn follows_span<'a>(node: &'a AstNode<'a>) -> bool {
    node.previous_sibling().is_some_and(|before| {
        let value = &before.data.borrow().value;
        !matches!(value, NodeValue::Text(_) | NodeValue::SoftBreak | NodeValue::LineBreak)
    })
}

/// Without its line break, and without the paragraph where it is the only line.
fn take_line<'a>(node: &'a AstNode<'a>, list: &str) {
    let parent = node.parent();
    if let Some(line_break) = node.previous_sibling().or_else(|| node.next_sibling()) {
        line_break.detach();
    }
    node.detach();
    let is_contents = list.split(|c: char| !c.is_alphanumeric()).any(|word| word == "toc");
    let Some(paragraph) = parent else { return };
    let item = paragraph.parent().filter(|item| matches!(item.data.borrow().value, NodeValue::Item(_)));
    match item {
        Some(item) if is_contents => {
            let list = item.parent();
            item.detach();
            if let Some(list) = list.filter(|list| list.first_child().is_none()) {
                list.detach();
            }
        }
        _ if paragraph.first_child().is_none() => paragraph.detach(),
        _ => {}
    }
}
