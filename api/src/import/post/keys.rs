//! The keys of one front matter: each is taken once, and what nobody took is kept as `extra`.

use serde_json::{Map, Value};
use url::Url;

use crate::import::{
    document::Warning,
    front_matter::FrontMatter,
    markdown::{self, Flavour},
    normalise::visible_text,
    text,
};

/// Front matter on its way into a document.
pub(in crate::import) struct Keys<'a> {
    /// What was not taken yet.
    pub(in crate::import) rest: Map<String, Value>,
    pub(in crate::import) warnings: Vec<Warning>,
    front_matter: &'a FrontMatter<'a>,
}

impl<'a> Keys<'a> {
    pub(in crate::import) fn new(front_matter: &'a FrontMatter<'a>) -> Self {
        Self { rest: front_matter.fields.clone(), warnings: Vec::new(), front_matter }
    }

    /// With values for keys that the front matter does not have.
    pub(in crate::import) fn with_defaults(front_matter: &'a FrontMatter<'a>, defaults: Map<String, Value>) -> Self {
        let mut rest = front_matter.fields.clone();
        for (key, value) in defaults {
            fill(&mut rest, key, value);
        }
        Self { rest, ..Self::new(front_matter) }
    }

    /// What nobody took of the front matter itself, as it stands there.
    pub(in crate::import) fn extra(&self) -> Map<String, Value> {
        let own = self.front_matter.fields.iter().filter(|(key, _)| self.rest.contains_key(*key));
        own.map(|(key, value)| (key.clone(), text::clean_value(value.clone()))).collect()
    }

    /// Takes a key; one without a value (null, or blank text) is gone and gives None.
    pub(in crate::import) fn take_filled(&mut self, key: &str) -> Option<Value> {
        self.rest.shift_remove(key).filter(is_filled)
    }

    /// Takes the first of these keys that has a value. Blank ones before it are gone, later ones stay.
    pub(in crate::import) fn take_first(&mut self, keys: &[&'static str]) -> Option<(&'static str, Value)> {
        keys.iter().find_map(|key| Some((*key, self.take_filled(key)?)))
    }

    /// `take_first` for keys that hold names. A mapping yields none: then all of the value is kept among the extra fields.
    pub(in crate::import) fn take_names(&mut self, keys: &[&'static str]) -> Option<Value> {
        let (key, value) = self.take_first(keys)?;
        if holds_mapping(&value) {
            self.warn(key, format!("`{key}` holds something that is no name; it was left among the extra fields"));
            self.rest.insert(key.to_owned(), value.clone());
        }
        Some(value)
    }

    /// Takes a key that holds text or a number. Anything else stays where it is, with a warning.
    pub(in crate::import) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.take_filled(key)?;
        let text = scalar(&value).and_then(|text| text::clean(&text));
        if text.is_none() {
            self.warn(key, format!("`{key}` should be text; it was left among the extra fields"));
            self.rest.insert(key.to_owned(), value);
        }
        text
    }

    /// Takes a key whose text is fit; leaves it silently otherwise.
    pub(in crate::import) fn text_if(&mut self, key: &str, is_fit: impl Fn(&str) -> bool) -> Option<String> {
        let text = self.peek(key).filter(|text| is_fit(text))?;
        self.rest.shift_remove(key);
        Some(text)
    }

    /// The text of a key that stays.
    pub(in crate::import) fn peek(&self, key: &str) -> Option<String> {
        scalar(self.rest.get(key)?).and_then(|text| text::clean(&text))
    }

    /// Takes a key that says yes or no in any of the words for it; anything else is handed out as it was given.
    pub(in crate::import) fn flag(&mut self, key: &str) -> Option<Result<bool, Value>> {
        let value = self.take_filled(key)?;
        let word = scalar(&value).unwrap_or_default().trim().to_ascii_lowercase();
        Some(match word.as_str() {
            "true" | "yes" | "y" | "on" | "1" => Ok(true),
            "false" | "no" | "n" | "off" | "0" => Ok(false),
            _ => Err(value),
        })
    }

    /// What a reader sees of a value that may be Markdown or HTML; None where that is nothing.
    pub(in crate::import) fn visible(&mut self, key: &str, value: &str) -> Option<String> {
        let Ok(text) = markdown::render(value, Flavour::Hexo).and_then(|html| visible_text(&html)) else {
            self.warn(key, format!("a text of `{key}` was left out: its HTML is nested beyond reason"));
            return None;
        };
        text::clean(&text)
    }

    pub(in crate::import) fn line_of(&self, key: &str) -> u32 {
        self.front_matter.line_of(key)
    }

    pub(in crate::import) fn warn(&mut self, key: &str, message: String) {
        self.warnings.push(Warning { line: Some(self.line_of(key)), message });
    }
}

/// Adds a default where there is no value; of two mappings what the first does not have.
fn fill(rest: &mut Map<String, Value>, key: String, default: Value) {
    match (rest.get_mut(&key), default) {
        (None | Some(Value::Null), default) => {
            rest.insert(key, default);
        }
        (Some(Value::Object(fields)), Value::Object(defaults)) => {
            for (name, value) in defaults {
                fields.entry(name).or_insert(value);
            }
        }
        _ => {}
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    }
}

/// Text as it is, numbers and booleans as text; None for lists and mappings.
pub(in crate::import) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The names that a value holds, at any depth: numbers become text, null and blanks are dropped.
pub(in crate::import) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(names).collect(),
        value => scalar(value).and_then(|name| text::clean_line(&name)).into_iter().collect(),
    }
}

fn holds_mapping(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(holds_mapping),
        value => value.is_object(),
    }
}

/// Whether a text is an absolute http(s) URL.
pub(in crate::import) fn is_web_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
