//! The excerpt of a post: what a key says, else what stands before the separator.

use crate::import::{
    normalise::{TooDeep, visible_text},
    post::Keys,
    tags::{self, Around, Written},
};

/// What separates an excerpt where the site does not say.
const PARAGRAPH: &str = "\n\n";

/// As a reader sees it. Jekyll takes all of a text without its separator; that is none here unless the text is one paragraph.
pub(super) fn of(keys: &mut Keys, written: Written, around: Around, of_site: &str) -> Result<Option<String>, TooDeep> {
    let body = written.text;
    let told = keys.text("excerpt").and_then(|excerpt| keys.visible("excerpt", &excerpt));
    let separator = keys.take_filled("excerpt_separator").and_then(|value| value.as_str().map(str::to_owned));
    let separator = separator.unwrap_or_else(|| of_site.to_owned());
    if told.is_some() || separator.is_empty() {
        return Ok(told);
    }
    // The line break that ends the fence belongs to neither.
    let head = match body.split_once(&separator) {
        Some((head, tail)) => with_definitions(head, tail),
        None if separator == PARAGRAPH => body.to_owned(),
        None => return Ok(None),
    };
    let html = tags::to_html(Written { text: &head, ..written }, around)?.html;
    Ok(Some(visible_text(&html)?).filter(|text| !text.is_empty()))
}

/// The head, with the addresses of the links in it that the tail tells.
fn with_definitions(head: &str, tail: &str) -> String {
    let label = |line: &str| {
        let bare = line.trim_start_matches(' ');
        let is_indented = line.len() - bare.len() > 3;
        let (label, address) = bare.split_once("]:").filter(|_| bare.starts_with('[') && !is_indented)?;
        (!address.trim().is_empty()).then(|| format!("{label}]"))
    };
    let definitions = tail.lines().filter(|line| label(line).is_some_and(|label| head.contains(&label)));
    let definitions: Vec<&str> = definitions.collect();
    if definitions.is_empty() { head.to_owned() } else { format!("{head}\n\n{}", definitions.join("\n")) }
}
