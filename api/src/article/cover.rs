//! A body without the figure that is the article's cover. Pure.

use std::borrow::Cow;

/// How the normaliser marks what is to be left out.
const MARK: &str = " data-cover=\"\"";

/// A normalised body without its cover; the body itself where it has none.
#[must_use]
pub fn without_cover(html: &str) -> Cow<'_, str> {
    match cut(html) {
        // No blank line stays where it stood, and no two words meet.
        Some((before, after)) if after.is_empty() || after.starts_with(char::is_whitespace) => {
            Cow::Owned(format!("{}{after}", before.trim_end()))
        }
        Some((before, after)) => Cow::Owned(format!("{before}{after}")),
        None => Cow::Borrowed(html),
    }
}

/// What stands before and after the marked element. Normalised HTML has `<` and `>` nowhere but around its tags.
fn cut(html: &str) -> Option<(&str, &str)> {
    let start = html.match_indices(MARK).find_map(|(at, _)| {
        let before = html.get(..at)?;
        let opener = before.rfind('<')?;
        before.rfind('>').is_none_or(|end| end < opener).then_some(opener)
    })?;
    let (before, element) = html.split_at(start);
    let end = if element.starts_with("<figure") { end_of_figure(element)? } else { element.find('>')? + 1 };
    Some((before, element.get(end..)?))
}

/// Where the figure ends that `html` begins with, others within it counted.
fn end_of_figure(html: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, _) in html.match_indices('<') {
        let tag = html.get(at..)?;
        let end = tag.find('>')?;
        let name = tag.get(1..end)?.split(' ').next()?;
        match name {
            "figure" => depth += 1,
            "/figure" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at + end + 1);
        }
    }
    None
}
