//! Actix as it is by default, with a worker a core.

use crate::asked::Asked;
use actix_web::{
    App, HttpResponse, HttpServer,
    error::{ErrorBadRequest, ErrorInternalServerError},
    http::header::{self, HeaderValue},
    web::{self, Bytes, Data},
};
use std::{
    error::Error,
    io::{self, Write},
    net::SocketAddr,
};

/// What answers operations.
pub trait Answering: Sized + 'static {
    /// Where the content is.
    type Options: Clone + Send + 'static;

    /// Why it may fail.
    type Error: Error + 'static;

    /// For one worker.
    async fn open(options: Self::Options) -> Result<Self, Self::Error>;

    /// The answer as JSON.
    async fn answer(&self, asked: Asked) -> Result<Vec<u8>, Self::Error>;
}

/// Answers operations by `POST /graphql`, until it is stopped.
///
/// # Errors
/// When the address is taken.
pub async fn operations<A: Answering>(options: A::Options, listen: SocketAddr) -> io::Result<()> {
    let app = move || {
        let options = options.clone();
        let graphql = web::resource("/graphql").route(web::post().to(operation::<A>));
        App::new().data_factory(move || A::open(options.clone())).service(graphql)
    };
    let server = HttpServer::new(app).bind(listen)?;
    tell(&server.addrs())?;
    server.run().await
}

async fn operation<A: Answering>(answering: Data<A>, body: Bytes) -> actix_web::Result<HttpResponse> {
    let asked = serde_json::from_slice(&body).map_err(ErrorBadRequest)?;
    let answer = answering.answer(asked).await.map_err(|error| ErrorInternalServerError(error.to_string()))?;
    Ok(json(answer.into()))
}

/// Answers everything by the same bytes, until it is stopped.
///
/// # Errors
/// When the address is taken.
pub async fn constant(body: Bytes, listen: SocketAddr) -> io::Result<()> {
    let app = move || {
        let graphql = web::resource("/graphql").route(web::get().to(same)).route(web::post().to(same));
        App::new().app_data(Data::new(body.clone())).service(graphql)
    };
    let server = HttpServer::new(app).bind(listen)?;
    tell(&server.addrs())?;
    server.run().await
}

/// The request is read to its end, as any answer to it would have to.
async fn same(body: Data<Bytes>, _asked: Bytes) -> HttpResponse {
    json(Bytes::clone(&body))
}

fn json(body: Bytes) -> HttpResponse {
    let of_json = (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    HttpResponse::Ok().insert_header(of_json).body(body)
}

/// Tells where it answers.
fn tell(addresses: &[SocketAddr]) -> io::Result<()> {
    addresses.iter().try_for_each(|address| writeln!(io::stdout(), "http://{address}/graphql"))
}
