//! What the configuration of a Hugo site says. Pure: the texts of its files in, the rules of the site out.

mod languages;
mod merge;
mod permalinks;
#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

use super::cascade::{self, Cascade};
use super::rules::{Content, DateKeys, DateSource, Rules, sources};
use crate::{
    article::{Naming, Spelling},
    import::{dialect::Dialect, document::SiteRules, locale, post::keys, site},
};

/// What a site's configuration tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    /// How its posts are read.
    pub rules: SiteRules,
    /// The site's title.
    pub title: Option<String>,
    /// What it says about itself.
    pub description: Option<String>,
    /// Whether it tells its time zone.
    pub has_timezone: bool,
    /// The folders in which posts lie, below the root.
    pub content: Vec<String>,
    /// The file, the line in it, and what is wrong there.
    pub warnings: Vec<(String, Option<u32>, String)>,
}

/// Reads the files of a configuration: `hugo.*` or `config.*` at the root, then `config/_default/*`, then
/// `config/production/*`, in TOML, YAML or JSON. The order in which they are given does not matter. What they do not tell
/// is as `defaults` have it.
#[must_use]
pub fn configure(files: &[(String, String)], defaults: &SiteRules) -> Configuration {
    let (fields, warnings) = merge::merged(files);
    let mut reading = Reading { fields, warnings };
    let timezone = reading.timezone();
    let (languages, content) = languages::read(&mut reading);
    let default_language = languages::default(&reading);
    let rules = Rules {
        permalinks: permalinks::read(&mut reading),
        dates: reading.dates(),
        has_ugly_urls: reading.has_ugly_urls(),
        keeps_case: reading.flag("disablepathtolower"),
        removes_accents: reading.flag("removepathaccents"),
        sections: BTreeSet::new(),
        cascades: reading.cascades(),
        languages,
        content,
    };
    let of_language = |key: &str| default_language.get(key).and_then(text);
    let params = |fields: &Map<String, Value>| fields.get("params")?.get("description").and_then(text);
    let folders: Vec<String> = rules.content.iter().map(|content| content.folder.clone()).collect();
    let site = SiteRules {
        timezone: timezone.unwrap_or(defaults.timezone),
        locale: reading.locale(&default_language).unwrap_or_else(|| defaults.locale.clone()),
        url: reading.url().or_else(|| defaults.url.clone()),
        naming: reading.naming(&rules),
        statics: reading.statics(&rules.content),
        frame_hosts: defaults.frame_hosts.clone(),
        dialect: Dialect::Hugo(rules),
    };
    Configuration {
        rules: site,
        title: of_language("title").or_else(|| reading.text("title")),
        description: params(&default_language)
            .or_else(|| params(&reading.fields))
            .or_else(|| reading.text("description")),
        has_timezone: timezone.is_some(),
        content: folders,
        warnings: reading.warnings,
    }
}

/// A merged configuration, its keys in lower case.
struct Reading {
    fields: Map<String, Value>,
    warnings: Vec<merge::Told>,
}

impl Reading {
    fn text(&self, key: &str) -> Option<String> {
        self.fields.get(key).and_then(text)
    }

    fn flag(&self, key: &str) -> bool {
        self.fields.get(key).is_some_and(is_yes)
    }

    fn has_ugly_urls(&mut self) -> bool {
        if !self.map("uglyurls").is_empty() {
            self.warn(
                "`uglyURLs` of single sections are not known; set it for all, or give `url` in the posts".to_owned(),
            );
        }
        self.flag("uglyurls")
    }

    /// What the site gives to all its pages.
    fn cascades(&mut self) -> BTreeMap<Option<String>, Vec<Cascade>> {
        let Some(value) = self.fields.get("cascade") else { return BTreeMap::new() };
        let (cascades, wrong) = cascade::read(value, None);
        if let Some(wrong) = wrong {
            self.warn(wrong);
        }
        BTreeMap::from([(None, cascades)])
    }

