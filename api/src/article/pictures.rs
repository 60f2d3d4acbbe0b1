//! The pictures of a body under other addresses. Pure.

use memchr::memmem;
use std::borrow::Cow;

/// How the normaliser writes the address of a picture, and its place among the figures. No value of an attribute holds a
/// quotation mark.
const SOURCE: &str = " src=\"";
const FIGURE: &str = " data-figure=\"";

/// Whether a picture of this normalised body stands at an address that is not absolute.
#[must_use]
pub fn has_relative(html: &str) -> bool {
    pictures(html).any(|(_, picture)| is_relative(picture.address))
}

/// A normalised body in which pictures have the addresses that `address` gives for the positions of their figures. Where it
/// gives none, and with `relative_alone` where the address is absolute, the written one stays.
#[must_use]
pub fn with_addresses<'u>(
    html: &str,
    relative_alone: bool,
    address: impl Fn(usize) -> Option<Cow<'u, str>>,
) -> Cow<'_, str> {
    let mut changed = String::new();
    let mut done = 0;
    for (at, picture) in pictures(html) {
        let other = picture.figure.filter(|_| !relative_alone || is_relative(picture.address)).and_then(&address);
        if let Some(other) = other {
            changed.push_str(html.get(done..at).unwrap_or_default());
            changed.push_str(&other.replace('&', "&amp;").replace('"', "&quot;"));
            done = at + picture.address.len();
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    changed.push_str(html.get(done..).unwrap_or_default());
    Cow::Owned(changed)
}

/// A picture of a body.
struct Picture<'a> {
    /// As it stands in the attribute.
    address: &'a str,
    /// The position of its figure.
    figure: Option<usize>,
}

/// Pictures, and where their addresses begin. Normalised HTML has `<` and `>` nowhere but around its tags.
fn pictures(html: &str) -> impl Iterator<Item = (usize, Picture<'_>)> {
    memmem::find_iter(html.as_bytes(), "<img ").filter_map(move |start| {
        let rest = html.get(start..)?;
        let tag = rest.get(..rest.find('>')?)?;
        let (from, address) = value(tag, SOURCE)?;
        let figure = value(tag, FIGURE).and_then(|(_, figure)| figure.parse().ok());
        Some((start + from, Picture { address, figure }))
    })
}

/// The value of an attribute, and where it begins.
fn value<'a>(tag: &'a str, name: &str) -> Option<(usize, &'a str)> {
    let from = tag.find(name)? + name.len();
    let rest = tag.get(from..)?;
    Some((from, rest.get(..rest.find('"')?)?))
}

/// From the root of a site whose address is not known; `//` begins a host.
fn is_relative(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<p>src=\"/a.png\"</p><figure><img src=\"/a.png\" alt=\"x src=y\" data-figure=\"0\"></figure>\
        <p><img alt=\"é\" src=\"https://x.example/b.png?v=1&amp;w=2\" width=\"3\" data-figure=\"1\"> <img src=\"/c.png\"></p>";

    fn copy<'u>(figure: usize) -> Option<Cow<'u, str>> {
        (figure < 9).then(|| format!("https://api.example/media/{figure}?a&b").into())
    }

    #[test]
    fn every_figure_gets_its_address() {
        let changed = with_addresses(BODY, false, copy);
        let expected = BODY
            .replacen("img src=\"/a.png", "img src=\"https://api.example/media/0?a&amp;b", 1)
            .replace("https://x.example/b.png?v=1&amp;w=2", "https://api.example/media/1?a&amp;b");
        assert_eq!(changed, expected);
    }

    #[test]
    fn what_is_absolute_may_stay() {
        let changed = with_addresses(BODY, true, copy);
        assert_eq!(changed, BODY.replacen("img src=\"/a.png", "img src=\"https://api.example/media/0?a&amp;b", 1));
        assert!(
            has_relative(BODY) && !has_relative("<p><img src=\"https://x.example/\"><img src=\"//x.example/\"></p>")
        );
    }

    #[test]
    fn without_copies_nothing_changes() {
        assert!(matches!(with_addresses(BODY, false, |_| None), Cow::Borrowed(BODY)));
        for html in ["", "<img ", "<img src=", "<img src=\"/x", "<img src=\"/x>", "<img data-figure=\"0\">"] {
            assert_eq!(with_addresses(html, false, copy), html);
        }
    }
}
