//! How a whole answer goes out: with which headers for caches in front of the server, compressed or not, or as the word that the
//! client has it already.

use super::{answer, media_type::MediaType};
use crate::{
    cache::{SMALL_BYTES, Whole},
    config::Settings,
    graphql::{
        answer::Receipt,
        api::{Api, Caller},
    },
};
use actix_web::{
    HttpMessage, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, AcceptEncoding, Encoding, HeaderMap, HeaderName, HeaderValue},
    },
    web::Bytes,
};
use std::sync::Arc;

/// What an answer shows, for Fastly and for Varnish with `xkey`; others take their tags from a header of another name, which a
/// rule of theirs copies.
const SURROGATES: HeaderName = HeaderName::from_static("surrogate-key");

/// Ends the tag of an answer that is compressed.
const ZIPPED: &str = "-gzip";

/// Who is answered, and how.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    /// What it accepts.
    pub media: MediaType,
    /// The headers of its request.
    pub headers: &'a HeaderMap,
    /// Whether it takes gzip; none where it takes what only the compressing layer knows.
    pub gzips: Option<bool>,
}

impl<'a> Client<'a> {
    /// By the headers of its request; none where it accepts no answer.
    pub fn of(request: &impl HttpMessage, headers: &'a HeaderMap) -> Option<Self> {
        Some(Self { media: MediaType::accepted(headers)?, headers, gzips: gzips(request) })
    }
}

/// By the rules of the compressing layer.
fn gzips(request: &impl HttpMessage) -> Option<bool> {
    let Some(accepted) = request.get_header::<AcceptEncoding>() else { return Some(false) };
    let all = [Encoding::identity(), Encoding::gzip(), Encoding::deflate()];
    match accepted.negotiate(all.iter())? {
        chosen if chosen == Encoding::gzip() => Some(true),
        chosen if chosen == Encoding::identity() => Some(false),
        _ => None,
    }
}

/// The answer as it goes out.
pub fn respond(
    client: Client<'_>,
    api: &Api,
    caller: &Caller,
    whole: &Arc<Whole>,
    receipt: Option<Receipt>,
) -> HttpResponse {
    if let Some(receipt) = receipt {
        return answer::with_receipt(client.media, whole, receipt);
    }
    let is_shared = caller.only_reads && !caller.audience.is_preview;
    let zipped = client.gzips.unwrap_or_default().then(|| api.zipped(whole)).flatten();
    let is_coded = client.gzips != Some(false) && whole.body.len() >= SMALL_BYTES;
    let tag = is_shared.then(|| tag(whole, is_coded));
    if is_shared && has_already(client.headers, whole.tag()) {
        let mut response = HttpResponse::NotModified();
        shared(&mut response, api, caller, whole, tag);
        return response.finish();
    }
    let mut response = HttpResponse::build(StatusCode::OK);
    response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(client.media.as_str())));
    if caller.only_reads {
        shared(&mut response, api, caller, whole, tag);
    } else {
        response.insert_header((header::VARY, HeaderValue::from_static("Accept")));
        response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    }
    if let Some(gzip) = zipped {
        response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("gzip")));
        return answer::send(&mut response, gzip);
    }
    if !is_coded {
        response.insert_header(answer::uncompressed());
    }
    answer::send(&mut response, whole.body.clone())
}

/// What caches are told of an answer that was asked for by GET.
fn shared(response: &mut HttpResponseBuilder, api: &Api, caller: &Caller, whole: &Whole, tag: Option<HeaderValue>) {
    let settings = &api.app().settings;
    let has_preview = settings.preview_token.as_deref().is_some_and(|token| !token.is_empty());
    let vary = if has_preview { "Accept, Authorization" } else { "Accept" };
    response.insert_header((header::VARY, HeaderValue::from_static(vary)));
    response.insert_header((header::CACHE_CONTROL, control(settings, caller, whole)));
    let Some(tag) = tag else { return };
    response.insert_header((header::ETAG, tag));
    if let Some(surrogates) = whole.surrogates.clone().and_then(|tags| HeaderValue::from_maybe_shared(tags).ok()) {
        response.insert_header((SURROGATES, surrogates));
    }
}

fn control(settings: &Settings, caller: &Caller, whole: &Whole) -> HeaderValue {
    if caller.audience.is_preview {
        return HeaderValue::from_static("private, no-store");
    }
    // Nobody may keep it longer than it holds.
    let until_next = whole.state.until.0.saturating_sub(caller.audience.now.0) / 1_000_000;
    let bounds = [whole.max_age.map(|age| age.as_secs()), settings.max_age, u64::try_from(until_next).ok()];
    let seconds = bounds.into_iter().flatten().min().unwrap_or_default();
    if seconds == 0 {
        return HeaderValue::from_static("no-cache");
    }
    let stale = match settings.stale_while_revalidate {
        0 => String::new(),
        seconds => format!(", stale-while-revalidate={seconds}"),
    };
    let control = format!("public, max-age={seconds}{stale}");
    HeaderValue::try_from(control).unwrap_or(HeaderValue::from_static("no-cache"))
}

/// A strong validator tells bytes from bytes, so what is compressed has another one.
fn tag(whole: &Whole, is_coded: bool) -> HeaderValue {
    let ending = if is_coded { ZIPPED } else { "" };
    let tag = [b"\"", whole.tag().as_ref(), ending.as_bytes(), b"\""].concat();
    HeaderValue::from_maybe_shared(Bytes::from(tag)).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether the client names this answer among those that it has: compressed or not, it is the same to it.
fn has_already(headers: &HeaderMap, tag: &[u8]) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|one| {
        let one = one.strip_prefix("W/").unwrap_or(one);
        let bare = one.strip_prefix('"').and_then(|one| one.strip_suffix('"'));
        let bare = bare.map(|bare| bare.strip_suffix(ZIPPED).unwrap_or(bare));
        one == "*" || bare.is_some_and(|bare| bare.as_bytes() == tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_may_name_what_it_has_in_any_form() {
        let has = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::IF_NONE_MATCH, HeaderValue::from_str(line).unwrap());
            }
            has_already(&headers, b"ab_-9")
        };
        for lines in [
            &["\"ab_-9\""][..],
            &["W/\"ab_-9\""],
            &["\"ab_-9-gzip\""],
            &["*"],
            &["\"x\", W/\"ab_-9-gzip\""],
            &["\"x\"", "\"ab_-9\""],
        ] {
            assert!(has(lines), "{lines:?}");
        }
        for lines in [&[][..], &["ab_-9"], &["\"ab_-9"], &["\"ab_-\""], &["\"AB_-9\""], &["\"\""], &["W/\"x\""]] {
            assert!(!has(lines), "{lines:?}");
        }
    }
}
