//! In which media type an answer goes out, and in which a request may come in: `Accept` and `Content-Type` as RFC 9110 has
//! them (8.3.1, 12.4.2, 12.5.1). Pure.

use actix_web::http::{
    StatusCode,
    header::{self, HeaderMap, HeaderValue},
};

/// A media type of GraphQL over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// What older clients read: a request that was understood as one answers 200, whatever its errors.
    Json,
    /// A request that was not executed answers 400.
    GraphqlResponse,
}

impl MediaType {
    /// As the client's `Accept` prefers; JSON where it does not care; nothing where it takes neither.
    #[must_use]
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let ranges = ranges(headers);
        if ranges.is_empty() {
            return Some(Self::Json);
        }
        let (json, graphql) =
            (best(&ranges, "application", "json"), best(&ranges, "application", "graphql-response+json"));
        let is_preferred = graphql.quality > json.quality || (graphql.quality == json.quality && graphql.is_named());
        match (json.quality, graphql.quality) {
            (0, 0) => None,
            (_, 1..) if is_preferred => Some(Self::GraphqlResponse),
            _ => Some(Self::Json),
        }
    }

    /// For the header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// Of a document that can not be parsed or does not fit the schema.
    #[must_use]
    pub const fn request_error(self) -> StatusCode {
        match self {
            Self::Json => StatusCode::OK,
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
        }
    }
}

/// Whether this is somebody who looks: HTML is named, and nothing that we answer operations in is preferred to it.
#[must_use]
pub fn prefers_html(headers: &HeaderMap) -> bool {
    let ranges = ranges(headers);
    let html = best(&ranges, "text", "html");
    let other =
        best(&ranges, "application", "json").quality.max(best(&ranges, "application", "graphql-response+json").quality);
    html.is_named() && html.quality > 0 && html.quality >= other
}

/// Whether a body is JSON in UTF-8, by the one `Content-Type` that there is.
#[must_use]
pub fn is_json(headers: &HeaderMap) -> bool {
    let mut given = headers.get_all(header::CONTENT_TYPE);
    let (Some(value), None) = (given.next(), given.next()) else { return false };
    let mut parts = pieces(value.to_str().unwrap_or_default(), ';');
    let is_json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    is_json && parts.filter_map(parameter).all(|(name, value)| !name.eq_ignore_ascii_case("charset") || is_utf8(value))
}

/// One piece of `Accept`.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// In thousandths.
    quality: u16,
    /// It asks for another charset than the only one.
    is_foreign: bool,
}

/// How a client takes a media type.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    /// Of the range that says so: 1 `*/*`, 2 `type/*`, 3 the name; 0 where none does.
    specificity: u8,
    quality: u16,
}

impl Weight {
    const fn is_named(self) -> bool {
        self.specificity == 3
    }
}

impl Range<'_> {
    fn weight(&self, kind: &str, subtype: &str) -> Option<Weight> {
        let specificity = match (self.kind, self.subtype) {
            _ if self.is_foreign => return None,
            ("*", _) => 1,
            (own, "*") if own.eq_ignore_ascii_case(kind) => 2,
            (own, sub) if own.eq_ignore_ascii_case(kind) && sub.eq_ignore_ascii_case(subtype) => 3,
            _ => return None,
        };
        Some(Weight { specificity, quality: self.quality })
    }
}

/// The most specific range decides, whatever less specific ones say.
fn best(ranges: &[Range<'_>], kind: &str, subtype: &str) -> Weight {
    ranges.iter().filter_map(|range| range.weight(kind, subtype)).max().unwrap_or_default()
}

/// Of all lines of the header; what can not be read is left out.
fn ranges(headers: &HeaderMap) -> Vec<Range<'_>> {
    let lines = headers.get_all(header::ACCEPT).filter_map(|value: &HeaderValue| value.to_str().ok());
    lines.flat_map(|line| pieces(line, ',')).filter_map(range).collect()
}

fn range(piece: &str) -> Option<Range<'_>> {
    let mut parts = pieces(piece, ';');
    let (kind, subtype) = parts.next()?.split_once('/')?;
    let is_wild = kind == "*" && subtype != "*";
    if is_wild || ![kind, subtype].iter().all(|name| is_token(name)) {
        return None;
    }
    let mut range = Range { kind, subtype, quality: 1_000, is_foreign: false };
    for (name, value) in parts.filter_map(parameter) {
        if name.eq_ignore_ascii_case("q") {
            range.quality = quality(value)?;
            break;
        }
        range.is_foreign |= name.eq_ignore_ascii_case("charset") && !is_utf8(value);
    }
    Some(range)
}

/// `0`, `1`, and up to three decimals between them.
fn quality(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_number = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = format!("{decimals:0<3}").parse::<u16>().ok().filter(|_| is_number)?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1_000),
        _ => None,
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn parameter(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once('=')?;
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    Some((name.trim(), value.trim()))
}

