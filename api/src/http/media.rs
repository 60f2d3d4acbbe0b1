//! Copies of local images, as files: in whole, in part, or that a client has them already.

use super::answer;
use crate::{graphql::api::Api, media};
use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
    web,
};

/// What goes out with every copy, whole or not.
const HEADERS: [(HeaderName, HeaderValue); 3] = [
    // Another content has another name.
    (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    // A drawing is a document too, and may hold scripts. Opened by itself it runs and fetches nothing, and has no origin.
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ),
    // Pages of any site show it.
    (header::CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
];

/// Everything below `/media/`.
pub async fn copy(request: HttpRequest, name: web::Path<String>, api: web::Data<Api>) -> HttpResponse {
    match web::block(move || open(&api.app().media, &name)).await {
        Ok(Some(file)) => {
            let mut response = file.into_response(&request);
            // They are compressed, each in its own way; a drawing's ranges and tag are those of its file.
            for (name, value) in HEADERS.into_iter().chain([answer::uncompressed()]) {
                response.headers_mut().insert(name, value);
            }
            response
        }
        Ok(None) | Err(_) => HttpResponse::NotFound().finish(),
    }
}

/// The type is that of the name which was given to it, whatever guesses say.
fn open(media: &media::Media, name: &str) -> Option<NamedFile> {
    let (_, format) = media::parts(name)?;
    let file = NamedFile::open(media.find(name)?).ok()?;
    Some(file.set_content_type(format.mime_type().parse().ok()?).disable_content_disposition())
}
