//! The language of a text: what its source says, else what its letters tell.

use super::words::Census;

/// A language tag in its usual spelling (`zh_hans_cn` is `zh-Hans-CN`); None when the text is none.
///
/// Only the form of BCP 47 is checked: a language of two or three letters, then subtags of at most eight.
#[must_use]
pub fn tag(text: &str) -> Option<String> {
    let mut subtags = text.trim().split(['-', '_']);
    let language = subtags.next().filter(|language| {
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic())
    })?;
    let mut tag = language.to_ascii_lowercase();
    for subtag in subtags {
        if !(1..=8).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&usual_case(subtag));
    }
    Some(tag)
}

/// Scripts are written `Hans`, regions `CN`, anything else in lower case (RFC 5646, 2.1.1).
fn usual_case(subtag: &str) -> String {
    let lower = subtag.to_ascii_lowercase();
    let is_alphabetic = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
    match subtag.len() {
        2 if is_alphabetic => lower.to_ascii_uppercase(),
        4 if is_alphabetic => {
            lower.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }).collect()
        }
        _ => lower,
    }
}

/// The language that the letters of `text` show. Only Chinese, Japanese and Korean can be told; for anything else the
/// site's own language is believed, unless that is one of the three: then English.
#[must_use]
pub fn detect(text: &str, site: &str) -> String {
    let census = Census::of(text);
    let shown = language(&census);
    let of_site = primary(site);
    match shown {
        Some(language) if language != of_site => language.to_owned(),
        None if census.total() > 0 && matches!(of_site, "zh" | "ja" | "ko") => "en".to_owned(),
        _ => site.to_owned(),
    }
}

fn language(census: &Census) -> Option<&'static str> {
    if census.cjk() <= census.others {
        None
    } else if census.hangul > census.han + census.kana {
        Some("ko")
    } else if census.kana * 5 > census.han {
        // Japanese prose mixes in Chinese characters, up to four for a Kana in headlines; Chinese has next to no Kana.
        Some("ja")
    } else {
        Some("zh")
    }
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_brought_to_their_usual_spelling() {
        assert_eq!(tag("zh-cn").unwrap(), "zh-CN");
        assert_eq!(tag("ZH_hans_CN").unwrap(), "zh-Hans-CN");
        assert_eq!(tag("en").unwrap(), "en");
        assert_eq!(tag("es-419").unwrap(), "es-419");
    }

    #[test]
    fn what_is_no_tag_is_none() {
        for text in ["", "e", "default", "中文", "en-", "en--us", "en us", "en-abcdefghi"] {
            assert_eq!(tag(text), None, "{text}");
        }
    }

    #[test]
    fn the_letters_tell_chinese_japanese_and_korean() {
        assert_eq!(detect("塔利班在阿富汗迅速掌权，2021 年", "en"), "zh");
        assert_eq!(detect("これは日本語の記事です。", "en"), "ja");
        assert_eq!(detect("한국어로 쓴 글", "en"), "ko");
    }

    #[test]
    fn the_sites_own_tag_is_kept_where_the_language_agrees() {
        assert_eq!(detect("塔利班在阿富汗", "zh-TW"), "zh-TW");
        assert_eq!(detect("plain words", "de"), "de");
    }

    #[test]
    fn words_in_another_script_on_a_chinese_site_are_taken_for_english() {
        assert_eq!(detect("Rust 2024 is out, says 李", "zh-CN"), "en");
        assert_eq!(detect("", "zh-CN"), "zh-CN");
        assert_eq!(detect("——", "ja"), "ja");
    }
}
