//! Liveness and readiness.

use crate::{graphql::api::Api, site};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
    web,
};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::time::timeout;

/// How long the database may take to show that it is there. Whoever asks sends requests elsewhere meanwhile, and does not wait
/// longer than this either.
const PATIENCE: Duration = Duration::from_secs(1);

/// The process runs.
pub async fn alive() -> HttpResponse {
    plain(StatusCode::OK).body("alive\n")
}

/// The database answers, its schema is there, and the server is not about to stop.
pub async fn ready(api: web::Data<Api>) -> HttpResponse {
    if api.app().is_leaving.load(Ordering::Relaxed) {
        return plain(StatusCode::SERVICE_UNAVAILABLE).body("stopping\n");
    }
    match timeout(PATIENCE, site::store::generation(&api.app().db)).await {
        Ok(Ok(_)) => return plain(StatusCode::OK).body("ready\n"),
        Ok(Err(error)) => tracing::warn!(%error, "not ready"),
        Err(_) => tracing::warn!("not ready: the database takes longer than {PATIENCE:?}"),
    }
    plain(StatusCode::SERVICE_UNAVAILABLE).body("the database does not answer\n")
}

fn plain(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.content_type("text/plain; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    response
}
