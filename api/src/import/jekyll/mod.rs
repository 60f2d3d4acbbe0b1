//! A Jekyll post: front matter keys, defaults of the site and the name of the file to the fields of a document, as Jekyll 4
//! reads them.

mod config;
mod defaults;
mod excerpt;
mod names;
mod permalink;
mod taxonomy;
#[cfg(test)]
mod tests;

pub use self::defaults::Default as FrontMatterDefault;
use self::names::Names;
pub(super) use self::{config::configure, names::is_dated};
use super::{
    date::{self, DateError},
    document::{Document, PostFile, Read, Refusal, Site, Warning},
    front_matter::FrontMatter,
    place::Shelf,
    post::{self, Keys, pictures},
    tags::{Around, Syntax},
    text::decode,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value};

/// What only Jekyll's configuration tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The name of a style, or the pattern of permalinks.
    pub permalink: String,
    /// Values that front matter need not repeat.
    pub defaults: Vec<FrontMatterDefault>,
    /// What the site's data says of authors, by the names that posts have for them.
    pub authors: Map<String, Value>,
    /// What ends the excerpt in a post.
    pub excerpt_separator: String,
    /// The folder that all collections are in, without slashes around it; empty for the root.
    pub collections: String,
}

impl std::default::Default for Rules {
    fn default() -> Self {
        Self {
            permalink: "date".to_owned(),
            defaults: Vec::new(),
            authors: Map::new(),
            excerpt_separator: "\n\n".to_owned(),
            collections: String::new(),
        }
    }
}

/// Reads one post. Pure: the same bytes and the same site give the same document.
///
/// # Errors
///
/// A file that is no UTF-8, whose front matter or whose dates cannot be read, or that is nested beyond reason.
pub fn read(file: &PostFile, site: &Site, rules: &Rules) -> Result<Read, Refusal> {
    let text = decode(file.bytes)?;
    let front_matter = FrontMatter::parse(&text)?;
    let zone = site.rules.timezone;
    let path = below(file.path, &rules.collections);
    let told = Names::of(path);
    let mut keys = Keys::with_defaults(&front_matter, defaults::of(&rules.defaults, path));
    blank_lines(&mut keys, &text);
    ambiguous_date(&mut keys, zone);
    let dated = post::instant(&mut keys, "date", zone)?;
    let dated =
        dated.map_or_else(|| told.date.as_deref().map(|day| midnight(day, zone)).transpose(), |at| Ok(Some(at)))?;
    let updated_at = updated(&mut keys, zone)?;
    let is_draft = is_draft(&mut keys, path);
    let published_at = dated.unwrap_or_else(|| post::undated(&mut keys, file, is_draft));
    let (expires_at, is_draft) = post::expiry(&mut keys, file.now, zone, is_draft)?;

    let names = told.with(&mut keys);
    let inherited = defaults::categories(&rules.defaults, path);
    let categories = taxonomy::categories(&mut keys, &front_matter.fields, inherited, path);
    let path = permalink::path(&mut keys, &names, &categories, published_at.with_timezone(&zone), &rules.permalink);
    let place = site.place(&path, shelves(file.path));
    let cover = pictures::cover(&mut keys, &place);

    let too_deep = |reason| Refusal::TooDeep { line: front_matter.body_line, reason };
    let written = post::body::written(file.path, &front_matter, Syntax::Liquid);
    let around = Around { site, page: &|key| front_matter.text(key) };
    let post::body::Rendered { body, warnings, .. } =
        post::body::read(written, around, &place, cover.as_ref()).map_err(too_deep)?;
    let excerpt = excerpt::of(&mut keys, written, around, &rules.excerpt_separator).map_err(too_deep)?;

    let document = Document {
        locale: post::language(&mut keys, &format!("{}\n{}", names.title, body.text), &site.rules.locale),
        comments_enabled: post::comments_enabled(&mut keys),
        source_url: post::source_url(&mut keys),
        authors: post::authors_among(&mut keys, &place, &rules.authors),
        tags: taxonomy::tags(&mut keys),
        thumbnail: pictures::thumbnail(&mut keys, &place),
        earlier_paths: post::earlier_paths(&mut keys, site.rules.url.as_ref(), &path),
        translation_key: post::translation_key(&mut keys),
        title: names.title,
        slug: names.slug,
        markdown: front_matter.body.to_owned(),
        categories: post::chains(front_matter.fields.get("categories"), categories),
        path,
        is_draft,
        published_at,
        expires_at,
        updated_at,
        excerpt,
        cover,
        body,
        extra: keys.extra(),
    };
    let warnings = post::repairs(&front_matter).chain(keys.warnings).chain(warnings).collect();
    Ok(Read { document, warnings })
}

/// Jekyll itself finds no front matter below a blank line.
fn blank_lines(keys: &mut Keys, text: &str) {
    if text.starts_with(char::is_whitespace) && text.trim_start().starts_with("---") {
        let message =
            "the front matter is read, but Jekyll reads it in the first line only: remove what stands above it";
        keys.warnings.push(Warning { line: Some(1), message: message.to_owned() });
    }
}

/// What looks like a timestamp of YAML is one in UTC to Jekyll, whatever the site's zone; in quotes it is not.
fn ambiguous_date(keys: &mut Keys, zone: Tz) {
    let Some(date) = keys.peek("date") else { return };
    let is_timestamp = date.contains(':') && date.chars().nth(4) == Some('-');
    if is_timestamp && date::parse(&date, zone).ok() != date::parse(&date, Tz::UTC).ok() {
        keys.warn(
            "date",
            format!("`{date}` is read in the site's zone {zone}, but Jekyll takes it for UTC: write its offset, for example `+08:00`"),
        );
    }
}

/// The beginning of the day in the name of a file.
fn midnight(day: &str, zone: Tz) -> Result<DateTime<Utc>, Refusal> {
    let refusal = |reason| Refusal::Date { line: 1, key: "the name of the file", reason };
    date::parse(day, zone).map_err(|error| match error {
        DateError::Unreadable(_) => refusal(DateError::Unreadable(day.to_owned())),
        error => refusal(error),
    })
}

/// The first of the keys under which plugins keep the date of the last change.
fn updated(keys: &mut Keys, zone: Tz) -> Result<Option<DateTime<Utc>>, Refusal> {
    for key in ["last_modified_at", "modified", "modified_date", "updated", "last_updated"] {
        if let Some(instant) = post::instant(keys, key, zone)? {
            return Ok(Some(instant));
        }
    }
    Ok(None)
}

fn is_draft(keys: &mut Keys, path: &str) -> bool {
    let is_called_draft = post::hides(keys, "draft", true);
    let is_unpublished = post::hides(keys, "published", false);
    let is_there = post::folders(path).any(|folder| folder == "_drafts");
    is_called_draft || is_unpublished || (is_there && post::folders(path).all(|folder| folder != "_posts"))
}

/// Beside the file, which the site does not show at its own address.
fn shelves(path: &str) -> Vec<Shelf> {
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    vec![Shelf { folder: folder.to_owned(), is_published: false }]
}

fn below<'a>(path: &'a str, folder: &str) -> &'a str {
    let inner = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    inner.filter(|_| !folder.is_empty()).unwrap_or(path)
}
