//! GraphQL over HTTP: bytes in, bytes out.

use super::{
    answer::{self, Refusal},
    body::{self, Bodies, Body},
    caching::{self, Client},
    front::Taken,
    graphiql,
    media_type::{self, MediaType},
    methods, rate,
    request::{self, Asking},
};
use crate::{
    Error, Result,
    app::App,
    audience::Audience,
    cache::Way,
    graphql::{
        answer::{Answer, Outcome, Reply},
        api::{Api, Asked, Caller, Place},
    },
};
use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, Resource,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    guard,
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    middleware::from_fn,
    web::{self, Bytes},
};
use subtle::ConstantTimeEq;
use tokio::time::Instant;

/// A client that sends this header gets `extensions.receipt`.
const RECEIPT: &str = "x-masthead-receipt";

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// `/graphql`: the API, and for browsers GraphiQL.
pub fn resource(
    has_graphiql: bool,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let mut resource = web::resource("/graphql");
    if has_graphiql {
        let looks =
            || guard::fn_guard(|context| media_type::prefers_html(context.head().headers()) && !has_query(context));
        resource = resource.route(web::get().guard(looks()).to(graphiql::page));
        resource = resource.route(web::head().guard(looks()).to(graphiql::page));
    }
    resource
        .route(web::post().to(post))
        .route(web::get().to(get))
        .route(web::head().to(get))
        .route(methods::options(METHODS))
        .default_service(web::to(wrong_method))
        .wrap(from_fn(rate::limit))
}

/// `GET /schema.graphql`.
pub async fn sdl() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type("text/plain; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-cache"));
    response.body(crate::graphql::sdl())
}

/// A JSON body.
async fn post(
    request: HttpRequest,
    payload: web::Payload,
    api: web::Data<Api>,
    bodies: web::Data<Bodies>,
) -> HttpResponse {
    let Some(media) = MediaType::accepted(request.headers()) else { return not_acceptable() };
    let answered = async {
        body::check(request.headers(), api.app().limits())?;
        let caller = caller(request.method(), request.headers(), api.app())?;
        let taken = request.extensions_mut().remove::<Taken>();
        let body = match taken {
            Some(Taken(read)) => Body::small(read?),
            None => bodies.read(payload).await?,
        };
        // The time of a request begins where the client has done its part.
        let caller = Caller { deadline: deadline(api.app()), ..caller }.spoken(Way::Body, body.bytes.clone());
        if let Some(hit) = again(&request, media, &api, &caller) {
            return Ok(hit);
        }
        let mut place = Some(api.enter(caller.deadline).await?);
        match request::body(&body.bytes, api.app().limits().batch)? {
            Asking::One(asked) => one(&request, media, &api, asked, &caller, &mut place).await,
            Asking::Several(asked) => several(media, &api, asked, &caller).await,
        }
    };
    answered.await.unwrap_or_else(|refusal: Refusal| refusal.answer(media))
}

/// `GET /graphql?query=…`: queries alone.
async fn get(request: HttpRequest, api: web::Data<Api>) -> HttpResponse {
    let Some(media) = MediaType::accepted(request.headers()) else { return not_acceptable() };
    let answered = async {
        let caller = caller(request.method(), request.headers(), api.app())?;
        let caller = caller.spoken(Way::Url, Bytes::copy_from_slice(request.query_string().as_bytes()));
        if let Some(hit) = again(&request, media, &api, &caller) {
            return Ok(hit);
        }
        let mut place = Some(api.enter(caller.deadline).await?);
        let asked = request::parameters(request.query_string())?;
        one(&request, media, &api, asked, &caller, &mut place).await
    };
    answered.await.unwrap_or_else(|refusal: Refusal| refusal.answer(media))
}

/// The answer that was given to the same bytes before, if it still holds: whatever `front.rs` has left to be done here.
fn again(request: &HttpRequest, media: MediaType, api: &Api, caller: &Caller) -> Option<HttpResponse> {
    let (whole, receipt) = api.again(caller)?;
    Some(caching::respond(client(request, media), api, caller, &whole, receipt))
}

