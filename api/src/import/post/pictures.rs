//! The pictures that themes show beside a post.

use serde_json::Value;

use super::keys::{self, Keys};
use crate::{article::Picture, import::place::Place};

/// The picture above the article. `false` means none, whatever the keys after it say.
pub(in crate::import) fn cover(keys: &mut Keys, place: &Place) -> Option<Picture> {
    let of_themes = [
        "cover",
        "headimg",
        "banner",
        "banner_img",
        "top_img",
        "featured_image",
        "feature_image",
        "feature",
        "image",
        "img",
        "photos",
        "photo",
    ];
    match first_picture(keys, place, &of_themes) {
        Found::Nothing => of_header(keys, place, &["image", "overlay_image"]),
        found => found.picture(),
    }
}

/// The picture in lists.
pub(in crate::import) fn thumbnail(keys: &mut Keys, place: &Place) -> Option<Picture> {
    match first_picture(keys, place, &["thumbnail", "index_img"]) {
        Found::Nothing => of_header(keys, place, &["teaser"]),
        found => found.picture(),
    }
}

enum Found {
    Picture(Picture),
    /// A key says that there is none.
    None,
    Nothing,
}

impl Found {
    fn picture(self) -> Option<Picture> {
        match self {
            Self::Picture(picture) => Some(picture),
            Self::None | Self::Nothing => None,
        }
    }
}

fn first_picture(keys: &mut Keys, place: &Place, names: &[&str]) -> Found {
    for name in names {
        let Some(value) = keys.take_filled(name) else {
            continue;
        };
        if value == Value::Bool(false) {
            return Found::None;
        }
        let found = urls(&value).iter().find_map(|url| place.picture(url));
        let is_more = value.as_array().is_some_and(|items| items.len() > 1) || value.is_object();
        if found.is_none() && !value.is_boolean() {
            keys.warn(name, format!("`{name}` holds no URL of a picture; it was left among the extra fields"));
        }
        // A gallery is more than its first picture, and a mapping more than an address.
        if found.is_none() || is_more {
            keys.rest.insert((*name).to_owned(), value);
        }
        if let Some(picture) = found {
            return Found::Picture(picture);
        }
    }
    Found::Nothing
}

/// The addresses that a value holds: a text, a list of texts or mappings, or a mapping.
fn urls(value: &Value) -> Vec<String> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let keys = ["path", "url", "src", "feature", "image", "file"];
    let url = |item: &Value| match item {
        Value::Object(fields) => keys.iter().find_map(|key| fields.get(*key)).map(keys::names).unwrap_or_default(),
        item => keys::names(item),
    };
    items.iter().flat_map(url).collect()
}

/// Themes that keep everything about the head of a page in one mapping; it stays among the extra fields.
fn of_header(keys: &Keys, place: &Place, names: &[&str]) -> Option<Picture> {
    let header = keys.rest.get("header")?.as_object()?;
    names.iter().find_map(|name| urls(header.get(*name)?).iter().find_map(|url| place.picture(url)))
}
