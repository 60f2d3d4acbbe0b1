//! Hugo's patterns of paths, filled with what is known of a page.

use chrono::{Datelike, NaiveDateTime};
use std::collections::BTreeSet;

/// In bytes. A path that is longer is refused anyhow; what stands for a variable may be long, and often named.
const LONGEST: usize = 64 * 1024;

/// What the variables of a pattern stand for.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    /// As its key or the name of its file tells it.
    pub(super) slug: Option<&'a str>,
    /// The name of its file without language and extension; that of the folder where it is a bundle.
    pub(super) base: &'a str,
    /// The topmost folder; empty at the top.
    pub(super) section: &'a str,
    /// The names of the sections around it.
    pub(super) sections: &'a [&'a str],
    /// As its author's clock showed it.
    pub(super) date: NaiveDateTime,
}

/// A pattern, filled; and those of its variables that nobody knows, for which the file's name stands.
pub(super) fn filled(pattern: &str, page: &Page, sanitise: impl Fn(&str) -> String) -> (String, BTreeSet<String>) {
    let mut path = String::new();
    let mut unknown = BTreeSet::new();
    let mut rest = pattern;
    while path.len() <= LONGEST
        && let Some((text, after)) = rest.split_once(':')
    {
        if let Some(text) = text.strip_suffix('\\') {
            path.push_str(text);
            path.push(':');
            rest = after;
            continue;
        }
        path.push_str(text);
        let (name, next) = after.split_at(length_of_name(after));
        match name {
            "" => path.push(':'),
            name => path.push_str(&page.value(name, &sanitise).unwrap_or_else(|| {
                unknown.insert(name.to_owned());
                sanitise(page.base)
            })),
        }
        rest = next;
    }
    path.push_str(rest);
    (path, unknown)
}

/// Letters, digits and `_`, and what stands in brackets behind them.
fn length_of_name(text: &str) -> usize {
    let word = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let bracket = text.get(word..).filter(|rest| word > 0 && rest.starts_with('['));
    bracket.and_then(|rest| rest.find(']')).map_or(word, |end| word + end + 1)
}

impl Page<'_> {
    fn value(&self, name: &str, sanitise: impl Fn(&str) -> String) -> Option<String> {
        let slug_or = |other: &str| sanitise(self.slug.unwrap_or(other));
        Some(match name {
            "year" => self.date.year().to_string(),
            "month" => self.date.format("%m").to_string(),
            "monthname" => self.date.format("%B").to_string(),
            "day" => self.date.format("%d").to_string(),
            "weekday" => self.date.format("%w").to_string(),
            "weekdayname" => self.date.format("%A").to_string(),
            "yearday" => self.date.ordinal().to_string(),
            "section" | "sectionslug" => self.section.to_owned(),
            "sections" | "sectionslugs" => self.sections.join("/"),
            "title" => sanitise(self.title),
            "slug" => slug_or(self.title),
            "filename" | "contentbasename" => sanitise(self.base),
            "slugorfilename" | "slugorcontentbasename" => slug_or(self.base),
            name => return self.some_sections(name).or_else(|| self.clock(name)),
        })
    }

    /// `sections[0]`, `sections[1:]`, `sections[:last]`. What lies beyond them is nothing.
    fn some_sections(&self, name: &str) -> Option<String> {
        let cut = name.strip_prefix("sections").map(|rest| rest.strip_prefix("lugs").unwrap_or(rest))?;
        let cut = cut.strip_prefix('[')?.strip_suffix(']')?;
        let count = self.sections.len();
        let number = |text: &str, otherwise: usize| match text.trim() {
            "" => otherwise,
            "last" => count.saturating_sub(1),
            text => text.parse().unwrap_or(0),
        };
        let range = match cut.split_once(':') {
            Some((low, high)) => number(low, 0)..number(high, count).min(count),
            None => number(cut, 0)..number(cut, 0).saturating_add(1),
        };
        Some(self.sections.get(range).unwrap_or_default().join("/"))
    }

    /// A date in the manner of Go, by an example: `2006`, `01`, `Jan`.
    fn clock(&self, layout: &str) -> Option<String> {
        const PARTS: [(&str, &str); 15] = [
            ("2006", "%Y"),
            ("January", "%B"),
            ("Monday", "%A"),
            ("Jan", "%b"),
            ("Mon", "%a"),
            ("002", "%j"),
            ("01", "%m"),
            ("02", "%d"),
            ("03", "%I"),
            ("04", "%M"),
            ("05", "%S"),
            ("06", "%y"),
            ("15", "%H"),
            ("1", "%-m"),
            ("2", "%-d"),
        ];
        let mut text = String::new();
        let mut rest = layout;
        while !rest.is_empty() {
            if let Some((part, format)) = PARTS.iter().find(|(part, _)| rest.starts_with(part)) {
                text.push_str(&self.date.format(format).to_string());
                rest = rest.get(part.len()..)?;
            } else if let Some(after) = rest.strip_prefix('_') {
                text.push('_');
                rest = after;
            } else {
                return None;
            }
        }
        Some(text)
    }
}
