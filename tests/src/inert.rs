//! What served HTML may hold, as one list that knows nothing of the importer's. It is read by no parser of HTML: served HTML has
//! one strict form, in which no parser can find anything else than what stands there.

use url::Url;

/// Elements and their own attributes; `!` closes those that hold nothing.
const ELEMENTS: &str = "a href title rel|abbr title|b|bdi|bdo|blockquote|br!|caption|cite|code class|col! span|colgroup span|dd|\
    del datetime|details open|dfn title|div|dl|dt|em|figcaption|figure data-cover|h1|h2|h3|h4|h5|h6|hr!|i|\
    img! src alt title width height data-figure data-cover|input! type checked disabled|ins datetime|kbd|li value|mark|\
    ol start reversed type|p|pre|q|rb|rp|rt|rtc|ruby|s|samp|section|small|span|strong|sub|summary|sup|table|tbody|td colspan rowspan align|\
    tfoot|th colspan rowspan align scope|thead|time datetime|tr|u|ul|var|wbr!|\
    iframe src title width height sandbox allowfullscreen loading referrerpolicy";

/// What any element may bear.
const COMMON: [&str; 3] = ["dir", "id", "lang"];

/// What is wrong with served HTML.
///
/// # Errors
/// The first thing that is not on the list, or not in the one form.
pub fn check(html: &str, frame_hosts: &[&str]) -> Result<(), String> {
    let mut open = Vec::new();
    let mut pieces = html.split('<');
    text(pieces.next().unwrap_or_default())?;
    for piece in pieces {
        let (tag, after) = piece.split_once('>').ok_or_else(|| format!("no end of <{piece}"))?;
        text(after)?;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').map_or((tag, None), |(name, rest)| (name, Some(rest)));
        let known = ELEMENTS.split('|').map(|line| line.split(' ').collect::<Vec<_>>());
        let known = known.into_iter().find(|known| known[0].trim_end_matches('!') == name);
        let known = known.ok_or_else(|| format!("element <{name}>"))?;
        let attributes = read(attributes.unwrap_or_default())?;
        for (attribute, value) in &attributes {
            if !known[1..].contains(attribute) && !COMMON.contains(attribute) {
                return Err(format!("attribute {attribute} of <{name}>"));
            }
            self::value(name, attribute, value)
                .map_err(|what| format!("{what} in {attribute} of <{name}>: {value}"))?;
        }
        if name == "iframe" {
            frame(&attributes, frame_hosts)?;
            if !after.is_empty() {
                return Err("a frame holds something".into());
            }
        }
        if !known[0].ends_with('!') {
            open.push(name);
        }
    }
    open.pop().map_or(Ok(()), |name| Err(format!("<{name}> is not closed")))
}

/// The attributes of a tag, decoded.
fn read(mut rest: &str) -> Result<Vec<(&str, String)>, String> {
    let mut attributes: Vec<(&str, String)> = Vec::new();
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").ok_or_else(|| format!("no value: {rest}"))?;
        let (value, next) = value.split_once('"').ok_or_else(|| format!("no end of a value: {rest}"))?;
        if attributes.iter().any(|(other, _)| *other == name) {
            return Err(format!("{name} twice"));
        }
        attributes.push((name, decoded(value)?));
        rest = next.strip_prefix(' ').unwrap_or(next);
        if !next.is_empty() && rest.len() == next.len() {
            return Err(format!("no space before {next}"));
        }
    }
    Ok(attributes)
}

/// Text is escaped, and holds no character that a parser changes.
fn text(text: &str) -> Result<(), String> {
    if text.contains('>') {
        return Err(format!("`>` in {text}"));
    }
    decoded(text).map(|_| ())
}

fn decoded(text: &str) -> Result<String, String> {
    if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(format!("{c:?} in {text}"));
    }
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').ok_or_else(|| format!("a bare & in {text}"))?;
        decoded.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "nbsp" => '\u{a0}',
            _ => return Err(format!("&{entity}; in {text}")),
        });
        decoded.push_str(rest);
    }
    Ok(decoded)
}

