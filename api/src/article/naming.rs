//! How a site names and places what its articles are sorted into. Pure.

use crate::slug::{
    hexo::{Case, slugize},
    join_segments, slugify, slugify_cased,
};
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
    /// How paths write names; slugs are written in one way.
    pub spelling: Spelling,
}

/// How the path of a page writes a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As its slug.
    #[default]
    Slug,
    /// As its slug, in the case of the name.
    Cased,
    /// As Hexo does: letters lose their marks.
    Hexo(Case),
}

impl Default for Naming {
    fn default() -> Self {
        Self {
            category_slugs: BTreeMap::new(),
            tag_slugs: BTreeMap::new(),
            categories: "categories".to_owned(),
            tags: "tags".to_owned(),
            authors: "authors".to_owned(),
            spelling: Spelling::Slug,
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

    /// The path of the category with this chain of names, which was given this slug; wanted but not yet unique.
    #[must_use]
    pub fn category_path(&self, chain: &[String], slug: &str) -> String {
        let spelt = join_segments(chain.iter().map(|name| self.spell(given(&self.category_slugs, name))));
        self.path(&self.categories, &spelt, slug)
    }

    /// The path of a tag, which was given this slug; wanted but not yet unique.
    #[must_use]
    pub fn tag_path(&self, name: &str, slug: &str) -> String {
        self.path(&self.tags, &self.spell(given(&self.tag_slugs, name)), slug)
    }

    /// The path of an author, who was given this slug.
    #[must_use]
    pub fn author_path(&self, slug: &str) -> String {
        format!("/{}/{slug}/", self.authors)
    }

    fn spell(&self, name: &str) -> String {
        match self.spelling {
            Spelling::Slug => String::new(),
            Spelling::Cased => slugify_cased(name),
            Spelling::Hexo(case) => slugize(name, case),
        }
    }

    /// A slug that was given a number tells that its plain spelling is another's.
    fn path(&self, folder: &str, spelt: &str, slug: &str) -> String {
        let is_fit = match self.spelling {
            Spelling::Slug => false,
            Spelling::Cased => spelt.to_lowercase() == slug,
            Spelling::Hexo(_) => !spelt.is_empty(),
        };
        format!("/{folder}/{}/", if is_fit { spelt } else { slug })
    }
}

/// A name without a letter or digit still needs a slug.
fn filled(slug: String, substitute: &str) -> String {
    if slug.is_empty() { substitute.to_owned() } else { slug }
}

fn given<'a>(slugs: &'a BTreeMap<String, String>, name: &'a str) -> &'a str {
    slugs.get(name).map_or(name, String::as_str)
}
