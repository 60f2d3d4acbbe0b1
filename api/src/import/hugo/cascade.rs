//! Values that a site and its sections give to the front matter of the pages below them: `cascade`. Pure.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

use super::{path::joined, rules::Rules, spot::Spot};
use crate::import::{
    front_matter::FrontMatter,
    post::keys,
    site::{Remark, glob},
    text,
};

/// Bytes of a section's page that are read, at most: the front matter has to end there.
pub(in crate::import) const MAX_BYTES: u64 = 64 * 1024;

/// Bytes of all pages of sections that give values, at most: these are kept while the site is read.
const MAX_TOTAL: usize = 4 * 1024 * 1024;

/// Patterns that the cascades of one file have, at most, and bytes of each.
const MAX_PATTERNS: usize = 100;
const MAX_PATTERN: usize = 255;

/// One set of values and the pages that have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cascade {
    /// The key of the language whose pages are meant, on a site of several.
    pub language: Option<String>,
    /// By what they are told, every list holding alternatives. What is not told is not asked for.
    pub targets: BTreeMap<Target, Vec<String>>,
    /// By key, in lower case.
    pub values: Map<String, Value>,
}

/// What tells a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Its path below the content folder, with a leading slash, in lower case.
    Path,
    /// The kind; posts are a `page`.
    Kind,
    /// The key of its language.
    Language,
    /// Where the site is built; what readers see is `production`.
    Environment,
}

/// The sets that a value of `cascade` holds, those that go before others first, and what is wrong with it.
pub(super) fn read(value: &Value, language: Option<&str>) -> (Vec<Cascade>, Option<String>) {
    let sets = match value {
        Value::Array(sets) => sets.iter().collect(),
        set => vec![set],
    };
    let mut left = MAX_PATTERNS;
    let read: Vec<Option<Cascade>> = sets.iter().map(|set| cascade(set, language, &mut left)).collect();
    let wrong = read.iter().any(Option::is_none).then(|| {
        format!(
            "a set of `cascade` was left out: it should be a mapping, and have patterns of up to {MAX_PATTERN} bytes, of which \
             one file has at most {MAX_PATTERNS}"
        )
    });
    (read.into_iter().flatten().collect(), wrong)
}

fn cascade(set: &Value, language: Option<&str>, left: &mut usize) -> Option<Cascade> {
    let mut values = lower(set.as_object()?);
    let target = values.shift_remove("_target").or_else(|| values.shift_remove("target"));
    let target = target.as_ref().and_then(Value::as_object).map(lower).unwrap_or_default();
    let mut targets = BTreeMap::new();
    let known = [
        ("path", Target::Path),
        ("kind", Target::Kind),
        ("lang", Target::Language),
        ("environment", Target::Environment),
    ];
    for (key, target_of) in known {
        let Some(pattern) = target.get(key).and_then(keys::scalar).filter(|pattern| !pattern.is_empty()) else {
            continue;
        };
        let alternatives = alternatives(&pattern.to_lowercase(), *left)?;
        *left -= alternatives.len();
        targets.insert(target_of, alternatives);
    }
    Some(Cascade { language: language.map(str::to_owned), targets, values })
}

fn lower(fields: &Map<String, Value>) -> Map<String, Value> {
    fields.iter().map(|(key, value)| (key.to_lowercase(), value.clone())).collect()
}

/// `/{a,b}/**` as `/a/**` and `/b/**`; None where these are too many or too long.
fn alternatives(pattern: &str, most: usize) -> Option<Vec<String>> {
    let mut open = vec![pattern.to_owned()];
    let mut plain = BTreeSet::new();
    while let Some(pattern) = open.pop() {
        if pattern.len() > MAX_PATTERN || open.len() + plain.len() >= most {
            return None;
        }
        // The innermost braces are the last that open.
        let braces = pattern.rfind('{').and_then(|start| Some((start, start + pattern.get(start..)?.find('}')?)));
        let Some((start, end)) = braces else {
            plain.insert(pattern);
            continue;
        };
        let (before, after) = (pattern.get(..start)?, pattern.get(end + 1..)?);
        open.extend(pattern.get(start + 1..end)?.split(',').map(|one| format!("{before}{one}{after}")));
    }
    Some(plain.into_iter().collect())
}

impl Cascade {
    fn is_for(&self, language: Option<&str>, paths: &[String]) -> bool {
        let is_its = self.language.is_none() || self.language.as_deref() == language;
        is_its
            && self.targets.iter().all(|(target, patterns)| {
                let fits = |text: &str| patterns.iter().any(|pattern| glob::fits(pattern, text));
                match target {
                    Target::Path => paths.iter().any(|path| fits(path)),
                    Target::Kind => fits("page"),
                    Target::Language => language.is_some_and(fits),
                    Target::Environment => fits("production"),
                }
            })
    }
}

