//! Where the pages of categories, tags and authors stand, in keys that only Masthead knows. Sites that came from elsewhere need
//! them to keep their paths: no generator can say all of this in its own configuration. Pure.

use crate::{
    article::{Naming, Spelling},
    import::post::keys::{names, scalar},
    slug::hexo::Case,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The key by which a site tells that the others mean what they mean here.
pub(crate) const PATHS: &str = "masthead_paths";

/// The spellings by their names.
pub(crate) const SPELLINGS: [(&str, Spelling); 5] = [
    ("slug", Spelling::Slug),
    ("cased", Spelling::Cased),
    ("hexo", Spelling::Hexo(Case::Kept)),
    ("hexo-lower", Spelling::Hexo(Case::Lower)),
    ("hexo-upper", Spelling::Hexo(Case::Upper)),
];

/// What a configuration says in these keys; none where it does not have them.
pub(in crate::import) fn naming<'a>(get: impl Fn(&str) -> Option<&'a Value>) -> Option<Naming> {
    let written = get(PATHS).and_then(scalar)?;
    let (_, spelling) = SPELLINGS.into_iter().find(|(name, _)| *name == written)?;
    let usual = Naming::default();
    let folder = |key: &str, usual: String| {
        let folder = get(key).and_then(scalar).map(|folder| folder.trim_matches('/').to_owned());
        folder.filter(|folder| !folder.is_empty()).unwrap_or(usual)
    };
    let slugs = |key: &str| get(key).map(slugs).unwrap_or_default();
    Some(Naming {
        category_slugs: slugs("category_map"),
        tag_slugs: slugs("tag_map"),
        categories: folder("category_dir", usual.categories),
        tags: folder("tag_dir", usual.tags),
        authors: folder("author_dir", usual.authors),
        spelling,
    })
}

/// A mapping of names to slugs, or a list of pairs: Hugo folds the case of the keys of mappings.
fn slugs(value: &Value) -> BTreeMap<String, String> {
    match value {
        Value::Object(fields) => fields.iter().filter_map(|(name, slug)| Some((name.clone(), scalar(slug)?))).collect(),
        Value::Array(pairs) => {
            pairs.iter().filter_map(|pair| <[String; 2]>::try_from(names(pair)).ok()).map(Into::into).collect()
        }
        _ => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_keys_count_together_alone() {
        let of = |config: &Value| naming(|key| config.get(key));
        assert_eq!(of(&json!({ "category_dir": "topics" })), None);
        assert_eq!(of(&json!({ "masthead_paths": "unknown" })), None);
        let told = of(&json!({
            "masthead_paths": "hexo-lower", "category_dir": "/topics/", "tag_map": [["C++", "cpp"], ["x"]],
            "category_map": { "Quay": "kai" },
        }));
        let told = told.unwrap();
        assert_eq!(
            (told.categories.as_str(), told.tags.as_str(), told.spelling),
            ("topics", "tags", Spelling::Hexo(Case::Lower))
        );
        assert_eq!(told.tag_slugs, BTreeMap::from([("C++".to_owned(), "cpp".to_owned())]));
        assert_eq!(told.category_slugs["Quay"], "kai");
    }
}
