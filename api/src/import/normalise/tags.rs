//! Leaves only elements that may stand in a body: what no reader sees goes with its content, the rest leaves its text.

use dom_query::NodeRef;

use super::{
    dom::{elements, is_any, unwrap},
    sanitise::TAGS,
};

/// Their content is never shown as text. `noscript` is for readers without scripts; formulas come with a picture or a
/// text beside them.
const HIDDEN: [&str; 13] = [
    "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "script", "select", "style", "svg",
    "template", "title",
];

/// Blocks that say nothing a `div` does not say.
const BLOCKS: [&str; 15] = [
    "address", "article", "aside", "center", "dialog", "dir", "fieldset", "footer", "form", "header", "hgroup",
    "legend", "main", "menu", "nav",
];

/// Old elements for text as it was typed.
const TYPED: [&str; 3] = ["listing", "plaintext", "xmp"];

pub(super) fn keep_known(root: NodeRef) {
    for node in root.descendants() {
        let is_content = node.is_element() || node.is_text();
        if !is_content || is_any(&node, &HIDDEN) && !is_frame(&node) {
            node.remove_from_parent();
        }
    }
    for element in elements(root) {
        if is_any(&element, &BLOCKS) {
            element.rename("div");
        } else if is_any(&element, &TYPED) {
            element.rename("pre");
        } else if !is_any(&element, &TAGS) && !is_frame(&element) || is_form_field(&element) {
            unwrap(&element);
        }
    }
}

/// The form that `players` leaves to frames that may stay: nothing in them would be shown.
fn is_frame(node: &NodeRef) -> bool {
    node.has_name("iframe") && node.first_child().is_none()
}

/// Of all fields only the boxes of task lists are part of a text.
fn is_form_field(element: &NodeRef) -> bool {
    element.has_name("input") && !element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"))
}
