//! Resize arguments off a picture's URL, and the size that they tell, as Photon and WordPress VIP write them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use super::MOST_ATTRIBUTE_BYTES;
use crate::article::Picture;

/// Arguments that the image servers of Photon's kind understand; none of them names a picture.
const ARGUMENTS: [&str; 12] =
    ["w", "h", "resize", "fit", "crop", "lb", "ulb", "quality", "strip", "zoom", "filter", "ssl"];

/// The hosts of Photon, which fetch pictures from the host that their path begins with.
const PROXIES: [&str; 4] = ["i0.wp.com/", "i1.wp.com/", "i2.wp.com/", "i3.wp.com/"];

/// The picture that a URL of markup or front matter means: without resize arguments, with the size that these told.
///
/// None for what is no picture on the web: an empty text, `data:`, `javascript:` and every other scheme but http(s). A
/// relative URL stays as it is.
#[must_use]
pub fn picture(url: &str) -> Option<Picture> {
    let url = with_plain_ampersands(url.trim());
    if url.len() > MOST_ATTRIBUTE_BYTES || !is_web_or_relative(&url) {
        return None;
    }
    let (before, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let (path, query) = before.split_once('?').unwrap_or((before, ""));
    let arguments: Vec<&str> = query.split('&').collect();
    let size = size(&arguments);
    let original_url = if let Some(original) = proxied(path, &arguments) {
        format!("{}{fragment}", original.trim()).trim().to_owned()
    } else {
        let query = without_resizing(query, &arguments);
        let separator = if query.is_empty() { "" } else { "?" };
        format!("{path}{separator}{query}{fragment}").trim().to_owned()
    };
    (!original_url.is_empty()).then_some(Picture {
        original_url,
        file: None,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
    })
}

/// The URL of the picture that Photon shows. What remains of its query is Photon's own: it asks for none.
fn proxied(path: &str, arguments: &[&str]) -> Option<String> {
    let place = ["https://", "http://", "//"].iter().find_map(|scheme| path.strip_prefix(scheme))?;
    let mut original = inner(place)?;
    while let Some(deeper) = inner(original) {
        original = deeper;
    }
    let scheme = if arguments.contains(&"ssl=1") { "https" } else { "http" };
    let (host, rest) = original.split_once('/')?;
    let is_host = host.contains('.') && !rest.is_empty();
    let original = format!("{scheme}://{original}");
    (is_host && Url::parse(&original).is_ok()).then_some(original)
}

fn inner(place: &str) -> Option<&str> {
    PROXIES.iter().find_map(|proxy| place.strip_prefix(proxy))
}

/// Whether two URLs name one picture, the first maybe a smaller copy of it as WordPress names these: `-770x513`, `-scaled`.
pub(super) fn is_copy(copy: &str, original: &str) -> bool {
    let (Some((copy, _)), Some((original, is_copy))) = (stem(copy), stem(original)) else { return false };
    !is_copy && copy == original
}

/// A picture's path without the marks of a copy, and whether it had any. Without its host: originals often have another.
fn stem(url: &str) -> Option<(String, bool)> {
    let path = url.split(['?', '#']).next()?;
    let path = path.split_once("//").map_or(path, |(_, place)| place.split_once('/').unwrap_or_default().1);
    let (whole, ending) = path.rsplit_once('.')?;
    let is_picture =
        ["jpg", "jpeg", "png", "gif", "webp", "avif"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let name = whole.strip_suffix("-scaled").unwrap_or(whole);
    let is_size =
        |size: &str| size.split_once('x').is_some_and(|(width, height)| pixels(width).zip(pixels(height)).is_some());
    let name = name.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(name, |(name, _)| name);
    is_picture.then(|| (format!("{}.{ending}", name.trim_start_matches('/')), name.len() < whole.len()))
}

/// A measure in pixels, as an argument or an attribute writes it.
pub(super) fn pixels(text: &str) -> Option<i32> {
    text.trim().parse().ok().filter(|pixels| (1..=100_000).contains(pixels))
}

fn is_web_or_relative(url: &str) -> bool {
    match Url::parse(url) {
        Ok(url) => matches!(url.scheme(), "http" | "https"),
        Err(error) => error == url::ParseError::RelativeUrlWithoutBase && !url.is_empty(),
    }
}

/// A URL whose arguments were separated by `&amp;`, `&#038;` or `&#38;`: markup that was escaped once too often, or that
/// was pasted into front matter.
fn with_plain_ampersands(url: &str) -> String {
    let (path, mut rest) = url.split_at(url.find('?').unwrap_or(url.len()));
    let mut plain = path.to_owned();
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        plain.push('&');
        rest = after;
        while let Some(shorter) = ["amp;", "#038;", "#38;"].iter().find_map(|entity| rest.strip_prefix(entity)) {
            rest = shorter;
        }
    }
    plain.push_str(rest);
    plain
}

/// What remains of a query; one without resize arguments stays to the letter.
fn without_resizing<'a>(query: &'a str, arguments: &[&str]) -> Cow<'a, str> {
    let is_resizing = |argument: &&str| ARGUMENTS.contains(&argument.split('=').next().unwrap_or(argument));
    if arguments.iter().any(is_resizing) {
        let kept = arguments.iter().copied().filter(|argument| !is_resizing(argument) && !argument.is_empty());
        Cow::Owned(kept.collect::<Vec<_>>().join("&"))
    } else {
        Cow::Borrowed(query)
    }
}

