//! The server: Actix's parts, put together with connections that keep time.

use super::{
    answer::Refusal,
    body::{self, Bodies},
    configure,
    connection::Connection,
    cors, edge,
    front::Front,
    media_type::MediaType,
};
use crate::{Error, Result, app::App, config::Limits, graphql::api::Api};
use actix_http::{HttpService, Request, Response, body::BoxBody};
use actix_server::{Server, ServerBuilder};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, apply, fn_service, map_config};
use actix_web::{
    App as Actix, HttpMessage,
    dev::AppConfig,
    http::Method,
    middleware::{Compress, from_fn},
    rt::net::TcpStream,
};
use socket2::{Domain, Socket, Type};
use std::{
    future::ready,
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

/// How long requests may go on when the server is told to stop. With the default of `--drain-time` before it, the process is gone
/// within ten seconds: that is what those who start and stop servers wait before they kill.
const SHUTDOWN_SECONDS: u64 = 7;

/// How long a client is listened to after it was refused in the middle of its body: closed at once, it would not hear why.
const LINGER: Duration = Duration::from_secs(1);

/// Connections that may wait to be accepted. Whoever comes when they are full hears nothing and tries again after a second; the 128 of
/// [`TcpListener::bind`] are full as soon as a crowd comes. The system allows `net.core.somaxconn` at most.
const BACKLOG: i32 = 4_096;

/// A socket to serve from, at which clients can wait from now on.
///
/// # Errors
/// When the address is taken, forbidden or none of this machine.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // A server that is started again gets its port back though connections of the one before linger.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// A server on a socket that is bound already. Runs until its handle tells it to stop; signals are the business of whoever runs it.
///
/// # Errors
/// When the socket can not be used.
pub fn server(app: App, listener: TcpListener) -> Result<Server> {
    let address = app.settings.listen.to_string();
    let limits = *app.limits();
    app.freshness.watch(Arc::clone(&app.clock));
    let api = Arc::new(Api::new(app)?);
    let bodies = Arc::new(Bodies::new(&limits));
    let (configure, front) = (configure(&api, &bodies), Front::new(&api, &bodies));
    let builder = ServerBuilder::new().disable_signals().shutdown_timeout(SHUTDOWN_SECONDS);
    let stopping = builder.graceful_shutdown_signal();
    let listening = builder.listen("http", listener, move || {
        let app = Actix::new()
            .configure(configure.clone())
            .wrap(cors::middleware(&api.app().settings))
            .wrap(Compress::default())
            .wrap(from_fn(edge::finish));
        let stopping = stopping.clone();
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .client_request_timeout(limits.header_time)
            .keep_alive(limits.idle_time)
            .client_disconnect_timeout(LINGER)
            // A client that closes its side has left: what it asked is given up.
            .h1_allow_half_closed(false)
            .expect(fn_service(move |request| ready(expected(request, &limits))))
            .on_connect_ext(|connection: &Connection, data| {
                data.insert(connection.progress());
            })
            .h1(map_config(
                apply(front.clone(), app.into_factory()).map_err(|error: actix_web::Error| error.error_response()),
                |()| AppConfig::default(),
            ));
        fn_service(move |socket: TcpStream| {
            let peer = socket.peer_addr().ok();
            ready(Ok::<_, actix_http::error::DispatchError>((Connection::new(socket, &limits), peer)))
        })
        .and_then(http)
    });
    Ok(listening.map_err(|source| Error::Listen { address, source: Arc::new(source) })?.run())
}

/// Who asks before sending a body (`Expect: 100-continue`) is told no without sending it.
fn expected(request: Request, limits: &Limits) -> Result<Request, Response<BoxBody>> {
    if request.method() != Method::POST || request.path() != "/graphql" {
        return Ok(request);
    }
    match body::check(request.headers(), limits) {
        Ok(()) => Ok(request),
        Err(refusal) => {
            let media = MediaType::accepted(request.headers()).unwrap_or(MediaType::Json);
            Err(Refusal::answer(refusal, media).into())
        }
    }
}
