//! Which pages on other origins may call the API. Never with credentials: a reader brings a token, not a cookie.

use super::rate;
use crate::config::Settings;
use actix_cors::Cors;
use actix_web::http::{
    Method,
    header::{ALLOW, HeaderName, RETRY_AFTER},
};

/// Any origin, or those of `--cors-origin`.
pub fn middleware(settings: &Settings) -> Cors {
    let cors = Cors::default()
        .allowed_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_any_header()
        .expose_headers([ALLOW, RETRY_AFTER])
        .expose_headers(rate::HEADERS.map(HeaderName::from_static))
        .max_age(86_400);
    if settings.cors_origin.is_empty() || settings.cors_origin.iter().any(|origin| origin == "*") {
        return cors.allow_any_origin().send_wildcard();
    }
    settings.cors_origin.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
