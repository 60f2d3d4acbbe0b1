//! The authors of a post.

use serde_json::{Map, Value};
use std::collections::HashSet;

use super::keys::{self, Keys};
use crate::{
    article::AuthorDraft,
    import::{
        place::Place,
        text::{clean, clean_line},
    },
};

/// A text is one author, whole; a mapping tells more of one; a list holds either.
pub(in crate::import) fn authors(keys: &mut Keys, place: &Place) -> Vec<AuthorDraft> {
    let drafts: Vec<AuthorDraft> = match keys.take_first(&["author", "authors"]) {
        Some((key, Value::Array(items))) => items.iter().filter_map(|item| author(keys, place, key, item)).collect(),
        Some((key, value)) => author(keys, place, key, &value).into_iter().collect(),
        None => Vec::new(),
    };
    let mut names = HashSet::new();
    drafts.into_iter().filter(|draft| names.insert(draft.name.clone())).collect()
}

fn author(keys: &mut Keys, place: &Place, key: &str, value: &Value) -> Option<AuthorDraft> {
    let draft = match value {
        Value::Null => return None,
        Value::Object(fields) => described(keys, place, key, fields),
        value => keys::scalar(value)
            .and_then(|name| clean_line(&name))
            .map(|name| AuthorDraft { name, ..AuthorDraft::default() }),
    };
    if draft.is_none() {
        keys.warn(key, format!("an author without a name was left out: {value}"));
    }
    draft
}

fn described(keys: &mut Keys, place: &Place, key: &str, fields: &Map<String, Value>) -> Option<AuthorDraft> {
    let first = |names: &[&str]| names.iter().find_map(|name| clean(&keys::scalar(fields.get(*name)?)?));
    let name = clean_line(&first(&["name"])?)?;
    let website = first(&["url", "link", "website"]);
    if let Some(url) = website.as_ref().filter(|url| !keys::is_web_url(url)) {
        keys.warn(key, format!("`{url}` is no absolute http(s) URL; {name} has no website"));
    }
    Some(AuthorDraft {
        bio: first(&["bio", "description"]).and_then(|bio| keys.visible(key, &bio)),
        website: website.filter(|url| keys::is_web_url(url)),
        avatar: first(&["avatar", "image"]).and_then(|url| place.picture(&url)),
        name,
    })
}
