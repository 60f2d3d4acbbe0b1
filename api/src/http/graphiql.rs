//! GraphiQL, wholly served from the binary.

use crate::graphql::api::Api;
use actix_web::{HttpResponse, guard, http::header, web};
use rust_embed::RustEmbed;
use serde_json::json;

#[derive(RustEmbed)]
#[folder = "assets/graphiql"]
#[exclude = "vendor/*.md"]
#[exclude = "vendor/LICENSE*"]
struct Assets;

/// The page at `/` and, for browsers, at `/graphql`; what it needs below `/graphiql/`.
pub fn configure(config: &mut web::ServiceConfig) {
    let browser = || guard::fn_guard(|ctx| accepts_html(ctx.head().headers().get(header::ACCEPT)));
    config
        .route("/", web::get().to(page))
        .route("/graphql", web::get().guard(browser()).guard(guard::Not(guard::fn_guard(has_query))).to(page))
        .route("/graphiql/{file:.*}", web::get().to(asset));
}

/// The operations of the example tabs: name, document and variables, in the order of the tabs.
#[must_use]
pub fn examples() -> Vec<serde_json::Value> {
    let mut files: Vec<_> = Assets::iter().filter(|file| file.starts_with("examples/")).collect();
    files.sort_unstable();
    let example = |file: &str| {
        let name = file.strip_suffix(".graphql")?;
        let variables = text(&format!("{name}.json"));
        Some(json!({ "name": name.strip_prefix("examples/"), "query": text(file)?, "variables": variables }))
    };
    files.iter().filter_map(|file| example(file)).collect()
}

async fn page(_: web::Data<Api>) -> HttpResponse {
    let examples = serde_json::Value::Array(examples()).to_string().replace('<', "\\u003c");
    let page = text("index.html").unwrap_or_default().replace("{{examples}}", &examples);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::VARY, "Accept"))
        .body(page)
}

async fn asset(file: web::Path<String>) -> HttpResponse {
    match Assets::get(&file) {
        Some(asset) if !file.starts_with("examples/") => HttpResponse::Ok()
            .content_type(mime_guess::from_path(file.as_str()).first_or_octet_stream())
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
            .body(asset.data),
        _ => HttpResponse::NotFound().finish(),
    }
}

fn accepts_html(accept: Option<&header::HeaderValue>) -> bool {
    accept.and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn has_query(ctx: &guard::GuardContext<'_>) -> bool {
    let query = ctx.head().uri.query().unwrap_or_default();
    query.split('&').any(|pair| pair.starts_with("query="))
}

fn text(file: &str) -> Option<String> {
    Assets::get(file).and_then(|asset| String::from_utf8(asset.data.into_owned()).ok())
}