fn is_utf8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// What stands between separators, which do not count within quotes; without the space around it, and without nothing.
fn pieces(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let split = text.split(move |character| {
        let was_escaped = std::mem::take(&mut is_escaped);
        match character {
            '"' if !was_escaped => is_quoted = !is_quoted,
            '\\' if is_quoted && !was_escaped => is_escaped = true,
            _ => {}
        }
        character == separator && !is_quoted
    });
    split.map(str::trim).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use MediaType::{GraphqlResponse, Json};

    fn headers(name: &header::HeaderName, lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name.clone(), HeaderValue::from_str(line).unwrap());
        }
        headers
    }

    fn accepted(accept: &str) -> Option<MediaType> {
        MediaType::accepted(&headers(&header::ACCEPT, &[accept]))
    }

    #[test]
    fn the_clients_preference_decides() {
        for (accept, expected) in [
            ("*/*", Json),
            ("application/*", Json),
            ("application/json", Json),
            ("APPLICATION/Json", Json),
            ("application/graphql-response+json", GraphqlResponse),
            ("application/graphql-response+json, application/json;q=0.9", GraphqlResponse),
            ("application/graphql-response+json,application/json", GraphqlResponse),
            ("application/json, application/graphql-response+json", GraphqlResponse),
            ("application/json, application/graphql-response+json;q=0.5", Json),
            ("application/graphql-response+json;q=0, */*", Json),
            ("application/json;q=0, */*", GraphqlResponse),
            ("application/json;q=0.5, */*", GraphqlResponse),
            ("*/*, application/json;q=0.1, application/graphql-response+json;q=0.2", GraphqlResponse),
            ("application/*;q=0, application/json;q=0.001", Json),
            ("\tapplication/json ;\tq=1.000 ,", Json),
            ("image/png, application/json;q=0.1", Json),
            ("application/json; charset=utf-8", Json),
            ("application/graphql-response+json; charset=\"UTF-8\", application/json", GraphqlResponse),
            ("application/graphql-response+json; charset=latin1, application/json", Json),
            ("application/json;x=\"a,b;q=0\";q=0.3", Json),
            ("application/json;x=\"\\\",text/html\"", Json),
        ] {
            assert_eq!(accepted(accept), Some(expected), "{accept}");
        }
    }

    #[test]
    fn what_clients_send_is_answered() {
        for (accept, expected) in [
            // Apollo Client 3 and 4, urql, graphql-http's client, Relay's examples, fetch, curl, browsers.
            ("application/graphql-response+json,application/json;q=0.9", GraphqlResponse),
            ("multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json", Json),
            (
                "multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9",
                GraphqlResponse,
            ),
            (
                "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed",
                GraphqlResponse,
            ),
            ("application/graphql-response+json, application/json", GraphqlResponse),
            ("application/json, text/plain, */*", Json),
            ("text/event-stream, */*;q=0.1", Json),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", Json),
        ] {
            assert_eq!(accepted(accept), Some(expected), "{accept}");
        }
    }

    #[test]
    fn nothing_of_ours_is_nothing() {
        for accept in [
            "image/png",
            "text/html",
            "text/*",
            "application/json;q=0",
            "*/*;q=0",
            "application/json;q=0.000, image/*",
            "application/json; charset=iso-8859-1",
            "text/event-stream",
            "application/graphql+json",
            "application/jsonx",
        ] {
            assert_eq!(accepted(accept), None, "{accept}");
        }
    }

    #[test]
    fn who_says_nothing_readable_does_not_care() {
        assert_eq!(MediaType::accepted(&HeaderMap::new()), Some(Json));
        for accept in
            ["", " ", ",,", "json", "/", "*/json", "application/json;q=2", "application/json;q=0.1234", "a b/c"]
        {
            assert_eq!(accepted(accept), Some(Json), "{accept}");
        }
        // A piece that can not be read takes the others along nowhere.
        assert_eq!(accepted("application/json;q=x, application/graphql-response+json;q=0.1"), Some(GraphqlResponse));
    }

    #[test]
    fn several_lines_are_one_list() {
        let lines = headers(&header::ACCEPT, &["application/json;q=0.4", "application/graphql-response+json;q=0.5"]);
        assert_eq!(MediaType::accepted(&lines), Some(GraphqlResponse));
    }

    #[test]
    fn browsers_are_told_from_programs_by_what_they_prefer() {
        let prefers = |accept| prefers_html(&headers(&header::ACCEPT, &[accept]));
        for accept in [
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "TEXT/HTML",
            "text/html;q=0.5, application/json;q=0.4",
        ] {
            assert!(prefers(accept), "{accept}");
        }
        for accept in [
            "*/*",
            "text/*",
            "application/json, text/html;q=0.9",
            "text/html;q=0",
            "text/html;q=0, */*",
            "text/htmlx",
            "x=\"text/html\"",
        ] {
            assert!(!prefers(accept), "{accept}");
        }
        assert!(!prefers_html(&HeaderMap::new()));
    }

    #[test]
    fn bodies_are_json_in_utf8() {
        let json = |lines: &[&str]| is_json(&headers(&header::CONTENT_TYPE, lines));
        for content_type in [
            "application/json",
            "Application/JSON;charset=UTF-8",
            "application/json; charset=\"utf-8\"",
            "application/json ; v=1",
        ] {
            assert!(json(&[content_type]), "{content_type}");
        }
        for content_type in [
            "",
            "text/plain",
            "application/jsonx",
            "application/graphql",
            "application/json; charset=latin1",
            "text/plain; application/json",
            "application/json, text/plain",
        ] {
            assert!(!json(&[content_type]), "{content_type}");
        }
        assert!(!json(&[]) && !json(&["application/json", "application/json"]), "exactly one tells");
    }
}
