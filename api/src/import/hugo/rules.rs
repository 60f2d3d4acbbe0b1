//! What only Hugo's configuration tells, and which files are posts.

use std::collections::{BTreeMap, BTreeSet};

use super::cascade::Cascade;

/// How a Hugo site builds its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Where posts lie.
    pub content: Vec<Content>,
    /// Its default first. Names of files and folders tell which one a post has.
    pub languages: Vec<Language>,
    /// Patterns of paths, for sections that have one.
    pub permalinks: Vec<Pattern>,
    /// Folders below the root with an `_index` file. Only they and the topmost ones are sections of their own.
    pub sections: BTreeSet<String>,
    /// What sections give to the pages below them, by their folders below that of the content, those that go before others
    /// first; what the site gives to all its pages under none.
    pub cascades: BTreeMap<Option<String>, Vec<Cascade>>,
    /// Which keys tell the dates of a post.
    pub dates: DateKeys,
    /// `/posts/a.html` rather than `/posts/a/`.
    pub has_ugly_urls: bool,
    /// Whether paths keep their upper case.
    pub keeps_case: bool,
    /// Whether paths lose their accents.
    pub removes_accents: bool,
}

/// A folder of posts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Content {
    /// Below the root, without slashes around it.
    pub folder: String,
    /// The key of the language whose posts it holds, if it is that of one.
    pub language: Option<String>,
}

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// In lower case, as names of files have it.
    pub key: String,
    /// BCP 47.
    pub tag: String,
    /// In front of its paths, without slashes; empty for none.
    pub prefix: String,
}

/// How the paths of a section's posts are built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The section, as its path on the site begins, in lower case; empty for posts without one, `**` for all.
    pub section: String,
    /// For example `/:year/:slug/`.
    pub pattern: String,
}

/// Where each date is looked for, the likeliest place first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateKeys {
    /// Of the post.
    pub date: Vec<DateSource>,
    /// From when on it is shown.
    pub publish: Vec<DateSource>,
    /// Of its last change.
    pub lastmod: Vec<DateSource>,
    /// Until when it is shown.
    pub expiry: Vec<DateSource>,
}

/// A place that may tell a date.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateSource {
    /// A key of the front matter, in lower case.
    Key(String),
    /// What the name of the file begins with; what follows is the slug then.
    Filename,
    /// The time of the file's last change.
    FileTime,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            content: vec![Content { folder: "content".to_owned(), language: None }],
            languages: vec![Language { key: "en".to_owned(), tag: "en".to_owned(), prefix: String::new() }],
            permalinks: Vec::new(),
            sections: BTreeSet::new(),
            cascades: BTreeMap::new(),
            dates: DateKeys::default(),
            has_ugly_urls: false,
            keeps_case: false,
            removes_accents: false,
        }
    }
}

impl Default for DateKeys {
    fn default() -> Self {
        Self {
            date: sources(["date", "publishdate", "lastmod"]),
            publish: sources(["publishdate", "date"]),
            lastmod: sources(["lastmod", "date", "publishdate"]),
            expiry: sources(["expirydate"]),
        }
    }
}

/// Places by the names that the configuration has for them, each key followed by its older names.
pub(super) fn sources<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<DateSource> {
    let mut sources = Vec::new();
    for name in names {
        let name = name.to_lowercase();
        match name.as_str() {
            ":filename" => sources.push(DateSource::Filename),
            ":filemodtime" => sources.push(DateSource::FileTime),
            // The history of the folder is not looked at.
            other if other.starts_with(':') => {}
            key => sources.extend([key].iter().chain(older_names(key)).map(|key| DateSource::Key((*key).to_owned()))),
        }
    }
    sources
}

fn older_names(key: &str) -> &'static [&'static str] {
    match key {
        "lastmod" => &["modified"],
        "publishdate" => &["pubdate", "published"],
        "expirydate" => &["unpublishdate"],
        _ => &[],
    }
}

impl Rules {
    /// The posts among these files below the root, in their order: not the pages of sections, and not what belongs to the
    /// bundle of another post.
    #[must_use]
    pub fn posts(&self, files: &[String]) -> Vec<String> {
        let is_top = |folder: &str| folder.is_empty() || self.content.iter().any(|content| content.folder == folder);
        let leaves = files.iter().filter(|file| is_named(file, "index")).map(|file| folder(file));
        let bundles: BTreeSet<&str> = leaves.filter(|folder| !is_top(folder)).collect();
        let is_post = |file: &&String| {
            let own = folder(file);
            let around = if is_named(file, "index") { folder(own) } else { own };
            !Self::is_section(file) && !is_below(around, &bundles)
        };
        files.iter().filter(is_post).cloned().collect()
    }

    /// Whether a file is the page of a section.
    #[must_use]
    pub fn is_section(file: &str) -> bool {
        is_named(file, "_index")
    }

    /// The folders among these files' that are sections of their own.
    #[must_use]
    pub fn sections<'f>(files: impl IntoIterator<Item = &'f str>) -> BTreeSet<String> {
        files.into_iter().filter(|file| Self::is_section(file)).map(|file| folder(file).to_owned()).collect()
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a folder is one of these, or lies in one.
fn is_below(start: &str, folders: &BTreeSet<&str>) -> bool {
    let mut around = start;
    while !around.is_empty() {
        if folders.contains(around) {
            return true;
        }
        around = folder(around);
    }
    false
}

/// Whether the name of a file is this one, followed by a language, an extension, or both.
fn is_named(file: &str, name: &str) -> bool {
    let last = file.rsplit('/').next().unwrap_or(file);
    last.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}
