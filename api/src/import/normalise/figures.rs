//! Figures to one form, `<figure><img><figcaption>…</figcaption></figure>`, the image maybe in a link: out of captions old
//! and new, out of wrappers around an image, and out of paragraphs and lines that hold nothing but images.

use std::collections::HashSet;

use dom_query::NodeRef;

use super::{
    derive::BLOCKS,
    dom::{closest, elements, has_text, is_any, named, unwrap},
    sanitise::LINK_REL,
};
use crate::import::text::without_controls;

/// Elements that may stand between a paragraph and the image that is all it holds.
const WRAPPERS: [&str; 14] =
    ["a", "b", "br", "del", "em", "i", "img", "ins", "mark", "s", "small", "span", "strong", "u"];

pub(super) fn unify(root: NodeRef) {
    for element in elements(root) {
        if element.has_name("div") && element.has_class("wp-caption") && holds_image(&element) {
            element.rename("figure");
        }
    }
    for element in elements(root) {
        if is_any(&element, &["p", "div"]) && holds_only_images(&element) && closest(element, "figure", root).is_none()
        {
            split(&element);
        }
    }
    for figure in named(root, "figure") {
        // One that stood in another is gone by now.
        if let ([image], true) = (named(figure, "img").as_slice(), figure.parent().is_some()) {
            rebuild(figure, *image);
        }
    }
}

/// A figure for each image that stands outside any paragraph, in a line with nothing but images: in the body itself, or in
/// a block that holds blocks.
///
/// Its place is after the elements are unwrapped that carry nothing: only then it is known what stands beside what.
pub(super) fn lift_bare(root: NodeRef) {
    let containers = named(root, "img").into_iter().filter_map(|image| container(image, root));
    let mut seen = HashSet::new();
    for container in containers.filter(|container| seen.insert(container.id)).collect::<Vec<_>>() {
        for line in lines(container) {
            let is_fit = line.iter().all(|node| is_fit(node) && node.descendants_it().all(|node| is_fit(&node)));
            if is_fit && line.iter().any(|node| node.has_name("img") || holds_image(node)) {
                line.iter().filter(|node| node.is_element()).for_each(|node| lift(node, container));
            }
        }
    }
}

/// The block whose line an image stands in; None where that is in a figure or a paragraph.
fn container<'a>(image: NodeRef<'a>, root: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut above = image.parent();
    while let Some(node) = above {
        if node.id == root.id || is_any(&node, &["div", "section", "blockquote"]) {
            let is_outside = !node.ancestors_it(None).any(|node| is_any(&node, &["figure", "p", "pre", "a"]));
            return is_outside.then_some(node);
        }
        if !is_any(&node, &WRAPPERS) {
            return None;
        }
        above = node.parent();
    }
    None
}

/// What stands between the blocks of a container, each stretch together.
fn lines(container: NodeRef<'_>) -> Vec<Vec<NodeRef<'_>>> {
    let mut lines = vec![Vec::new()];
    for node in container.children() {
        if is_any(&node, &BLOCKS) && !node.has_name("br") {
            lines.push(Vec::new());
        } else if let Some(line) = lines.last_mut() {
            line.push(node);
        }
    }
    lines
}

/// Blank text, or an element that carries nothing but its image. A note's link may lead to an `id`.
fn is_fit(node: &NodeRef) -> bool {
    if node.is_element() {
        is_any(node, &WRAPPERS) && !node.has_attr("id")
    } else {
        without_controls(&node.text()).trim().is_empty()
    }
}

fn lift<'a>(node: &NodeRef<'a>, root: NodeRef<'a>) {
    let is_image = node.has_name("img");
    let images = if is_image { vec![*node] } else { named(*node, "img") };
    for image in images {
        let figure = node.tree.new_element("figure");
        node.insert_before(&figure);
        figure.append_child(&linked(image, root));
    }
    // An image that stands for itself is in its figure by now.
    if !is_image {
        node.remove_from_parent();
    }
}

fn holds_image(element: &NodeRef) -> bool {
    element.descendants_it().any(|node| node.has_name("img"))
}

fn holds_only_images(element: &NodeRef) -> bool {
    let is_fit = |node: NodeRef| {
        if node.is_element() { is_any(&node, &WRAPPERS) } else { !node.is_nonempty_text() }
    };
    element.descendants_it().all(is_fit) && holds_image(element)
}

/// A figure for each image of a block that holds nothing else.
fn split(block: &NodeRef) {
    for image in named(*block, "img") {
        let figure = block.tree.new_element("figure");
        figure.append_child(&linked(image, *block));
        block.insert_before(&figure);
    }
    block.remove_from_parent();
}

/// The image, taken out of `root`, in a copy of the link that it stands in.
fn linked<'a>(image: NodeRef<'a>, root: NodeRef<'a>) -> NodeRef<'a> {
    let link = closest(image, "a", root).and_then(|link| link.attr("href"));
    image.remove_from_parent();
    match link {
        None => image,
        Some(href) => {
            let link = image.tree.new_element("a");
            link.set_attr("href", &href);
            link.set_attr("rel", LINK_REL);
            link.append_child(&image);
            link
        }
    }
}

/// The image first, then all other text of the figure as its caption.
fn rebuild<'a>(figure: NodeRef<'a>, image: NodeRef<'a>) {
    for inner in named(figure, "figure") {
        unwrap(&inner);
    }
    // A caption is text.
    for frame in named(figure, "iframe").iter().rev() {
        figure.insert_after(frame);
    }
    mark_credits(figure);
    let picture = linked(image, figure);
    let rest = figure.children();
    figure.remove_children();
    figure.append_child(&picture);
    if rest.iter().any(has_text) {
        let caption = figure.tree.new_element("figcaption");
        fill(&caption, &rest);
        figure.append_child(&caption);
    }
}

fn fill(caption: &NodeRef, rest: &[NodeRef]) {
    let is_caption = |node: &NodeRef| node.has_name("figcaption") || node.has_class("wp-caption-text");
    let said: Vec<&NodeRef> = rest.iter().filter(|node| node.is_text() || has_text(node)).collect();
    let first = said.iter().position(|node| has_text(node)).unwrap_or_default();
    let last = said.iter().rposition(|node| has_text(node)).unwrap_or_default();
    for (at, node) in said.into_iter().enumerate().skip(first).take(last + 1 - first) {
        if !is_caption(node) {
            caption.append_child(node);
            continue;
        }
        if at > first {
            caption.append_child(&caption.tree.new_text(" "));
        }
        for child in node.children() {
            caption.append_child(&child);
        }
        if at < last {
            caption.append_child(&caption.tree.new_text(" "));
        }
    }
}

/// Classes do not outlive the normaliser; `<cite>` says the same.
fn mark_credits(figure: NodeRef) {
    for credit in elements(figure) {
        if !credit.has_class("credit") && !credit.has_class("wp-credit") || credit.has_name("a") {
            continue;
        }
        if is_any(&credit, &WRAPPERS) {
            credit.rename("cite");
        } else {
            let cite = credit.tree.new_element("cite");
            for child in credit.children() {
                cite.append_child(&child);
            }
            credit.append_child(&cite);
            credit.remove_attr("class");
        }
    }
}
