//! Settings that sites of every dialect have alike.

use crate::import::{locale, site::settings::Settings};
use chrono_tz::Tz;
use url::Url;

/// The zone of dates that tell none.
pub(in crate::import) fn timezone(settings: &mut Settings) -> Option<Tz> {
    let wrong = "is no time zone of the IANA database such as `Asia/Shanghai`; it is not used";
    settings.read("timezone", wrong, |text| text.parse().ok())
}

/// The first of these settings that is a language tag; of a list its first item.
pub(in crate::import) fn locale(settings: &mut Settings, keys: &[&str]) -> Option<String> {
    for key in keys {
        let Some(written) = settings.list(key).into_iter().next() else { continue };
        if let Some(tag) = locale::tag(&written) {
            return Some(tag);
        }
        // Hexo calls the language of a site without one so.
        if written != "default" {
            let message = format!("`{key}: {written}` is no language tag such as `zh-CN`; it is not used");
            settings.warn(settings.line_of(key), message);
        }
    }
    None
}

/// The site's address, with the folder of `root` in which it stands on its host, and with a last slash.
pub(in crate::import) fn url(settings: &mut Settings, root: &str) -> Option<Url> {
    let wrong = "is no absolute http(s) URL; it is not used";
    let mut url = settings.read("url", wrong, |text| {
        let url = Url::parse(text).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    })?;
    url.set_query(None);
    url.set_fragment(None);
    let folder = settings.text(root).unwrap_or_default();
    let folder = folder.trim_matches('/');
    let path = url.path().trim_matches('/').to_owned();
    let is_there = folder.is_empty() || path == folder || path.ends_with(&format!("/{folder}"));
    let parts = [path.as_str(), if is_there { "" } else { folder }];
    let joined: String = parts.iter().filter(|part| !part.is_empty()).flat_map(|part| [part, "/"]).collect();
    url.set_path(&joined);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Settings {
        Settings::parse("_config.yml", text)
    }

    #[test]
    fn the_address_ends_with_the_folder_of_the_site() {
        for (text, is) in [
            ("url: https://a.example", Some("https://a.example/")),
            ("url: https://a.example/blog\nroot: /blog/", Some("https://a.example/blog/")),
            ("url: https://a.example\nroot: /blog/", Some("https://a.example/blog/")),
            ("url: https://a.example/x?y#z\nroot: /", Some("https://a.example/x/")),
            ("url: a.example", None),
            ("url: ftp://a.example", None),
            ("title: x", None),
        ] {
            assert_eq!(url(&mut settings(text), "root").as_ref().map(Url::as_str), is, "{text}");
        }
        let mut wrong = settings("title: x\nurl: a.example");
        url(&mut wrong, "root");
        assert_eq!(wrong.warnings[0].1, Some(2));
    }

    #[test]
    fn the_first_language_is_the_sites() {
        assert_eq!(locale(&mut settings("language: [zh-cn, en]"), &["language"]).unwrap(), "zh-CN");
        assert_eq!(locale(&mut settings("lang: de"), &["locale", "lang"]).unwrap(), "de");
        let mut none = settings("language: default");
        assert_eq!((locale(&mut none, &["language"]), none.warnings.len()), (None, 0));
        let mut wrong = settings("language: klingon!");
        assert_eq!((locale(&mut wrong, &["language"]), wrong.warnings.len()), (None, 1));
    }

    #[test]
    fn a_zone_that_nobody_knows_is_told() {
        assert_eq!(timezone(&mut settings("timezone: Asia/Shanghai")), Some(chrono_tz::Asia::Shanghai));
        let mut wrong = settings("timezone: Beijing");
        assert_eq!((timezone(&mut wrong), wrong.warnings.len()), (None, 1));
        assert_eq!(timezone(&mut settings("timezone: ''")), None);
    }
}
