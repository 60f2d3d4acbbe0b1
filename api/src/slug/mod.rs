//! Slugs: how a name becomes a piece of a path. Pure text; who needs a slug to be unique says so elsewhere.

pub mod hexo;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One path segment out of any text: letters of every script, their marks and digits are kept (NFC, lower case), every
/// run of anything else becomes one `-`, none at either end. Idempotent. Empty where nothing can be kept: callers decide.
#[must_use]
pub fn slugify(text: &str) -> String {
    // Lower case can leave NFC (and lower-casing a decomposed text differs), hence before and after.
    let lower = text.nfc().collect::<String>().to_lowercase();
    join_kept(lower.nfc())
}

/// `slugify` that leaves the case as written, as Hexo does in the paths of categories.
#[must_use]
pub fn slugify_cased(text: &str) -> String {
    join_kept(text.nfc())
}

/// Several segments: each one slugified, empty ones left out, joined by `/`.
#[must_use]
pub fn slugify_path(text: &str) -> String {
    join_segments(text.split('/').map(slugify))
}

/// Joins what is not empty by `/`.
pub fn join_segments(segments: impl Iterator<Item = String>) -> String {
    segments.filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join("/")
}

fn join_kept(text: impl Iterator<Item = char>) -> String {
    let mut slug = String::new();
    let mut is_apart = false;
    for c in text {
        // A mark belongs to the letter before it; one that follows an emoji (a variation selector) has none.
        let is_kept = if is_combining_mark(c) { !is_apart && !slug.is_empty() } else { c.is_alphanumeric() };
        if is_kept {
            if is_apart && !slug.is_empty() {
                slug.push('-');
            }
            is_apart = false;
            slug.push(c);
        } else {
            is_apart = true;
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_of_every_script_are_kept_in_lower_case() {
        assert_eq!(slugify("Hello World"), "hello-world");
        assert_eq!(slugify("塔利班掌权一年后 莫斯科？"), "塔利班掌权一年后-莫斯科");
        assert_eq!(slugify("ÉTÉ à Paris"), "été-à-paris");
        assert_eq!(slugify("e\u{301}te\u{301}"), "été");
        assert_eq!(slugify("हिन्दी में"), "हिन्दी-में");
        assert_eq!(slugify("Ａ１"), "ａ１");
    }

    #[test]
    fn runs_of_anything_else_become_one_hyphen_and_none_at_the_ends() {
        assert_eq!(slugify("  --C++ & Rust!! "), "c-rust");
        assert_eq!(slugify("a/b"), "a-b");
        assert_eq!(slugify("I ❤\u{fe0f} Rust"), "i-rust");
        assert_eq!(slugify("？！"), "");
        assert_eq!(slugify(""), "");
    }

    #[test]
    fn only_a_path_keeps_its_slashes() {
        assert_eq!(slugify_path("/2022//Mein Tag/"), "2022/mein-tag");
        assert_eq!(slugify_path("?/!/"), "");
    }

    #[test]
    fn case_stays_where_it_is_asked_for() {
        assert_eq!(slugify_cased("Aljazeera 半岛网"), "Aljazeera-半岛网");
    }

    proptest! {
        #[test]
        fn slugify_is_idempotent(text in any::<String>()) {
            let once = slugify(&text);
            prop_assert_eq!(slugify(&once), once);
        }

        #[test]
        fn slugify_is_idempotent_where_case_and_marks_meet(text in "[İIıΣσς\u{301}\u{307}\u{345}\u{3099}ßAé/ -]{0,12}") {
            let once = slugify_path(&text);
            prop_assert_eq!(slugify_path(&once), once);
        }
    }
}
