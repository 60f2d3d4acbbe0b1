//! Writing YAML as a person would: bare words where every reader of YAML takes them for text, quotes elsewhere. Pure.
//!
//! Ruby's and JavaScript's readers differ on what is a number, a date or a truth value; what one of them might take for
//! anything but text is quoted.

use serde_json::{Map, Value};
use std::fmt::Write;

/// Columns up to which a list or mapping stays in one line.
const LINE: usize = 100;

/// Depth below which everything stands in one line.
const BLOCK_DEPTH: usize = 8;

/// Words that some reader of YAML takes for a truth value or for nothing.
const WORDS: [&str; 11] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];

/// A line `key: value`, or several where the value is long. Ends with a line break.
pub fn field(out: &mut String, key: &str, value: &Value) {
    entry(out, key, value, 0);
}

/// A whole mapping, a field a line.
#[must_use]
pub fn document(fields: &Map<String, Value>) -> String {
    let mut out = String::new();
    for (key, value) in fields {
        field(&mut out, key, value);
    }
    out
}

fn entry(out: &mut String, key: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let key = scalar(key, true);
    match value {
        Value::Array(items) if is_long(value, depth) => {
            let _ = writeln!(out, "{indent}{key}:");
            for item in items {
                list_item(out, item, depth + 1);
            }
        }
        Value::Object(fields) if is_long(value, depth) => {
            let _ = writeln!(out, "{indent}{key}:");
            for (key, value) in fields {
                entry(out, key, value, depth + 1);
            }
        }
        value => {
            let _ = writeln!(out, "{indent}{key}: {}", in_line(value, false));
        }
    }
}

fn list_item(out: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) if !fields.is_empty() && depth < BLOCK_DEPTH => {
            let mut block = String::new();
            for (key, value) in fields {
                entry(&mut block, key, value, depth + 1);
            }
            // The first key stands behind the dash.
            let first = block.trim_start_matches(' ');
            let _ = write!(out, "{indent}- {first}");
        }
        value => {
            let _ = writeln!(out, "{indent}- {}", in_line(value, false));
        }
    }
}

/// Whether a value takes more than a line. Lists of mappings and of lists do, for they are read better so.
fn is_long(value: &Value, depth: usize) -> bool {
    let is_nested = match value {
        Value::Array(items) => items.iter().any(|item| item.is_object() || item.is_array()),
        _ => false,
    };
    let is_empty = match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => true,
    };
    depth < BLOCK_DEPTH && !is_empty && (is_nested || in_line(value, false).len() > LINE)
}

