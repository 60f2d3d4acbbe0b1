//! The pictures that themes show beside a post.

use serde_json::Value;

use super::keys::{self, Keys};
use crate::{article::Picture, import::place::Place};

/// The picture above the article. `false` means none, whatever the keys after it say.
pub(in crate::import) fn cover(keys: &mut Keys, place: &Place) -> Option<Picture> {
    let of_themes =
        ["cover", "headimg", "banner", "banner_img", "top_img", "featured_image", "image", "img", "photos", "photo"];
    first_picture(keys, place, &of_themes)
}

/// The picture in lists.
pub(in crate::import) fn thumbnail(keys: &mut Keys, place: &Place) -> Option<Picture> {
    first_picture(keys, place, &["thumbnail", "index_img"])
}

fn first_picture(keys: &mut Keys, place: &Place, names: &[&str]) -> Option<Picture> {
    for name in names {
        let Some(value) = keys.take_filled(name) else {
            continue;
        };
        if value == Value::Bool(false) {
            return None;
        }
        let found = keys::names(&value).iter().find_map(|url| place.picture(url));
        let is_gallery = value.as_array().is_some_and(|items| items.len() > 1);
        if found.is_none() && !value.is_boolean() {
            keys.warn(name, format!("`{name}` holds no URL of a picture; it was left among the extra fields"));
        }
        // A gallery is more than its first picture.
        if found.is_none() || is_gallery {
            keys.rest.insert((*name).to_owned(), value);
        }
        if found.is_some() {
            return found;
        }
    }
    None
}
