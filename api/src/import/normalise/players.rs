//! Frames, most of them players of videos on other sites: those of the hosts that the settings name stay; else a link to the
//! page that shows the video stands in their place, where that is known.

use dom_query::NodeRef;
use url::Url;

use super::{
    dom::{is_any, named},
    frames,
};
use crate::import::place::Place;

/// Leaves no frame but those that may stay.
pub(super) fn settle(root: NodeRef, place: &Place) {
    for frame in named(root, "iframe") {
        let source = source(&frame);
        if source.as_ref().is_some_and(|source| frames::keep(&frame, source, place)) {
            continue;
        }
        let Some(page) = source.as_ref().and_then(page) else {
            frame.remove_from_parent();
            continue;
        };
        let link = frame.tree.new_element("a");
        link.set_attr("href", &page);
        let title = frame.attr("title").map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        link.append_child(&frame.tree.new_text(title.unwrap_or(page)));
        let stands_apart = frame.parent().is_some_and(|parent| {
            parent.id == root.id || is_any(&parent, &["div", "figure", "section", "article", "blockquote"])
        });
        if stands_apart {
            let paragraph = frame.tree.new_element("p");
            paragraph.append_child(&link);
            frame.insert_before(&paragraph);
        } else {
            frame.insert_before(&link);
        }
        frame.remove_from_parent();
    }
}

/// Whether a reader still sees what a frame shows, or finds a link to it.
pub(super) fn is_shown(frame: &NodeRef, place: &Place) -> bool {
    source(frame).is_some_and(|source| frames::may_stay(&source, place) || page(&source).is_some())
}

/// What a frame shows, also where a script is to set it.
fn source(frame: &NodeRef) -> Option<Url> {
    let source = ["src", "data-src", "data-lazy-src"].iter().find_map(|name| {
        frame.attr(name).map(|source| source.trim().to_owned()).filter(|source| source.contains("//"))
    })?;
    let source = if source.starts_with("//") { format!("https:{source}") } else { source };
    Url::parse(&source).ok()
}

/// The page that shows what a frame plays, if that is known.
fn page(url: &Url) -> Option<String> {
    let last = url.path_segments()?.rfind(|segment| !segment.is_empty()).map(str::to_owned);
    let argument = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let is_id = |id: &String| {
        !id.is_empty() && id.len() <= 40 && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    let host = url.host_str()?.trim_start_matches("www.");
    match host {
        "youtube.com" | "youtube-nocookie.com" | "youtu.be" => {
            let id = last.filter(|id| is_id(id) && !matches!(id.as_str(), "embed" | "videoseries" | "watch"));
            match id.or_else(|| argument("v").filter(is_id)) {
                Some(id) => Some(format!("https://www.youtube.com/watch?v={id}")),
                None => Some(format!("https://www.youtube.com/playlist?list={}", argument("list").filter(is_id)?)),
            }
        }
        "player.vimeo.com" | "vimeo.com" => Some(format!("https://vimeo.com/{}", last.filter(is_id)?)),
        "player.bilibili.com" | "bilibili.com" => {
            let number = || Some(format!("av{}", argument("aid").filter(is_id)?));
            let id = argument("bvid").filter(is_id).or_else(number)?;
            Some(format!("https://www.bilibili.com/video/{id}"))
        }
        _ => None,
    }
}
