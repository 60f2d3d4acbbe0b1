//! Frames of other sites' players, from the hosts that the settings name.

use dom_query::NodeRef;
use url::Url;

use super::MOST_ATTRIBUTE_BYTES;
use crate::import::place::Place;

/// What a frame may have; the last ones are always there, with these values.
pub(super) const ATTRIBUTES: [&str; 8] =
    ["src", "title", "width", "height", "sandbox", "allowfullscreen", "loading", "referrerpolicy"];

/// A player needs its scripts, and its own origin for what it keeps; with both it is kept from leaving its frame by having
/// another origin than the page, and by what is not here: it can not move the page elsewhere, open windows, or send forms.
/// Players refuse to play where no origin is told to them.
pub(super) const SET: [(&str, &str); 4] = [
    ("sandbox", "allow-presentation allow-same-origin allow-scripts"),
    ("allowfullscreen", ""),
    ("loading", "lazy"),
    ("referrerpolicy", "strict-origin-when-cross-origin"),
];

/// Puts a frame in its one form in the place of one that a body may hold; false where it may not.
pub(super) fn keep(frame: &NodeRef, source: &Url, place: &Place) -> bool {
    if !may_stay(source, place) {
        return false;
    }
    let kept = frame.tree.new_element("iframe");
    kept.set_attr("src", source.as_str());
    if let Some(title) = frame.attr("title").filter(|title| !title.trim().is_empty()) {
        kept.set_attr("title", &title);
    }
    for name in ["width", "height"] {
        if let Some(pixels) = super::images::measure(frame, name) {
            kept.set_attr(name, &pixels.to_string());
        }
    }
    for (name, value) in SET {
        kept.set_attr(name, value);
    }
    frame.insert_before(&kept);
    frame.remove_from_parent();
    true
}

/// Whether a body may hold a frame that shows this. One of the page's own origin could take its sandbox off.
pub(super) fn may_stay(source: &Url, place: &Place) -> bool {
    is_allowed(source, place.frame_hosts()) && !place.is_own_host(source)
}

/// Whether a frame may show this: over TLS, from exactly one of these hosts, at its usual port.
pub(super) fn is_allowed(source: &Url, hosts: &[String]) -> bool {
    let is_host = source.host_str().is_some_and(|host| hosts.iter().any(|allowed| allowed == host));
    let is_plain = source.port().is_none() && source.username().is_empty() && source.password().is_none();
    source.scheme() == "https" && is_host && is_plain && source.as_str().len() <= MOST_ATTRIBUTE_BYTES
}
