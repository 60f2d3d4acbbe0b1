//! What the steps share: finding and moving nodes. Nothing here recurses, so that depth costs no stack.

use dom_query::{Document, NodeRef};

/// The node whose children are the body.
pub(super) fn root(document: &Document) -> NodeRef<'_> {
    document.html_root()
}

/// All elements below a node, in document order, as they are now.
pub(super) fn elements(node: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    node.descendants_it().filter(NodeRef::is_element).collect()
}

/// All elements of a name below a node, in document order.
pub(super) fn named<'a>(node: NodeRef<'a>, name: &str) -> Vec<NodeRef<'a>> {
    node.descendants_it().filter(|node| node.has_name(name)).collect()
}

/// Whether a node is an element of one of these names.
pub(super) fn is_any(node: &NodeRef, names: &[&str]) -> bool {
    node.qual_name_ref().is_some_and(|name| names.contains(&&*name.local))
}

/// The nearest element of a name above a node, below `root`.
pub(super) fn closest<'a>(node: NodeRef<'a>, name: &str, root: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut above = node.parent();
    while let Some(candidate) = above.filter(|candidate| candidate.id != root.id) {
        if candidate.has_name(name) {
            return Some(candidate);
        }
        above = candidate.parent();
    }
    None
}

/// Whether a reader sees text in a node.
pub(super) fn has_text(node: &NodeRef) -> bool {
    node.is_nonempty_text() || node.descendants_it().any(|node| node.is_nonempty_text())
}

/// Puts the children of an element in its place.
pub(super) fn unwrap(element: &NodeRef) {
    for child in element.children() {
        element.insert_before(&child);
    }
    element.remove_from_parent();
}

/// Whether a step comes into a node or leaves it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Enter,
    Leave,
}

/// Visits a node and all below it in reading order. What `is_left_out` says is skipped with all that it holds.
pub(super) fn walk<'a>(
    node: NodeRef<'a>,
    is_left_out: impl Fn(&NodeRef<'a>) -> bool,
    mut visit: impl FnMut(Step, &NodeRef<'a>),
) {
    let mut ahead = vec![(Step::Enter, node)];
    while let Some((step, node)) = ahead.pop() {
        if is_left_out(&node) {
            continue;
        }
        visit(step, &node);
        if step == Step::Enter {
            ahead.push((Step::Leave, node));
            ahead.extend(node.children_it(true).map(|child| (Step::Enter, child)));
        }
    }
}
