//! GraphQL over HTTP: bytes in, bytes out.

use super::{Service, media_type::MediaType};
use crate::{
    Error, Result,
    app::App,
    audience::Audience,
    graphql::{context::Reader, document, errors},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderMap},
    },
    web,
};
use async_graphql::{
    Request, Response, ServerError, Variables,
    parser::{parse_query, types::ExecutableDocument},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::Arc};
use subtle::ConstantTimeEq;

/// A client that sends this header gets `extensions.receipt`.
const RECEIPT: &str = "x-masthead-receipt";

/// What a client asks, as a JSON body or as the parameters of a GET tell it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, Value>>,
    #[serde(default)]
    #[expect(dead_code, reason = "must be an object where it is given")]
    extensions: Option<Map<String, Value>>,
}

/// What goes out. A request that was not executed has errors and no `data`.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a async_graphql::Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<&'static str, Value>,
}

/// `POST /graphql` with a JSON body.
pub async fn post(request: HttpRequest, body: web::Payload, service: web::Data<Service>) -> HttpResponse {
    let media = MediaType::accepted(request.headers());
    if !is_json(request.headers()) {
        let error = Error::BadRequest("send the operation as JSON, with `Content-Type: application/json`");
        return refuse(media, StatusCode::UNSUPPORTED_MEDIA_TYPE, &error);
    }
    let max_bytes = service.app.limits.body_bytes;
    let Ok(body) = body.to_bytes_limited(max_bytes).await else {
        return refuse(media, StatusCode::PAYLOAD_TOO_LARGE, &Error::PayloadTooLarge { max_bytes });
    };
    let asked = body.map_err(|_| Error::BadRequest("the body could not be read to its end")).and_then(|body| {
        serde_json::from_slice(&body).map_err(|_| {
            Error::BadRequest(
                "the body is no JSON object with a string `query`, and objects `variables` and `extensions`",
            )
        })
    });
    match asked {
        Ok(asked) => answer(&request, media, &service, asked).await,
        Err(error) => refuse(media, StatusCode::BAD_REQUEST, &error),
    }
}

/// `GET /graphql?query=…`: queries alone.
pub async fn get(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    let media = MediaType::accepted(request.headers());
    match parameters(request.query_string()) {
        Ok(asked) => answer(&request, media, &service, asked).await,
        Err(error) => refuse(media, StatusCode::BAD_REQUEST, &error),
    }
}

/// Any other method.
pub async fn wrong_method(request: HttpRequest) -> HttpResponse {
    let media = MediaType::accepted(request.headers());
    let mut response =
        refuse(media, StatusCode::METHOD_NOT_ALLOWED, &Error::BadRequest("use POST, or GET for queries"));
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD, POST"));
    response
}

/// `GET /schema.graphql`.
pub async fn sdl() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(crate::graphql::sdl())
}

async fn answer(request: &HttpRequest, media: MediaType, service: &Service, asked: Asked) -> HttpResponse {
    let document = match parse_query(&asked.query) {
        Ok(document) => document,
        Err(error) => {
            return send(media, media.request_error(), &[errors::parse_failed(error)], None, BTreeMap::new());
        }
    };
    if request.method() != Method::POST && document::changes_something(&document, asked.operation_name.as_deref()) {
        let error = Error::BadRequest("GET answers queries alone; send this operation by POST");
        let mut response = refuse(media, StatusCode::METHOD_NOT_ALLOWED, &error);
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
        return response;
    }
    match audience(&service.app, request.headers()) {
        Ok(audience) => execute(request, media, service, asked, document, audience).await,
        Err(error) => refuse(media, StatusCode::UNAUTHORIZED, &error),
    }
}

async fn execute(
    request: &HttpRequest,
    media: MediaType,
    service: &Service,
    asked: Asked,
    document: ExecutableDocument,
    audience: Audience,
) -> HttpResponse {
    let variables = Variables::from_json(Value::Object(asked.variables.unwrap_or_default()));
    let unusable = document::unusable_variable(&document, asked.operation_name.as_deref(), &variables);
    if let Some((name, problem)) = unusable {
        let error = Error::Variable { name: name.to_string(), problem };
        return refuse(media, media.request_error(), &error);
    }
    let reader = Arc::new(Reader::new(&service.app, audience));
    let mut executable = Request::new(asked.query).variables(variables).data(Arc::clone(&reader));
    executable.operation_name = asked.operation_name;
    executable.set_parsed_query(document);
    let mut response = service.schema.execute(executable).await;
    errors::translate(&mut response);

    let was_executed = was_executed(&response);
    let status = if was_executed { StatusCode::OK } else { media.request_error() };
    let mut extensions = BTreeMap::new();
    if request.headers().get(RECEIPT).is_some_and(|value| value == "1") {
        extensions.insert("receipt", serde_json::to_value(reader.db.receipt()).unwrap_or_default());
    }
    send(media, status, &response.errors, was_executed.then_some(&response.data), extensions)
}

/// The engine answers `data: null` for a request that it refused too; only an error at a field tells that it ran.
fn was_executed(response: &Response) -> bool {
    response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty())
}

fn send(
    media: MediaType,
    status: StatusCode,
    errors: &[ServerError],
    data: Option<&async_graphql::Value>,
    extensions: BTreeMap<&'static str, Value>,
) -> HttpResponse {
    let body = serde_json::to_vec(&Answer { errors, data, extensions }).unwrap_or_default();
    HttpResponse::build(status)
        .content_type(media.as_str())
        .insert_header((header::VARY, "Accept"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(body)
}

fn refuse(media: MediaType, status: StatusCode, error: &Error) -> HttpResponse {
    send(media, status, &[errors::refusal(error)], None, BTreeMap::new())
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

fn parameters(query: &str) -> Result<Asked> {
    let mut values: BTreeMap<String, String> = web::Query::from_query(query)
        .map(web::Query::into_inner)
        .map_err(|_| Error::BadRequest("the parameters of the URL can not be read"))?;
    let mut object = |name: &str, problem| match values.remove(name) {
        None => Ok(None),
        Some(json) => serde_json::from_str(&json).map_err(|_| Error::BadRequest(problem)),
    };
    Ok(Asked {
        variables: object("variables", "`variables` is no JSON object")?,
        extensions: object("extensions", "`extensions` is no JSON object")?,
        query: values.remove("query").ok_or(Error::BadRequest("`query` is missing"))?,
        operation_name: values.remove("operationName").filter(|name| !name.is_empty()),
    })
}

/// Who is asking, decided once for the whole request.
fn audience(app: &App, headers: &HeaderMap) -> Result<Audience> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| bearer(value.as_bytes()));
    // A compose file that leaves the variable blank means none.
    let token = app.settings.preview_token.as_deref().filter(|token| !token.is_empty());
    let is_preview = match (token, bearer) {
        (Some(token), Some(given)) if bool::from(token.as_bytes().ct_eq(given)) => true,
        (Some(_), Some(_)) => return Err(Error::Unauthenticated),
        (None, _) | (_, None) => false,
    };
    Ok(Audience { now: app.now(), is_preview })
}

/// The scheme's name is written in any case (RFC 9110, 11.1).
fn bearer(credentials: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = credentials.split_at_checked(b"Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then(|| token.trim_ascii())
}
