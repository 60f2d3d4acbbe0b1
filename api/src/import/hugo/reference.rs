//! The page that `ref` and `relref` mean: near the page that refers to it, and in its language. Pure.

use super::{path::joined, rules::Rules, spot::Spot};
use crate::import::document::{PostLink, Site};

/// Between a language and the name of a page. No name of a file has it.
const SEPARATOR: char = '\u{1f}';

/// The name that asks for a page in this language.
pub(in crate::import) fn in_language(language: &str, name: &str) -> String {
    format!("{}{SEPARATOR}{name}", language.to_lowercase())
}

/// The names by which `find` asks for the page of this file: its path below the content folder, with a leading slash, then
/// that path and its ends, all without language and extension.
pub(in crate::import) fn names(path: &str, rules: &Rules) -> Vec<String> {
    let spot = Spot::of(path, rules);
    let (language, key) = (key_of_language(&spot), spot.key());
    let ends = std::iter::successors(Some(key.as_str()), |key| key.split_once('/').map(|(_, rest)| rest));
    let whole = in_language(language, &format!("/{key}"));
    [whole].into_iter().chain(ends.map(|end| in_language(language, end))).collect()
}

fn key_of_language<'s>(spot: &Spot<'s>) -> &'s str {
    spot.language.map_or("", |language| language.key.as_str())
}

/// The page of this name, seen from a page. Where none in the language that is meant has it, any other one that does is found,
/// unless the name asks for the language.
pub(super) fn find(site: &Site, rules: &Rules, spot: &Spot, name: &str) -> Option<PostLink> {
    let (asked, name) = name.split_once(SEPARATOR).map_or((None, name), |(language, name)| (Some(language), name));
    let asked = asked.filter(|_| spot.language.is_some());
    let (inner, of_name) = bare(name, rules);
    let language = asked.or(of_name).unwrap_or(key_of_language(spot));
    let around = spot.folders.join("/");
    let own = if spot.is_bundle { format!("{around}/{}", spot.base) } else { around.clone() };
    let beside = [own.as_str(), around.as_str(), ""].map(|folder| joined([folder, inner.as_str()]));
    let names = if name.starts_with('/') {
        vec![joined([inner.as_str()])]
    } else {
        beside.into_iter().chain([inner]).collect()
    };
    let found = names.iter().find_map(|name| (site.posts)(&in_language(language, name)));
    found.or_else(|| (site.posts)(name).filter(|_| asked.is_none()))
}

/// The name without a language, which is handed out, and without the `index` of a bundle.
fn bare<'r>(name: &str, rules: &'r Rules) -> (String, Option<&'r str>) {
    let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
    let stem = |name: &str| name.rsplit_once('.').map(|(stem, end)| (stem.to_owned(), rules.language(end)));
    let (last, language) = match stem(last) {
        Some((stem, Some(language))) => (stem, Some(language)),
        Some((bare, None)) => match stem(&bare) {
            Some((stem, Some(language))) => (stem, Some(language)),
            _ if bare == "index" => (bare, None),
            _ => (last.to_owned(), None),
        },
        None => (last.to_owned(), None),
    };
    let inner = match (folder, last.as_str()) {
        (folder, "index") if !folder.is_empty() => folder.to_owned(),
        ("", last) => last.to_owned(),
        (folder, last) => format!("{folder}/{last}"),
    };
    (inner, language.map(|language| language.key.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::hugo::Language;

    #[test]
    fn names_are_told_without_language_and_bundle() {
        let language = |key: &str| Language { key: key.to_owned(), tag: key.to_owned(), prefix: String::new() };
        let rules = Rules { languages: vec![language("en"), language("de")], ..Rules::default() };
        for (name, inner, of_name) in [
            ("b.md", "b.md", None),
            ("p/b.de.md", "p/b", Some("de")),
            ("b.DE", "b", Some("de")),
            ("v1.2", "v1.2", None),
            ("p/b/index.md", "p/b", None),
            ("p/b/index.de.md", "p/b", Some("de")),
            ("/b", "b", None),
            ("index.md", "index", None),
        ] {
            assert_eq!(bare(name, &rules), (inner.to_owned(), of_name), "{name}");
        }
        let names = |path: &str| names(path, &rules).join(" ").replace(SEPARATOR, ":");
        assert_eq!(names("content/p/b/index.de.md"), "de:/p/b de:p/b de:b");
        assert_eq!(names("content/b.md"), "en:/b en:b");
    }
}
