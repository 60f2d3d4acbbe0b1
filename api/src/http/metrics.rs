//! `/metrics`, for Prometheus.

use crate::graphql::api::Api;
use actix_web::{HttpResponse, http::header, web};

/// The text format of OpenMetrics.
const FORMAT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted and measured.
pub async fn exposed(api: web::Data<Api>) -> HttpResponse {
    let Some(text) = api.observer().exposed(&api.measured()) else { return HttpResponse::NotFound().finish() };
    HttpResponse::Ok().content_type(FORMAT).insert_header((header::CACHE_CONTROL, "no-store")).body(text)
}
