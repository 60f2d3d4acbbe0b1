//! Which pages on other origins may call the API. Never with credentials: a reader brings a token, not a cookie.

use super::rate;
use crate::{config::Settings, observe::RequestId};
use actix_cors::Cors;
use actix_web::http::{
    Method,
    header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ALLOW, ETAG, HeaderMap, HeaderName, HeaderValue,
        RETRY_AFTER, VARY,
    },
};

/// What pages may read of an answer besides what any page may.
const EXPOSED: &str = "allow, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, etag, x-request-id";

/// Of what the layer's headers depend.
pub const DEPENDS_ON: &str = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

/// Whether the pages of all origins may.
#[must_use]
pub fn is_open(settings: &Settings) -> bool {
    settings.cors_origin.is_empty() || settings.cors_origin.iter().any(|origin| origin == "*")
}

/// What the layer sets, for answers that do not come through it: to a request that comes from a page, where any may call, and to one
/// that does not.
pub fn allow(headers: &mut HeaderMap, is_of_a_page: bool) {
    if is_of_a_page {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    headers.append(VARY, HeaderValue::from_static(DEPENDS_ON));
}

/// Any origin, or those of `--cors-origin`.
pub fn middleware(settings: &Settings) -> Cors {
    let cors = Cors::default()
        .allowed_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_any_header()
        .expose_headers([ALLOW, RETRY_AFTER, ETAG, HeaderName::from_static(RequestId::HEADER)])
        .expose_headers(rate::HEADERS.map(HeaderName::from_static))
        .max_age(86_400);
    if is_open(settings) {
        return cors.allow_any_origin().send_wildcard();
    }
    settings.cors_origin.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
