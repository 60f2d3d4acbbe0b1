//! A Hexo post: front matter keys to the fields of a document, as Hexo 8 reads them.

mod config;
mod file_name;
mod names;
mod taxonomy;
#[cfg(test)]
mod tests;

pub(super) use self::config::configure;
use self::names::Names;
use super::{
    date,
    document::{Document, PostFile, Read, Refusal, Site, SiteRules, Warning},
    front_matter::FrontMatter,
    normalise::{TooDeep, visible_text},
    permalink::Permalink,
    place::Shelf,
    post::{self, Keys, pictures},
    tags::{Around, Syntax},
    text::{clean_value, decode},
};
pub use crate::slug::hexo::Case;
use chrono::{DateTime, Utc};
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;

/// What only Hexo's configuration tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The pattern of permalinks.
    pub permalink: String,
    /// Values of variables of permalinks that a post does not tell.
    pub permalink_defaults: BTreeMap<String, String>,
    /// Stands in the permalinks of posts without a category.
    pub default_category: String,
    /// The pattern of the names of files: `new_post_name`.
    pub file_name: String,
    /// What becomes of the case of categories in permalinks.
    pub case: Case,
    /// Whether each post has a folder of its own for its pictures.
    pub has_asset_folders: bool,
    /// Whether posts are meant to be named after their files.
    pub titles_from_names: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            permalink: ":year/:month/:day/:title/".to_owned(),
            permalink_defaults: BTreeMap::new(),
            default_category: "uncategorized".to_owned(),
            file_name: ":title.md".to_owned(),
            case: Case::Kept,
            has_asset_folders: false,
            titles_from_names: false,
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
    let mut keys = Keys::new(&front_matter);
    let names = Names::of(file.path, &mut keys, rules);
    let published_at = post::instant(&mut keys, "date", zone)?.or_else(|| date::midnight(names.date?, zone));
    let updated_at = post::instant(&mut keys, "updated", zone)?;
    let is_draft = is_draft(&mut keys, file.path);
    let published_at = published_at.unwrap_or_else(|| post::undated(&mut keys, file, is_draft));
    let (expires_at, is_draft) = post::expiry(&mut keys, file.now, zone, is_draft)?;

    let categories = taxonomy::categories(&mut keys);
    let path = permalink(&mut keys, &names, &categories, published_at, site.rules, rules);
    let place = site.place(&path, shelves(file.path, rules));
    let cover = pictures::cover(&mut keys, &place);

    let too_deep = |reason| Refusal::TooDeep { line: front_matter.body_line, reason };
    let written = post::body::written(file.path, &front_matter, Syntax::Nunjucks);
    let around = Around { site, page: &|key| front_matter.text(key) };
    let post::body::Rendered { html, body, warnings } =
        post::body::read(written, around, &place, cover.as_ref()).map_err(too_deep)?;
    let excerpt = excerpt(&mut keys, &html).map_err(too_deep)?;

    let document = Document {
        locale: post::language(&mut keys, &format!("{}\n{}", names.title, body.text), &site.rules.locale),
        comments_enabled: post::comments_enabled(&mut keys),
        source_url: post::source_url(&mut keys),
        authors: post::authors(&mut keys, &place),
        tags: taxonomy::tags(&mut keys),
        thumbnail: pictures::thumbnail(&mut keys, &place),
        earlier_paths: post::earlier_paths(&mut keys, site.rules.url.as_ref(), &path),
        translation_key: post::translation_key(&mut keys),
        title: names.title,
        slug: names.slug,
        markdown: front_matter.body.to_owned(),
        path,
        is_draft,
        published_at,
        expires_at,
        updated_at,
        excerpt,
        categories,
        cover,
        body,
        extra: keys.rest.into_iter().map(|(key, value)| (key, clean_value(value))).collect(),
    };
    let warnings = post::repairs(&front_matter).chain(keys.warnings).chain(warnings).collect();
    Ok(Read { document, warnings })
}

/// Where the pictures of a post lie: in its own folder, whose files Hexo shows beside the page, else beside its file.
fn shelves(path: &str, rules: &Rules) -> Vec<Shelf> {
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    vec![
        Shelf { folder: stem.to_owned(), is_published: rules.has_asset_folders },
        Shelf { folder: folder.to_owned(), is_published: false },
    ]
}

fn permalink(
    keys: &mut Keys,
    names: &Names,
    categories: &[Vec<String>],
    date: DateTime<Utc>,
    site: &SiteRules,
    rules: &Rules,
) -> String {
    let mut unknown = Vec::new();
    let permalink = match keys.text("permalink") {
        Some(path) => Permalink::fixed(&path, site.timezone),
        None => Permalink::from_pattern(&rules.permalink, site.timezone, |variable| {
            let value = match variable {
                "category" => taxonomy::path(categories, &site.naming, rules.case)
                    .or_else(|| Some(rules.default_category.clone())),
                "hash" => Some(hash(&names.raw_slug, date)),
                variable => names.variable(variable).or_else(|| keys.peek(variable)),
            };
            Some(value.or_else(|| rules.permalink_defaults.get(variable).cloned()).unwrap_or_else(|| {
                unknown.push(format!(
                    "the permalink's `:{variable}` is not known for this post; its slug stands there instead"
                ));
                names.raw_slug.clone()
            }))
        }),
    };
    keys.warnings.extend(unknown.into_iter().map(|message| Warning { line: None, message }));
    let path = permalink.at(date);
    // Beside a page that is a folder stand its pictures.
    let is_folder = path.ends_with('/') || path.to_ascii_lowercase().ends_with(".html");
    if rules.has_asset_folders && !is_folder { format!("{path}/") } else { path }
}

/// The `:hash` of a permalink, as Hexo makes it of the slug and of the seconds since 1970.
fn hash(slug: &str, date: DateTime<Utc>) -> String {
    let hash = Sha1::new().chain_update(slug).chain_update(date.timestamp().to_string()).finalize();
    hash.iter()
        .take(6)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// What the key says, else the text before the "more" marker.
fn excerpt(keys: &mut Keys, html: &str) -> Result<Option<String>, TooDeep> {
    let written = keys.text("excerpt").and_then(|excerpt| keys.visible("excerpt", &excerpt));
    if written.is_some() {
        return Ok(written);
    }
    let text = before_more(html).map(visible_text).transpose()?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// What stands before `<!-- more -->`, spaces optional and in any case: Hexo's `/<!-- ?more ?-->/i`, on rendered HTML.
fn before_more(html: &str) -> Option<&str> {
    html.match_indices("<!--").find_map(|(at, opener)| {
        let rest = html.get(at + opener.len()..)?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let (word, rest) = rest.split_at_checked(4)?;
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let is_marker = word.eq_ignore_ascii_case("more") && rest.starts_with("-->");
        is_marker.then(|| html.get(..at))?
    })
}

fn is_draft(keys: &mut Keys, path: &str) -> bool {
    let is_called_draft = post::hides(keys, "draft", true);
    let is_unpublished = post::hides(keys, "published", false);
    is_called_draft || is_unpublished || post::folders(path).any(|folder| folder == "_drafts")
}
