mod cascades;
mod documents;
mod paths;

use super::*;
use crate::{
    article::Naming,
    import::{
        dialect::{self, Dialect},
        document::SiteRules,
    },
};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// When the files of these tests were changed, and when they are imported.
const CHANGED_AT: &str = "2022-01-02T03:04:05Z";
const NOW: &str = "2023-01-02T03:04:05Z";

fn defaults() -> SiteRules {
    SiteRules {
        dialect: Dialect::Hugo(Rules::default()),
        timezone: Tz::UTC,
        locale: "en".into(),
        url: None,
        naming: Naming::default(),
        statics: Vec::new(),
        frame_hosts: Vec::new(),
    }
}

/// A site with this `hugo.toml`.
fn site(configuration: &str) -> SiteRules {
    let read = configure(&[("hugo.toml".to_owned(), configuration.to_owned())], &defaults());
    assert_eq!(read.warnings, []);
    read.rules
}

/// A site with these folders as sections of their own.
fn with_sections(mut site: SiteRules, sections: &[&str]) -> SiteRules {
    if let Dialect::Hugo(rules) = &mut site.dialect {
        rules.sections = sections.iter().map(|folder| (*folder).to_owned()).collect();
    }
    site
}

fn try_read(path: &str, text: &str, rules: &SiteRules, pictures: &[&str]) -> Result<Read, Refusal> {
    let changed_at = CHANGED_AT.parse().unwrap();
    let now = NOW.parse().unwrap();
    let file = PostFile { path, bytes: text.as_bytes(), known_date: None, changed_at, now };
    let pictures: BTreeSet<String> = pictures.iter().map(|path| (*path).to_owned()).collect();
    dialect::read(&file, &Site { rules, pictures: &pictures, posts: &|_| None })
}

fn read_at(path: &str, front_matter: &str, rules: &SiteRules) -> Read {
    try_read(path, &format!("---\n{front_matter}\n---\nText.\n"), rules, &[]).unwrap()
}

/// A post with this front matter and a short body.
fn post(front_matter: &str) -> Read {
    read_at("content/posts/a-post.md", front_matter, &site(""))
}

fn document(front_matter: &str) -> Document {
    post(front_matter).document
}

fn warnings(front_matter: &str) -> Vec<(Option<u32>, String)> {
    post(front_matter).warnings.into_iter().map(|warning| (warning.line, warning.message)).collect()
}

fn utc(date: impl Into<Option<DateTime<Utc>>>) -> String {
    date.into().unwrap().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
