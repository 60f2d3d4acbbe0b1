//! In front of everything: what is asked of the API in the usual way is answered here, without the layers of the application. All
//! else goes on as if this were not there.
//!
//! What is answered here has the headers that the layers behind would give it; the suite compares them.

use super::{
    answer::Refusal,
    body::{self, Bodies},
    caching::Client,
    connection::Progress,
    cors, edge, graphql,
    media_type::MediaType,
};
use crate::{Error, graphql::api::Api, observe::Call};
use actix_http::{
    ConnectionType, HttpMessage, Request, Response,
    body::{BoxBody, EitherBody, MessageBody},
    encoding::Encoder,
};
use actix_service::{Service, Transform};
use actix_web::{
    dev::ServiceResponse,
    http::{
        Method, StatusCode,
        header::{self, ContentEncoding, HeaderMap},
    },
};
use futures_util::FutureExt;
use std::{
    future::{Future, Ready, ready},
    panic::AssertUnwindSafe,
    pin::Pin,
    rc::Rc,
    sync::{Arc, atomic::Ordering},
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

impl Front {
    /// Before applications that share these.
    #[must_use]
    pub fn new(api: &Arc<Api>, bodies: &Arc<Bodies>) -> Self {
        let is_open = cors::is_open(&api.app().settings);
        Self { api: Arc::clone(api), bodies: Arc::clone(bodies), is_open }
    }

    /// The answer to a request of the usual kind. Nothing of any other has been read.
    async fn answer(&self, request: &mut Request, call: &Call) -> Option<Response<BoxBody>> {
        if request.path() != "/graphql" || !self.concerns(request) {
            return None;
        }
        let caller = graphql::caller(request.method(), request.headers(), self.api.app(), call).ok()?;
        let Client { media, gzips, .. } = Client::of(request, request.headers())?;
        // What only the compressing layer knows is its business.
        let is_zipped = gzips?;
        let payload = (!caller.only_reads).then(|| request.take_payload());
        let client = Client { media, headers: request.headers(), gzips };
        let answered = match payload {
            None => graphql::by_url(client, &self.api, caller, request.uri().query()?).await,
            Some(payload) => match self.bodies.read(payload).await {
                Ok(body) => graphql::by_body(client, &self.api, caller, &body.bytes).await,
                Err(refusal) => Err(refusal),
            },
        };
        let response = graphql::finish(&self.api, call, media, answered);
        Some(finish(response.into(), request.headers(), is_zipped))
    }

    /// From a server that is about to stop, each answer is the last on its connection: the client knows that its next request needs
    /// another one, and does not lose it to one that closes.
    fn part<B>(&self, mut response: Response<B>) -> Response<B> {
        if self.api.app().is_leaving.load(Ordering::Relaxed) {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        response
    }

    /// Whether it can be answered here at all. Where requests are counted, each has to pass the counter.
    fn concerns(&self, request: &Request) -> bool {
        let settings = &self.api.app().settings;
        let headers = request.headers();
        let is_usual = match *request.method() {
            Method::GET => graphql::has_query(request.uri()),
            Method::POST => body::check(headers, self.api.app().limits()).is_ok(),
            _ => false,
        };
        is_usual && settings.rate_limit.is_none() && (self.is_open || !headers.contains_key(header::ORIGIN))
    }
}

/// What the layers behind would add.
fn finish(mut response: Response<BoxBody>, asked: &HeaderMap, is_zipped: bool) -> Response<BoxBody> {
    cors::allow(response.headers_mut(), asked.contains_key(header::ORIGIN));
    if is_zipped {
        response = response.map_body(|head, body| Encoder::response(ContentEncoding::Gzip, head, body).boxed());
    }
    edge::headers(response.headers_mut(), true);
    response
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
            let call = graphql::call_by(&front.api, request.headers());
            let is_of_a_page = request.headers().contains_key(header::ORIGIN);
            let answered = AssertUnwindSafe(async {
                if let Some(response) = front.answer(&mut request, &call).await {
                    return Ok(response.map_body(|_, body| EitherBody::right(body)));
                }
                request.extensions_mut().insert(call.clone());
                let response: Response<B> = behind.call(request).await?.into();
                Ok(response.map_body(|_, body| EitherBody::left(body)))
            });
            // Whoever meets a bug is told so, and the connection goes on.
            let answered = answered.catch_unwind().await;
            if let Some(progress) = &progress {
                progress.answer();
            }
            let answered = answered.unwrap_or_else(|_| {
                front.api.observer().panicked(&call);
                let refusal = Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, &Error::Panicked(call.id.to_string()));
                let response = graphql::finish(&front.api, &call, MediaType::Json, Err(refusal));
                let mut response: Response<BoxBody> = response.into();
                if front.is_open {
                    cors::allow(response.headers_mut(), is_of_a_page);
                }
                edge::headers(response.headers_mut(), false);
                Ok(response.map_body(|_, body| EitherBody::right(body)))
            });
            answered.map(|response| front.part(response))
        })
    }
}