    fn map(&self, key: &str) -> Map<String, Value> {
        self.fields.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// Of the configuration as a whole.
    fn warn(&mut self, message: String) {
        self.warnings.push(("configuration".to_owned(), None, message));
    }

    fn timezone(&mut self) -> Option<Tz> {
        let name = self.text("timezone")?;
        let zone = name.parse().ok();
        if zone.is_none() {
            self.warn(format!("`timeZone: {name}` is no zone such as `Europe/Berlin`; it was ignored"));
        }
        zone
    }

    fn url(&mut self) -> Option<Url> {
        let written = self.text("baseurl")?;
        let url = Url::parse(&format!("{}/", written.trim_end_matches('/'))).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        if url.is_none() && written != "/" {
            self.warn(format!("`baseURL: {written}` is no absolute http(s) URL; the site's address is not known"));
        }
        url
    }

    fn locale(&mut self, default_language: &Map<String, Value>) -> Option<String> {
        let keys = ["locale", "languagecode"];
        let of_language = keys.iter().find_map(|key| default_language.get(*key).and_then(text));
        let written = of_language.or_else(|| keys.iter().find_map(|key| self.text(key)));
        let written = written.or_else(|| self.text("defaultcontentlanguage"))?;
        let tag = locale::tag(&written);
        if tag.is_none() {
            self.warn(format!("`{written}` is no language tag such as `zh-CN`; it was ignored"));
        }
        tag
    }

    /// Where the site shows what posts are sorted into: a folder by the name of the taxonomy, unless a pattern says otherwise.
    fn naming(&self, rules: &Rules) -> Naming {
        let params = self.map("params");
        if let Some(told) = site::naming::naming(|key| params.get(key)) {
            return told;
        }
        let taxonomies = self.map("taxonomies");
        let usual = Naming::default();
        let folder = |singular: &str, usual: &str| {
            let plural = taxonomies.get(singular).and_then(text).unwrap_or_else(|| usual.to_owned());
            permalinks::folder_of_terms(&self.fields, &plural).unwrap_or(plural)
        };
        Naming {
            categories: folder("category", &usual.categories),
            tags: folder("tag", &usual.tags),
            authors: folder("author", &usual.authors),
            spelling: if rules.keeps_case { Spelling::Cased } else { Spelling::Slug },
            ..usual
        }
    }

    /// What the site shows at its root, then what its pages are made with, then the content itself.
    fn statics(&self, content: &[Content]) -> Vec<String> {
        let of = |value: Option<&Value>| value.map(keys::names).unwrap_or_default();
        let mut folders = of(self.fields.get("staticdir"));
        folders.extend(self.mounts("static").into_iter().map(|(source, _)| source));
        if folders.is_empty() {
            folders.push("static".to_owned());
        }
        folders.extend(self.map("languages").values().flat_map(|language| of(language.get("staticdir"))));
        folders.push(self.text("assetdir").unwrap_or_else(|| "assets".to_owned()));
        folders.extend(content.iter().map(|content| content.folder.clone()));
        let folders = folders.iter().map(|folder| folder.trim_matches('/').to_owned());
        crate::import::post::distinct(folders)
    }

    /// The folders that stand for one of Hugo's own, each with the language that it is for.
    fn mounts(&self, target: &str) -> Vec<(String, Option<String>)> {
        let module = self.map("module");
        let mounts = module.get("mounts").and_then(Value::as_array);
        let is_of =
            |mount: &&Value| mount.get("target").and_then(text).is_some_and(|to| to.trim_matches('/') == target);
        let read = |mount: &Value| {
            let language = mount.get("lang").and_then(text).map(|key| key.to_lowercase());
            Some((mount.get("source").and_then(text)?.trim_matches('/').to_owned(), language))
        };
        mounts.into_iter().flatten().filter(is_of).filter_map(read).collect()
    }

    fn dates(&self) -> DateKeys {
        let configured = self.map("frontmatter");
        let usual = DateKeys::default();
        let chain = |key: &str, usual: Vec<DateSource>| match configured.get(key) {
            None => usual,
            Some(value) => {
                let expand = |name: String| if name == ":default" { usual.clone() } else { sources([name.as_str()]) };
                crate::import::post::distinct(keys::names(value).into_iter().flat_map(expand))
            }
        };
        DateKeys {
            date: chain("date", usual.date),
            publish: chain("publishdate", usual.publish),
            lastmod: chain("lastmod", usual.lastmod),
            expiry: chain("expirydate", usual.expiry),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    keys::scalar(value).and_then(|text| crate::import::text::clean_line(&text))
}

fn is_yes(value: &Value) -> bool {
    text(value).is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "true" | "yes" | "on" | "1"))
}
