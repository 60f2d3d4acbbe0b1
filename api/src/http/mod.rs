//! Actix: routes, CORS and the server. Knows nothing about articles.

mod cors;
mod graphiql;
mod graphql;
mod health;
mod media;
mod media_type;

use crate::{Error, Result, app::App, graphql::api::Api};
use actix_web::{App as Actix, HttpServer, dev::Server, web};
use std::{net::TcpListener, sync::Arc, time::Duration};

/// Every route on one screen.
pub fn configure(api: &Arc<Api>) -> impl FnOnce(&mut web::ServiceConfig) + Clone + use<> {
    let api = Arc::clone(api);
    move |config| {
        if api.app().settings.graphiql {
            config.configure(graphiql::configure);
        }
        config
            .app_data(web::Data::from(api))
            .route("/graphql", web::post().to(graphql::post))
            .route("/graphql", web::get().to(graphql::get))
            .route("/graphql", web::head().to(graphql::get))
            .route("/graphql", web::route().to(graphql::wrong_method))
            .route("/schema.graphql", web::get().to(graphql::sdl))
            .configure(media::configure)
            .route("/healthz", web::get().to(health::alive))
            .route("/readyz", web::get().to(health::ready));
    }
}

/// A server on a socket that is bound already. Runs until it is told to stop; SIGTERM and Ctrl-C tell it.
///
/// # Errors
/// When the socket can not be used.
pub fn server(app: App, listener: TcpListener) -> Result<Server> {
    let address = app.settings.listen.to_string();
    let api = Arc::new(Api::new(app)?);
    let configure = configure(&api);
    let server =
        HttpServer::new(move || Actix::new().wrap(cors::middleware(&api.app().settings)).configure(configure.clone()));
    let server = server
        .client_request_timeout(Duration::from_secs(10))
        .keep_alive(Duration::from_secs(25))
        .shutdown_timeout(10)
        .listen(listener)
        .map_err(|source| Error::Listen { address, source: Arc::new(source) })?;
    Ok(server.run())
}