fn value(element: &str, attribute: &str, value: &str) -> Result<(), &'static str> {
    if !matches!(attribute, "alt" | "title" | "href" | "src") && runs(value) {
        return Err("a scheme that runs");
    }
    let is_sound = match (element, attribute) {
        (_, "href" | "src") => return address(value),
        ("a", "rel") => value == "noopener noreferrer",
        ("code", "class") => value.starts_with("language-") && !value.contains(|c: char| c.is_ascii_whitespace()),
        ("input", "type") => value.eq_ignore_ascii_case("checkbox"),
        ("img" | "iframe", "width" | "height") | ("img", "data-figure") => value.parse::<u32>().is_ok(),
        _ => true,
    };
    if is_sound { Ok(()) } else { Err("a wrong value") }
}

/// An address in HTML.
fn address(written: &str) -> Result<(), &'static str> {
    if runs(written) { Err("a scheme that runs") } else { scheme(written) }
}

/// An address as browsers read it: without control characters and spaces around it, without tabs and line breaks in it.
///
/// # Errors
/// A scheme that is not of the web.
pub fn scheme(written: &str) -> Result<(), &'static str> {
    let seen: String =
        written.trim_matches(|c| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let seen = seen.to_ascii_lowercase();
    let is_scheme = |scheme: &&str| {
        scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    match seen.split_once(':').map(|(scheme, _)| scheme).filter(is_scheme) {
        None | Some("http" | "https" | "mailto" | "tel") => Ok(()),
        Some(_) => Err("an unknown scheme"),
    }
}

fn runs(value: &str) -> bool {
    let value = value.replace(['\t', '\n', '\r'], "").to_ascii_lowercase();
    ["javascript:", "vbscript:"].iter().any(|running| value.contains(running))
}

fn frame(attributes: &[(&str, String)], hosts: &[&str]) -> Result<(), String> {
    let value = |name: &str| attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str());
    let source = value("src").and_then(|source| Url::parse(source).ok()).ok_or("a frame without an address")?;
    let is_plain = source.scheme() == "https" && source.authority() == source.host_str().unwrap_or_default();
    let is_boxed = value("sandbox") == Some("allow-presentation allow-same-origin allow-scripts");
    if is_plain && is_boxed && hosts.contains(&source.host_str().unwrap_or_default()) {
        Ok(())
    } else {
        Err(format!("a frame of {source}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_served_passes() {
        for html in [
            "",
            "<p>a &amp; b<br><a href=\"/x?a&amp;b\" rel=\"noopener noreferrer\">c</a></p>\n",
            "<img src=\"https://x.example/a\" alt=\"&quot;&lt;script&gt;\" data-figure=\"0\">",
            "<iframe src=\"https://f.example/a\" sandbox=\"allow-presentation allow-same-origin allow-scripts\"></iframe>",
        ] {
            assert_eq!(check(html, &["f.example"]), Ok(()), "{html}");
        }
    }

    #[test]
    fn everything_else_does_not() {
        for html in [
            "<script></script>",
            "<p",
            "<p>",
            "</p>",
            "<b><i></b></i>",
            "<p onclick=\"x\"></p>",
            "<p title='x'></p>",
            "<p id=x></p>",
            "<P></P>",
            "<br/>",
            "<!-- -->",
            "<p id=\"a\"id=\"b\"></p>",
            "<p id=\"a\" id=\"b\"></p>",
            "a > b",
            "&copy;",
            "a & b",
            "\0",
            "<a href=\"javascript:x\"></a>",
            "<a href=\"/java\tscript:x\"></a>",
            "<a href=\" data:x\"></a>",
            "<p lang=\"javascript:x\"></p>",
            "<a rel=\"opener\"></a>",
            "<img src=\"x\" width=\"5px\">",
            "<code class=\"x\"></code>",
            "<input type=\"text\">",
            "<iframe></iframe>",
            "<iframe src=\"https://f.example/\"></iframe>",
            "<iframe src=\"https://g.example/\" sandbox=\"allow-presentation allow-same-origin allow-scripts\"></iframe>",
            "<iframe src=\"https://f.example/\" sandbox=\"allow-presentation allow-same-origin allow-scripts\">x</iframe>",
        ] {
            assert!(check(html, &["f.example"]).is_err(), "{html}");
        }
    }
}
