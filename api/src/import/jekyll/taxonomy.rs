//! Categories and tags of a post, as Jekyll 4 reads them. All are flat.

use crate::import::{
    post::{Keys, distinct, keys::names},
    text,
};
use serde_json::{Map, Value};

/// Names in the order of Jekyll: the folders above `_posts`, the site's defaults, the key `categories`, the key `category`.
pub(super) fn categories(keys: &mut Keys, own: &Map<String, Value>, inherited: Vec<String>, path: &str) -> Vec<String> {
    let several = keys.take_names(&["categories"]).filter(|_| own.get("categories").is_some_and(|own| !own.is_null()));
    let one = keys.take_names(&["category"]);
    let several = several.iter().flat_map(split);
    let one = one.iter().flat_map(names);
    distinct(above(path).chain(inherited).chain(several).chain(one))
}

/// The key `tag`, else `tags`.
pub(super) fn tags(keys: &mut Keys) -> Vec<String> {
    let one = keys.take_names(&["tag"]);
    let several = keys.take_names(&["tags"]);
    match one {
        Some(one) => distinct(names(&one).into_iter()),
        None => distinct(several.iter().flat_map(split)),
    }
}

/// A text is as many names as it has words; a list has its own.
pub(super) fn split(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.split_whitespace().filter_map(text::clean_line).collect(),
        value => names(value),
    }
}

/// The folders above `_posts` or `_drafts`.
fn above(path: &str) -> impl Iterator<Item = String> {
    let folders = crate::import::post::folders(path);
    let is_special = |folder: &&str| *folder == "_posts" || *folder == "_drafts";
    let is_posts = path.split('/').any(|folder| folder == "_posts" || folder == "_drafts");
    let above: Vec<&str> = folders.take_while(|folder| !is_special(folder)).filter(|_| is_posts).collect();
    above.into_iter().filter_map(text::clean_line)
}
