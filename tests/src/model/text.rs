//! `StringFilter`.

use super::filter::{given, listed};
use api::fold;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// Where the site of every test is reached.
const SITE: &str = "https://tide.example.com";

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Told as it is stored.
    Plain,
    /// A path: stored decoded, asked for either way, a whole one with or without the last slash.
    Path,
    /// A URL: a path is told with the site before it.
    Url,
}

/// Whether a text, or none, passes.
pub fn holds(filter: &Value, text: Option<&str>, form: Form) -> bool {
    let is_loose = filter["fold"] == "LOOSE";
    given(filter).all(|(operator, value)| {
        let told = || value.as_str().expect("a filter of texts is asked with texts");
        let one_of = || listed(value).iter().filter_map(Value::as_str).any(|asked| is(text, asked, form, is_loose));
        match operator {
            "fold" => true,
            "isNull" => *value == Value::Bool(text.is_none()),
            "eq" => is(text, told(), form, is_loose),
            "ne" => !is(text, told(), form, is_loose),
            "in" => one_of(),
            "notIn" => !one_of(),
            "contains" => has(text, told(), form, is_loose, |text, part| text.contains(part)),
            "startsWith" => has(text, told(), form, is_loose, |text, part| text.starts_with(part)),
            "endsWith" => ends(text, told(), form, is_loose),
            other => panic!("texts have no {other}"),
        }
    })
}

fn folded(text: &str, is_loose: bool) -> String {
    if is_loose { fold::loose(text) } else { text.to_owned() }
}

/// As it is written, and decoded.
fn meanings(asked: &str) -> Vec<String> {
    let decoded = percent_decode_str(asked).decode_utf8().map(String::from);
    [asked.to_owned()].into_iter().chain(decoded).collect()
}

fn is(text: Option<&str>, asked: &str, form: Form, is_loose: bool) -> bool {
    let Some(text) = text else { return false };
    let same = |one: &str, other: &str| folded(one, is_loose) == folded(other, is_loose);
    let bare = |path: &str| path.trim_matches('/').to_owned();
    match form {
        Form::Path => meanings(asked).iter().any(|asked| same(&bare(text), &bare(asked))),
        Form::Url if text.starts_with('/') => {
            same(text, asked) || meanings(asked).iter().any(|asked| same(&format!("{SITE}{text}"), asked))
        }
        Form::Plain | Form::Url => same(text, asked),
    }
}

fn has(text: Option<&str>, asked: &str, form: Form, is_loose: bool, holds: fn(&str, &str) -> bool) -> bool {
    let Some(text) = text else { return false };
    let is_local = form == Form::Url && text.starts_with('/');
    let text = folded(&if is_local { format!("{SITE}{text}") } else { text.to_owned() }, is_loose);
    let parts = if form == Form::Plain { vec![asked.to_owned()] } else { meanings(asked) };
    parts.iter().any(|part| holds(&text, &folded(part, is_loose)))
}

/// A path may end with its slash or not.
fn ends(text: Option<&str>, asked: &str, form: Form, is_loose: bool) -> bool {
    let other = asked.strip_suffix('/').map_or_else(|| format!("{asked}/"), str::to_owned);
    let ends = |asked: &str| has(text, asked, form, is_loose, |text, part| text.ends_with(part));
    ends(asked) || (form == Form::Path && !other.is_empty() && ends(&other))
}
