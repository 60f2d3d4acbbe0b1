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
    authors_among(keys, place, &Map::new())
}

/// `authors`, where a text may be the key of one whom the site's data describes.
pub(in crate::import) fn authors_among(keys: &mut Keys, place: &Place, known: &Map<String, Value>) -> Vec<AuthorDraft> {
    let one = |keys: &mut Keys, key: &str, value: &Value| {
        let described = value.as_str().and_then(|name| known_author(name, known));
        author(keys, place, key, described.as_ref().unwrap_or(value))
    };
    let drafts = match keys.take_first(&["author", "authors"]) {
        Some((key, Value::Array(items))) => items.iter().filter_map(|item| one(keys, key, item)).collect(),
        Some((key, value)) => one(keys, key, &value).into_iter().collect(),
        None => Vec::new(),
    };
    let mut seen = HashSet::new();
    drafts.into_iter().filter(|draft: &AuthorDraft| seen.insert(draft.name.clone())).collect()
}

/// What the site's data says of an author, whose key is the name where none is told.
fn known_author(name: &str, known: &Map<String, Value>) -> Option<Value> {
    let mut described = known.get(name.trim())?.clone();
    if let Value::Object(fields) = &mut described
        && fields.get("name").is_none_or(Value::is_null)
    {
        let shown = ["display_name", "title"].iter().find_map(|key| fields.get(*key).cloned());
        fields.insert("name".to_owned(), shown.unwrap_or_else(|| name.trim().into()));
    }
    Some(described)
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
    let website = first(&["url", "link", "website", "web", "uri", "site"]);
    if let Some(url) = website.as_ref().filter(|url| !keys::is_web_url(url)) {
        keys.warn(key, format!("`{url}` is no absolute http(s) URL; {name} has no website"));
    }
    Some(AuthorDraft {
        bio: first(&["bio", "description"]).and_then(|bio| keys.visible(key, &bio)),
        website: website.filter(|url| keys::is_web_url(url)),
        avatar: first(&["avatar", "image", "picture"]).and_then(|url| place.picture(&url)),
        name,
    })
}
