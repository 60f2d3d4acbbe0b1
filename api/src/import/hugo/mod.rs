//! A Hugo post: front matter keys to the fields of a document, as Hugo reads them.

mod cascade;
mod config;
mod dates;
mod names;
mod path;
mod permalink;
mod pictures;
pub(super) mod reference;
mod rules;
mod spot;
#[cfg(test)]
mod tests;

pub use self::{
    cascade::{Cascade, Target},
    config::{Configuration, configure},
    rules::{Content, DateKeys, DateSource, Language, Pattern, Rules},
};

use self::{
    names::{Names, aliases},
    spot::Spot,
};
use super::{
    document::{Document, PostFile, Read, Refusal, Site, Warning},
    front_matter::FrontMatter,
    normalise::{TooDeep, visible_text},
    place::Shelf,
    post::{self, Keys, keys},
    tags::{Around, Syntax},
    text::{clean_value, decode},
};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Keys that are read here. Hugo does not tell cases apart; others keep theirs.
const KNOWN: [&str; 46] = [
    "aliases",
    "author",
    "authors",
    "banner",
    "banner_img",
    "build",
    "_build",
    "canonical_url",
    "categories",
    "comments",
    "cover",
    "date",
    "description",
    "draft",
    "expirydate",
    "feature",
    "feature_image",
    "featured_image",
    "featuredimage",
    "headimg",
    "headless",
    "image",
    "images",
    "img",
    "index_img",
    "lang",
    "language",
    "lastmod",
    "link",
    "modified",
    "original_url",
    "params",
    "photo",
    "photos",
    "pubdate",
    "publishdate",
    "published",
    "resources",
    "slug",
    "source",
    "source_url",
    "summary",
    "tags",
    "thumbnail",
    "title",
    "top_img",
];

/// And those that tell where the post stands.
const KNOWN_OF_PLACE: [&str; 3] = ["translationkey", "unpublishdate", "url"];

/// Reads one post. Pure: the same bytes and the same site give the same document.
///
/// # Errors
///
/// A file that is no UTF-8, whose front matter or whose dates cannot be read, or that is nested beyond reason.
pub fn read(file: &PostFile, site: &Site, rules: &Rules) -> Result<Read, Refusal> {
    let text = decode(file.bytes)?;
    let front_matter = FrontMatter::parse(&text)?;
    let spot = Spot::of(file.path, rules);
    let cascaded = cascade::values(rules, &spot, file.path, &front_matter.fields);
    let mut keys = Keys::with_defaults(&front_matter, cascaded.clone());
    let written = fold_case(&mut keys, &rules.dates);
    let is_kept_back = is_kept_back(&mut keys, &spot);
    let dates = dates::read(&mut keys, file, spot.base, site.rules.timezone, &rules.dates)?;
    let is_draft = is_kept_back || has_expired(&mut keys, &dates, file);
    let published_at = dates.published_at.unwrap_or_else(|| post::undated(&mut keys, file, is_draft));

    let names = Names::of(&mut keys, &spot, &dates, rules);
    let earlier_paths = aliases(&mut keys, &names.path, rules);
    let place = site.place(&names.path, shelves(&spot));
    let cover = pictures::cover(&mut keys, &place, &spot, site);
    let thumbnail = pictures::thumbnail(&mut keys, &place, &spot, site);

    let too_deep = |reason| Refusal::TooDeep { line: front_matter.body_line, reason };
    let body = post::body::written(file.path, &front_matter, Syntax::Shortcodes);
    let posts = |name: &str| reference::find(site, rules, &spot, name);
    let around = Site { posts: &posts, ..*site };
    let around =
        Around { site: &around, page: &|key| front_matter.text(key).or_else(|| keys::scalar(cascaded.get(key)?)) };
    let post::body::Rendered { html, body, warnings } =
        post::body::read(body, around, &place, cover.as_ref()).map_err(too_deep)?;
    let excerpt = excerpt(&mut keys, &html).map_err(too_deep)?;

    let document = Document {
        locale: locale(&mut keys, &spot, &format!("{}\n{}", names.title, body.text), &site.rules.locale),
        comments_enabled: post::comments_enabled(&mut keys),
        source_url: post::source_url(&mut keys),
        authors: post::authors(&mut keys, &place),
        categories: categories(&mut keys),
        tags: terms(&mut keys, "tags"),
        translation_key: translation_key(&mut keys, &spot),
        title: names.title,
        slug: names.slug,
        path: names.path,
        markdown: front_matter.body.to_owned(),
        updated_at: dates.updated_at,
        expires_at: dates.expires_at,
        earlier_paths,
        is_draft,
        published_at,
        excerpt,
        cover,
        thumbnail,
        body,
        extra: extra(keys.rest, &cascaded, &written),
    };
    let warnings = post::repairs(&front_matter).chain(keys.warnings).chain(warnings).collect();
    Ok(Read { document, warnings })
}

