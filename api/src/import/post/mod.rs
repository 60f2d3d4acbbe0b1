//! What posts of every dialect say alike: dates, flags, languages, authors, pictures, and the body.

mod authors;
pub(super) mod body;
pub(super) mod keys;
mod lifetime;
mod links;
pub(super) mod pictures;
pub(super) mod site;

use super::{
    date,
    document::{Refusal, Warning},
    front_matter::FrontMatter,
    locale,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use std::{collections::HashSet, hash::Hash};

pub(super) use self::{
    authors::{authors, authors_among},
    keys::Keys,
    lifetime::expiry,
    links::{earlier_paths, translation_key},
};

/// A date that is there and cannot be read refuses the file.
pub(super) fn instant(keys: &mut Keys, key: &'static str, zone: Tz) -> Result<Option<DateTime<Utc>>, Refusal> {
    let Some(value) = keys.take_filled(key) else {
        return Ok(None);
    };
    let text = keys::scalar(&value).unwrap_or_else(|| value.to_string());
    if let Some(caution) = date::caution(&text) {
        keys.warn(key, format!("`{text}` {caution}"));
    }
    let line = keys.line_of(key);
    date::parse(&text, zone).map(Some).map_err(|reason| Refusal::Date { line, key, reason })
}

/// What stands for a date that neither the post nor its name tells: the one that it has already; of a draft this moment; else
/// the file's own time, which is told, since copying a folder changes it.
pub(super) fn undated(keys: &mut Keys, file: &super::document::PostFile, is_draft: bool) -> DateTime<Utc> {
    match file.known_date {
        Some(date) => date,
        None if is_draft => file.now,
        None => {
            let message = "no `date`; the time of the file's last change stands for it".to_owned();
            keys.warnings.push(Warning { line: None, message });
            file.changed_at
        }
    }
}

/// Whether a key keeps a post from the public, as it does when it is `hiding`. It fails closed: who wrote a word that
/// nobody can read meant to say something, and a post can be published later but not be taken back.
pub(super) fn hides(keys: &mut Keys, key: &str, hiding: bool) -> bool {
    match keys.flag(key) {
        None => false,
        Some(Ok(flag)) => flag == hiding,
        Some(Err(value)) => {
            keys.warn(key, format!("`{key}` should be true or false; because of `{value}` the post stays a draft"));
            true
        }
    }
}

/// True unless the post says otherwise.
pub(super) fn comments_enabled(keys: &mut Keys) -> bool {
    match keys.flag("comments") {
        None => true,
        Some(Ok(flag)) => flag,
        Some(Err(value)) => {
            keys.warn("comments", format!("`comments` should be true or false; `{value}` was ignored"));
            true
        }
    }
}

/// What a key says, else what the letters of the text tell.
pub(super) fn language(keys: &mut Keys, text: &str, site: &str) -> String {
    for key in ["lang", "language"] {
        if let Some(written) = keys.text(key) {
            if let Some(tag) = locale::tag(&written) {
                return tag;
            }
            keys.warn(key, format!("`{key}: {written}` is no language tag such as `zh-CN`; the text's letters decide"));
        }
    }
    locale::detect(text, site)
}

/// Where the text was first published, if a key tells.
pub(super) fn source_url(keys: &mut Keys) -> Option<String> {
    ["source", "source_url", "original_url", "canonical_url", "link"]
        .into_iter()
        .find_map(|key| keys.text_if(key, keys::is_web_url))
}

/// What had to be repaired before the front matter could be read.
pub(super) fn repairs(front_matter: &FrontMatter) -> impl Iterator<Item = Warning> {
    front_matter.repaired.iter().map(|line| Warning {
        line: Some(*line),
        message: "the value is only valid YAML in quotes and was read as if it had them".to_owned(),
    })
}

/// One warning for all media that the body cannot hold, such as `2 iframe, 1 video`.
pub(super) fn missing(media: &[(&str, usize)]) -> Option<Warning> {
    let total: usize = media.iter().map(|(_, count)| count).sum();
    let named: Vec<String> = media.iter().map(|(name, count)| format!("{count} {name}")).collect();
    let were = if total == 1 { "was" } else { "were" };
    let message =
        format!("{} {were} left out: a body holds text and pictures; link to what is shown there", named.join(", "));
    (total > 0).then_some(Warning { line: None, message })
}

/// Chains of categories where the dialect knows none: what is flat, each by itself, and then the lists within the list of a
/// key, which have no meaning of their own there.
pub(super) fn chains(own: Option<&Value>, flat: Vec<String>) -> Vec<Vec<String>> {
    let lists = own.and_then(Value::as_array).filter(|items| items.iter().any(Value::is_array));
    let lists: Vec<Vec<String>> =
        lists.into_iter().flatten().map(keys::names).filter(|names| !names.is_empty()).collect();
    let is_alone = |name: &String| !lists.iter().any(|list| list.contains(name));
    let alone: Vec<Vec<String>> = flat.into_iter().filter(is_alone).map(|name| vec![name]).collect();
    distinct(alone.into_iter().chain(lists))
}

/// What is distinct, in order.
pub(super) fn distinct<T: Clone + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

/// The folders that a file lies in.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.split('/')
}
