//! GraphQL over HTTP: bytes in, bytes out.

use super::media_type::MediaType;
use crate::{
    Error, Result,
    app::App,
    audience::Audience,
    graphql::api::{Answer, Api, Asked, Caller, Outcome},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    web,
};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;
use tokio::time::Instant;

/// A client that sends this header gets `extensions.receipt`.
const RECEIPT: &str = "x-masthead-receipt";

/// `POST /graphql` with a JSON body.
pub async fn post(request: HttpRequest, body: web::Payload, api: web::Data<Api>) -> HttpResponse {
    let media = MediaType::accepted(request.headers());
    if !is_json(request.headers()) {
        let error = Error::BadRequest("send the operation as JSON, with `Content-Type: application/json`");
        return refuse(media, StatusCode::UNSUPPORTED_MEDIA_TYPE, &error);
    }
    let max_bytes = api.app().limits().body_bytes;
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
        Ok(asked) => answer(&request, media, &api, asked).await,
        Err(error) => refuse(media, StatusCode::BAD_REQUEST, &error),
    }
}

/// `GET /graphql?query=…`: queries alone.
pub async fn get(request: HttpRequest, api: web::Data<Api>) -> HttpResponse {
    let media = MediaType::accepted(request.headers());
    match parameters(request.query_string()) {
        Ok(asked) => answer(&request, media, &api, asked).await,
        Err(error) => refuse(media, StatusCode::BAD_REQUEST, &error),
    }
}

/// Any other method.
pub async fn wrong_method(request: HttpRequest) -> HttpResponse {
    let media = MediaType::accepted(request.headers());
    let mut response =
        refuse(media, StatusCode::METHOD_NOT_ALLOWED, &Error::BadRequest("use POST, or GET for queries"));
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}

/// `GET /schema.graphql`.
pub async fn sdl() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(crate::graphql::sdl())
}

async fn answer(request: &HttpRequest, media: MediaType, api: &Api, asked: Asked) -> HttpResponse {
    let audience = match audience(api.app(), request.headers()) {
        Ok(audience) => audience,
        Err(error) => return refuse(media, StatusCode::UNAUTHORIZED, &error),
    };
    let caller = Caller {
        audience,
        only_reads: request.method() != Method::POST,
        deadline: Instant::now() + api.app().limits().request_time,
        wants_receipt: request.headers().get(RECEIPT).is_some_and(|value| value == "1"),
    };
    let answer = api.answer(asked, caller).await;
    let mut response = send(media, status(&answer, media), &answer);
    if answer.outcome == Outcome::WouldChange {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

const fn status(answer: &Answer, media: MediaType) -> StatusCode {
    match answer.outcome {
        Outcome::Executed => StatusCode::OK,
        Outcome::Refused => media.request_error(),
        Outcome::WouldChange => StatusCode::METHOD_NOT_ALLOWED,
        Outcome::TimedOut => StatusCode::GATEWAY_TIMEOUT,
    }
}

fn send(media: MediaType, status: StatusCode, answer: &Answer) -> HttpResponse {
    HttpResponse::build(status)
        .content_type(media.as_str())
        .insert_header((header::VARY, "Accept"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(serde_json::to_vec(answer).unwrap_or_default())
}

fn refuse(media: MediaType, status: StatusCode, error: &Error) -> HttpResponse {
    send(media, status, &Answer::refusal(error))
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
