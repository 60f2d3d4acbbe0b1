//! Liveness and readiness.

use crate::{graphql::api::Api, site};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
    web,
};

/// The process runs.
pub async fn alive() -> HttpResponse {
    plain(StatusCode::OK).body("alive\n")
}

/// The database answers and its schema is there.
pub async fn ready(api: web::Data<Api>) -> HttpResponse {
    match site::store::generation(&api.app().db).await {
        Ok(_) => plain(StatusCode::OK).body("ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            plain(StatusCode::SERVICE_UNAVAILABLE).body("the database does not answer\n")
        }
    }
}

fn plain(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.content_type("text/plain; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    response
}
