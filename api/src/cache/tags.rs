//! What an answer shows, in short names by which a cache in front of the server can be told to drop it. Pure.

use async_graphql::Value;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Under which an operation that is to be tagged also asks for the id of each object that has one.
pub const ID: &str = "__tag";

/// What every answer bears.
const ALL: &str = "masthead";

/// What headers of an answer may be long, together with what else stands there.
const MAX_BYTES: usize = 4_096;

/// Bytes of a hash. Two of a million ids are hardly alike in them, and if they were an answer would be dropped for nothing.
const HASH_BYTES: usize = 6;

/// The types that are tagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

/// Each with the name of its lists.
const KINDS: [(&str, &str); 5] =
    [("Article", "articles"), ("Author", "authors"), ("Category", "categories"), ("Image", "images"), ("Tag", "tags")];

impl Kinds {
    /// What a field shows that is selected on this type: an object, or a list of it and what is counted in it.
    #[must_use]
    pub fn of(type_name: &str) -> Self {
        let bare = type_name.strip_suffix("Connection").or_else(|| type_name.strip_suffix("Edge")).unwrap_or(type_name);
        Self((0..).zip(KINDS).filter(|(_, (kind, _))| *kind == bare).fold(0, |set, (bit, _)| set | 1 << bit))
    }

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn names(self) -> impl Iterator<Item = &'static str> {
        (0..).zip(KINDS).filter(move |(bit, _)| self.0 & 1 << bit != 0).map(|(_, (_, name))| name)
    }
}

/// Whether objects of this type have an id by which they are tagged.
#[must_use]
pub fn is_tagged(type_name: &str) -> bool {
    matches!(type_name, "Node" | "Page") || KINDS.iter().any(|(kind, _)| *kind == type_name)
}

/// The tag of an object.
#[must_use]
pub fn of_id(id: &str) -> String {
    let hash = Sha256::digest(id);
    BASE64_URL_SAFE_NO_PAD.encode(hash.get(..HASH_BYTES).unwrap_or_default())
}

/// Takes the ids out that were asked for under [`ID`].
pub fn take(value: &mut Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(id)) = fields.shift_remove(ID) {
                ids.insert(id);
            }
            fields.values_mut().for_each(|field| take(field, ids));
        }
        Value::List(items) => items.iter_mut().for_each(|item| take(item, ids)),
        _ => {}
    }
}

/// The tags of an answer that shows these objects, and asks for these types: each separated by a space. Where the objects are too
/// many, `any-articles` stands for those of a type.
#[must_use]
pub fn tags(kinds: Kinds, ids: &BTreeSet<String>) -> String {
    let coarse: Vec<String> = std::iter::once(ALL.to_owned()).chain(kinds.names().map(str::to_owned)).collect();
    let hash_length = HASH_BYTES * 4 / 3 + 1;
    let length = coarse.iter().map(|tag| tag.len() + 1).sum::<usize>() + ids.len() * hash_length;
    let fine: Vec<String> = if length <= MAX_BYTES {
        ids.iter().map(|id| of_id(id)).collect()
    } else {
        kinds.names().map(|name| format!("any-{name}")).collect()
    };
    [coarse, fine].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> BTreeSet<String> {
        (0..count).map(|number| format!("id {number}")).collect()
    }

    #[test]
    fn tags_are_short_and_become_coarse_where_they_are_many() {
        let kinds = Kinds::of("ArticleConnection").and(Kinds::of("Tag")).and(Kinds::of("PageInfo"));
        assert_eq!(tags(kinds, &ids(0)), "masthead articles tags");
        let one = tags(kinds, &ids(1));
        assert_eq!(one, format!("masthead articles tags {}", of_id("id 0")));
        assert_eq!(of_id("id 0").len(), 8);
        let most = (0..1_000).find(|count| tags(kinds, &ids(count + 1)).contains("any-")).unwrap();
        assert!(most > 440 && tags(kinds, &ids(most)).len() <= MAX_BYTES, "{most}");
        assert_eq!(tags(kinds, &ids(most + 1)), "masthead articles tags any-articles any-tags");
    }

    #[test]
    fn ids_are_taken_out_wherever_they_stand() {
        let json = serde_json::json!({ "a": { "b": [{ "c": 1, ID: "x" }, null, [{ ID: "y" }]], ID: "z" }, "id": "w" });
        let mut value = Value::from_json(json).unwrap();
        let mut found = BTreeSet::new();
        take(&mut value, &mut found);
        assert_eq!(found.into_iter().collect::<String>(), "xyz");
        assert_eq!(value.to_string(), r#"{a: {b: [{c: 1}, null, [{}]]}, id: "w"}"#);
    }
}
