//! Spans, exported by the OpenTelemetry protocol over HTTP: one for each operation, below the one that its client names.
//!
//! The variables of the environment that OpenTelemetry defines hold, too: `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`,
//! `OTEL_EXPORTER_OTLP_HEADERS` and their kind.

use super::{Exchange, Operation};
use crate::{Error, Result};
use async_trait::async_trait;
use opentelemetry::{
    Context, KeyValue,
    propagation::{Extractor, TextMapPropagator},
    trace::{Span, SpanKind, Status, TraceContextExt, Tracer as _, TracerProvider},
};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider},
};
use std::{
    env,
    time::{Duration, SystemTime},
};
use ureq::Agent;
use url::Url;

/// How long the collector may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long the server waits for it at its end.
const LAST_TIMEOUT: Duration = Duration::from_secs(2);

/// Makes spans, and hands them to a thread that exports them. What that can not keep up with is dropped.
pub struct Tracer {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

impl Tracer {
    /// To a collector.
    ///
    /// # Errors
    /// When the address is none.
    pub fn new(endpoint: &Url) -> Result<Self> {
        let agent = Agent::config_builder().http_status_as_error(false).timeout_global(Some(TIMEOUT)).build().into();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_http_client(Client(agent))
            .with_endpoint(format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/')))
            .build();
        let exporter = exporter.map_err(|error| Error::Setting {
            setting: "otlp-endpoint".to_owned(),
            problem: format!("{error}; write it as `http://127.0.0.1:4318`"),
        })?;
        let mut resource = Resource::builder();
        if env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("masthead");
        }
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = resource.with_attribute(version).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        let tracer = provider.tracer("masthead");
        Ok(Self { provider, tracer })
    }

    /// The span of an operation that took so long and has ended now.
    pub fn export(&self, exchange: &Exchange<'_>, took: Duration, parent: Option<&Context>) {
        let Exchange { call, operation, code, cache, read } = exchange;
        let end = now();
        let builder = self.tracer.span_builder("query").with_kind(SpanKind::Server);
        let builder = builder.with_start_time(end.checked_sub(took).unwrap_or(end));
        let mut span = match parent {
            Some(parent) => self.tracer.build_with_context(builder, parent),
            None => self.tracer.build_with_context(builder, &Context::new()),
        };
        if !span.is_recording() {
            return;
        }
        let name = operation.and_then(Operation::name);
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let mut attributes = vec![
            KeyValue::new("graphql.operation.type", "query"),
            KeyValue::new("masthead.request_id", call.id.to_string()),
            KeyValue::new("masthead.statements", count(read.statements)),
            KeyValue::new("masthead.rows", count(read.rows)),
            KeyValue::new("masthead.database_ms", read.database_ms),
        ];
        attributes.extend(name.map(|name| KeyValue::new("graphql.operation.name", name.to_owned())));
        attributes.extend(operation.map(|it| KeyValue::new("masthead.document", it.document().to_string())));
        attributes.extend(cache.map(|cache| KeyValue::new("masthead.cache", cache)));
        attributes.extend(code.map(|code| KeyValue::new("error.type", code.to_owned())));
        span.set_attributes(attributes);
        if let Some(name) = name {
            span.update_name(format!("query {name}"));
        }
        if let Some(code) = code {
            span.set_status(Status::error((*code).to_owned()));
        }
        span.end_with_timestamp(end);
    }
}

impl Drop for Tracer {
    /// What waits is exported with the end of the server.
    fn drop(&mut self) {
        if let Err(error) = self.provider.shutdown_with_timeout(LAST_TIMEOUT) {
            tracing::warn!(%error, "the last spans could not be exported");
        }
    }
}

/// The span that a client names in `traceparent` (W3C Trace Context).
pub fn parent<'a>(header: &impl Fn(&str) -> Option<&'a str>) -> Option<Context> {
    let headers = Headers([header("traceparent"), header("tracestate")]);
    let context = TraceContextPropagator::new().extract_with_context(&Context::new(), &headers);
    let is_named = context.span().span_context().is_valid();
    is_named.then_some(context)
}

/// `traceparent` and `tracestate`.
struct Headers<'a>([Option<&'a str>; 2]);

impl Extractor for Headers<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let [parent, state] = self.0;
        match name {
            "traceparent" => parent,
            "tracestate" => state,
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        vec!["traceparent", "tracestate"]
    }
}

#[expect(clippy::disallowed_methods, reason = "spans are of the system's time, whatever articles are served by")]
fn now() -> SystemTime {
    SystemTime::now()
}

/// By which the exporting thread sends; it may wait there.
#[derive(Debug)]
struct Client(Agent);

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let response = self.0.run(request.map(|body| body.to_vec()))?;
        let (head, mut body) = response.into_parts();
        Ok(Response::from_parts(head, body.read_to_vec()?.into()))
    }
}