/// `resize` is exact, `w` with `h` nearly so, `fit` tells the box that the picture was fitted into.
fn size(arguments: &[&str]) -> Option<(i32, i32)> {
    let value_of = |name: &str| {
        arguments.iter().find_map(|argument| {
            let value = argument.strip_prefix(name)?.strip_prefix('=')?;
            Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
        })
    };
    let pair = |name: &str| {
        let value = value_of(name)?;
        let (width, height) = value.split_once(',')?;
        Some((pixels(width)?, pixels(height)?))
    };
    let width_and_height = || Some((pixels(&value_of("w")?)?, pixels(&value_of("h")?)?));
    pair("resize").or_else(width_and_height).or_else(|| pair("fit"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(url: &str) -> (String, Option<(i32, i32)>) {
        let picture = picture(url).unwrap();
        (picture.original_url, picture.width.zip(picture.height))
    }

    #[test]
    fn resize_arguments_are_taken_off_and_tell_the_size() {
        let original = "https://ex.com/a.jpg".to_owned();
        for (url, size) in [
            ("https://ex.com/a.jpg?w=770&resize=770%2C513", Some((770, 513))),
            ("https://ex.com/a.jpg?w=770&#038;resize=770%2C513", Some((770, 513))),
            ("https://ex.com/a.jpg?w=770&amp;amp;h=400&ssl=1", Some((770, 400))),
            ("https://ex.com/a.jpg?fit=300,200&quality=80&strip=all", Some((300, 200))),
            ("https://ex.com/a.jpg?w=770", None),
            ("https://ex.com/a.jpg?resize=0,513", None),
            ("https://ex.com/a.jpg", None),
        ] {
            assert_eq!(read(url), (original.clone(), size), "{url}");
        }
    }

    #[test]
    fn other_arguments_and_fragments_stay_as_they_are() {
        assert_eq!(read("/a.jpg?v=%2C2&w=5&q#top").0, "/a.jpg?v=%2C2&q#top");
        assert_eq!(read("a b.jpg?width=3").0, "a b.jpg?width=3");
        assert_eq!(read("//cdn.ex.com/?id=1").0, "//cdn.ex.com/?id=1");
    }

    #[test]
    fn photons_pictures_are_those_of_their_hosts() {
        for (url, original) in [
            ("https://i0.wp.com/ex.com/p/a%20b.jpg?fit=300%2C200&ssl=1", "https://ex.com/p/a%20b.jpg"),
            ("//i3.wp.com/ex.com/a.jpg?v=5#x", "http://ex.com/a.jpg#x"),
            ("https://i0.wp.com/i1.wp.com/ex.com/a.jpg?ssl=1", "https://ex.com/a.jpg"),
            ("https://i0.wp.com/a.jpg", "https://i0.wp.com/a.jpg"),
            ("https://i9.wp.com/ex.com/a.jpg", "https://i9.wp.com/ex.com/a.jpg"),
        ] {
            assert_eq!(read(url).0, original);
        }
        assert_eq!(read("https://i0.wp.com/ex.com/a.jpg?fit=300%2C200&ssl=1").1, Some((300, 200)));
    }

    #[test]
    fn a_copy_is_told_by_its_name() {
        assert!(is_copy("https://ex.com/u/a-770x513.jpg?x", "/u/a.jpg"));
        assert!(is_copy("/u/a-scaled.jpg", "https://cdn.ex.com/u/a.jpg") && is_copy("/a.PNG", "/a.PNG"));
        for (copy, original) in
            [("/u/a.jpg", "/u/b.jpg"), ("/a-2x.jpg", "/a.jpg"), ("/a", "/a"), ("/v/a.jpg", "/u/a.jpg")]
        {
            assert!(!is_copy(copy, original), "{copy}");
        }
    }

    #[test]
    fn what_is_no_picture_on_the_web_is_none() {
        for url in [
            "",
            " ",
            "data:image/gif;base64,R0",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "C:\\a.jpg",
            "http://",
        ] {
            assert_eq!(picture(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn an_original_is_its_own_original(url in "(https?://(i0\\.wp\\.com/(e\\.f/)?|e/))?[a-z./ ]{0,5}[?&a-z=#;0-9%]{0,30}((amp;|#38;|[?&](w|ssl)=1|#|&)){0,6}") {
            if let Some(once) = picture(&url) {
                prop_assert_eq!(picture(&once.original_url).unwrap().original_url, once.original_url);
            }
        }
    }
}
