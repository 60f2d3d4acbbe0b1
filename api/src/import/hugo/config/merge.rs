//! The files of a configuration as one mapping, its keys in lower case.

use serde_json::{Map, Value};

use crate::import::front_matter::{FrontMatterError, json, toml, yaml};

/// The levels at which mappings of several files are one: `languages.en.params.…`.
const LEVELS: usize = 4;

const EXTENSIONS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// The file, the line in it, and what is wrong there.
pub(super) type Told = (String, Option<u32>, String);

/// The merged mapping, and what could not be read: the file, its line, and why.
pub(super) fn merged(files: &[(String, String)]) -> (Map<String, Value>, Vec<Told>) {
    let mut fields = Value::Object(Map::new());
    let mut warnings = Vec::new();
    for (path, content) in ordered(files) {
        match parse(path, content) {
            Ok(value) => merge(&mut fields, placed(path, folded(value)), LEVELS),
            Err((line, message)) => {
                let message = format!("the configuration cannot be read and was left out: {message}");
                warnings.push((path.to_owned(), line, message));
            }
        }
    }
    match fields {
        Value::Object(fields) => (fields, warnings),
        _ => (Map::new(), warnings),
    }
}

/// The first of the files at the root, then those of folders, whose word counts more.
fn ordered(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let find = |name: &str| files.iter().find(|(path, _)| path == name);
    let at_root =
        ["hugo", "config"].into_iter().flat_map(|stem| EXTENSIONS.map(|extension| format!("{stem}.{extension}")));
    let main = at_root.into_iter().find_map(|name| find(&name));
    let below = |folder: &'static str| {
        let mut found: Vec<_> = files.iter().filter(|(path, _)| path.starts_with(folder)).collect();
        // `hugo.toml` before `permalinks.toml`, which says more of one thing.
        found.sort_by_key(|(path, _)| (!is_whole(path), path.clone()));
        found
    };
    let folders = ["config/_default/", "config/production/"].into_iter().flat_map(below);
    main.into_iter().chain(folders).map(|(path, content)| (path.as_str(), content.as_str())).collect()
}

/// The name of a file in its parts, without the extension.
fn stem(path: &str) -> Vec<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts: Vec<&str> = name.split('.').collect();
    parts.pop();
    parts
}

fn is_whole(path: &str) -> bool {
    matches!(stem(path).as_slice(), ["hugo" | "config"])
}

/// `permalinks.toml` holds what stands under `permalinks`, `languages.en.toml` and `menus.en.toml` what does under a language.
fn placed(path: &str, value: Value) -> Value {
    if is_whole(path) {
        return value;
    }
    let parts: Vec<String> = stem(path).iter().map(|part| part.to_lowercase()).collect();
    let keys: Vec<&str> = match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["languages", rest @ ..] => ["languages"].iter().chain(rest).copied().collect(),
        [key, language, ..] => vec!["languages", language, key],
        whole => whole.to_vec(),
    };
    keys.iter().rev().fold(value, |value, key| Value::Object(Map::from_iter([((*key).to_owned(), value)])))
}

fn parse(path: &str, content: &str) -> Result<Value, (Option<u32>, String)> {
    let content = content.trim_start_matches('\u{feff}');
    let told = |error: FrontMatterError| {
        let line = Some(error.line());
        match error {
            FrontMatterError::Toml { message, .. } | FrontMatterError::Json { message, .. } => (line, message),
            error => (line, error.to_string()),
        }
    };
    let value = match path.rsplit('.').next().unwrap_or_default() {
        "toml" => toml::parse(content, 1).map_err(told)?,
        "json" => Value::Object(json::mapping(content, 1).map_err(told)?),
        _ => yaml::parse(content).map_err(|error| (Some(error.line.saturating_add(1)), error.message))?,
    };
    match value {
        Value::Null => Ok(Value::Object(Map::new())),
        Value::Object(fields) => Ok(Value::Object(fields)),
        _ => Err((Some(1), "it is no mapping".to_owned())),
    }
}

/// Hugo does not tell cases of keys apart. The parsers bound the depth.
fn folded(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(folded).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key.to_lowercase(), folded(value))).collect(),
        value => value,
    }
}

fn merge(into: &mut Value, from: Value, levels: usize) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) if levels > 0 => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value, levels - 1);
            }
        }
        (into, from) => *into = from,
    }
}
