//! Texts to NFC without control characters, white space off both ends of the body.

use std::borrow::Cow;

use dom_query::NodeRef;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::dom::elements;
use crate::import::text::without_controls;

/// Takes control characters out of every text and attribute, before any step asks whether one is empty or begins with white space.
pub(super) fn drop_controls(root: NodeRef) {
    for element in elements(root) {
        for attribute in element.attrs() {
            if let Cow::Owned(value) = without_controls(&attribute.value) {
                element.set_attr(&attribute.name.local, &value);
            }
        }
    }
    for node in root.descendants().into_iter().filter(NodeRef::is_text) {
        if let Cow::Owned(text) = without_controls(&node.text()) {
            node.set_text(text);
        }
    }
}

/// Composes every text and the attributes that are read to people. Texts that came to stand side by side are joined
/// first, for a mark may follow its letter.
pub(super) fn compose(root: NodeRef) {
    trim(root);
    root.normalize();
    for node in root.descendants() {
        if node.is_text()
            && let Cow::Owned(text) = composed(&node.text())
        {
            node.set_text(text);
        }
    }
    for element in elements(root) {
        for attribute in ["alt", "title"] {
            if let Some(Cow::Owned(text)) = element.attr(attribute).as_deref().map(composed) {
                element.set_attr(attribute, &text);
            }
        }
        // A parser drops one line break there, each time.
        if element.has_name("pre") {
            trim_first(element, |text| text.trim_start_matches('\n'));
        }
    }
}

fn composed(text: &str) -> Cow<'_, str> {
    let clean = without_controls(text);
    if is_nfc(&clean) { clean } else { Cow::Owned(clean.nfc().collect()) }
}

fn trim(root: NodeRef) {
    root.normalize();
    trim_first(root, str::trim_start);
    if let Some(last) = root.last_child().filter(NodeRef::is_text) {
        set(&last, str::trim_end);
    }
}

fn trim_first(element: NodeRef, trim: fn(&str) -> &str) {
    if let Some(first) = element.first_child().filter(NodeRef::is_text) {
        set(&first, trim);
    }
}

fn set(node: &NodeRef, trim: fn(&str) -> &str) {
    let text = node.text();
    let trimmed = trim(&text);
    if trimmed.len() < text.len() {
        node.set_text(trimmed);
    }
}
