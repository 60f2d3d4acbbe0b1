//! How the site names what its articles are sorted into, found in what it has. Pure.

use crate::{
    article::{Naming, Spelling},
    slug::hexo::Case,
};
use std::collections::BTreeMap;

/// A category or a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// From the root, its own last.
    pub names: Vec<String>,
    /// With those of its ancestors.
    pub slug: String,
    /// Where the site shows it.
    pub path: String,
}

impl Term {
    fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// The folder of all pages of its kind.
    fn folder(&self) -> Option<String> {
        let segments: Vec<&str> = self.path.trim_matches('/').split('/').collect();
        let (folder, _) = segments.split_at_checked(segments.len().checked_sub(self.slug.split('/').count())?)?;
        (!folder.is_empty()).then(|| folder.join("/"))
    }
}

/// The naming by which these categories and tags come to be again: that known so far, with the folders and the case that their
/// paths show, and with slugs for names that do not give theirs.
#[must_use]
pub fn found(known: &Naming, categories: &[Term], tags: &[Term], authors: &[Term]) -> Naming {
    let mut naming = known.clone();
    naming.categories = most(categories).unwrap_or(naming.categories);
    naming.tags = most(tags).unwrap_or(naming.tags);
    naming.authors = most(authors).unwrap_or(naming.authors);
    let odd = odd_slugs(tags, |name| naming.tag_slug(name));
    naming.tag_slugs.extend(odd);
    let odd = odd_slugs(categories, |name| naming.category_slug(name));
    naming.category_slugs.extend(odd);
    let fitting = |spelling: &Spelling| {
        let naming = Naming { spelling: *spelling, ..naming.clone() };
        let fits = |term: &&Term| naming.category_path(&term.names, &term.slug) == term.path;
        let fits_tag = |term: &&Term| naming.tag_path(term.name(), &term.slug) == term.path;
        categories.iter().filter(fits).count() + tags.iter().filter(fits_tag).count()
    };
    let spellings = [Spelling::Hexo(Case::Upper), Spelling::Hexo(Case::Lower), Spelling::Cased, Spelling::Slug];
    let spellings = spellings.into_iter().chain([Spelling::Hexo(Case::Kept), known.spelling]);
    // Of equal ones the one that is known, else the plainest.
    naming.spelling = spellings.max_by_key(fitting).unwrap_or_default();
    naming
}

/// Names whose slug is not what is made of them, each with that slug.
fn odd_slugs(terms: &[Term], usual: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    let own = |term: &Term| term.slug.rsplit('/').next().unwrap_or(&term.slug).to_owned();
    let odd = terms.iter().map(|term| (term.name(), own(term))).filter(|(name, slug)| usual(name) != *slug);
    odd.map(|(name, slug)| (name.to_owned(), slug)).collect()
}

fn most(terms: &[Term]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for folder in terms.iter().filter_map(Term::folder) {
        *counts.entry(folder).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(names: &[&str], slug: &str, path: &str) -> Term {
        Term {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            slug: slug.to_owned(),
            path: path.to_owned(),
        }
    }

    #[test]
    fn slugs_that_names_do_not_give_are_told() {
        let tags = [term(&["C"], "c", "/tags/c/"), term(&["C++"], "c-2", "/tags/c-2/")];
        let categories = [term(&["Places", "Quay"], "places/quay", "/categories/places/quay/")];
        let naming = found(&Naming::default(), &categories, &tags, &[]);
        assert_eq!(naming.tag_slugs.into_iter().collect::<Vec<_>>(), [("C++".to_owned(), "c-2".to_owned())]);
        assert!(naming.category_slugs.is_empty() && naming.spelling == Spelling::Slug);
    }

    #[test]
    fn folders_and_the_case_of_names_are_found_in_paths() {
        let categories = [
            term(&["Places"], "places", "/topic/Places/"),
            term(&["Places", "Quay"], "places/quay", "/topic/Places/Quay/"),
        ];
        let naming = found(&Naming::default(), &categories, &[], &[]);
        assert_eq!(
            (naming.categories.as_str(), naming.tags.as_str(), naming.spelling),
            ("topic", "tags", Spelling::Hexo(Case::Kept))
        );
    }
}
