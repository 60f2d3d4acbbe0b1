//! What an operator sees of the server from outside: counters, a line of the log, and spans. All three are made of one record of each
//! operation, when it is answered. No variable, no text of a document and no credential goes into any of them.

mod id;
mod metrics;
mod operation;
mod process;
mod trace;

pub use id::RequestId;
pub use metrics::{Counters, Kind, Measured};
pub use operation::Operation;
pub use process::measured as process;

use self::{metrics::Metrics, trace::Tracer};
use crate::{Result, config::Settings, db};
use opentelemetry::Context;
use prometheus_client::metrics::histogram::Histogram;
use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task_local;

/// Of the name of an operation, which a client may make as long as a document. Names are ASCII.
const NAME_BYTES: usize = 100;

/// Takes note of what is asked. One for the whole server.
pub struct Observer {
    metrics: Option<Metrics>,
    tracer: Option<Tracer>,
    /// Whoever takes as long is told of as slow.
    slow: Duration,
}

/// A request, as far as it is told of.
#[derive(Clone, Debug)]
pub struct Call {
    /// By which it is found again.
    pub id: RequestId,
    /// When it had come in.
    pub began: Instant,
    /// The span of its client, where it names one and spans are exported.
    parent: Option<Context>,
}

/// What became of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// Of which request it was.
    pub call: &'a Call,
    /// None where the document has none that could be executed.
    pub operation: Option<&'a Operation>,
    /// The code of the first error.
    pub code: Option<&'a str>,
    /// Whether the answer was there already; none where nothing was executed.
    pub cache: Option<&'static str>,
    /// What was read for it.
    pub read: db::Receipt,
}

impl Call {
    /// Whose time began at another moment: when all of it was there.
    #[must_use]
    pub fn began(self, began: Instant) -> Self {
        Self { began, ..self }
    }
}

impl Exchange<'_> {
    fn is_hit(&self) -> bool {
        self.cache == Some("hit")
    }
}

impl Observer {
    /// By the settings. `statements` are the durations of what is read.
    ///
    /// # Errors
    /// When spans can not be exported to where they are to go.
    pub fn new(settings: &Settings, statements: Histogram) -> Result<Self> {
        let tracer = settings.otlp_endpoint.as_ref().map(Tracer::new).transpose()?;
        let metrics = settings.metrics.then(|| Metrics::new(statements));
        Ok(Self { metrics, tracer, slow: settings.slow_operation })
    }

    /// A request by its headers.
    #[must_use]
    pub fn call<'a>(&self, header: impl Fn(&str) -> Option<&'a str>) -> Call {
        let id = header(RequestId::HEADER).and_then(RequestId::given).unwrap_or_else(RequestId::unique);
        let parent = self.tracer.as_ref().and_then(|_| trace::parent(&header));
        Call { id, began: Instant::now(), parent }
    }

    /// An operation of a document, to be kept with it: it is looked up once, not for each request. Of a name without end the beginning
    /// tells enough.
    #[must_use]
    pub fn operation(&self, name: Option<&str>, document: &[u8; 32]) -> Arc<Operation> {
        let name = name.map(|name| name.get(..NAME_BYTES).unwrap_or(name));
        let counters = self.metrics.as_ref().map(|metrics| metrics.of(name));
        Arc::new(Operation::new(name, document, counters))
    }

    /// An operation was answered.
    pub fn saw(&self, exchange: &Exchange<'_>) {
        let took = exchange.call.began.elapsed();
        if let Some(metrics) = &self.metrics {
            metrics.count(exchange, took);
        }
        self.log(exchange, took);
        let parent = exchange.call.parent.as_ref();
        // Even a span that the sampler refuses costs a tenth of an answer that was there already.
        let is_wanted = !exchange.is_hit() || parent.is_some();
        if let Some(tracer) = self.tracer.as_ref().filter(|_| is_wanted) {
            tracer.export(exchange, took, parent);
        }
    }

    /// A request was turned away before any operation of it was known.
    pub fn refused(&self, call: &Call, code: &str) {
        self.saw(&Exchange { call, operation: None, code: Some(code), cache: None, read: db::Receipt::default() });
    }

    /// A request ended in a panic, which has been told where it happened.
    pub fn panicked(&self, call: &Call) {
        tracing::error!(id = call.id.as_str(), "a request met a bug of ours: what panicked is told before this");
        if let Some(metrics) = &self.metrics {
            metrics.panics.inc();
        }
    }

    /// Everything that is counted, and what was measured now; none where nothing is counted.
    #[must_use]
    pub fn exposed(&self, measured: &[Measured]) -> Option<String> {
        self.metrics.as_ref().map(|metrics| metrics.exposed(measured))
    }

    /// What was there already costs next to nothing and comes often, so only who asks for it is told.
    fn log(&self, exchange: &Exchange<'_>, took: Duration) {
        let Exchange { call, operation, code, cache, read } = exchange;
        let took_ms = took.as_secs_f64() * 1e3;
        macro_rules! tell {
            ($level:ident, $message:literal) => {
                tracing::$level!(
                    target: "masthead::request",
                    id = call.id.as_str(),
                    operation = operation.and_then(Operation::name),
                    document = operation.map(Operation::document),
                    code,
                    cache,
                    duration_ms = rounded(took_ms),
                    statements = read.statements,
                    rows = read.rows,
                    database_ms = rounded(read.database_ms),
                    $message
                )
            };
        }
        match took >= self.slow {
            true => tell!(warn, "a slow operation"),
            false if exchange.is_hit() => tell!(debug, "answered"),
            false => tell!(info, "answered"),
        }
    }
}

task_local! {
    static EXECUTED: RequestId;
}

/// Whatever fails meanwhile is told under this id.
pub async fn under<T>(id: RequestId, execution: impl Future<Output = T>) -> T {
    EXECUTED.scope(id, execution).await
}

/// The request that is executed here; none where none is. Costs less than a span, which most requests would open for nothing.
#[must_use]
pub fn executed() -> Option<RequestId> {
    EXECUTED.try_with(Clone::clone).ok()
}

/// To microseconds.
fn rounded(milliseconds: f64) -> f64 {
    (milliseconds * 1e3).round() / 1e3
}
