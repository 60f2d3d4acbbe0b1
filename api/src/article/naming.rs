//! How a site names and places what its articles are sorted into. Pure.

use crate::slug::{join_segments, slugify, slugify_cased};
use std::collections::BTreeMap;

/// What a site's configuration says of the pages of categories, authors and tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Slugs that are given to names of categories.
    pub category_slugs: BTreeMap<String, String>,
    /// Slugs that are given to tags.
    pub tag_slugs: BTreeMap<String, String>,
    /// The folder of the categories' pages, without slashes around it.
    pub categories: String,
    /// The folder of the tags' pages.
    pub tags: String,
    /// The folder of the authors' pages.
    pub authors: String,
    /// Whether paths keep the case of names; slugs are in lower case anyhow.
    pub keeps_case: bool,
}

impl Default for Naming {
    fn default() -> Self {
        Self {
            category_slugs: BTreeMap::new(),
            tag_slugs: BTreeMap::new(),
            categories: "categories".to_owned(),
            tags: "tags".to_owned(),
            authors: "authors".to_owned(),
            keeps_case: false,
        }
    }
}

impl Naming {
    /// The slug of a category below others, wanted but not yet unique.
    #[must_use]
    pub fn category_slug(&self, name: &str) -> String {
        filled(slugify(given(&self.category_slugs, name)), "category")
    }

    /// The slug of a tag, wanted but not yet unique.
    #[must_use]
    pub fn tag_slug(&self, name: &str) -> String {
        filled(slugify(given(&self.tag_slugs, name)), "tag")
    }

    /// The path of the category with this chain of names, which was given this slug.
    #[must_use]
    pub fn category_path(&self, chain: &[String], slug: &str) -> String {
        let cased = join_segments(chain.iter().map(|name| slugify_cased(given(&self.category_slugs, name))));
        self.path(&self.categories, &cased, slug)
    }

    /// The path of a tag, which was given this slug.
    #[must_use]
    pub fn tag_path(&self, name: &str, slug: &str) -> String {
        self.path(&self.tags, &slugify_cased(given(&self.tag_slugs, name)), slug)
    }

    /// The path of an author, who was given this slug.
    #[must_use]
    pub fn author_path(&self, slug: &str) -> String {
        format!("/{}/{slug}/", self.authors)
    }

    /// Slugs are unique; what differs from one by more than its case might not be.
    fn path(&self, folder: &str, cased: &str, slug: &str) -> String {
        let is_same = self.keeps_case && cased.to_lowercase() == slug;
        format!("/{folder}/{}/", if is_same { cased } else { slug })
    }
}

/// A name without a letter or digit still needs a slug.
fn filled(slug: String, substitute: &str) -> String {
    if slug.is_empty() { substitute.to_owned() } else { slug }
}

fn given<'a>(slugs: &'a BTreeMap<String, String>, name: &'a str) -> &'a str {
    slugs.get(name).map_or(name, String::as_str)
}
