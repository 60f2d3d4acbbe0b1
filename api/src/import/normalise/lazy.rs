//! Pictures that a script would have loaded later: their true addresses back into `src`. Pixels that count readers go.

use dom_query::NodeRef;

use super::{
    dom::{is_any, named},
    resize, srcset,
};

/// Where scripts keep the address, the original first.
const ATTRIBUTES: [&str; 13] = [
    "data-orig-file",
    "data-src",
    "data-original",
    "data-orig",
    "data-url",
    "data-large-file",
    "data-medium-file",
    "data-original-mos",
    "data-lazy-src",
    "data-lazyload",
    "data-actualsrc",
    "data-echo",
    "data-hi-res-src",
];

const LISTS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];

/// What stands in `src` until the script has run.
const PLACEHOLDERS: [&str; 9] =
    ["blank", "grey", "lazy", "loading", "pixel", "placeholder", "spacer", "spinner", "transparent"];

/// Hosts whose pictures nobody is to see.
const COUNTERS: [&str; 8] = [
    "stats.wordpress.com",
    "pixel.wp.com",
    "stats.wp.com",
    "b.wp.com",
    "feeds.feedburner.com/~r",
    "www.google-analytics.com",
    "www.facebook.com/tr",
    "pixel.quantserve.com",
];

pub(super) fn unveil(root: NodeRef) {
    copies(root);
    for image in named(root, "img") {
        if is_pixel(&image) {
            image.remove_from_parent();
            continue;
        }
        let source = image.attr_or("src", "").to_string();
        let found = srcset::in_source(&source).or_else(|| told(&image, &source));
        if let Some(found) = found {
            image.set_attr("src", &found);
        }
        size_of_original(&image);
    }
}

/// The address that an attribute tells. It counts where `src` is none, or holds a place.
fn told(image: &NodeRef, source: &str) -> Option<String> {
    let picture = |name: &&str| {
        let value = image.attr(name)?.trim().to_owned();
        (!is_placeholder(&value) && resize::picture(&value).is_some())
            .then(|| srcset::in_source(&value).unwrap_or(value))
    };
    let original = ATTRIBUTES.first().and_then(picture);
    if original.is_some() {
        return original;
    }
    let own = ["data-src", "data-lazy-src", "data-original"].iter().find_map(picture);
    if own.is_some() || !is_placeholder(source) {
        return own;
    }
    let list = || LISTS.iter().find_map(|name| srcset::largest(&image.attr(name)?));
    ATTRIBUTES.iter().find_map(picture).or_else(list).or_else(|| of_sources(image))
}

/// What the sources of a `<picture>` name where its image names nothing.
fn of_sources(image: &NodeRef) -> Option<String> {
    const MOST: usize = 3;
    let picture = image.ancestors_it(Some(MOST)).find(|above| above.has_name("picture"))?;
    let lists = ["srcset", "data-srcset", "data-lazy-srcset"];
    let sources = named(picture, "source");
    let largest = |source: &NodeRef| lists.iter().find_map(|name| srcset::largest(&source.attr(name)?));
    sources.iter().find_map(largest)
}

/// Whether a `src` only holds the place of a picture.
fn is_placeholder(source: &str) -> bool {
    let source = source.trim();
    let file = source.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let file = file.to_ascii_lowercase();
    let is_drawn = file.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "gif" | "svg" | "png"));
    let is_named = PLACEHOLDERS.iter().any(|name| file.starts_with(name));
    resize::picture(source).is_none() || is_drawn && is_named
}

/// The size that WordPress tells of the original.
fn size_of_original(image: &NodeRef) {
    let Some(size) = image.attr("data-orig-size") else { return };
    if let Some((width, height)) = size.split_once(',')
        && resize::pixels(width).is_some()
        && resize::pixels(height).is_some()
    {
        image.set_attr("width", width.trim());
        image.set_attr("height", height.trim());
    }
}

/// A picture alone in `noscript` is the copy of the one before it, and better where that only holds a place.
fn copies(root: NodeRef) {
    for copy in named(root, "noscript") {
        let inner = named(copy, "img");
        let ([image], false) = (inner.as_slice(), super::dom::has_text(&copy)) else { continue };
        let before = neighbour(&copy);
        let is_better = match &before {
            None => true,
            Some(before) => {
                let source = before.attr_or("src", "").to_string();
                is_placeholder(&source) || before.has_attr("data-src") || before.has_attr("data-lazy-src")
            }
        };
        if !is_better {
            continue;
        }
        copy.insert_before(image);
        if let Some(before) = before {
            before.remove_from_parent();
        }
    }
}

/// The picture right before a node.
fn neighbour<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut before = node.prev_sibling();
    while let Some(blank) =
        before.filter(|before| before.is_comment() || before.is_text() && !before.is_nonempty_text())
    {
        before = blank.prev_sibling();
    }
    before.filter(|before| is_any(before, &["img"]))
}

/// One point that counts who reads.
fn is_pixel(image: &NodeRef) -> bool {
    let is_point =
        |name| image.attr(name).is_some_and(|value| matches!(value.trim().trim_end_matches("px"), "0" | "1"));
    let source = image.attr_or("src", "");
    let place = source.trim().split_once("//").map(|(_, place)| place).unwrap_or_default();
    is_point("width") && is_point("height") || COUNTERS.iter().any(|counter| place.starts_with(counter))
}
