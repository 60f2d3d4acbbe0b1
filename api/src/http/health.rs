//! Liveness and readiness.

use crate::{graphql::api::Api, site};
use actix_web::{HttpResponse, web};

/// The process runs.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// The database answers and its schema is there.
pub async fn ready(api: web::Data<Api>) -> HttpResponse {
    match site::store::generation(&api.app().db).await {
        Ok(_) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            let body = "the database does not answer\n";
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body(body)
        }
    }
}
