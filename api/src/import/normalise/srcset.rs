//! Lists of one picture in several sizes, as `srcset` holds them.

/// The URL of the largest picture of a list such as `a.jpg 1x, b.jpg 2x`; None where the text is no such list.
pub(super) fn largest(list: &str) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    let mut rest = list.trim();
    while !rest.is_empty() {
        // A URL may hold commas; only one at its end separates.
        let (url, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        let (descriptor, next) = match url.strip_suffix(',') {
            Some(_) => ("", after),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        let size = size(descriptor.trim())?;
        if best.is_none_or(|(largest, _)| size > largest) {
            best = Some((size, url.trim_end_matches(',')));
        }
        rest = next.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    best.map(|(_, url)| url.to_owned()).filter(|url| !url.is_empty())
}

/// The largest picture of a `src` that holds a whole list, which only its sizes tell.
pub(super) fn in_source(source: &str) -> Option<String> {
    let source = source.trim();
    let is_list = source.split_once(char::is_whitespace).is_some_and(|(_, rest)| {
        let descriptor = rest.split(',').next().unwrap_or_default().trim();
        !descriptor.is_empty() && size(descriptor).is_some()
    });
    if is_list { largest(source) } else { None }
}

/// What `2x`, `770w` or nothing says.
fn size(descriptor: &str) -> Option<f64> {
    if descriptor.is_empty() {
        return Some(1.0);
    }
    let number = descriptor.split_ascii_whitespace().next()?.strip_suffix(['x', 'w', 'h'])?;
    number.parse().ok().filter(|size: &f64| size.is_finite() && *size > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_of_a_list_is_taken() {
        for (list, url) in [
            ("a.jpg 1x, b.jpg 2x", "b.jpg"),
            ("a.jpg 1540w,b.jpg 770w", "a.jpg"),
            ("a.jpg, b.jpg 1.5x", "b.jpg"),
            ("/w_5,h_6/a.jpg 300w, /w_9,h_9/b.jpg 600w", "/w_9,h_9/b.jpg"),
            ("a.jpg", "a.jpg"),
        ] {
            assert_eq!(largest(list).as_deref(), Some(url), "{list}");
        }
        for none in ["", " , ", "a b", "a -1x"] {
            assert_eq!(largest(none), None, "{none}");
        }
    }

    #[test]
    fn a_name_with_spaces_is_no_list() {
        assert_eq!(in_source("my a.jpg"), None);
        assert_eq!(in_source("a.jpg"), None);
        assert_eq!(in_source(" a.jpg 770w, b.jpg 1540w ").as_deref(), Some("b.jpg"));
    }
}
