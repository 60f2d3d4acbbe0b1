//! Categories, tags and authors of a post, as Hexo 8 reads them.

use serde_json::{Map, Value};

use super::keys::{self, Keys, names};
use crate::{
    article::AuthorDraft,
    import::{
        normalise::picture,
        text::{clean, clean_line},
    },
};

/// Chains of names, the leaf last. A flat list is one chain; as soon as one item is a list, each item is its own.
pub(super) fn categories(keys: &mut Keys) -> Vec<Vec<String>> {
    let chains = match keys.take_names(&["categories", "category"]) {
        Some(Value::Array(items)) if items.iter().any(Value::is_array) => items.iter().map(names).collect(),
        Some(value) => vec![names(&value)],
        None => Vec::new(),
    };
    distinct(chains.into_iter().filter(|chain| !chain.is_empty()))
}

/// Flat; a text is one tag, whatever stands in it.
pub(super) fn tags(keys: &mut Keys) -> Vec<String> {
    distinct(keys.take_names(&["tags", "tag"]).iter().flat_map(names))
}

/// A text is one author, whole; a mapping tells more of one; a list holds either.
pub(super) fn authors(keys: &mut Keys) -> Vec<AuthorDraft> {
    let drafts = match keys.take_first(&["author", "authors"]) {
        Some((key, Value::Array(items))) => items.iter().filter_map(|item| author(keys, key, item)).collect(),
        Some((key, value)) => author(keys, key, &value).into_iter().collect(),
        None => Vec::new(),
    };
    let mut authors: Vec<AuthorDraft> = Vec::new();
    for draft in drafts {
        if authors.iter().all(|author| author.name != draft.name) {
            authors.push(draft);
        }
    }
    authors
}

fn author(keys: &mut Keys, key: &str, value: &Value) -> Option<AuthorDraft> {
    let draft = match value {
        Value::Null => return None,
        Value::Object(fields) => described(keys, key, fields),
        value => keys::scalar(value)
            .and_then(|name| clean_line(&name))
            .map(|name| AuthorDraft { name, ..AuthorDraft::default() }),
    };
    if draft.is_none() {
        keys.warn(key, format!("an author without a name was left out: {value}"));
    }
    draft
}

fn described(keys: &mut Keys, key: &str, fields: &Map<String, Value>) -> Option<AuthorDraft> {
    let first = |names: &[&str]| names.iter().find_map(|name| clean(&keys::scalar(fields.get(*name)?)?));
    let name = clean_line(&first(&["name"])?)?;
    let website = first(&["url", "link", "website"]);
    if let Some(url) = website.as_ref().filter(|url| !keys::is_web_url(url)) {
        keys.warn(key, format!("`{url}` is no absolute http(s) URL; {name} has no website"));
    }
    Some(AuthorDraft {
        bio: first(&["bio", "description"]).and_then(|bio| keys.visible(key, &bio)),
        website: website.filter(|url| keys::is_web_url(url)),
        avatar: first(&["avatar", "image"]).and_then(|url| picture(&url)).map(|picture| picture.original_url),
        name,
    })
}

fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}
