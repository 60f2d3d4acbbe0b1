//! Categories and tags of a post, as Hexo 8 reads them.

use serde_json::Value;

use crate::import::post::{Keys, distinct, keys::names};

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
