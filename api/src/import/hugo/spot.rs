//! Where a file lies among the site's content, and what that tells of it.

use super::rules::{Language, Rules};

/// The place of one post.
#[derive(Debug)]
pub(super) struct Spot<'a> {
    /// Of a site with more than one.
    pub(super) language: Option<&'a Language>,
    /// The folders around it, below the content folder; those around its own where it is a bundle.
    pub(super) folders: Vec<&'a str>,
    /// How many of them are sections of their own.
    pub(super) sections: usize,
    /// The name of its file without language and extension; that of the folder where it is a bundle.
    pub(super) base: &'a str,
    /// Whether it has a folder of its own, whose files are shown beside it.
    pub(super) is_bundle: bool,
    /// The folder of its file, below the root.
    pub(super) folder: &'a str,
}

impl<'a> Spot<'a> {
    pub(super) fn of(path: &'a str, rules: &'a Rules) -> Self {
        let content = rules.content.iter().filter_map(|content| Some((content, below(path, &content.folder)?)));
        let content = content.max_by_key(|(content, _)| content.folder.len());
        let inner = content.map_or(path, |(_, inner)| inner);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, of_name) = without_language(name, rules);
        let of_folder =
            content.and_then(|(content, _)| content.language.as_deref()).and_then(|key| rules.language(key));
        let mut folders: Vec<&str> = inner.split('/').filter(|part| !part.is_empty()).collect();
        folders.pop();
        let is_bundle = stem == "index" || stem.starts_with("index.");
        let base = if is_bundle { folders.pop().unwrap_or_default() } else { stem };
        let above = path.get(..path.len() - inner.len()).unwrap_or_default();
        let mut spot = Self {
            language: of_name.or(of_folder).or(rules.languages.first()).filter(|_| rules.languages.len() > 1),
            sections: 0,
            folders,
            base,
            is_bundle,
            folder,
        };
        spot.sections = spot.count_sections(above, rules);
        spot
    }

    /// The topmost folder is a section, one below it only if it has a page of its own.
    fn count_sections(&self, above: &str, rules: &Rules) -> usize {
        let is_section = |count: usize| {
            let folders = self.folders.get(..count).unwrap_or_default().join("/");
            rules.sections.contains(&format!("{above}{folders}"))
        };
        let deepest = (2..=self.folders.len()).rev().find(|count| is_section(*count));
        deepest.unwrap_or(self.folders.len().min(1))
    }

    /// By which its translations know each other: its path without a language.
    pub(super) fn key(&self) -> String {
        self.folders.iter().chain([&self.base]).copied().collect::<Vec<_>>().join("/")
    }
}

impl Rules {
    pub(super) fn language(&self, key: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.key.eq_ignore_ascii_case(key))
    }
}

/// The name of a file without its extension and without the language before it.
fn without_language<'a, 'r>(name: &'a str, rules: &'r Rules) -> (&'a str, Option<&'r Language>) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let known = stem.rsplit_once('.').and_then(|(bare, key)| Some((bare, rules.language(key)?)));
    known.map_or((stem, None), |(bare, language)| (bare, Some(language)))
}

fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}
