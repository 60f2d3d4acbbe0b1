//! The DOM as HTML. html5ever's own way looks through the rest of a text at each `&` in it, which takes time with the square
//! of its length.

use dom_query::NodeRef;

use super::dom::{self, Step};

/// Elements that hold nothing and are not closed.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

/// The HTML of all that stands in a node; its elements are those of the allow-list.
pub(super) fn html(root: NodeRef) -> String {
    let mut html = String::new();
    dom::walk(
        root,
        |_| false,
        |step, node| {
            if node.id == root.id {
                return;
            }
            if node.is_text() {
                if step == Step::Enter {
                    escape(&node.text(), false, &mut html);
                }
                return;
            }
            let Some(name) = node.node_name() else { return };
            match step {
                Step::Enter => {
                    html.push('<');
                    html.push_str(&name);
                    for attribute in node.attrs() {
                        html.push(' ');
                        html.push_str(&attribute.name.local);
                        html.push_str("=\"");
                        escape(&attribute.value, true, &mut html);
                        html.push('"');
                    }
                    html.push('>');
                }
                Step::Leave if VOID.contains(&&*name) => {}
                Step::Leave => {
                    html.push_str("</");
                    html.push_str(&name);
                    html.push('>');
                }
            }
        },
    );
    html
}

fn escape(text: &str, is_attribute: bool, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' if is_attribute => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// The same HTML with an empty comment in every long text, so that whoever parses it has several short texts: to write these
/// takes time in proportion. The sanitiser leaves comments out.
pub(super) fn in_short_texts(html: &str) -> String {
    const LONG: usize = 1_024;
    let mut parts = String::with_capacity(html.len() + html.len() / 100);
    for (at, piece) in html.split('<').enumerate() {
        if at > 0 {
            parts.push('<');
        }
        // Neither `<` nor `>` stands in an attribute unescaped.
        let text_from = if at > 0 { piece.find('>').map_or(piece.len(), |at| at + 1) } else { 0 };
        let (tag, mut text) = piece.split_at(text_from);
        parts.push_str(tag);
        while text.len() > LONG {
            let most = text.floor_char_boundary(LONG);
            // Never within an entity: right before one, or else where none begins nearby.
            let cut = text
                .get(..most)
                .and_then(|head| head.rfind('&'))
                .filter(|cut| *cut > 0 && most - cut < 8)
                .unwrap_or(most);
            let (head, rest) = text.split_at(cut);
            parts.push_str(head);
            parts.push_str("<!---->");
            text = rest;
        }
        parts.push_str(text);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_entities_alone() {
        let html = format!("{}<p title=\"{}\">{}</p>", "&amp;".repeat(500), "a".repeat(3_000), "中&nbsp;".repeat(400));
        let short = in_short_texts(&html);
        assert_eq!(short.replace("<!---->", ""), html);
        assert!(short.split("<!---->").all(|part| part.ends_with([';', '中']) || part.ends_with("</p>")));
        assert_eq!(short.matches("<!---->").count(), 5);
    }
}
