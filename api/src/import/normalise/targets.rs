//! Places in a body to which its own links lead keep their meaning, under ids that no script's global variable can have.

use std::collections::HashMap;

use dom_query::NodeRef;
use percent_encoding::percent_decode_str;

use super::{
    derive::HEADINGS,
    dom::{elements, is_any, named},
    strip::is_target,
};

/// What the ids of places begin with.
pub(super) const PREFIX: &str = "at-";

/// Gives the element that a link of the body names, by its `id` or by the `name` of an anchor, an id of our own and leads the
/// link there. Headings have their own way.
pub(super) fn keep(root: NodeRef) {
    let wanted: Vec<(NodeRef, String)> =
        named(root, "a").into_iter().filter_map(|link| Some((link, fragment(&link)?))).collect();
    if wanted.is_empty() {
        return;
    }
    let mut places = HashMap::new();
    for element in elements(root).into_iter().filter(|element| !is_of_heading(element)) {
        let is_anchor = element.has_name("a") && !element.has_attr("href");
        let names = [element.id_attr(), element.attr("name").filter(|_| is_anchor)];
        for name in names.into_iter().flatten() {
            places.entry(name.to_string()).or_insert(element);
        }
    }
    for (link, name) in wanted {
        let Some(place) = places.get(&name) else { continue };
        if place.has_name("a") && !place.has_attr("href") {
            place.rename("span");
            place.remove_attr("name");
        }
        // Two names may be those of one place.
        let id = place.id_attr().filter(|id| id.starts_with(PREFIX)).map(|id| id.to_string());
        let id = id.unwrap_or_else(|| format!("{PREFIX}{}", name.split_whitespace().collect::<Vec<_>>().join("-")));
        place.set_attr("id", &id);
        link.set_attr("href", &format!("#{id}"));
    }
}

/// Where a link leads in its own page, if that is no place that has its meaning already.
fn fragment(link: &NodeRef) -> Option<String> {
    let href = link.attr("href")?;
    let name = percent_decode_str(href.trim().strip_prefix('#')?).decode_utf8_lossy().into_owned();
    (!name.trim().is_empty() && !is_target(&name)).then_some(name)
}

fn is_of_heading(element: &NodeRef) -> bool {
    is_any(element, &HEADINGS) || element.ancestors_it(None).any(|above| is_any(&above, &HEADINGS))
}

#[cfg(test)]
mod tests {
    use crate::import::{normalise::normalise, place::Place};

    fn html(source: &str) -> String {
        normalise(source, &Place::unknown(), None).unwrap().html
    }

    #[test]
    fn links_within_a_body_keep_their_targets() {
        let source = "<p><a href='#here'>down</a> <a href='#row%20two'>row</a> <a href='#gone'>no</a></p>\
            <a name=here></a><p>Here.</p><p id='row two' onclick=x>Row</p><p id=other>Other</p>";
        let once = html(source);
        assert!(once.contains("href=\"#at-here\"") && once.contains("id=\"at-here\""), "{once}");
        assert!(once.contains("href=\"#at-row-two\"") && once.contains("<p id=\"at-row-two\">Row</p>"), "{once}");
        assert!(once.contains("href=\"#gone\"") && !once.contains("other"), "{once}");
        assert_eq!(html(&once), once);
    }

    #[test]
    fn an_element_with_two_names_is_one_place() {
        let once = html("<a href='#a'>1</a> <a href='#b'>2</a><p>x</p><a id=a name=b></a><p>y</p>");
        assert_eq!((once.matches("#at-a").count(), once.matches("id=\"at-a\"").count()), (2, 1), "{once}");
    }
}