/// The values for a post, without those that its own front matter has: of the nearest section first, of the site last.
pub(super) fn values(rules: &Rules, spot: &Spot, path: &str, own: &Map<String, Value>) -> Map<String, Value> {
    let mut values = Map::new();
    if rules.cascades.is_empty() {
        return values;
    }
    let own: Vec<String> = own.keys().map(|key| key.to_lowercase()).collect();
    let paths = paths(spot, path);
    let language = spot.language.or(rules.languages.first()).map(|language| language.key.as_str());
    let around = (0..=spot.folders.len()).rev().filter_map(|count| spot.folders.get(..count));
    let around = around.map(|folders| Some(folders.join("/"))).chain([None]);
    let sets = around.filter_map(|folder| rules.cascades.get(&folder)).flatten();
    for set in sets.filter(|set| set.is_for(language, &paths)) {
        for (key, value) in set.values.iter().filter(|(key, _)| !own.contains(key)) {
            values.entry(key).or_insert_with(|| value.clone());
        }
    }
    values
}

/// The path below the content folder by which patterns know a post: with the name of its file, as Hugo had it at first, and
/// without language and extension.
fn paths(spot: &Spot, path: &str) -> [String; 2] {
    let folder = joined(spot.folders.iter().copied());
    let file = path.rsplit('/').next().unwrap_or(path);
    let file = if spot.is_bundle { format!("{}/{file}", spot.base) } else { file.to_owned() };
    [format!("{folder}/{file}").to_lowercase(), format!("{folder}/{}", spot.base).to_lowercase()]
}

impl Rules {
    /// Learns what the pages of sections among these files give to the pages below them. `read` gives the first bytes of a file,
    /// up to the given number, or says what is wrong. Answers what is wrong with the pages of sections.
    pub(in crate::import) fn learn_cascades(
        &mut self,
        files: &[String],
        read: impl Fn(&str, u64) -> Result<Vec<u8>, String>,
    ) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut left = MAX_TOTAL;
        for file in files.iter().filter(|file| Self::is_section(file)) {
            let mut told = |line, why: &str| {
                remarks.push((file.clone(), line, format!("its `cascade` gives nothing to the pages below: {why}")));
            };
            let found = read(file, MAX_BYTES).map_err(|why| (None, why)).and_then(|bytes| of_section(&bytes));
            let (value, length) = match found {
                Ok(Some(found)) => found,
                Ok(None) => continue,
                Err((line, why)) => {
                    told(line, &why);
                    continue;
                }
            };
            if length > left {
                told(None, &format!("such files of a site have at most {MAX_TOTAL} bytes together; shorten them"));
                continue;
            }
            left -= length;
            let spot = Spot::of(file, self);
            let folder = spot.folders.join("/");
            let (cascades, wrong) = self::read(&value, spot.language.map(|language| language.key.as_str()));
            if let Some(wrong) = wrong {
                remarks.push((file.clone(), None, wrong));
            }
            self.cascades.entry(Some(folder)).or_default().extend(cascades);
        }
        remarks
    }
}

/// A value of `cascade`, and the length of the front matter that holds it.
type Said = (Value, usize);

/// What a page says of `cascade`; else the line and what is wrong there.
fn of_section(bytes: &[u8]) -> Result<Option<Said>, (Option<u32>, String)> {
    // Where only the beginning was read, that may end within a character.
    let bytes = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()).unwrap_or_default(),
        _ => bytes,
    };
    let text = text::decode(bytes).map_err(|error| (Some(error.line), error.to_string()))?;
    let front_matter = FrontMatter::parse(&text).map_err(|error| (Some(error.line()), error.to_string()))?;
    let length = text.len() - front_matter.body.len();
    let mut fields = front_matter.fields.into_iter();
    let value = fields.find(|(key, _)| key.eq_ignore_ascii_case("cascade")).map(|(_, value)| value);
    Ok(value.filter(|value| !value.is_null()).map(|value| (value, length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_alternatives_up_to_a_bound() {
        let sorted = |pattern: &str, most| alternatives(pattern, most).map(|found| found.join(" "));
        assert_eq!(sorted("/a/**", 5).unwrap(), "/a/**");
        assert_eq!(sorted("/{a,b{c,d}}/*", 5).unwrap(), "/a/* /bc/* /bd/*");
        assert_eq!(sorted("/{a", 5).unwrap(), "/{a");
        assert_eq!(sorted("}{", 5).unwrap(), "}{");
        assert_eq!(sorted(&"{a,b}".repeat(40), 100), None);
        assert_eq!(sorted(&"a".repeat(300), 100), None);
    }
}
