//! The front matter of one article, as a person would write it. Pure.

use super::{article::Stored, form::Form, yaml};
use crate::{
    article::{AuthorDraft, Picture},
    import::plan::instant,
};
use chrono_tz::Tz;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};
use std::{collections::HashSet, fmt::Write};

/// The keys by which a source's URL can be told, in the order in which they are looked for.
const SOURCES: [&str; 5] = ["source", "source_url", "original_url", "canonical_url", "link"];

/// A mark that no post of Jekyll's has, so that none of its paragraphs is its excerpt.
const NO_EXCERPT: &str = "<!--no-excerpt-->";

/// How plainly text is written that is read as Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// Not at all: it goes without saying.
    #[default]
    Not,
    /// As it is.
    Plainly,
    /// With everything escaped that could mean more.
    Escaped,
}

/// What is to be said although it often goes without saying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is said or not, whatever the others are")]
pub struct Explicit {
    /// The slug.
    pub slug: bool,
    /// The path.
    pub path: Told,
    /// The language.
    pub locale: bool,
    /// The date of the last change.
    pub updated: bool,
    /// Dates in UTC.
    pub exact_dates: bool,
    /// The excerpt.
    pub excerpt: Told,
    /// That the first paragraph is none.
    pub no_excerpt: bool,
    /// What is known of authors, escaped.
    pub escaped_authors: bool,
    /// The size of the cover.
    pub cover_size: bool,
    /// The size of the thumbnail.
    pub thumbnail_size: bool,
    /// That it is no draft or is one, where its folder does not say so.
    pub hidden: bool,
}

/// The lines between the fences, with them. `told` are the authors of whom files before have told.
#[must_use]
pub fn write(article: &Stored, form: Form, zone: Tz, explicit: Explicit, told: &HashSet<String>) -> String {
    let keys = form.keys();
    let mut lines = Lines { out: String::from("---\n"), extra: &article.extra };
    lines.text("title", &article.title);
    lines.raw("date", &form.date(instant(article.published_at), zone, explicit.exact_dates));
    if explicit.updated {
        lines.raw(keys.updated, &form.date(instant(article.updated_at), zone, explicit.exact_dates));
    }
    if explicit.slug {
        lines.text("slug", &article.slug);
    }
    match explicit.path {
        Told::Not => {}
        Told::Plainly => lines.text(keys.path, &plain_path(&article.path, form)),
        Told::Escaped => lines.text(keys.path, &escaped_path(&article.path)),
    }
    lines.value(keys.earlier, &json!(article.earlier_paths.iter().map(|path| earlier(path)).collect::<Vec<_>>()));
    if explicit.hidden {
        lines.out.push_str(keys.hidden);
    }
    if explicit.locale {
        lines.text("lang", &article.locale);
    }
    if let Some(key) = &article.translation_key {
        lines.text(keys.translation, key);
    }
    authors(&mut lines, &article.authors, explicit, told);
    lines.value("categories", &categories(&article.categories, form));
    lines.value("tags", &json!(article.tags));
    if let Some(cover) = &article.cover {
        lines.text("cover", &address(cover, explicit.cover_size));
    }
    if let Some(thumbnail) = &article.thumbnail {
        lines.text("thumbnail", &address(thumbnail, explicit.thumbnail_size));
    }
    if let Some(excerpt) = article.excerpt.as_deref().filter(|_| explicit.excerpt != Told::Not) {
        lines.text(keys.excerpt, &prose(excerpt, explicit.excerpt == Told::Escaped));
    }
    if explicit.no_excerpt && form == Form::Jekyll {
        lines.text("excerpt_separator", NO_EXCERPT);
    }
    if !article.comments_enabled {
        lines.raw("comments", "false");
    }
    if let Some(url) = &article.source_url {
        let key = SOURCES.into_iter().find(|key| !article.extra.contains_key(*key)).unwrap_or("source");
        lines.text(key, url);
    }
    let Lines { mut out, .. } = lines;
    out.push_str(&yaml::document(&article.extra));
    out.push_str("---\n");
    out
}

/// Lines on their way. A key that is among the extra fields stands there, with all that it says.
struct Lines<'a> {
    out: String,
    extra: &'a Map<String, Value>,
}

impl Lines<'_> {
    fn value(&mut self, key: &str, value: &Value) {
        if !self.extra.contains_key(key) && value.as_array().is_none_or(|items| !items.is_empty()) {
            yaml::field(&mut self.out, key, value);
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        self.value(key, &Value::from(text));
    }

    /// What is no text to YAML.
    fn raw(&mut self, key: &str, written: &str) {
        if !self.extra.contains_key(key) {
            let _ = writeln!(self.out, "{key}: {written}");
        }
    }
}

/// One author by name alone is `author`, everything else a list.
fn authors(lines: &mut Lines, authors: &[AuthorDraft], explicit: Explicit, told: &HashSet<String>) {
    let described: Vec<Value> = authors.iter().map(|author| described(author, explicit, told)).collect();
    let key = if described.len() > 1 && !lines.extra.contains_key("authors") { "authors" } else { "author" };
    match described.as_slice() {
        [single] if single.is_string() => lines.value(key, single),
        _ => lines.value(key, &Value::from(described)),
    }
}

fn described(author: &AuthorDraft, explicit: Explicit, told: &HashSet<String>) -> Value {
    let AuthorDraft { name, bio, website, avatar } = author;
    if told.contains(name) || (bio.is_none() && website.is_none() && avatar.is_none()) {
        return Value::from(name.as_str());
    }
    let bio = bio.as_ref().map(|bio| prose(bio, explicit.escaped_authors));
    let avatar = avatar.as_ref().map(|avatar| avatar.original_url.clone());
    let fields = [("name", Some(name.clone())), ("bio", bio), ("url", website.clone()), ("avatar", avatar)];
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value?)))).collect()
}

/// A single chain is a flat list to Hexo; to the others flat lists are parallel.
fn categories(chains: &[Vec<String>], form: Form) -> Value {
    match chains {
        [single] if form == Form::Hexo => json!(single),
        chains if form != Form::Hexo && chains.iter().all(|chain| chain.len() == 1) => json!(chains.concat()),
        chains => json!(chains),
    }
}

/// Text that reads back from Markdown.
fn prose(text: &str, is_escaped: bool) -> String {
    if !is_escaped {
        return text.to_owned();
    }
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.lines().flat_map(|line| ["<p>".to_owned(), escape(line), "</p>".to_owned()]).collect()
}

/// A path that reads back when it is decoded. Hugo falls over a percent sign that encodes nothing.
fn plain_path(path: &str, form: Form) -> String {
    let is_same = percent_decode_str(path).decode_utf8().is_ok_and(|decoded| decoded == path);
    if is_same && form != Form::Hugo { path.to_owned() } else { path.replace('%', "%25") }
}

/// A path without what ends one or encodes a character.
fn earlier(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

/// With everything encoded but the slashes.
fn escaped_path(path: &str) -> String {
    let segments: Vec<String> =
        path.split('/').map(|segment| utf8_percent_encode(segment, NON_ALPHANUMERIC).to_string()).collect();
    segments.join("/")
}

/// Where a picture is; with its size, as WordPress's image servers are told it.
fn address(picture: &Picture, has_size: bool) -> String {
    let original_url = &picture.original_url;
    let Some((width, height)) = picture.width.zip(picture.height).filter(|_| has_size) else {
        return original_url.clone();
    };
    let (url, fragment) = original_url.split_at(original_url.find('#').unwrap_or(original_url.len()));
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}resize={width}%2C{height}{fragment}")
}
