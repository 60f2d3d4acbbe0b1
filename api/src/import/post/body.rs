//! The body of a post: tags, Markdown, and the one form that is stored.

use crate::{
    article::{BodyDraft, Picture},
    import::{
        document::Warning,
        normalise::{TooDeep, left_out, normalise},
        place::Place,
        tags::{self, Around, Format, Written},
    },
};

/// A body on its way into a document.
pub(in crate::import) struct Rendered {
    /// As it was rendered, not normalised: what separates an excerpt still stands in it.
    pub(in crate::import) html: String,
    /// In its one form.
    pub(in crate::import) body: BodyDraft,
    /// Of tags, and of what a body cannot hold.
    pub(in crate::import) warnings: Vec<Warning>,
}

/// Renders and normalises a body.
///
/// # Errors
///
/// `TooDeep` for what no author writes.
pub(in crate::import) fn read(
    written: Written,
    around: Around,
    place: &Place,
    cover: Option<&Picture>,
) -> Result<Rendered, TooDeep> {
    let tags::Html { html, mut warnings } = tags::to_html(written, around)?;
    let body = normalise(&html, place, cover.map(|cover| cover.original_url.as_str()))?;
    warnings.extend(super::missing(&left_out(&html)?));
    Ok(Rendered { html, body, warnings })
}

/// What the body of a file is written in: `.html` files are posts too.
pub(in crate::import) fn format(path: &str) -> Format {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_html = extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm");
    if is_html { Format::Html } else { Format::Markdown }
}
