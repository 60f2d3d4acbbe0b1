//! GraphiQL, wholly served from the binary.

use super::methods::readable;
use crate::graphql::api::Api;
use actix_web::{HttpResponse, http::header, web};
use rust_embed::RustEmbed;
use serde_json::json;

#[derive(RustEmbed)]
#[folder = "assets/graphiql"]
#[exclude = "vendor/*.md"]
#[exclude = "vendor/LICENSE*"]
struct Assets;

/// What the page may do: run and show what comes from here, and ask this API. Its editors and panes write styles.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page at `/`, and what it needs below `/graphiql/`. For browsers it is at `/graphql`, too.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(readable("/", page)).service(readable("/graphiql/{file:.*}", asset));
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

/// GraphiQL. Where nothing tells the schema, the examples do not either.
pub async fn page(api: web::Data<Api>) -> HttpResponse {
    let examples = if api.app().settings.introspection { examples() } else { Vec::new() };
    let examples = serde_json::Value::Array(examples).to_string().replace('<', "\\u003c");
    let page = text("index.html").unwrap_or_default().replace("{{examples}}", &examples);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::VARY, "Accept"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(page)
}

async fn asset(file: web::Path<String>) -> HttpResponse {
    match Assets::get(&file) {
        Some(asset) if !file.starts_with("examples/") => HttpResponse::Ok()
            .content_type(mime_guess::from_path(file.as_str()).first_or_octet_stream())
            .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
            .body(asset.data),
        _ => HttpResponse::NotFound().finish(),
    }
}

fn text(file: &str) -> Option<String> {
    Assets::get(file).and_then(|asset| String::from_utf8(asset.data.into_owned()).ok())
}
