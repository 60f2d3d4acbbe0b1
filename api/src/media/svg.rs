//! The size of a drawing: what its root element says. Pure; nothing is expanded, fetched or run.

use std::borrow::Cow;

/// The root element stands within so many bytes.
const MAX_HEAD: usize = 256 * 1024;

/// Longer sides than that mean nothing in pixels.
const MAX_SIDE: f64 = 32_767.0;

/// The size of an SVG in pixels, rounded, where it tells one. None where the bytes are no SVG.
#[expect(clippy::option_option, reason = "no SVG, an SVG without a size, and one with a size are three things")]
pub(super) fn size(bytes: &[u8]) -> Option<Option<(i32, i32)>> {
    let head = head(bytes);
    let root = root(&head)?;
    let length = |name: &str| attribute(root, name).and_then(pixels);
    let drawn = attribute(root, "viewBox").and_then(view_box);
    Some(match (length("width"), length("height"), drawn) {
        (Some(width), Some(height), _) => whole(width, height),
        (Some(width), None, Some((across, down))) => whole(width, width * down / across),
        (None, Some(height), Some((across, down))) => whole(height * across / down, height),
        (None, None, Some((across, down))) => whole(across, down),
        (_, _, None) => None,
    })
}

/// The first bytes as text. Names and numbers are ASCII, whatever encoding the rest has.
fn head(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.get(..MAX_HEAD).unwrap_or(bytes))
}

/// The attributes of the root element, if that is `svg`.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            after_doctype(rest)?
        } else {
            break;
        }
        .trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next()?;
    if name.rsplit(':').next() != Some("svg") {
        return None;
    }
    let attributes = tag.get(name.len()..)?;
    attributes.get(..end_of_tag(attributes)?)
}

/// Its declarations stand in brackets.
fn after_doctype(text: &str) -> Option<&str> {
    let end = text.find(['>', '['])?;
    let rest = text.get(end..)?;
    match rest.strip_prefix('[') {
        Some(declarations) => declarations.split_once(']')?.1.split_once('>').map(|(_, after)| after),
        None => rest.get(1..),
    }
}

/// A `>` in a value ends nothing.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => return true,
            _ => {}
        }
        false
    })
}

/// The value of an attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = after.get(1..)?.split_once(quote)?;
        if key.trim() == name {
            return Some(value.trim());
        }
        rest = next;
    }
}

/// A length in CSS pixels; None where it depends on what is around the picture.
fn pixels(text: &str) -> Option<f64> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
    let factor = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    (number > 0.0).then_some(number * factor)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = text
        .split(|c: char| c.is_ascii_whitespace() || c == ',')
        .filter(|number| !number.is_empty())
        .take(5)
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let [_, _, width, height] = *numbers.as_slice() else { return None };
    (width > 0.0 && height > 0.0).then_some((width, height))
}

fn whole(width: f64, height: f64) -> Option<(i32, i32)> {
    let side = |side: f64| {
        let side = side.round();
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and within these bounds")]
        (1.0..=MAX_SIDE).contains(&side).then_some(side as i32)
    };
    side(width).zip(side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_tells_the_size() {
        for (svg, expected) in [
            (r#"<svg width="120" height="80"/>"#, Some((120, 80))),
            ("<svg width='120px' height='80.4px'></svg>", Some((120, 80))),
            (r#"<svg width="1in" height="72pt">"#, Some((96, 96))),
            (r#"<svg viewBox="0 0 300 200">"#, Some((300, 200))),
            (r#"<svg viewBox="0,0,300,200" width="150">"#, Some((150, 100))),
            (r#"<svg viewBox="0 0 300 200" height="100">"#, Some((150, 100))),
            (r#"<svg width="100%" height="100%" viewBox="-5 -5 30 20">"#, Some((30, 20))),
            (r#"<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="5" height="6">"#, Some((5, 6))),
            (
                r#"<svg aria-label="a > b" width = "5" height
                = "6">"#,
                Some((5, 6)),
            ),
            ("<svg>", None),
            (r#"<svg width="10">"#, None),
            (r#"<svg width="0" height="10">"#, None),
            (r#"<svg width="99999" height="10">"#, None),
            (r#"<svg width="NaN" height="inf">"#, None),
            (r#"<svg viewBox="0 0 300">"#, None),
            (r#"<svg data-width="3" height="4">"#, None),
        ] {
            assert_eq!(size(svg.as_bytes()), Some(expected), "{svg}");
        }
    }

    #[test]
    fn what_stands_before_the_root_is_passed_over() {
        let svg = "\u{feff}\n<?xml version=\"1.0\"?>\n<!-- <svg width='1' height='1'> -->\n\
            <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n\
            <!ENTITY lol \"lol\"> <!ENTITY lol2 \"&lol;&lol;\">\n]>\n<svg width='7' height='8'>&lol2;</svg>";
        assert_eq!(size(svg.as_bytes()), Some(Some((7, 8))));
        assert_eq!(size(b"<!DOCTYPE svg><svg viewBox='0 0 1 2'/>"), Some(Some((1, 2))));
    }

    #[test]
    fn what_has_another_root_is_no_svg() {
        for other in [
            "",
            "<",
            "<!--",
            "<!DOCTYPE",
            "<?xml",
            "svg",
            "<html><svg width='1' height='1'/></html>",
            "<svgx/>",
            "<svg",
            "<!-- <svg> -->",
            "text <svg/>",
            "<!DOCTYPE html><html></html>",
        ] {
            assert_eq!(size(other.as_bytes()), None, "{other}");
        }
        assert_eq!(size(b"<svg label='\xe9' width='5' height='6'>"), Some(Some((5, 6))), "in Latin-1");
        let far = format!("<!--{}--><svg/>", "x".repeat(MAX_HEAD));
        assert_eq!(size(far.as_bytes()), None);
    }
}
