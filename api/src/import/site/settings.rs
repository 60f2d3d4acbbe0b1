//! What a file of a site's configuration says, setting by setting. Pure.

use crate::import::{
    front_matter::{FrontMatterError, json, toml, yaml},
    post::keys::{names, scalar},
    text,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Patterns in one setting, at most.
const MAX_PATTERNS: usize = 200;

/// Bytes of a pattern, at most.
const MAX_PATTERN: usize = 255;

/// Something about a file of the configuration: the file, the line where it is known, and what its author would want to know.
pub type Remark = (String, Option<u32>, String);

/// The settings of one file, and what is wrong with it.
#[derive(Debug, Default)]
pub(in crate::import) struct Settings {
    file: String,
    text: String,
    values: Map<String, Value>,
    pub(in crate::import) warnings: Vec<Remark>,
}

/// Whether a configuration is a mapping, or empty.
pub(in crate::import) fn can_read(file: &str, text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    matches!(value(file, text), Ok(Value::Object(_) | Value::Null))
}

impl Settings {
    /// Reads YAML, or JSON or TOML where the name says so. A file that cannot be read has no settings and one warning.
    pub(in crate::import) fn parse(file: &str, text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut settings = Self { file: file.to_owned(), text: text.to_owned(), ..Self::default() };
        match value(file, text) {
            Ok(Value::Object(values)) => settings.values = values,
            Ok(Value::Null) => {}
            Ok(_) => settings.warn(None, "the configuration is no mapping, and nothing of it is used".to_owned()),
            Err((line, message)) => {
                let message = format!("nothing of the configuration is used, since it cannot be read: {message}");
                settings.warn(line, message);
            }
        }
        settings
    }

    pub(in crate::import) fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    /// Whether there is a configuration.
    pub(in crate::import) fn is_there(&self) -> bool {
        !self.values.is_empty()
    }

    /// A text or number that is not blank.
    pub(in crate::import) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(scalar).and_then(|text| text::clean(&text))
    }

    /// A flag; false where it is anything but `true`.
    pub(in crate::import) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The texts of a list, or the one text.
    pub(in crate::import) fn list(&self, key: &str) -> Vec<String> {
        self.get(key).map(names).unwrap_or_default()
    }

    /// Patterns of paths. There is an end to their number and length, since every path is held against them.
    pub(in crate::import) fn patterns(&mut self, key: &str) -> Vec<String> {
        let (mut fit, unfit): (Vec<_>, Vec<_>) =
            self.list(key).into_iter().partition(|pattern| pattern.len() <= MAX_PATTERN);
        if !unfit.is_empty() || fit.len() > MAX_PATTERNS {
            let message =
                format!("of `{key}` only the first {MAX_PATTERNS} patterns of up to {MAX_PATTERN} bytes are used");
            self.warn(self.line_of(key), message);
        }
        fit.truncate(MAX_PATTERNS);
        fit
    }

    /// The texts of a mapping.
    pub(in crate::import) fn map(&self, key: &str) -> BTreeMap<String, String> {
        let fields = self.get(key).and_then(Value::as_object);
        let pairs = fields.into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), scalar(value)?)));
        pairs.collect()
    }

    /// What `read` makes of a setting; a warning says what is wrong where it makes nothing of it.
    pub(in crate::import) fn read<T>(
        &mut self,
        key: &str,
        wrong: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let written = self.text(key)?;
        let value = read(&written);
        if value.is_none() {
            self.warn(self.line_of(key), format!("`{key}: {written}` {wrong}"));
        }
        value
    }

    pub(in crate::import) fn warn(&mut self, line: Option<u32>, message: String) {
        self.warnings.push((self.file.clone(), line, message));
    }

    /// Where a setting stands at the margin, counted from 1.
    pub(in crate::import) fn line_of(&self, key: &str) -> Option<u32> {
        let is_of_key = |line: &str| {
            let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with([':', '=']))
        };
        (1_u32..).zip(self.text.lines()).find(|(_, line)| is_of_key(line)).map(|(number, _)| number)
    }
}

/// What a file says, as one value; else the line, counted from 1, and what is wrong there.
pub(in crate::import) fn value(file: &str, text: &str) -> Result<Value, (Option<u32>, String)> {
    let refused = |error: FrontMatterError| (Some(error.line()), reason(&error));
    match file.rsplit('.').next() {
        Some("json") => json::mapping(text, 1).map(Value::Object).map_err(refused),
        Some("toml") => toml::parse(text, 1).map_err(refused),
        _ => {
            let error = |error: yaml::YamlError| (Some(error.line.saturating_add(1)), error.message);
            yaml::parse(&yaml::without_leading_tabs(text)).map_err(error)
        }
    }
}

/// Without the words that only fit front matter.
fn reason(error: &FrontMatterError) -> String {
    match error {
        FrontMatterError::Json { message, .. } | FrontMatterError::Toml { message, .. } => message.clone(),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read_out_of_yaml_json_and_toml() {
        for (file, text) in [
            ("_config.yml", "---\ntitle: 7\nlist: [a, b]\nmap: {a: 1}\non: true\n"),
            ("c.json", "{\"title\": 7, \"list\": [\"a\", \"b\"], \"map\": {\"a\": 1}, \"on\": true}"),
            ("c.toml", "title = 7\nlist = [\"a\", \"b\"]\non = true\n[map]\na = 1\n"),
        ] {
            let settings = Settings::parse(file, text);
            assert_eq!(settings.warnings, [], "{file}");
            assert_eq!(settings.text("title").unwrap(), "7");
            assert_eq!(settings.list("list"), ["a", "b"]);
            assert_eq!(settings.list("title"), ["7"]);
            assert_eq!(settings.map("map")["a"], "1");
            assert!(settings.flag("on") && !settings.flag("title"));
            assert_eq!(settings.get("none"), None);
        }
    }

    #[test]
    fn what_cannot_be_read_is_one_warning_with_its_line() {
        for (file, text, line) in [
            ("_config.yml", "title: x\nurl: [\n", Some(2)),
            ("c.json", "{\n\"a\": }", Some(2)),
            ("c.toml", "a = 1\nb = = 2\n", Some(2)),
            ("_config.yml", "- a\n- b\n", None),
        ] {
            let settings = Settings::parse(file, text);
            assert_eq!(settings.warnings.len(), 1, "{file}");
            assert_eq!(
                (settings.warnings[0].0.as_str(), settings.warnings[0].1),
                (file, line),
                "{:?}",
                settings.warnings
            );
        }
        assert_eq!(Settings::parse("_config.yml", "").warnings, []);
    }

    #[test]
    fn patterns_are_bounded() {
        let mut settings = Settings::parse("c.json", &format!("{{\"a\": {:?}, \"b\": [\"*\"]}}", vec!["x"; 300]));
        assert_eq!((settings.patterns("a").len(), settings.patterns("b").len(), settings.warnings.len()), (200, 1, 1));
    }

    #[test]
    fn a_setting_that_makes_no_sense_is_told_with_its_line() {
        let mut settings = Settings::parse("_config.yml", "title: x\ntimezone: Mars\n");
        let zone: Option<chrono_tz::Tz> = settings.read("timezone", "is no zone", |text| text.parse().ok());
        assert_eq!(zone, None);
        assert_eq!(settings.warnings, [("_config.yml".into(), Some(2), "`timezone: Mars` is no zone".into())]);
        assert_eq!(settings.get("title"), Some(&json!("x")));
    }
}
