//! Any body's HTML to the one form that is stored. The fixed order of IMPORT.md 5.7, a step a file, each step pure;
//! `normalise` is the table of contents. Done twice it changes nothing, and no visible character is ever lost.

mod anchors;
mod caption;
mod cover;
mod derive;
mod dom;
mod figures;

mod images;
mod parse;
mod resize;
mod sanitise;
mod strip;
mod tags;
#[cfg(test)]
mod tests;
mod unicode;

pub use self::{cover::without_cover, parse::TooDeep, resize::picture};
use super::document::Body;

/// How often a body may change before it must stand still. Markup that a browser repairs in several ways (a paragraph
/// in a button in a paragraph) needs two rounds; nothing is known to need a fourth.
const MOST_ROUNDS: usize = 4;

/// Brings HTML to its stored form and tells what is in it. `cover` is the URL of the article's cover, with or without
/// resize arguments.
///
/// # Errors
///
/// `TooDeep` for HTML that no author writes.
pub fn normalise(html: &str, cover: Option<&str>) -> Result<Body, TooDeep> {
    let cover = cover.and_then(picture).map(|picture| picture.original_url);
    let mut html = round(html, cover.as_deref())?;
    for _ in 1..MOST_ROUNDS {
        let document = parse::fragment(&html)?;
        // What a browser would read differently from what is written is not in its final form yet.
        if *dom::root(&document).inner_html() == *html {
            return Ok(derive::body(html, &document));
        }
        html = round(&html, cover.as_deref())?;
    }
    let document = parse::fragment(&html)?;
    Ok(derive::body(html, &document))
}

/// The steps in their order. The sanitiser is the last that touches the HTML.
fn round(html: &str, cover: Option<&str>) -> Result<String, TooDeep> {
    let document = parse::fragment(html)?;
    let root = dom::root(&document);
    tags::keep_known(root);
    images::to_originals(root);
    figures::unify(root);
    strip::presentation(root);
    images::number(root);
    cover::mark(root, cover);
    anchors::set(root);
    unicode::compose(root);
    Ok(sanitise::clean(&root.inner_html()))
}

/// The plain text of some HTML as a reader sees it.
///
/// # Errors
///
/// `TooDeep` for HTML that no author writes.
pub fn visible_text(html: &str) -> Result<String, TooDeep> {
    let document = parse::fragment(html)?;
    let root = dom::root(&document);
    tags::keep_known(root);
    Ok(derive::text(root))
}
