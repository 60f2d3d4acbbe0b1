//! The patterns of paths: for each section, for each kind of page and section, or as a list of targets.

use serde_json::{Map, Value};

use super::{Reading, text};
use crate::import::hugo::rules::Pattern;

/// Kinds of pages that may have patterns of their own.
const KINDS: [&str; 4] = ["page", "section", "taxonomy", "term"];

/// The patterns of posts.
pub(super) fn read(reading: &mut Reading) -> Vec<Pattern> {
    let value = reading.fields.get("permalinks").cloned().unwrap_or_default();
    let mut patterns = Vec::new();
    match &value {
        Value::Object(fields) => {
            for (section, value) in fields {
                match value {
                    Value::Object(sections) if section == "page" => {
                        patterns.extend(sections.iter().filter_map(of_section))
                    }
                    Value::Object(_) if KINDS.contains(&section.as_str()) => {}
                    value => patterns.extend(of_section((section, value))),
                }
            }
        }
        Value::Array(rules) => {
            for rule in rules {
                match of_target(rule) {
                    Some(pattern) => patterns.extend(pattern),
                    None => {
                        reading.warn(format!("a target of `permalinks` is not understood and was left out: {rule}"))
                    }
                }
            }
        }
        _ => {}
    }
    patterns
}

fn of_section((section, pattern): (&String, &Value)) -> Option<Pattern> {
    let section = section.trim_matches([' ', '/']).to_lowercase();
    Some(Pattern { section, pattern: text(pattern)? })
}

/// A rule of the list: one for posts, or nothing where it is for another kind. None where its target is no section.
fn of_target(rule: &Value) -> Option<Option<Pattern>> {
    let target = |key: &str| rule.get("target")?.get(key).and_then(text).map(|text| text.to_lowercase());
    if target("kind").is_some_and(|kind| kind != "page") {
        return Some(None);
    }
    let path = target("path").unwrap_or_else(|| "**".to_owned());
    let pattern = rule.get("pattern").and_then(text)?;
    if path.trim_start_matches('/') == "**" {
        return Some(Some(Pattern { section: "**".to_owned(), pattern }));
    }
    let section = path.trim_end_matches('*').trim_matches('/');
    let braced = section.strip_prefix('{').and_then(|section| section.split([',', '}']).next());
    let section = braced.unwrap_or(section).trim_matches('/').to_owned();
    let is_section = !section.contains(['*', '{', '?', '[']);
    is_section.then_some(Some(Pattern { section, pattern }))
}

/// The folder of a taxonomy's terms, where a pattern such as `/topics/:slug/` puts them elsewhere.
pub(super) fn folder_of_terms(fields: &Map<String, Value>, plural: &str) -> Option<String> {
    let permalinks = fields.get("permalinks")?;
    let of_kind = permalinks.get("term").and_then(|terms| terms.get(plural.to_lowercase()));
    let pattern = of_kind.or_else(|| permalinks.get(plural.to_lowercase())).and_then(text)?;
    let (folder, name) = pattern.trim_matches('/').rsplit_once('/')?;
    let is_plain = matches!(name, ":slug" | ":title") && !folder.contains(':');
    is_plain.then(|| folder.to_owned())
}
