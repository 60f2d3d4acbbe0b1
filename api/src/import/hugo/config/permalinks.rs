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
                        patterns.extend(sections.iter().filter_map(of_section));
                    }
                    Value::Object(_) if KINDS.contains(&section.as_str()) => {}
                    value => patterns.extend(of_section((section, value))),
                }
            }
        }
        Value::Array(rules) => {
            for rule in rules.iter().filter(|rule| is_of_posts(rule)) {
                match of_target(rule) {
                    Some(pattern) => patterns.push(pattern),
                    None => {
                        reading.warn(format!("a target of `permalinks` is not understood and was left out: {rule}"));
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

/// Whether a rule of the list is for posts.
fn is_of_posts(rule: &Value) -> bool {
    target(rule, "kind").is_none_or(|kind| kind == "page")
}

/// A rule of the list; None where its target is no section.
fn of_target(rule: &Value) -> Option<Pattern> {
    let path = target(rule, "path").unwrap_or_else(|| "**".to_owned());
    let pattern = rule.get("pattern").and_then(text)?;
    if path.trim_start_matches('/') == "**" {
        return Some(Pattern { section: "**".to_owned(), pattern });
    }
    let section = path.trim_end_matches('*').trim_matches('/');
    let braced = section.strip_prefix('{').and_then(|section| section.split([',', '}']).next());
    let section = braced.unwrap_or(section).trim_matches('/').to_owned();
    let is_section = !section.contains(['*', '{', '?', '[']);
    is_section.then_some(Pattern { section, pattern })
}

fn target(rule: &Value, key: &str) -> Option<String> {
    rule.get("target")?.get(key).and_then(text).map(|text| text.to_lowercase())
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
