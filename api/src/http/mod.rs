//! Actix: routes, CORS and the server. Knows nothing about articles.

mod address;
mod answer;
mod body;
mod caching;
mod connection;
mod cors;
mod edge;
mod front;
mod graphiql;
mod graphql;
mod health;
mod media;
mod media_type;
mod methods;
mod metrics;
mod rate;
pub mod request;
mod server;

pub use server::{listen, server};

use crate::graphql::api::Api;
use actix_web::web;
use body::Bodies;
use methods::readable;
use rate::Rate;
use std::sync::Arc;

/// Every route on one screen.
fn configure(api: &Arc<Api>, bodies: &Arc<Bodies>) -> impl FnOnce(&mut web::ServiceConfig) + Clone + use<> {
    let settings = &api.app().settings;
    let (has_graphiql, has_schema, has_metrics) = (settings.graphiql, settings.introspection, settings.metrics);
    let api = web::Data::from(Arc::clone(api));
    let rate = web::Data::new(Rate::new(settings));
    let bodies = web::Data::from(Arc::clone(bodies));
    move |config| {
        config.app_data(api).app_data(rate).app_data(bodies);
        if has_graphiql {
            config.configure(graphiql::configure);
        }
        if has_schema {
            config.service(readable("/schema.graphql", graphql::sdl));
        }
        if has_metrics {
            config.service(readable("/metrics", metrics::exposed));
        }
        config
            .service(graphql::resource(has_graphiql))
            .service(readable("/media/{name:.*}", media::copy))
            .service(readable("/healthz", health::alive))
            .service(readable("/readyz", health::ready));
    }
}
