//! Any body's HTML to the one form that is stored. A fixed order of steps, a file each, each pure;
//! `round` is the table of contents. Done twice it changes nothing, and no visible character is ever lost but the noise that
//! `noise` and `code` name: the HTML holds them all, and the text derived from it all but the marks of footnotes.

mod anchors;
mod caption;
mod code;
mod cover;
mod derive;
mod dom;
mod emoji;
mod figures;
mod frames;
mod gallery;
mod images;
mod lazy;
mod links;
mod media;
mod noise;
mod parse;
mod players;
mod resize;
mod sanitise;
mod serialise;
mod srcset;
mod strip;
mod tags;
mod targets;
#[cfg(test)]
mod tests;
mod unicode;

pub use self::{media::left_out, parse::TooDeep, resize::picture};
use super::place::Place;
use crate::article::BodyDraft as Body;
use std::collections::HashMap;

/// How often the steps are taken at most. One round is enough for what a browser reads as it is written; markup that it
/// repairs (a paragraph in a button in a paragraph) has its last form only after the sanitiser has parsed it again.
const MOST_ROUNDS: usize = 4;

/// The most bytes of an attribute, and so of an address: no server answers a longer one.
const MOST_ATTRIBUTE_BYTES: usize = 8_192;

/// The files that pictures are, by their original URLs.
type Files = HashMap<String, String>;

/// Brings HTML to its stored form and tells what is in it. `cover` is the URL of the article's cover, with or without
/// resize arguments.
///
/// # Errors
///
/// `TooDeep` for HTML that no author writes.
pub fn normalise(html: &str, place: &Place, cover: Option<&str>) -> Result<Body, TooDeep> {
    let cover = cover.and_then(|cover| place.picture(cover)).map(|picture| picture.original_url);
    let mut files = Files::new();
    let mut formed = round(html, place, cover.as_deref(), &mut files)?;
    let mut clean = sanitise::clean(&formed, place.frame_hosts());
    for _ in 1..MOST_ROUNDS {
        if clean == formed {
            break;
        }
        formed = round(&clean, place, cover.as_deref(), &mut files)?;
        clean = sanitise::clean(&formed, place.frame_hosts());
    }
    let document = parse::fragment(&clean)?;
    Ok(derive::body(clean, &document, &files))
}

/// The steps in their order; after them only the sanitiser touches the HTML.
fn round(html: &str, place: &Place, cover: Option<&str>, files: &mut Files) -> Result<String, TooDeep> {
    let document = parse::fragment(html)?;
    let root = dom::root(&document);
    if dom::named(root, "img").len() > parse::MOST_IMAGES {
        return Err(TooDeep::Images);
    }
    unicode::drop_controls(root);
    noise::remove(root);
    targets::keep(root);
    emoji::to_text(root);
    lazy::unveil(root);
    players::settle(root, place);
    tags::keep_known(root);
    links::lead(root, place);
    images::to_originals(root, place, files);
    code::unify(root);
    noise::remove_empty(root);
    gallery::unify(root);
    figures::unify(root);
    anchors::set(root);
    strip::presentation(root);
    noise::remove_empty(root);
    strip::wrappers(root);
    figures::lift_bare(root);
    images::number(root);
    cover::mark(root, cover);
    unicode::compose(root);
    let html = serialise::html(root);
    if html.len() > parse::MOST_BYTES { Err(TooDeep::Length) } else { Ok(html) }
}

/// The plain text of some HTML as a reader sees it.
///
/// # Errors
///
/// `TooDeep` for HTML that no author writes.
pub fn visible_text(html: &str) -> Result<String, TooDeep> {
    let document = parse::fragment(html)?;
    let root = dom::root(&document);
    noise::remove(root);
    emoji::to_text(root);
    tags::keep_known(root);
    Ok(derive::text(root))
}
