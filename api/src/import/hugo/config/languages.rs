//! The languages of a site, and the folders in which the posts of each lie.

use serde_json::{Map, Value};

use super::{Reading, is_yes, text};
use crate::import::{
    hugo::rules::{Content, Language},
    locale,
    post::{distinct, keys},
};

/// The languages of a site, its default first; and all content folders.
pub(super) fn read(reading: &mut Reading) -> (Vec<Language>, Vec<Content>) {
    let enabled = enabled(reading);
    let content = content(reading, &enabled);
    if enabled.len() < 2 {
        // Its name may stand in those of files all the same.
        let only = enabled.into_iter().next().unwrap_or_else(|| (default_key(reading), Map::new()));
        let language = Language { tag: tag(&only.0, &only.1), key: only.0, prefix: String::new() };
        return (vec![language], content);
    }
    let in_folder = reading.flag("defaultcontentlanguageinsubdir");
    let hosts: Vec<String> =
        enabled.iter().filter(|(_, fields)| fields.contains_key("baseurl")).map(|(key, _)| key.clone()).collect();
    if !hosts.is_empty() {
        let message = "has a `baseURL` of its own; its posts have paths as if all languages had one address";
        reading.warn(format!("the language `{}` {message}", hosts.join("`, `")));
    }
    let languages = enabled.iter().enumerate().map(|(at, (key, fields))| Language {
        key: key.clone(),
        tag: tag(key, fields),
        prefix: if at > 0 || in_folder { key.clone() } else { String::new() },
    });
    (languages.collect(), content)
}

/// What is configured for the default language alone.
pub(super) fn default(reading: &Reading) -> Map<String, Value> {
    enabled(reading).into_iter().next().map(|(_, fields)| fields).unwrap_or_default()
}

fn tag(key: &str, fields: &Map<String, Value>) -> String {
    let written = ["locale", "languagecode"].iter().find_map(|name| fields.get(*name).and_then(text));
    written.and_then(|written| locale::tag(&written)).or_else(|| locale::tag(key)).unwrap_or_else(|| key.to_owned())
}

fn default_key(reading: &Reading) -> String {
    reading.text("defaultcontentlanguage").unwrap_or_else(|| "en".to_owned()).to_lowercase()
}

/// The default one first, then by weight, those without one last, then by name.
fn enabled(reading: &Reading) -> Vec<(String, Map<String, Value>)> {
    let disabled = reading.fields.get("disablelanguages").map(keys::names).unwrap_or_default();
    let default = default_key(reading);
    let is_enabled = |key: &str, fields: &Map<String, Value>| {
        !fields.get("disabled").is_some_and(is_yes) && !disabled.iter().any(|name| name.eq_ignore_ascii_case(key))
    };
    let languages = reading.map("languages").into_iter();
    let languages = languages.map(|(key, value)| (key, value.as_object().cloned().unwrap_or_default()));
    let mut languages: Vec<_> = languages.filter(|(key, fields)| is_enabled(key, fields)).collect();
    languages.sort_by_key(|(key, fields)| {
        let weight = fields.get("weight").and_then(Value::as_i64).filter(|weight| *weight != 0).unwrap_or(i64::MAX);
        (*key != default, weight, key.clone())
    });
    languages
}

fn content(reading: &Reading, languages: &[(String, Map<String, Value>)]) -> Vec<Content> {
    let mounted = reading.mounts("content");
    if !mounted.is_empty() {
        let of_mount = |(folder, language)| Content { folder, language };
        return distinct(mounted.into_iter().map(of_mount));
    }
    let usual = reading.text("contentdir").unwrap_or_else(|| "content".to_owned());
    let folder = |written: &str| written.trim_start_matches("./").trim_matches('/').to_owned();
    let of_all = Content { folder: folder(&usual), language: None };
    let of_language = |(key, fields): &(String, Map<String, Value>)| match fields.get("contentdir").and_then(text) {
        Some(own) => Content { folder: folder(&own), language: Some(key.clone()) },
        None => of_all.clone(),
    };
    if languages.is_empty() { vec![of_all] } else { distinct(languages.iter().map(of_language)) }
}
