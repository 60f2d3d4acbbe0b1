//! Categories and tags of a post, as Hexo 8 reads them.

use serde_json::Value;

use crate::{
    article::{Naming, Spelling},
    import::{
        document::SiteRules,
        post::{Keys, distinct, keys::names},
        site::{self, settings::Settings},
    },
    slug::hexo::{Case, slugize},
};

/// Chains of names, the leaf last. A flat list is one chain; as soon as one item is a list, each item is its own.
pub(super) fn categories(keys: &mut Keys) -> Vec<Vec<String>> {
    let chains = match keys.take_names(&["categories", "category"]) {
        Some(Value::Array(items)) if items.iter().any(Value::is_array) => items.iter().map(names).collect(),
        Some(value) => vec![names(&value)],
        None => Vec::new(),
    };
    distinct(chains.into_iter().filter(|chain| !chain.is_empty()))
}

/// Flat; a text is one tag, whatever stands in it.
pub(super) fn tags(keys: &mut Keys) -> Vec<String> {
    distinct(keys.take_names(&["tags", "tag"]).iter().flat_map(names))
}

/// The `:category` of a permalink: the path of the category that was linked last.
pub(super) fn path(categories: &[Vec<String>], naming: &Naming, case: Case) -> Option<String> {
    let given = |name: &String| naming.category_slugs.get(name).unwrap_or(name).clone();
    let chain = categories.last()?;
    Some(chain.iter().map(|name| slugize(&given(name), case)).collect::<Vec<_>>().join("/"))
}

/// Where the pages of categories and tags are.
pub(super) fn naming(settings: &Settings, defaults: &SiteRules) -> Naming {
    if let Some(told) = site::naming::naming(|key| settings.get(key)) {
        return told;
    }
    let naming = defaults.naming.clone();
    let folder =
        |key: &str, default: String| settings.text(key).map_or(default, |folder| folder.trim_matches('/').to_owned());
    Naming {
        category_slugs: settings.map("category_map"),
        tag_slugs: settings.map("tag_map"),
        categories: folder("category_dir", naming.categories),
        tags: folder("tag_dir", naming.tags),
        spelling: match settings.text("filename_case").as_deref() {
            Some("1") => Spelling::Hexo(Case::Lower),
            Some("2") => Spelling::Hexo(Case::Upper),
            _ if settings.is_there() => Spelling::Hexo(Case::Kept),
            _ => naming.spelling,
        },
        ..Naming::default()
    }
}
