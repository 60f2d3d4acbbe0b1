//! Permalinks of Jekyll: a style or a pattern, filled with what is known of a post.

use super::names::Names;
use crate::import::{
    document::Warning,
    post::{Keys, distinct},
};
use chrono::DateTime;
use chrono_tz::Tz;
use percent_encoding::percent_decode_str;
use unicode_normalization::char::is_combining_mark;

/// The path of a post: what the post itself asks for, else what the site does.
pub(super) fn path(keys: &mut Keys, names: &Names, categories: &[String], date: DateTime<Tz>, style: &str) -> String {
    let own = keys.text("permalink");
    let pattern = own.as_deref().unwrap_or_else(|| pattern(style));
    let mut unknown = Vec::new();
    let filled = fill(pattern, |variable| {
        let value = match variable {
            "categories" => Some(joined(categories, str::to_lowercase)),
            "slugified_categories" => Some(joined(categories, |name| slugified(name, false))),
            "title" => Some(slugified(&names.raw_slug, true)),
            "slug" => Some(slugified(&names.raw_slug, false).to_lowercase()),
            "name" => Some(slugified(&names.basename, false).to_lowercase()),
            "path" => Some(names.path.clone()),
            "collection" => Some("posts".to_owned()),
            "output_ext" => Some(output(&names.extension).to_owned()),
            variable => format_of(variable).map(|format| date.format(format).to_string()),
        };
        if value.is_none() {
            unknown.push(format!("the permalink's `:{variable}` is not known to Jekyll and was left out"));
        }
        value
    });
    keys.warnings.extend(unknown.into_iter().map(|message| Warning { line: None, message }));
    sanitized(&filled)
}

/// The pattern of a built-in style; anything else is a pattern already.
fn pattern(style: &str) -> &str {
    match style {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

/// Replaces variables of lower-case letters and `_`; a last `_` may belong to the text after it. What has no value is gone.
fn fill(pattern: &str, mut value_of: impl FnMut(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((text, after)) = rest.split_once(':') {
        filled.push_str(&decoded(text));
        let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(after.len());
        let name = after.get(..end).unwrap_or_default().trim_end_matches('_');
        if name.is_empty() {
            filled.push(':');
        } else {
            filled.push_str(&value_of(name).unwrap_or_default());
        }
        rest = after.get(name.len()..).unwrap_or_default();
    }
    filled + &decoded(rest)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

fn format_of(variable: &str) -> Option<&'static str> {
    Some(match variable {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_day" => "%-d",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "short_year" => "%y",
        "w_year" => "%G",
        "week" => "%V",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "y_day" => "%j",
        _ => return None,
    })
}

fn output(extension: &str) -> &'static str {
    if extension == "htm" { ".htm" } else { ".html" }
}

fn joined(names: &[String], form: impl Fn(&str) -> String) -> String {
    distinct(names.iter().map(|name| form(name))).join("/")
}

/// Letters, marks and digits; of anything else one `-`, and not at either end. A pretty one keeps the punctuation that
/// addresses can have, and the case; the other is in lower case.
fn slugified(text: &str, is_pretty: bool) -> String {
    let mut slug = String::new();
    let mut is_apart = false;
    for c in text.chars() {
        let is_kept = c.is_alphabetic() || is_combining_mark(c) || is_digit(c);
        if is_kept || (is_pretty && "._~!$&'()+,;=@".contains(c)) {
            slug.push(c);
            is_apart = false;
        } else if !is_apart {
            slug.push('-');
            is_apart = true;
        }
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    let slug = slug.strip_suffix('-').unwrap_or(slug);
    if is_pretty { slug.to_owned() } else { slug.to_lowercase() }
}

/// A decimal digit of any script; other numbers, such as `①`, are none.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (c.is_numeric() && !c.is_alphabetic() && is_decimal(c))
}

fn is_decimal(c: char) -> bool {
    // Decimal digits stand in runs of ten that begin at a round place.
    matches!(u32::from(c),
        0x660..=0x669 | 0x6f0..=0x6f9 | 0x7c0..=0x7c9 | 0x966..=0x96f | 0x9e6..=0x9ef | 0xa66..=0xa6f | 0xae6..=0xaef
        | 0xb66..=0xb6f | 0xbe6..=0xbef | 0xc66..=0xc6f | 0xce6..=0xcef | 0xd66..=0xd6f | 0xe50..=0xe59 | 0xed0..=0xed9
        | 0xf20..=0xf29 | 0x1040..=0x1049 | 0x17e0..=0x17e9 | 0x1810..=0x1819 | 0xff10..=0xff19)
}

/// One `/` in front, none doubled, and nothing that leads up.
fn sanitized(path: &str) -> String {
    let text = format!("/{path}").replace("..", "/").replace("./", "");
    let mut path = String::new();
    for c in text.chars() {
        if c != '/' || !path.ends_with('/') {
            path.push(c);
        }
    }
    path
}