/// A value in one line. No deeper than what a parser has read before.
fn in_line(value: &Value, is_within: bool) -> String {
    match value {
        Value::String(text) => scalar(text, is_within),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| in_line(item, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let pair = |(key, value): (&String, &Value)| format!("{}: {}", scalar(key, true), in_line(value, true));
            format!("{{ {} }}", fields.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn scalar(text: &str, is_within: bool) -> String {
    if needs_escapes(text) {
        escaped(text)
    } else if is_plain(text, is_within) {
        text.to_owned()
    } else if text.contains('\'') && !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Whether a text has to be quoted with backslashes: line breaks, and what an editor does not show.
fn needs_escapes(text: &str) -> bool {
    text.chars().any(is_escaped)
}

fn is_escaped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_escaped(c) && u32::from(c) > 0xffff => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c if is_escaped(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(text: &str, is_within: bool) -> bool {
    let begins_well = text.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '(' | '“' | '《'));
    let ends_well = !text.ends_with(|c: char| c.is_whitespace() || c == ':');
    let means_more = text.contains(": ") || text.contains(" #") || text.contains(":\u{a0}");
    let is_cut = is_within && text.contains([',', '[', ']', '{', '}', ':', '?']);
    begins_well && ends_well && !means_more && !is_cut && !is_word(text) && !is_like_number(text)
}

fn is_word(text: &str) -> bool {
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Numbers, dates, clock times and versions, in any spelling that some reader knows.
fn is_like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| {
            c.is_ascii_hexdigit()
                || matches!(
                    c,
                    '.' | ':' | '-' | '+' | '/' | ',' | ' ' | '_' | 'x' | 'X' | 'o' | 'O' | 't' | 'T' | 'z' | 'Z'
                )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::front_matter::FrontMatter;
    use proptest::prelude::*;
    use serde_json::json;

    fn written(value: Value) -> String {
        let Value::Object(fields) = value else { panic!("a mapping") };
        document(&fields)
    }

    fn read(yaml: &str) -> Value {
        let text = format!("---\n{yaml}---\n");
        let front_matter = FrontMatter::parse(&text).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        assert_eq!(front_matter.repaired, [0; 0], "{yaml}");
        Value::Object(front_matter.fields)
    }

    #[test]
    fn words_stay_bare_and_what_means_more_is_quoted() {
        let yaml = written(json!({
            "title": "The bakery: open at five", "a": "yes", "b": "2022", "c": "1:30", "d": "100% sure", "e": "it's",
            "f": "- x", "g": "#1", "h": " a", "i": "a\nb", "j": "", "k": "潮汐笔记", "l": "C# and F#", "m": "null",
        }));
        assert_eq!(
            yaml,
            "title: 'The bakery: open at five'\na: 'yes'\nb: '2022'\nc: '1:30'\nd: 100% sure\ne: it's\nf: '- x'\n\
             g: '#1'\nh: ' a'\ni: \"a\\nb\"\nj: ''\nk: 潮汐笔记\nl: C# and F#\nm: 'null'\n"
        );
    }

    #[test]
    fn lists_and_mappings_stay_in_a_line_while_they_are_short() {
        let yaml = written(json!({
            "tags": ["sea", "a, b", "https://a.example"],
            "wind": { "force": 4, "from": ["west", "north-west"] },
            "categories": [["Places", "Harbours"], ["Walks"]],
            "authors": [{ "name": "Mei Lin", "bio": "Walks." }, "Jonas Weir"],
            "none": [], "nothing": {}, "empty": null,
        }));
        assert_eq!(
            yaml,
            "tags: [sea, 'a, b', 'https://a.example']\nwind: { force: 4, from: [west, north-west] }\n\
             categories:\n  - [Places, Harbours]\n  - [Walks]\nauthors:\n  - name: Mei Lin\n    bio: Walks.\n  - Jonas Weir\n\
             none: []\nnothing: {}\nempty: null\n"
        );
    }

    fn values() -> impl Strategy<Value = Value> {
        let texts = prop_oneof![
            any::<String>(),
            "[-?:,\\[\\]{}#&*!|>'\"%@` a1.~=<\\\\]{0,8}",
            "(yes|no|null|~|true|1e3|0x1F|1_000|007|2022-05-20|12:30:45|\\.inf|<<|---|\\.\\.\\.|é|\u{85}|\u{feff}x)",
        ];
        // Control characters are gone before anything is stored.
        let texts = texts.prop_map(|text| Value::String(crate::import::text::without_controls(&text).into_owned()));
        let numbers = prop_oneof![
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_filter_map("finite", |number| serde_json::Number::from_f64(number).map(Value::from)),
        ];
        let leaf = prop_oneof![texts, numbers, any::<bool>().prop_map(Value::from), Just(Value::Null)];
        leaf.prop_recursive(6, 40, 5, |inner| {
            let keys = prop_oneof!["[a-z]{1,5}", "[-?:,\\[\\]{}#&*!|>'\"%@` a1.~=<\\\\]{0,6}", "(yes|1|null|<<|2022)"];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((keys, inner), 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_with_its_types(value in values()) {
            let fields = json!({ "title": "x", "value": value });
            let yaml = written(fields.clone());
            prop_assert_eq!(read(&yaml), fields, "{}", yaml);
        }
    }
}
