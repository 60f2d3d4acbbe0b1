//! Values that the site gives to the front matter of posts: `defaults` in `_config.yml`.

use super::taxonomy;
use crate::import::{
    post::distinct,
    site::{glob, settings::Settings},
};
use serde_json::{Map, Value};

/// One set of values and the posts that have them.
#[derive(Debug, Clone, PartialEq)]
pub struct Default {
    /// The beginning of their paths, or a pattern with `*`; empty for all.
    pub path: String,
    /// `posts` or `drafts`, where it is told.
    pub kind: Option<String>,
    /// By key.
    pub values: Map<String, Value>,
}

/// Reads the setting; paths are told without the folder of the collections.
pub(super) fn read(settings: &mut Settings, collections: &str) -> Vec<Default> {
    let Some(sets) = settings.get("defaults").cloned() else { return Vec::new() };
    let sets = sets.as_array().cloned().unwrap_or_default();
    let read: Vec<Option<Default>> = sets.iter().map(|set| default(set, collections)).collect();
    if read.iter().any(Option::is_none) {
        let message = "a set of `defaults` has no mapping `values` and was left out".to_owned();
        settings.warn(settings.line_of("defaults"), message);
    }
    read.into_iter().flatten().collect()
}

fn default(set: &Value, collections: &str) -> Option<Default> {
    let values = set.get("values")?.as_object()?.clone();
    let scope = set.get("scope");
    let text = |key: &str| scope.and_then(|scope| scope.get(key)?.as_str());
    let path = text("path").unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or(path);
    let kind = text("type").map(|kind| match kind {
        "post" => "posts".to_owned(),
        "draft" => "drafts".to_owned(),
        "page" => "pages".to_owned(),
        kind => kind.to_owned(),
    });
    let inner = path.strip_prefix(collections).and_then(|rest| rest.strip_prefix('/'));
    let path = inner.filter(|_| !collections.is_empty()).unwrap_or(path).to_owned();
    Some(Default { path, kind, values })
}

impl Default {
    fn is_for(&self, path: &str) -> bool {
        // Jekyll's drafts are of the type of posts, too.
        let is_kind = self.kind.as_deref().is_none_or(|kind| kind == "posts");
        is_kind && self.covers(path)
    }

    fn covers(&self, path: &str) -> bool {
        if !self.path.contains('*') {
            return path.starts_with(&self.path);
        }
        // A pattern names a file, or a folder that the file is in.
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.filter_map(|end| path.get(..end)).any(|part| glob::fits(&self.path, part))
    }

    /// A longer path goes before a shorter one, and a type before none.
    fn rank(&self) -> (usize, bool) {
        (self.path.len(), self.kind.is_some())
    }
}

/// The sets for a post, those that go before others last.
fn sets<'a>(defaults: &'a [Default], path: &str) -> Vec<&'a Default> {
    let mut sets: Vec<&Default> = defaults.iter().filter(|set| set.is_for(path)).collect();
    sets.sort_by_key(|set| set.rank());
    sets
}

/// The values for a post.
pub(super) fn of(defaults: &[Default], path: &str) -> Map<String, Value> {
    let mut values = Map::new();
    for set in sets(defaults, path) {
        for (key, value) in &set.values {
            match (values.get_mut(key), value) {
                (Some(Value::Object(known)), Value::Object(more)) => {
                    known.extend(more.iter().map(|(key, value)| (key.clone(), value.clone())));
                }
                _ => {
                    values.insert(key.clone(), value.clone());
                }
            }
        }
    }
    values
}

/// The categories for a post, to which its own are added.
pub(super) fn categories(defaults: &[Default], path: &str) -> Vec<String> {
    let values = of(defaults, path);
    distinct(values.get("categories").iter().flat_map(|value| taxonomy::split(value)))
}
