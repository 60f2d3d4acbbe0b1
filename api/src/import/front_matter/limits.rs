//! What front matter may be at most, in whatever form it is written: a small file must not become a large value.

use serde_json::Value;

/// In bytes. Pictures do not belong into front matter, and nothing else is that long.
pub(super) const MAX_BYTES: usize = 1024 * 1024;

/// Mappings and lists within each other.
pub(super) const MAX_DEPTH: usize = 32;

/// Mappings, lists and scalars together.
pub(super) const MAX_NODES: usize = 50_000;

/// What is wrong with a value that was read; None where it is within the limits.
pub(super) fn broken(value: &Value) -> Option<String> {
    let mut open = vec![(value, 1_usize)];
    let mut nodes = 0_usize;
    while let Some((value, depth)) = open.pop() {
        nodes += 1;
        if nodes > MAX_NODES {
            return Some(format!("it holds more than {MAX_NODES} values; move them to a data file"));
        }
        let is_nest = value.is_array() || value.is_object();
        if is_nest && depth > MAX_DEPTH {
            return Some(format!("it is nested deeper than {MAX_DEPTH} levels; flatten it"));
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => open.extend(fields.values().map(|field| (field, depth + 1))),
            _ => {}
        }
    }
    None
}
