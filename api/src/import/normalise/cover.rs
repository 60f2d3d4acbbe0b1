//! The article's cover within its body: finding it. `crate::article` leaves it out on request.

use dom_query::NodeRef;

use super::dom::{closest, named};

/// Marks the first image that shows the cover: its figure, unless other images stand in that too.
pub(super) fn mark(root: NodeRef, cover: Option<&str>) {
    let is_cover = |image: &NodeRef| cover.is_some() && image.attr("src").as_deref() == cover;
    if let Some(image) = named(root, "img").into_iter().find(is_cover) {
        let figure = closest(image, "figure", root).filter(|figure| named(*figure, "img").len() == 1);
        figure.unwrap_or(image).set_attr("data-cover", "");
    }
}
