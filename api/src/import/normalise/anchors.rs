//! Headings get anchors of our own, made of their text, so that a link into an article holds wherever it came from.

use std::collections::{HashMap, HashSet};

use dom_query::NodeRef;
use percent_encoding::percent_decode_str;

use super::strip::is_target;
use super::{
    derive::{self, HEADINGS},
    dom::{elements, is_any, named},
};
use crate::slug::slugify;

/// Sets the `id` of every heading with text and leads links within the body to it.
pub(super) fn set(root: NodeRef) {
    let (headings, others): (Vec<_>, Vec<_>) = elements(root).into_iter().partition(|node| is_any(node, &HEADINGS));
    let mut anchors = Anchors::default();
    // The other ids do not stay.
    let notes = others.iter().filter_map(|node| Some(node.id_attr()?.to_string()));
    anchors.taken.extend(notes.filter(|id| is_target(id)));
    let mut moved = HashMap::new();
    for heading in headings {
        let old = heading.id_attr();
        let inner = elements(heading).into_iter().filter_map(|node| node.id_attr().or_else(|| node.attr("name")));
        let inner: Vec<String> = inner.map(|id| id.to_string()).filter(|id| !is_target(id)).collect();
        heading.remove_attr("id");
        let text = derive::line(heading);
        if text.is_empty() {
            continue;
        }
        let anchor = anchors.next(&text);
        heading.set_attr("id", &anchor);
        for old in old.map(|old| old.to_string()).into_iter().chain(inner) {
            moved.entry(old).or_insert_with(|| anchor.clone());
        }
    }
    redirect(root, &moved);
}

/// The anchors of one body.
#[derive(Default)]
struct Anchors {
    taken: HashSet<String>,
    /// The number that the last heading of a text got.
    numbers: HashMap<String, usize>,
}

impl Anchors {
    /// A free anchor for a text: its slug, for the second heading of the same text with `-2`.
    fn next(&mut self, text: &str) -> String {
        let slug = slugify(text);
        let base = if slug.is_empty() { "section".to_owned() } else { slug };
        let number = self.numbers.entry(base.clone()).or_default();
        loop {
            *number += 1;
            let anchor = if *number == 1 { base.clone() } else { format!("{base}-{number}") };
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

fn redirect(root: NodeRef, moved: &HashMap<String, String>) {
    for link in named(root, "a") {
        let target = link.attr("href").and_then(|href| {
            let fragment = percent_decode_str(href.trim().strip_prefix('#')?).decode_utf8_lossy().into_owned();
            moved.get(&fragment)
        });
        if let Some(anchor) = target {
            link.set_attr("href", &format!("#{anchor}"));
        }
    }
}