async fn one<'a>(
    request: &HttpRequest,
    media: MediaType,
    api: &'a Api,
    asked: Asked,
    caller: &Caller,
    place: &mut Option<Place<'a>>,
) -> Result<HttpResponse, Refusal> {
    let reply = api.answer(asked, caller, place).await.map_err(|error| Refusal::of(error, media))?;
    let answer = match reply {
        Reply::Whole(whole, receipt) => {
            return Ok(caching::respond(client(request, media), api, caller, &whole, receipt));
        }
        Reply::Answer(answer) => answer,
    };
    let mut response = answer::write(media, status(&answer, media), &answer, api.app().limits().answer_bytes)?;
    if answer.outcome == Outcome::WouldChange {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    Ok(response)
}

fn client(request: &HttpRequest, media: MediaType) -> Client<'_> {
    Client { media, headers: request.headers(), gzips: caching::gzips(request) }
}

/// The status is of the array, which was understood; each answer in it says for itself what became of it.
async fn several(media: MediaType, api: &Api, asked: Vec<Asked>, caller: &Caller) -> Result<HttpResponse, Refusal> {
    let answers = api.answer_all(asked, caller).await;
    answer::write(media, StatusCode::OK, &answers, api.app().limits().answer_bytes)
}

const fn status(answer: &Answer, media: MediaType) -> StatusCode {
    match answer.outcome {
        Outcome::Executed => StatusCode::OK,
        Outcome::Refused => media.request_error(),
        Outcome::WouldChange => StatusCode::METHOD_NOT_ALLOWED,
        Outcome::TimedOut => StatusCode::GATEWAY_TIMEOUT,
    }
}

async fn wrong_method(request: HttpRequest) -> HttpResponse {
    let media = MediaType::accepted(request.headers()).unwrap_or(MediaType::Json);
    let error = Error::BadRequest("use POST, or GET for queries");
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, &error);
    refusal.header(header::ALLOW, HeaderValue::from_static(METHODS)).answer(media)
}

/// In JSON all the same: that is what somebody who looks into it can read.
fn not_acceptable() -> HttpResponse {
    let error = Error::BadRequest(
        "answers are `application/graphql-response+json` or `application/json`, in UTF-8; accept one of them",
    );
    Refusal::new(StatusCode::NOT_ACCEPTABLE, &error).answer(MediaType::Json)
}

fn has_query(context: &guard::GuardContext<'_>) -> bool {
    let query = context.head().uri.query().unwrap_or_default();
    let asks = |pair: &str| ["query=", "documentId=", "extensions="].iter().any(|name| pair.starts_with(name));
    query.split('&').any(asks)
}

fn deadline(app: &App) -> Instant {
    Instant::now() + app.limits().request_time
}

/// Who asks, by the headers.
///
/// # Errors
/// [`Error::Unauthenticated`], where a token is none.
pub fn caller(method: &Method, headers: &HeaderMap, app: &App) -> Result<Caller> {
    Ok(Caller {
        audience: audience(app, headers)?,
        only_reads: method != Method::POST,
        wants_receipt: app.settings.receipt || headers.get(RECEIPT).is_some_and(|value| value == "1"),
        deadline: deadline(app),
        spoken: None,
    })
}

/// Who is asking, decided once for the whole request.
fn audience(app: &App, headers: &HeaderMap) -> Result<Audience> {
    let mut bearers = headers.get_all(header::AUTHORIZATION).filter_map(|value| bearer(value.as_bytes()));
    let (bearer, another) = (bearers.next(), bearers.next());
    // A compose file that leaves the variable blank means none.
    let token = app.settings.preview_token.as_deref().filter(|token| !token.is_empty());
    let is_preview = match (token, bearer) {
        // Of two, what stands before this server may have judged the other.
        (Some(token), Some(given)) if another.is_none() && bool::from(token.as_bytes().ct_eq(given)) => true,
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
