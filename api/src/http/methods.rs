//! Which methods there are.

use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, http::header, web};
use std::future::ready;

const READABLE: &str = "GET, HEAD, OPTIONS";

/// A resource that is read: HEAD answers as GET does, OPTIONS tells so, and other methods are refused.
pub fn readable<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .route(options(READABLE))
        .default_service(web::to(|| ready(refuse(READABLE))))
}

/// `OPTIONS` that is no preflight.
pub fn options(allow: &'static str) -> actix_web::Route {
    let tell = move || async move { HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish() };
    web::method(actix_web::http::Method::OPTIONS).to(tell)
}

fn refuse(allow: &'static str) -> HttpResponse {
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, allow)).finish()
}
