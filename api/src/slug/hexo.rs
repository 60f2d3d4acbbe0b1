//! How Hexo writes a name as a piece of a path: hexo-util 4, `slugize`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What becomes of the case of names: `filename_case`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Case {
    /// 0.
    #[default]
    Kept,
    /// 1.
    Lower,
    /// 2.
    Upper,
}

/// Latin letters that Hexo writes plain though Unicode does not take them apart.
const LETTERS: [(&str, &str); 54] = [
    ("OE", "Œ"),
    ("oe", "œ"),
    ("AE", "ÆǢǼ"),
    ("ae", "æǣǽ"),
    ("O", "ØƆƟǾꝊꝌ"),
    ("o", "øǿɔɵꝋꝍ"),
    ("s", "ßȿẛꞅꞩ"),
    ("S", "ẞⱾꞄꞨ"),
    ("D", "ĐƉƊƋꝹ"),
    ("d", "đƌɖɗꝺ"),
    ("H", "ĦⱧⱵꞍ"),
    ("h", "ħɥⱨⱶ"),
    ("I", "Ɨ"),
    ("i", "ıɨ"),
    ("L", "ĿŁȽⱠⱢꝆꝈꞀ"),
    ("l", "ŀłſƚɫⱡꝇꝉꞁ"),
    ("N", "ƝȠꞐꞤ"),
    ("n", "ŉƞɲꞑꞥ"),
    ("T", "ŦƬƮȾꞆ"),
    ("t", "ŧƭʈⱦꞇ"),
    ("B", "ƁƂɃ"),
    ("b", "ƀƃɓ"),
    ("C", "ƇȻꜾ"),
    ("c", "ƈȼↄꜿ"),
    ("E", "ƎƐ"),
    ("e", "ǝɇɛ"),
    ("F", "ƑꝻ"),
    ("f", "ƒꝼ"),
    ("G", "ƓǤꝽꝾꞠ"),
    ("g", "ǥɠᵹꝿꞡ"),
    ("K", "ƘⱩꝀꝂꝄꞢ"),
    ("k", "ƙⱪꝁꝃꝅꞣ"),
    ("M", "ƜⱮ"),
    ("m", "ɯɱ"),
    ("P", "ƤⱣꝐꝒꝔ"),
    ("p", "ƥᵽꝑꝓꝕ"),
    ("V", "ƲɅꝞ"),
    ("v", "ʋʌꝟ"),
    ("Y", "ƳɎỾ"),
    ("y", "ƴɏỿ"),
    ("Z", "ƵȤⱫⱿꝢ"),
    ("z", "ƶȥɀⱬꝣ"),
    ("A", "ȺⱯ"),
    ("a", "ɐẚⱥ"),
    ("U", "Ʉ"),
    ("u", "ʉ"),
    ("R", "ɌⱤꝚꞂꞦ"),
    ("r", "ɍɽꝛꞃꞧ"),
    ("DZ", "ǄǱ"),
    ("dz", "ǆǳ"),
    ("LJ", "Ǉ"),
    ("lj", "ǉ"),
    ("NJ", "Ǌ"),
    ("nj", "ǌ"),
];

/// One piece of a path: Latin letters without their marks, white space and ASCII punctuation as one `-`, none at the ends.
/// Everything else stays as it is, Chinese punctuation too.
#[must_use]
pub fn slugize(text: &str, case: Case) -> String {
    let mut slug = String::new();
    let mut is_apart = false;
    for c in text.chars().filter(|c| *c >= ' ') {
        if is_special(c) {
            is_apart = true;
            continue;
        }
        if is_apart && !slug.is_empty() {
            slug.push('-');
        }
        is_apart = false;
        plain(c, &mut slug);
    }
    match case {
        Case::Kept => slug,
        Case::Lower => slug.to_lowercase(),
        Case::Upper => slug.to_uppercase(),
    }
}

/// What JavaScript calls white space, and ASCII punctuation.
fn is_special(c: char) -> bool {
    c.is_ascii_punctuation() || c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// A letter without its marks, where it is a Latin one.
fn plain(c: char, slug: &mut String) {
    if c.is_ascii() {
        return slug.push(c);
    }
    if let Some((letters, _)) = LETTERS.iter().find(|(_, of)| of.contains(c)) {
        return slug.push_str(letters);
    }
    // Of circled and wide letters Hexo knows the compatible form, too.
    let is_wide = matches!(c, 'Ⓐ'..='ⓩ' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let parts: Vec<char> = if is_wide { c.nfkd().collect() } else { c.nfd().collect() };
    match parts.split_first() {
        Some((base, marks)) if base.is_ascii_alphabetic() && marks.iter().all(|mark| is_combining_mark(*mark)) => {
            slug.push(*base);
        }
        _ => slug.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As hexo-util 4.0 answers.
    #[test]
    fn names_are_written_as_hexo_writes_them() {
        for (name, kept, lower) in [
            ("  a  b ", "a-b", "a-b"),
            ("C++ & C#", "C-C", "c-c"),
            ("Été à Œuvre", "Ete-a-OEuvre", "ete-a-oeuvre"),
            ("Ä B ß Ø ế œ", "A-B-s-O-e-oe", "a-b-s-o-e-oe"),
            ("Żółć", "Zolc", "zolc"),
            ("a_b.c/d", "a-b-c-d", "a-b-c-d"),
            ("I ❤\u{fe0f} Rust", "I-❤\u{fe0f}-Rust", "i-❤\u{fe0f}-rust"),
            ("半岛，你好？", "半岛，你好？", "半岛，你好？"),
            ("“q”—x", "“q”—x", "“q”—x"),
            ("\u{3000}wide\u{a0}nbsp", "wide-nbsp", "wide-nbsp"),
            ("tab\there", "tabhere", "tabhere"),
            ("zero\u{200b}width", "zero\u{200b}width", "zero\u{200b}width"),
            ("ﬁ ﬂ", "ﬁ-ﬂ", "ﬁ-ﬂ"),
            ("İı", "Ii", "ii"),
            ("Ｆｕｌｌ Ａ１", "Full-A１", "full-a１"),
            ("e\u{301}", "e\u{301}", "e\u{301}"),
            ("Ⓐ①", "A①", "a①"),
            ("a\u{2028}b\u{feff}c", "a-b-c", "a-b-c"),
            ("a·b", "a·b", "a·b"),
            ("--a--", "a", "a"),
            ("???", "", ""),
        ] {
            assert_eq!(
                (slugize(name, Case::Kept).as_str(), slugize(name, Case::Lower).as_str()),
                (kept, lower),
                "{name}"
            );
        }
        assert_eq!(slugize("Été", Case::Upper), "ETE");
    }
}
