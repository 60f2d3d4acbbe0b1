//! Galleries of WordPress and Jetpack, old and new: each picture a figure with its own caption.

use dom_query::NodeRef;

use super::dom::{elements, is_any, named, unwrap};

/// Elements around the pictures that carry nothing.
const AROUND: [&str; 8] = [
    "blocks-gallery-grid",
    "gallery-icon",
    "gallery-row",
    "gallery-group",
    "tiled-gallery__gallery",
    "tiled-gallery__row",
    "tiled-gallery__col",
    "tiled-gallery-unresized",
];

/// Elements that hold one picture and its caption.
const ITEMS: [&str; 4] = ["gallery-item", "blocks-gallery-item", "tiled-gallery-item", "tiled-gallery__item"];

const CAPTIONS: [&str; 3] = ["gallery-caption", "tiled-gallery-caption", "wp-caption-text"];

pub(super) fn unify(root: NodeRef) {
    for element in elements(root) {
        let is = |classes: &[&str]| classes.iter().any(|class| element.has_class(class));
        if element.has_class("wp-block-gallery") && element.has_name("figure") {
            open(&element);
        } else if is(&ITEMS) && named(element, "img").len() == 1 {
            item(&element);
        } else if is(&AROUND) || element.has_class("wp-block-gallery") && element.has_name("ul") {
            unwrap(&element);
        }
    }
}

/// A gallery is no figure itself; what is said of all pictures stands below them.
fn open(gallery: &NodeRef) {
    gallery.rename("div");
    for child in gallery.children() {
        if child.has_name("figcaption") {
            child.rename("p");
        }
    }
}

fn item(item: &NodeRef) {
    // One that holds a figure already needs none around it.
    if named(*item, "figure").is_empty() {
        item.rename("figure");
        for inner in elements(*item) {
            let is_caption = CAPTIONS.iter().any(|class| inner.has_class(class));
            if is_caption && is_any(&inner, &["dd", "div", "p", "span"]) {
                inner.rename("figcaption");
            } else if inner.has_name("dt") {
                unwrap(&inner);
            }
        }
    } else {
        unwrap(item);
    }
}
