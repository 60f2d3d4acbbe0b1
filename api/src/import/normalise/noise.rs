//! What a site's programs put around an article's text: taken out with all that it says.

use dom_query::NodeRef;

use super::{
    derive,
    dom::{elements, has_text, is_any, named},
    strip::is_target,
};

/// Blocks of buttons and of other articles.
const CLASSES: [&str; 8] = [
    "sharedaddy",
    "sd-sharing-enabled",
    "jp-relatedposts",
    "jp-post-flair",
    "more-link",
    "feedflare",
    "wpcnt",
    "post-ratings",
];

const IDS: [&str; 2] = ["jp-relatedposts", "jp-post-flair"];

/// What may stand in a paragraph that nobody sees.
const UNSEEN: [&str; 12] = ["b", "br", "em", "font", "i", "small", "span", "strong", "u", "s", "sub", "sup"];

/// Takes out what the programs added.
pub(super) fn remove(root: NodeRef) {
    for element in elements(root) {
        let is_named = element.id_attr().is_some_and(|id| IDS.contains(&&*id));
        if is_named || CLASSES.iter().any(|class| element.has_class(class)) || is_embedded_frame(&element) {
            element.remove_from_parent();
        }
    }
    for paragraph in named(root, "p") {
        if is_signature(paragraph) {
            paragraph.remove_from_parent();
        }
    }
}

/// Takes out the paragraphs in which nothing stands.
pub(super) fn remove_empty(root: NodeRef) {
    for paragraph in named(root, "p") {
        if !is_place(&paragraph) && !has_text(&paragraph) && paragraph.descendants_it().all(|node| is_unseen(&node)) {
            paragraph.remove_from_parent();
        }
    }
}

fn is_unseen(node: &NodeRef) -> bool {
    let is_name = || node.has_name("a") && !node.has_attr("href");
    !node.is_element() || !is_place(node) && (is_any(node, &UNSEEN) || is_name())
}

/// Whether a link of the body may lead there.
fn is_place(node: &NodeRef) -> bool {
    node.id_attr().is_some_and(|id| is_target(&id))
}

/// The frame of another article of WordPress; the quotation before it says the same and stays.
fn is_embedded_frame(element: &NodeRef) -> bool {
    element.has_name("iframe") && element.has_class("wp-embedded-content")
}

/// `The post … appeared first on …`, as feeds of WordPress end.
fn is_signature(paragraph: NodeRef) -> bool {
    // Most paragraphs have no link and need not be read.
    if named(paragraph, "a").is_empty() {
        return false;
    }
    let text = derive::line(paragraph);
    text.starts_with("The post ") && text.contains(" appeared first on ") && text.chars().count() < 1_000
}
