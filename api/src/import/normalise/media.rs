//! What a body cannot hold and a reader would miss: told, so that an author hears of it.

use dom_query::NodeRef;

use super::{
    TooDeep,
    dom::{elements, is_any, root},
    parse, players,
};
use crate::import::place::Place;

const MEDIA: [&str; 5] = ["audio", "embed", "iframe", "object", "video"];

/// Elements whose content no reader sees, or sees in place of a medium that is told already.
const AROUND: [&str; 7] = ["audio", "iframe", "noscript", "object", "select", "template", "video"];

/// The names of the media that `normalise` leaves out of this HTML, each with how many there are.
///
/// # Errors
///
/// `TooDeep` for HTML that no author writes.
pub fn left_out(html: &str, place: &Place) -> Result<Vec<(&'static str, usize)>, TooDeep> {
    // Most bodies have none and need not be parsed for it.
    if !may_hold_media(html) {
        return Ok(Vec::new());
    }
    let document = parse::fragment(html)?;
    let root = root(&document);
    let seen: Vec<_> = elements(root)
        .into_iter()
        .filter(|node| is_any(node, &MEDIA) && !is_shown(node, place))
        .filter(|node| !node.ancestors_it(None).any(|above| is_any(&above, &AROUND)))
        .collect();
    let counts = MEDIA.map(|name| (name, seen.iter().filter(|node| node.has_name(name)).count()));
    Ok(counts.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// It stays, or a link stands in its place, or a quotation before it says the same.
fn is_shown(node: &NodeRef, place: &Place) -> bool {
    node.has_name("iframe") && (players::is_shown(node, place) || node.has_class("wp-embedded-content"))
}

fn may_hold_media(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| {
        let name = html.get(at + 1..).unwrap_or_default().as_bytes();
        MEDIA
            .iter()
            .any(|medium| name.get(..medium.len()).is_some_and(|name| name.eq_ignore_ascii_case(medium.as_bytes())))
    })
}
