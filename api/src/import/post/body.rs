//! The body of a post: tags, Markdown, and the one form that is stored.

use crate::{
    article::{BodyDraft, Picture},
    import::{
        document::Warning,
        front_matter::FrontMatter,
        normalise::{TooDeep, left_out, normalise},
        place::Place,
        tags::{self, Around, Format, Syntax, Written},
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
    warnings.extend(super::missing(&left_out(&html, place)?));
    Ok(Rendered { html, body, warnings })
}

/// The body of a file as it was written.
pub(in crate::import) fn written<'a>(path: &str, front_matter: &FrontMatter<'a>, syntax: Syntax) -> Written<'a> {
    Written { text: front_matter.body, line: front_matter.body_line, syntax, format: format(path) }
}

/// What the body of a file is written in: `.html` files are posts too.
fn format(path: &str) -> Format {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let is_html = extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm");
    if is_html { Format::Html } else { Format::Markdown }
}
