//! GraphQL over HTTP: bytes in, bytes out.

use super::{
    answer::{self, Refusal},
    body::{self, Bodies},
    caching::{self, Client},
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
    observe::{Call, RequestId},
};
use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, Resource,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    guard,
    http::{
        Method, StatusCode, Uri,
        header::{self, HeaderMap, HeaderName, HeaderValue},
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
        let looks = || {
            guard::fn_guard(|context| {
                media_type::prefers_html(context.head().headers()) && !has_query(&context.head().uri)
            })
        };
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
    let call = call(&request, &api);
    let Some(client) = Client::of(&request, request.headers()) else { return not_acceptable() };
    let answered = async {
        body::check(client.headers, api.app().limits())?;
        let caller = caller(request.method(), client.headers, api.app(), &call)?;
        let body = bodies.read(payload).await?;
        by_body(client, &api, caller, &body.bytes).await
    };
    finish(&api, &call, client.media, answered.await)
}

/// `GET /graphql?query=…`: queries alone.
async fn get(request: HttpRequest, api: web::Data<Api>) -> HttpResponse {
    let call = call(&request, &api);
    let Some(client) = Client::of(&request, request.headers()) else { return not_acceptable() };
    let answered = async {
        let caller = caller(request.method(), client.headers, api.app(), &call)?;
        by_url(client, &api, caller, request.query_string()).await
    };
    finish(&api, &call, client.media, answered.await)
}

/// As the front knows the request.
fn call(request: &HttpRequest, api: &Api) -> Call {
    let known = request.extensions().get::<Call>().cloned();
    known.unwrap_or_else(|| call_by(api, request.headers()))
}

/// A request by its headers.
pub fn call_by(api: &Api, headers: &HeaderMap) -> Call {
    api.observer().call(|name| headers.get(name).and_then(|value| value.to_str().ok()))
}

/// What goes out bears the name of its request. Of what was turned away nobody has been told yet.
pub fn finish(api: &Api, call: &Call, media: MediaType, answered: Result<HttpResponse, Refusal>) -> HttpResponse {
    let mut response = answered.unwrap_or_else(|refusal| {
        api.observer().refused(call, refusal.code());
        refusal.answer(media)
    });
    if let Ok(id) = HeaderValue::from_maybe_shared(call.id.bytes().clone()) {
        response.headers_mut().insert(HeaderName::from_static(RequestId::HEADER), id);
    }
    response
}

/// The answer to a JSON body.
///
/// # Errors
/// When there is none, and why.
pub async fn by_body(client: Client<'_>, api: &Api, caller: Caller, body: &Bytes) -> Result<HttpResponse, Refusal> {
    // The time of a request begins where the client has done its part.
    let (began, deadline) = time(api.app());
    let call = caller.call.clone().began(began);
    let caller = Caller { deadline, call, ..caller }.spoken(Way::Body, body.clone());
    if let Some(hit) = again(client, api, &caller) {
        return Ok(hit);
    }
    let mut place = Some(api.enter(caller.deadline).await?);
    match request::body(body, api.app().limits().batch)? {
        Asking::One(asked) => one(client, api, asked, &caller, &mut place).await,
        Asking::Several(asked) => several(client.media, api, asked, &caller).await,
    }
}

/// The answer to the query of a URL.
///
/// # Errors
/// When there is none, and why.
pub async fn by_url(client: Client<'_>, api: &Api, caller: Caller, query: &str) -> Result<HttpResponse, Refusal> {
    let caller = caller.spoken(Way::Url, Bytes::copy_from_slice(query.as_bytes()));
    if let Some(hit) = again(client, api, &caller) {
        return Ok(hit);
    }
    let mut place = Some(api.enter(caller.deadline).await?);
    one(client, api, request::parameters(query)?, &caller, &mut place).await
}

/// The answer that was given to the same bytes before, if it still holds.
fn again(client: Client<'_>, api: &Api, caller: &Caller) -> Option<HttpResponse> {
    let (whole, receipt) = api.again(caller)?;
    Some(caching::respond(client, api, caller, &whole, receipt))
}

async fn one<'a>(
    client: Client<'_>,
    api: &'a Api,
    asked: Asked,
    caller: &Caller,
    place: &mut Option<Place<'a>>,
) -> Result<HttpResponse, Refusal> {
    let media = client.media;
    let reply = api.answer(asked, caller, place).await.map_err(|error| Refusal::of(error, media))?;
    let answer = match reply {
        Reply::Whole(whole, receipt) => return Ok(caching::respond(client, api, caller, &whole, receipt)),
        Reply::Answer(answer) => answer,
    };
    let mut response = answer::write(media, status(&answer, media), &answer, api.app().limits().answer_bytes)?;
    if answer.outcome == Outcome::WouldChange {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    Ok(response)
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

/// Whether a URL asks something.
pub fn has_query(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    let asks = |pair: &str| ["query=", "documentId=", "extensions="].iter().any(|name| pair.starts_with(name));
    query.split('&').any(asks)
}

/// When a request begins that is there now, and when its time is over.
fn time(app: &App) -> (std::time::Instant, Instant) {
    let now = Instant::now();
    (now.into_std(), now + app.limits().request_time)
}

/// Who asks, by the headers.
///
/// # Errors
/// [`Error::Unauthenticated`], where a token is none.
pub fn caller(method: &Method, headers: &HeaderMap, app: &App, call: &Call) -> Result<Caller> {
    let (_, deadline) = time(app);
    Ok(Caller {
        audience: audience(app, headers)?,
        only_reads: method != Method::POST,
        wants_receipt: app.settings.receipt || headers.get(RECEIPT).is_some_and(|value| value == "1"),
        deadline,
        call: call.clone(),
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
