//! The allow-list. What is not on it does not leave the normaliser, whatever the steps before have done.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::{frames, links, serialise::in_short_texts};

/// Elements of prose. No SVG, math or style: a browser parses their content by other rules.
pub(super) const TAGS: [&str; 66] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "rb",
    "rtc",
];

/// Attributes of every element. An `id` is a heading's anchor or a footnote's.
pub(super) const GENERIC_ATTRIBUTES: [&str; 3] = ["dir", "id", "lang"];

/// Attributes of some. `cite` and `longdesc` hold URLs that ammonia does not look at, so they are not among them.
pub(super) const ATTRIBUTES: [(&str, &[&str]); 17] = [
    ("a", &["href", "title"]),
    ("abbr", &["title"]),
    ("code", &["class"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &["title"]),
    ("figure", &["data-cover"]),
    ("img", &["src", "alt", "title", "width", "height", "data-figure", "data-cover"]),
    ("input", &["type", "checked", "disabled"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("td", &["colspan", "rowspan", "align"]),
    ("th", &["colspan", "rowspan", "align", "scope"]),
    ("time", &["datetime"]),
];

/// Links tell nothing to where they lead.
pub(super) const LINK_REL: &str = "noopener noreferrer";

/// Leaves the HTML of the allow-list, with frames of these hosts.
pub(super) fn clean(html: &str, frame_hosts: &[String]) -> String {
    static WITHOUT_FRAMES: LazyLock<Builder<'static>> = LazyLock::new(|| sanitiser(&[]));
    let html = in_short_texts(html);
    if frame_hosts.is_empty() {
        return WITHOUT_FRAMES.clean(&html).to_string();
    }
    sanitiser(frame_hosts).clean(&html).to_string()
}

fn sanitiser(frame_hosts: &[String]) -> Builder<'static> {
    let attributes = ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect::<HashSet<_>>()));
    let mut builder = Builder::empty();
    let hosts = frame_hosts.to_vec();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::from(GENERIC_ATTRIBUTES))
        .tag_attributes(attributes.collect::<HashMap<_, _>>())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some(LINK_REL))
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("iframe", "src") => {
                Url::parse(value).is_ok_and(|url| frames::is_allowed(&url, &hosts)).then(|| links::inert(value))
            }
            (_, "href" | "src") => Some(links::inert(value)),
            (_, "alt" | "title") => Some(value.into()),
            _ => (!links::holds_running(value)).then(|| value.into()),
        });
    if !frame_hosts.is_empty() {
        builder
            .add_tags(["iframe"])
            .add_tag_attributes("iframe", frames::ATTRIBUTES)
            .set_tag_attribute_values(HashMap::from([("iframe", HashMap::from(frames::SET))]));
    }
    builder
}
