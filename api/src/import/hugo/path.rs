//! Paths on the site as Hugo builds them. Pure text.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// How a site writes its paths.
#[derive(Clone, Copy)]
pub(super) struct Spelling {
    pub(super) keeps_case: bool,
    pub(super) removes_accents: bool,
}

impl Spelling {
    /// What stays of a text in a path: letters, marks, decimal digits and a few signs, in lower case; white space between
    /// them becomes one `-`.
    pub(super) fn sanitise(self, text: &str) -> String {
        let text = if self.removes_accents { without_accents(text) } else { text.to_owned() };
        let chars: Vec<char> = text.chars().collect();
        let mut path = String::with_capacity(text.len());
        let mut is_apart = false;
        let mut was_hyphen = false;
        for (at, c) in chars.iter().copied().enumerate() {
            if is_kept(c) || is_escape(chars.get(at..).unwrap_or_default()) {
                was_hyphen = c == '-';
                if is_apart && !was_hyphen {
                    path.push('-');
                }
                is_apart = false;
                path.push(self.cased(c));
            } else if !path.is_empty() && c.is_whitespace() && !was_hyphen {
                is_apart = true;
            }
        }
        path
    }

    /// One character for one, as Go has it: `İ` loses its dot, and there is no final sigma.
    fn cased(self, c: char) -> char {
        if self.keeps_case { c } else { c.to_lowercase().next().unwrap_or(c) }
    }
}

fn is_kept(c: char) -> bool {
    matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@') || is_letter_mark_or_digit(c)
}

fn is_letter_mark_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || c.general_category() == GeneralCategory::DecimalNumber
}

/// A percent sign and two hexadecimal digits.
fn is_escape(rest: &[char]) -> bool {
    matches!(rest, ['%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

/// With one `/` for each run of them: a name of which nothing is kept leaves two.
pub(super) fn without_double_slashes(path: &str) -> String {
    let mut single = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !single.ends_with('/') {
            single.push(c);
        }
    }
    single
}

/// Parts joined by one `/` each, with one in front and none behind; `.` and `..` are resolved and never lead out.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in parts.into_iter().flat_map(|part| part.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.iter().fold(String::new(), |path, segment| format!("{path}/{segment}"))
}

/// With the end that a page has: a last slash, or `.html`.
pub(super) fn ended(path: String, is_ugly: bool) -> String {
    if path.is_empty() {
        "/".to_owned()
    } else if is_ugly {
        path + ".html"
    } else {
        path + "/"
    }
}

/// A path that an author wrote out: one with a file's name stays as it is, any other gets its last slash.
pub(super) fn written(path: &str, is_file: bool) -> String {
    match path.strip_suffix("/index.html") {
        Some(folder) => format!("{folder}/"),
        None if is_file && !path.is_empty() => path.to_owned(),
        None => format!("{path}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const USUAL: Spelling = Spelling { keeps_case: false, removes_accents: false };

    #[test]
    fn accents_and_case_go_where_the_site_says_so() {
        assert_eq!(Spelling { keeps_case: true, removes_accents: true }.sanitise("Été à Noël"), "Ete-a-Noel");
        assert_eq!(USUAL.sanitise("Été à Noël"), "été-à-noël");
    }

    #[test]
    fn joining_never_leads_out() {
        assert_eq!(joined(["a/./b", "../../../c", "", "d//e/"]), "/c/d/e");
        assert_eq!(joined([""]), "");
    }

    proptest! {
        #[test]
        fn sanitising_twice_is_sanitising_once(text in "[a-zA-Z0-9 %./é中①_!-]{0,20}") {
            let once = USUAL.sanitise(&text);
            prop_assert_eq!(USUAL.sanitise(&once), once);
        }
    }
}
