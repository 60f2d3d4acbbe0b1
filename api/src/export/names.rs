//! Names of files that every file system takes, and that no two files have. Pure.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};
use unicode_normalization::UnicodeNormalization;

/// Bytes of a part of a path; most file systems take 255, and an ending and a number may follow.
const MOST_BYTES: usize = 180;

/// Parts of a path that make it too long for some.
const MOST_PARTS: usize = 16;

/// Devices that Windows takes for a file of any ending.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The paths that are taken, whatever their case and ending. A hash stands for each, so that many need little room; where two
/// are taken for the same by chance, one gets a number that it would not need.
#[derive(Debug, Default)]
pub struct Names {
    exact: HashSet<u64>,
    folded: HashSet<u64>,
}

impl Names {
    /// Takes this very path; false where it is taken.
    pub fn take(&mut self, path: &str) -> bool {
        self.folded.insert(hash(&folded(without_ending(path))));
        self.exact.insert(hash(path))
    }

    /// Takes the first free one of `folder/stem`, `folder/stem-2`, …: a path without an ending.
    pub fn find(&mut self, folder: &str, stem: &str) -> String {
        let mut path = format!("{folder}/{stem}");
        let mut number = 1_u32;
        while !self.folded.insert(hash(&folded(&path))) {
            number = number.saturating_add(1);
            path = format!("{folder}/{stem}-{number}");
        }
        path
    }
}

/// The same path with parts that every file system takes; never empty.
#[must_use]
pub fn safe(path: &str) -> String {
    let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).take(MOST_PARTS).map(safe_part).collect();
    if parts.is_empty() { "post".to_owned() } else { parts.join("/") }
}

fn safe_part(part: &str) -> String {
    let is_bad = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '\\' | '|' | '?' | '*' | '/');
    let part: String = part.nfc().map(|c| if is_bad(c) { '-' } else { c }).collect();
    // Generators pass over names that begin with `_`, `.` or `#` or end with `~` or `%`; Windows cuts dots and spaces off.
    let part = part.trim_start_matches(['_', '.', '#', ' ']).trim_end_matches(['~', '%', '.', ' ']);
    let part = part.get(..part.floor_char_boundary(MOST_BYTES)).unwrap_or_default().trim_end_matches(['.', ' ']);
    let base = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_port = ["com", "lpt"].iter().any(|port| {
        base.strip_prefix(port).is_some_and(|number| number.len() == 1 && number.chars().all(|c| c.is_ascii_digit()))
    });
    if part.is_empty() {
        "post".to_owned()
    } else if is_port || RESERVED.contains(&base.as_str()) {
        format!("post-{part}")
    } else {
        part.to_owned()
    }
}

/// Whether a path leads to a file below the folder that it is joined to, on every system.
#[must_use]
pub fn is_below(path: &str) -> bool {
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && part.len() <= 255;
    !path.contains(['\\', '\0']) && !path.starts_with('/') && path.split('/').all(is_part)
}

/// A path without the ending of its file.
#[must_use]
pub fn without_ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rfind('.') {
        Some(dot) if dot > 0 => path.get(..path.len() - name.len() + dot).unwrap_or(path),
        _ => path,
    }
}

fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

fn hash(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_such_that_every_file_system_takes_them() {
        assert_eq!(safe("2024/潮汐笔记"), "2024/潮汐笔记");
        assert_eq!(safe("a: b?/c*"), "a- b-/c-");
        assert_eq!(safe("/../con/COM1.x/..."), "post/post-con/post-COM1.x/post");
        assert_eq!(safe(""), "post");
        assert_eq!(safe(&"潮".repeat(200)).len(), 180);
        assert_eq!(safe("_drafts/x~"), "drafts/x");
    }

    #[test]
    fn no_two_names_differ_by_case_or_ending_alone() {
        let mut names = Names::default();
        assert!(names.take("source/_posts/A.md"));
        assert!(!names.take("source/_posts/A.md"));
        assert!(names.take("source/_posts/a.md"), "what came in keeps its name");
        assert_eq!(names.find("source/_posts", "a"), "source/_posts/a-2");
        assert_eq!(names.find("source/_posts", "É"), "source/_posts/É");
        assert_eq!(names.find("source/_posts", "e\u{301}"), "source/_posts/e\u{301}-2");
    }

    #[test]
    fn what_leads_elsewhere_is_not_below() {
        assert!(is_below("source/_posts/a.md"));
        for path in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a\\b"] {
            assert!(!is_below(path), "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_text_makes_a_name(text in any::<String>()) {
            let name = safe(&text);
            prop_assert!(is_below(&name));
            prop_assert_eq!(safe(&name), name);
        }
    }
}
