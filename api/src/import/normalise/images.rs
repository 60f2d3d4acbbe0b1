//! Every `<img>` in one form: its original, its size where it is known, its number.

use dom_query::NodeRef;

use super::{
    Files,
    dom::{closest, named},
    resize::{self, pixels},
};
use crate::import::place::Place;

/// Leaves an image its original, alternative text, title and size. One without a picture on the web is taken out.
pub(super) fn to_originals(root: NodeRef, place: &Place, files: &mut Files) {
    for image in named(root, "img") {
        let source = image.attr_or("src", "").to_string();
        let better = closest(image, "a", root).and_then(|link| link.attr("href"));
        let better = better.filter(|better| resize::is_copy(&source, better)).map(|better| better.to_string());
        let Some(picture) =
            better.as_deref().and_then(|better| place.picture(better)).or_else(|| place.picture(&source))
        else {
            image.remove_from_parent();
            continue;
        };
        if let Some(file) = picture.file {
            // Only the first round sees the address as it was written.
            files.entry(picture.original_url.clone()).or_insert(file);
        }
        // The size that a copy's arguments told is the best that is known.
        let told = picture.width.zip(picture.height).or_else(|| {
            let copy = resize::picture(&source).filter(|_| better.is_some())?;
            copy.width.zip(copy.height)
        });
        let size = told.or_else(|| Some((measure(&image, "width")?, measure(&image, "height")?)));
        let alt = image.attr_or("alt", "");
        let title = image.attr("title").filter(|title| !title.trim().is_empty());

        image.remove_all_attrs();
        image.set_attr("src", &picture.original_url);
        image.set_attr("alt", &alt);
        if let Some(title) = title {
            image.set_attr("title", &title);
        }
        if let Some((width, height)) = size {
            image.set_attr("width", &width.to_string());
            image.set_attr("height", &height.to_string());
        }
    }
}

/// Numbers the images from 0 in reading order.
pub(super) fn number(root: NodeRef) {
    for (position, image) in named(root, "img").iter().enumerate() {
        image.set_attr("data-figure", &position.to_string());
    }
}

/// A size attribute that is one in pixels.
pub(super) fn measure(image: &NodeRef, attribute: &str) -> Option<i32> {
    pixels(&image.attr(attribute)?)
}