/// Brings the known keys to lower case; what they were is handed out by that. The last of several spellings wins.
fn fold_case(keys: &mut Keys, dates: &DateKeys) -> HashMap<String, String> {
    let is_known = |key: &str| KNOWN.contains(&key) || KNOWN_OF_PLACE.contains(&key) || dates.has(key);
    let mut written = HashMap::new();
    for (key, value) in std::mem::take(&mut keys.rest) {
        let folded = key.to_lowercase();
        if is_known(&folded) {
            keys.rest.insert(folded.clone(), value);
            written.insert(folded, key);
        } else {
            keys.rest.insert(key, value);
        }
    }
    written
}

fn unfolded(key: String, written: &HashMap<String, String>) -> String {
    written.get(&key).cloned().unwrap_or(key)
}

/// What nobody took of the front matter itself, as it stands there.
fn extra(
    rest: Map<String, Value>,
    cascaded: &Map<String, Value>,
    written: &HashMap<String, String>,
) -> Map<String, Value> {
    let own = rest.into_iter().filter(|(key, _)| !cascaded.contains_key(key));
    own.map(|(key, value)| (unfolded(key, written), clean_value(value))).collect()
}

/// The site shows the files of a bundle beside its page, and those of a folder of posts nowhere near it.
fn shelves(spot: &Spot) -> Vec<Shelf> {
    vec![Shelf { folder: spot.folder.to_owned(), is_published: spot.is_bundle }]
}

/// `draft` counts before `published`, which may be a date as well. What Hugo renders no page for is not public either.
fn is_kept_back(keys: &mut Keys, spot: &Spot) -> bool {
    let published = keys.rest.get("published").filter(|value| dates::is_flag(value)).cloned();
    let has_draft = keys.rest.get("draft").is_some_and(|value| !value.is_null());
    let is_called_draft = post::hides(keys, "draft", true);
    let is_unpublished = published.is_some() && post::hides(keys, "published", false) && !has_draft;
    is_called_draft || is_unpublished || is_not_rendered(keys, spot)
}

fn is_not_rendered(keys: &mut Keys, spot: &Spot) -> bool {
    let is_headless = spot.is_bundle && keys.peek("headless").is_some_and(|word| word == "true" || word == "yes");
    let render = |key: &str| keys.rest.get(key)?.get("render").and_then(keys::scalar);
    let key = ["build", "_build"]
        .into_iter()
        .find(|key| render(key).is_some_and(|word| matches!(word.to_lowercase().as_str(), "never" | "false" | "link")));
    let key = if is_headless { Some("headless") } else { key };
    if let Some(key) = key {
        keys.warn(key, format!("because of `{key}` Hugo makes no page of this; it was imported as a draft"));
    }
    key.is_some()
}

fn has_expired(keys: &mut Keys, dates: &dates::Dates, file: &PostFile) -> bool {
    let expired = dates.expires_at.filter(|expires_at| *expires_at <= file.now);
    if let Some(at) = expired {
        let message = format!("the post has expired on {}; it was imported as a draft", at.format("%Y-%m-%d"));
        keys.warnings.push(Warning { line: None, message });
    }
    expired.is_some()
}

/// A site of several languages tells them by names of files and folders; any other by the text.
fn locale(keys: &mut Keys, spot: &Spot, text: &str, site: &str) -> String {
    let is_told = keys.peek("lang").or_else(|| keys.peek("language")).is_some();
    match spot.language.filter(|_| !is_told) {
        Some(language) => language.tag.clone(),
        None => post::language(keys, text, site),
    }
}

fn translation_key(keys: &mut Keys, spot: &Spot) -> Option<String> {
    keys.text("translationkey").or_else(|| spot.language.map(|_| spot.key()))
}

/// Flat as Hugo has them; lists within the list are chains.
fn categories(keys: &mut Keys) -> Vec<Vec<String>> {
    let own = keys.rest.get("categories").cloned();
    post::chains(own.as_ref(), terms(keys, "categories"))
}

/// The values of a taxonomy: flat, a text being one of them.
fn terms(keys: &mut Keys, key: &'static str) -> Vec<String> {
    post::distinct(keys.take_names(&[key]).iter().flat_map(keys::names))
}

/// What `summary` says, else what stands before the marker, else the description: an author's own words say more in a list
/// than the beginning of the text does. The description stays among the extra fields, for pages show it on its own.
fn excerpt(keys: &mut Keys, html: &str) -> Result<Option<String>, TooDeep> {
    let written = keys.text("summary").and_then(|summary| keys.visible("summary", &summary));
    if written.is_some() {
        return Ok(written);
    }
    let before = html.split_once("<!--more-->").map(|(before, _)| visible_text(before)).transpose()?;
    Ok(before.filter(|text| !text.is_empty()).or_else(|| {
        let description = keys.peek("description")?;
        keys.visible("description", &description)
    }))
}

impl DateKeys {
    fn has(&self, key: &str) -> bool {
        let all = [&self.date, &self.publish, &self.lastmod, &self.expiry];
        all.into_iter().flatten().any(|source| matches!(source, DateSource::Key(known) if known == key))
    }
}
