//! In front of everything: requests whose answers are there already are answered here, by what their bytes say. All others go on
//! as if this were not there.
//!
//! What is answered here has the headers that the layers behind would give it; the suite compares them.

use super::{
    answer::Refusal,
    body::{self, Bodies, FREE_BYTES},
    caching::{self, Client},
    connection::Progress,
    cors, edge, graphql,
    media_type::MediaType,
};
use crate::{cache::Way, graphql::api::Api};
use actix_http::{
    HttpMessage, Request, Response,
    body::{BoxBody, EitherBody},
};
use actix_service::{Service, Transform};
use actix_web::{
    dev::ServiceResponse,
    http::{
        Method,
        header::{self, HeaderMap},
    },
    web::Bytes,
};
use std::{
    future::{Future, Ready, ready},
    pin::Pin,
    rc::Rc,
    sync::Arc,
    task::{Context, Poll},
};

/// What is put before the application of each worker.
#[derive(Clone)]
pub struct Front {
    api: Arc<Api>,
    bodies: Arc<Bodies>,
    /// Every page on every origin is given the same headers.
    is_open: bool,
}

/// A body that was read here, for whoever answers the request.
pub struct Taken(pub Result<Bytes, Refusal>);

impl Front {
    /// Before applications that share these.
    #[must_use]
    pub fn new(api: &Arc<Api>, bodies: &Arc<Bodies>) -> Self {
        let is_open = cors::is_open(&api.app().settings);
        Self { api: Arc::clone(api), bodies: Arc::clone(bodies), is_open }
    }

    /// An answer that is there already. The body may have been read when there is none.
    async fn answer(&self, request: &mut Request) -> Option<Response<BoxBody>> {
        if !self.concerns(request) {
            return None;
        }
        let media = MediaType::accepted(request.headers())?;
        // What only the compressing layer knows is its business.
        let gzips = Some(caching::gzips(request)?);
        let caller = graphql::caller(request.method(), request.headers(), self.api.app()).ok()?;
        let caller = if caller.only_reads {
            caller.spoken(Way::Url, Bytes::copy_from_slice(request.uri().query()?.as_bytes()))
        } else {
            let bytes = self.take(request).await?;
            // The time of a request begins where the client has done its part.
            graphql::caller(request.method(), request.headers(), self.api.app()).ok()?.spoken(Way::Body, bytes)
        };
        let (whole, receipt) = self.api.again(&caller)?;
        let client = Client { media, headers: request.headers(), gzips };
        let mut response = caching::respond(client, &self.api, &caller, &whole, receipt);
        cors::allow(response.headers_mut(), request.headers().contains_key(header::ORIGIN));
        edge::headers(response.headers_mut(), true);
        Some(response.into())
    }

    /// Whether it can be answered here at all. Where requests are counted, each has to pass the counter.
    fn concerns(&self, request: &Request) -> bool {
        let settings = &self.api.app().settings;
        request.path() == "/graphql"
            && matches!(*request.method(), Method::GET | Method::POST)
            && settings.rate_limit.is_none()
            && settings.response_cache_bytes > 0
            && (self.is_open || !request.headers().contains_key(header::ORIGIN))
    }

    /// Reads a small body. Whoever goes on with the request finds it there, or why it is not.
    async fn take(&self, request: &mut Request) -> Option<Bytes> {
        let headers = request.headers();
        if !is_small(headers) || body::check(headers, self.api.app().limits()).is_err() {
            return None;
        }
        let payload = request.take_payload();
        let read = self.bodies.read(payload).await.map(|body| body.bytes);
        let bytes = read.as_ref().ok().cloned();
        request.extensions_mut().insert(Taken(read));
        bytes
    }
}

/// Whether the body is so small that its memory is not counted.
fn is_small(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    length.is_some_and(|length| length <= FREE_BYTES)
}

impl<S, B> Transform<S, Request> for Front
where
    S: Service<Request, Response = ServiceResponse<B>> + 'static,
    B: 'static,
{
    type Response = Response<EitherBody<B>>;
    type Error = S::Error;
    type Transform = Fronted<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, behind: S) -> Self::Future {
        ready(Ok(Fronted { front: Rc::new(self.clone()), behind: Rc::new(behind) }))
    }
}

/// The application of a worker, and what stands before it.
pub struct Fronted<S> {
    front: Rc<Front>,
    behind: Rc<S>,
}

impl<S, B> Service<Request> for Fronted<S>
where
    S: Service<Request, Response = ServiceResponse<B>> + 'static,
    B: 'static,
{
    type Response = Response<EitherBody<B>>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>>>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.behind.poll_ready(context)
    }

    fn call(&self, mut request: Request) -> Self::Future {
        let (front, behind) = (Rc::clone(&self.front), Rc::clone(&self.behind));
        Box::pin(async move {
            let progress = request.conn_data::<Rc<Progress>>().cloned();
            if let Some(progress) = &progress {
                progress.begin();
            }
            if let Some(response) = front.answer(&mut request).await {
                if let Some(progress) = &progress {
                    progress.answer();
                }
                return Ok(response.map_body(|_, body| EitherBody::right(body)));
            }
            let response: Response<B> = behind.call(request).await?.into();
            Ok(response.map_body(|_, body| EitherBody::left(body)))
        })
    }
}
