//! What a post is called and where it stands: title, slug, path, and the paths that it had.

use super::{
    dates::Dates,
    path::{Spelling, ended, joined, without_double_slashes, written},
    permalink::{self, Page},
    rules::Rules,
    spot::Spot,
};
use crate::{
    import::{
        document::Warning,
        post::{Keys, distinct, keys},
        text,
    },
    slug::{join_segments, slugify, slugify_path},
};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The names of one post.
pub(super) struct Names {
    pub(super) title: String,
    pub(super) slug: String,
    pub(super) path: String,
}

impl Names {
    pub(super) fn of(keys: &mut Keys, spot: &Spot, dates: &Dates, rules: &Rules) -> Self {
        let written = keys.text("slug").map(|slug| slug.trim_matches('-').to_owned());
        let of_key = written.or_else(|| dates.slug.clone()).filter(|slug| !slug.is_empty());
        let given = keys.text("title").and_then(|title| text::clean_line(&title));
        let path = path(keys, spot, dates, rules, given.as_deref().unwrap_or_default(), of_key.as_deref());
        let title = given.unwrap_or_else(|| {
            let message = "the post has no title; the name of its file stands there instead".to_owned();
            keys.warnings.push(Warning { line: None, message });
            text::clean_line(spot.base).unwrap_or_else(|| "Untitled".to_owned())
        });
        let own = [slugify_path(of_key.as_deref().unwrap_or(spot.base)), slugify(&title)];
        let own = own.into_iter().find(|slug| !slug.is_empty()).unwrap_or_else(|| "post".to_owned());
        // Translations have the same name, and a slug belongs to one article.
        let slug = join_segments([slugify_path(prefix(spot)), own].into_iter());
        Self { title, slug, path }
    }
}

fn prefix<'s>(spot: &'s Spot) -> &'s str {
    spot.language.map_or("", |language| language.prefix.as_str())
}

fn spelling(rules: &Rules) -> Spelling {
    Spelling { keeps_case: rules.keeps_case, removes_accents: rules.removes_accents }
}

fn path(keys: &mut Keys, spot: &Spot, dates: &Dates, rules: &Rules, title: &str, slug: Option<&str>) -> String {
    let sections = spot.folders.get(..spot.sections).unwrap_or_default();
    let section = spot.folders.first().copied().unwrap_or_default();
    let page = Page { title, slug, base: spot.base, section, sections, date: dates.wall };
    let spelling = spelling(rules);
    // An empty fragment at the end of an address is none: `C#` becomes `c`.
    let sanitise = |text: &str| {
        let kept = spelling.sanitise(text);
        kept.strip_suffix('#').map(str::to_owned).unwrap_or(kept)
    };
    let fill = |pattern: &str| permalink::filled(pattern, &page, sanitise);
    if let Some(url) = keys.text("url") {
        // What looks like a variable and is none stands for itself.
        let (filled, unknown) = fill(&url);
        return of_url(if unknown.is_empty() { &filled } else { &url }, prefix(spot));
    }
    let folder = spelling.sanitise(&spot.folders.join("/")).to_lowercase();
    let path = match pattern(rules, &folder) {
        // What stands for a space in a query stands for one here, too.
        Some(pattern) => {
            let (path, unknown) = fill(pattern);
            keys.warnings.extend(unknown.iter().map(|name| told(name)));
            decoded(&path.replace('+', " "))
        }
        None => spot.folders.iter().copied().chain([slug.unwrap_or(spot.base)]).collect::<Vec<_>>().join("/"),
    };
    let bare = joined([prefix(spot), joined([path.as_str()]).as_str()]);
    without_double_slashes(&spelling.sanitise(&ended(bare, rules.has_ugly_urls)))
}

fn told(variable: &str) -> Warning {
    let message = format!("the permalink's `:{variable}` is not known; the file's name stands there instead");
    Warning { line: None, message }
}

/// The pattern of the section that lies nearest around these folders, which are in lower case.
fn pattern<'r>(rules: &'r Rules, folder: &str) -> Option<&'r str> {
    let is_of = |section: &str| match section {
        "**" => true,
        "" => folder.is_empty(),
        section => folder.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    };
    let fitting = rules.permalinks.iter().filter(|pattern| is_of(&pattern.section));
    let nearest = fitting.max_by_key(|pattern| (pattern.section != "**", pattern.section.len()));
    nearest.map(|pattern| pattern.pattern.as_str())
}

/// The whole path as the post gives it, in the case it is written in; from the root of its language unless it has a slash.
fn of_url(url: &str, prefix: &str) -> String {
    let is_file = url.contains('.') && !url.ends_with('/');
    let base = if url.starts_with('/') { "" } else { prefix };
    decoded(&written(&joined([base, joined([url]).as_str()]), is_file))
}

/// Other paths of the post. Those that do not begin with a slash lie beside its page.
pub(super) fn aliases(keys: &mut Keys, path: &str, rules: &Rules) -> Vec<String> {
    let Some(value) = keys.take_filled("aliases") else { return Vec::new() };
    let above = path.trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
    let mut paths = Vec::new();
    for alias in keys::names(&value) {
        let base = if alias.starts_with('/') { "" } else { above };
        let whole = joined([base, alias.as_str()]);
        if keys::is_web_url(&alias) || whole.is_empty() {
            keys.warn("aliases", format!("`{alias}` is no path on this site; it was left out"));
        } else if whole.strip_suffix(".html").is_some() {
            paths.push(decoded(&written(&whole, true)));
        } else {
            paths.push(decoded(&ended(whole, rules.has_ugly_urls)));
        }
    }
    if value.is_object() {
        keys.warn("aliases", "`aliases` should be a list of paths; it was left among the extra fields".to_owned());
        keys.rest.insert("aliases".to_owned(), Value::clone(&value));
    }
    distinct(paths.into_iter().filter(|alias| alias != path))
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into)
}
