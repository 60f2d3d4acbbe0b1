//! Presentation off: ids, classes, inline styles, and elements that carry nothing else.

use dom_query::NodeRef;

use super::{
    MOST_ATTRIBUTE_BYTES,
    derive::HEADINGS,
    dom::{elements, is_any, unwrap},
    frames,
    sanitise::{ATTRIBUTES, GENERIC_ATTRIBUTES, LINK_REL},
    targets,
};

pub(super) fn presentation(root: NodeRef) {
    for element in elements(root) {
        attributes(&element);
        let is_empty_anchor = element.has_name("a") && !element.has_attr("href") && !element.has_attr("id");
        if is_empty_anchor || element.has_name("span") && element.attrs().is_empty() {
            unwrap(&element);
        }
    }
}

/// Takes off what holds the whole body and carries nothing.
pub(super) fn wrappers(root: NodeRef) {
    while let Some(wrapper) = only_wrapper(root) {
        unwrap(&wrapper);
    }
}

/// Leaves the attributes that mean something. The steps' own marks are set later, those of the source are not believed.
fn attributes(element: &NodeRef) {
    let language = language_class(element);
    let id = element.id_attr().filter(|id| is_any(element, &HEADINGS) || is_target(id));
    let name = element.node_name().unwrap_or_default();
    if *name == *"iframe" {
        return element.retain_attrs(&frames::ATTRIBUTES);
    }
    let own = ATTRIBUTES.iter().find(|(tag, _)| **tag == *name).map_or(&[][..], |(_, names)| *names);
    let kept: Vec<&str> = GENERIC_ATTRIBUTES.iter().chain(own).copied().filter(|name| !is_mark(name)).collect();
    element.retain_attrs(&kept);
    for attribute in element.attrs().iter().filter(|attribute| attribute.value.len() > MOST_ATTRIBUTE_BYTES) {
        let end = attribute.value.floor_char_boundary(MOST_ATTRIBUTE_BYTES);
        element.set_attr(&attribute.name.local, attribute.value.get(..end).unwrap_or_default());
    }
    element.remove_attrs(&["id", "class"]);
    if let Some(id) = id {
        element.set_attr("id", &id);
    }
    if let Some(language) = language {
        element.set_attr("class", &language);
    }
    // As the sanitiser will: what it leaves unchanged is in its last form.
    if element.has_name("a") {
        element.set_attr("rel", LINK_REL);
    }
    if element.has_name("input") {
        element.set_attr("disabled", "");
    }
}

fn is_mark(attribute: &str) -> bool {
    attribute.starts_with("data-")
}

/// Highlighters and readers need the language of code.
fn language_class(element: &NodeRef) -> Option<String> {
    let class = element.class().filter(|_| element.has_name("code"))?;
    let language = class.split_ascii_whitespace().find(|class| class.starts_with("language-"))?;
    // Some renderers append which lines to mark: `language-js{1,3}`.
    let name = language.split(['{', '=', ':', ',']).next().unwrap_or(language);
    (name != "language-").then(|| name.to_owned())
}

/// A note and its reference name each other by their ids, and so do links and the places to which they lead; no script's
/// global variable can have such a name.
pub(super) fn is_target(id: &str) -> bool {
    if id.starts_with(targets::PREFIX) {
        return true;
    }
    let number = id.strip_prefix("fnref").or_else(|| id.strip_prefix("fn"));
    number.is_some_and(|number| number.starts_with(|c: char| matches!(c, '-' | ':') || c.is_ascii_digit()))
}

/// A `div` without attributes that holds the whole body.
fn only_wrapper(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut said = root.children_it(false).filter(|node| node.is_element() || node.is_nonempty_text());
    let wrapper = said.next()?;
    let is_wrapper = said.next().is_none() && wrapper.has_name("div") && wrapper.attrs().is_empty();
    is_wrapper.then_some(wrapper)
}
