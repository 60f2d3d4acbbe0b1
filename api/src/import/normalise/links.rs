//! Where links lead: as the site's visitors need it, without what only tells who came from where.

use std::borrow::Cow;

use dom_query::NodeRef;
use percent_encoding::{percent_decode_str, percent_encode_byte};

use super::{MOST_ATTRIBUTE_BYTES, dom::named};
use crate::import::place::Place;

/// Arguments that count readers. Those of some begin alike.
const COUNTERS: [&str; 27] = [
    "_hsenc",
    "_hsmi",
    "_openstat",
    "campaign_id",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
];

pub(super) fn lead(root: NodeRef, place: &Place) {
    for link in named(root, "a") {
        let Some(written) = link.attr("href") else { continue };
        if written.len() > MOST_ATTRIBUTE_BYTES {
            link.remove_attr("href");
            continue;
        }
        let address = place.address(&written);
        let address = without_counters(&unwrapped(&address)).into_owned();
        if address != *written {
            link.set_attr("href", &address);
        }
    }
}

/// Schemes that run what they name.
const RUNNING: [&str; 2] = ["javascript", "vbscript"];

/// An address in which nobody finds a scheme that runs, wherever it looks: the colon behind such a name is `%3A`. Where one is
/// the address's own, the sanitiser takes the address out before it comes to this. Control characters are what browsers make
/// of them: nothing at the ends, nor of tabs and line breaks, else three characters.
pub(super) fn inert(address: &str) -> Cow<'_, str> {
    if !address.contains([':', '\u{7f}']) && !address.contains(|c: char| c < ' ') {
        return Cow::Borrowed(address);
    }
    let mut inert = String::with_capacity(address.len());
    for c in address.trim_matches(|c| c <= ' ').chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            ':' if ends_in_running(&inert) => inert.push_str("%3A"),
            '\0'..' ' | '\u{7f}' => inert.push_str(percent_encode_byte(c as u8)),
            c => inert.push(c),
        }
    }
    if inert == address { Cow::Borrowed(address) } else { Cow::Owned(inert) }
}

/// Whether a value that no reader sees holds a scheme that runs: nobody means that by a date or a name.
pub(super) fn holds_running(value: &str) -> bool {
    let seen = value.replace(['\t', '\n', '\r'], "");
    seen.match_indices(':').any(|(at, _)| seen.get(..at).is_some_and(ends_in_running))
}

fn ends_in_running(text: &str) -> bool {
    RUNNING.iter().any(|scheme| {
        let from = text.len().checked_sub(scheme.len());
        from.and_then(|from| text.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })
}

/// The address that a Telegram preview was made of.
fn unwrapped(address: &str) -> Cow<'_, str> {
    let inner = ["https://t.me/iv?", "http://t.me/iv?"].iter().find_map(|prefix| address.strip_prefix(prefix));
    let url = inner.and_then(|query| query.split('&').find_map(|argument| argument.strip_prefix("url=")));
    let url = url.and_then(|url| percent_decode_str(url).decode_utf8().ok());
    match url.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        Some(url) => Cow::Owned(unwrapped_once(&url)),
        None => Cow::Borrowed(address),
    }
}

/// One in the other is nothing that a feed makes; the innermost is taken, without going deeper each time.
fn unwrapped_once(address: &str) -> String {
    address.rsplit_once("t.me/iv?url=").map_or_else(
        || address.to_owned(),
        |(_, inner)| {
            let inner = inner.split('&').next().unwrap_or(inner);
            percent_decode_str(inner).decode_utf8_lossy().into_owned()
        },
    )
}

/// An address whose query holds none of the counters stays to the letter.
fn without_counters(address: &str) -> Cow<'_, str> {
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    let (before, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let Some((path, query)) = before.split_once('?').filter(|_| is_web) else { return Cow::Borrowed(address) };
    if !query.split('&').any(is_counter) {
        return Cow::Borrowed(address);
    }
    let kept: Vec<&str> = query.split('&').filter(|argument| !is_counter(argument)).collect();
    let separator = if kept.is_empty() { "" } else { "?" };
    Cow::Owned(format!("{path}{separator}{}{fragment}", kept.join("&")))
}

fn is_counter(argument: &str) -> bool {
    // An ampersand that was escaped once too often leaves its name behind.
    let argument = argument.strip_prefix("amp;").or_else(|| argument.strip_prefix("#038;")).unwrap_or(argument);
    let name = argument.split('=').next().unwrap_or(argument);
    name.starts_with("utm_") || COUNTERS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_go_and_everything_else_stays_to_the_letter() {
        for (address, clean) in [
            ("https://ex.com/a?utm_source=x&utm_medium=y", "https://ex.com/a"),
            ("https://ex.com/a?b=%2C1&fbclid=x&c#d?utm_x", "https://ex.com/a?b=%2C1&c#d?utm_x"),
            ("https://ex.com/a?b=1&amp;utm_source=x", "https://ex.com/a?b=1"),
            ("https://ex.com/utm_a?b=utm_c", "https://ex.com/utm_a?b=utm_c"),
            ("/a?utm_source=x", "/a?utm_source=x"),
        ] {
            assert_eq!(without_counters(address), clean);
        }
    }

    #[test]
    fn no_scheme_that_runs_is_found_anywhere_in_an_address() {
        for (address, expected) in [
            ("https://ex.com/?a=javascript:b:c", "https://ex.com/?a=javascript%3Ab:c"),
            ("x#JAVA\tscript\n:y vbscript::", "x#JAVAscript%3Ay vbscript%3A:"),
            (" \u{1f}a\u{8}b\u{7f}\t:\n", "a%08b%7F:"),
            ("\u{a0}javascript:x", "\u{a0}javascript%3Ax"),
        ] {
            assert_eq!(inert(address), expected);
            assert_eq!(inert(expected), expected);
        }
        for stays in ["https://ex.com:81/javascript", "https://ex.com/a:b", ":", ""] {
            assert!(matches!(inert(stays), Cow::Borrowed(_)), "{stays}");
        }
    }

    #[test]
    fn a_telegram_preview_leads_to_what_it_shows() {
        assert_eq!(unwrapped("https://t.me/iv?url=https%3A%2F%2Fex.com%2Fa%3Fb%3D1&rhash=5"), "https://ex.com/a?b=1");
        for stays in ["https://t.me/iv?rhash=5", "https://t.me/iv?url=javascript%3Ax", "https://ex.com/"] {
            assert_eq!(unwrapped(stays), stays);
        }
    }
}
