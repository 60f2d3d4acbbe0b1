//! What is counted, and how it is exposed: the text format of OpenMetrics, which Prometheus reads.

use super::Exchange;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode_registry},
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{
    collections::HashMap,
    fmt::Write,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};

/// Names of operations that are told apart. They are the clients' to choose; those that come later are counted together.
const NAMES: usize = 100;

/// As which they are counted.
const OTHERS: &str = "(others)";

/// Of operations that have no name.
const NAMELESS: &str = "(none)";

/// Bounds of durations, in seconds: from what is there already to what is stopped.
const SECONDS: [f64; 14] =
    [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

type Seconds = Counter<f64, AtomicU64>;

/// Every counter.
pub struct Metrics {
    registry: Registry,
    operations: Family<Of, Counter>,
    durations: Family<Took, Histogram>,
    statements: Family<Named, Counter>,
    rows: Family<Named, Counter>,
    seconds: Family<Named, Seconds>,
    /// Requests that ended in a panic.
    pub panics: Counter,
    names: Mutex<HashMap<Box<str>, Counters>>,
}

/// Those of one name, looked up once.
#[derive(Clone)]
pub struct Counters {
    label: Arc<str>,
    hits: Counter,
    misses: Counter,
    hit_durations: Histogram,
    durations: Histogram,
    statements: Counter,
    rows: Counter,
    seconds: Seconds,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    operation: Arc<str>,
    code: Arc<str>,
    cache: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Took {
    operation: Arc<str>,
    cache: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Named {
    operation: Arc<str>,
}

/// What is measured when somebody looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// With its unit, as Prometheus names things.
    pub name: &'static str,
    /// A sentence.
    pub help: &'static str,
    /// Whether it falls.
    pub kind: Kind,
    /// In the unit of the name.
    pub value: f64,
}

/// Whether what is measured falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It rises and falls.
    Gauge,
    /// It only rises, while the process lives.
    Counter,
}

impl Metrics {
    pub fn new(statement_durations: Histogram) -> Self {
        let mut registry = Registry::with_prefix("masthead");
        let operations = Family::default();
        let durations = Family::new_with_constructor(histogram as fn() -> Histogram);
        let (statements, rows, seconds, panics) =
            (Family::default(), Family::default(), Family::default(), Counter::default());
        let help = "Operations that were answered; code is OK or that of the first error, cache whether the answer was there already";
        registry.register("operations", help, operations.clone());
        let help = "From the last byte of a request to the answer of its operation";
        registry.register_with_unit("operation_duration", help, Unit::Seconds, durations.clone());
        registry.register("statements", "SQL statements that operations ran", statements.clone());
        registry.register("rows", "Rows that these gave", rows.clone());
        let help = "Time that operations waited for these, added up";
        registry.register_with_unit("database", help, Unit::Seconds, seconds.clone());
        let help = "Time of each SQL statement that was read by";
        registry.register_with_unit("statement_duration", help, Unit::Seconds, statement_durations);
        registry.register("panics", "Requests that ended in a panic", panics.clone());
        Self { registry, operations, durations, statements, rows, seconds, panics, names: Mutex::default() }
    }

    /// The counters of operations of this name.
    pub fn of(&self, name: Option<&str>) -> Counters {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let name = name.unwrap_or(NAMELESS);
        let label = if names.contains_key(name) || names.len() < NAMES { name } else { OTHERS };
        names.entry(label.into()).or_insert_with(|| self.counters(label)).clone()
    }

    fn counters(&self, label: &str) -> Counters {
        let label: Arc<str> = label.into();
        let named = Named { operation: Arc::clone(&label) };
        let operations = |cache| self.operations.get_or_create_owned(&of(&label, None, cache));
        let durations = |cache| self.durations.get_or_create_owned(&Took { operation: Arc::clone(&label), cache });
        Counters {
            hits: operations("hit"),
            misses: operations("miss"),
            hit_durations: durations("hit"),
            durations: durations("miss"),
            statements: self.statements.get_or_create_owned(&named),
            rows: self.rows.get_or_create_owned(&named),
            seconds: self.seconds.get_or_create_owned(&named),
            label,
        }
    }

    pub fn count(&self, exchange: &Exchange<'_>, took: Duration) {
        let counters = exchange.operation.and_then(|operation| operation.counters.as_ref());
        let Some(counters) = counters else {
            // Nothing of such a request was executed.
            self.operations.get_or_create(&of(&"".into(), exchange.code, exchange.cache.unwrap_or_default())).inc();
            return;
        };
        match (exchange.code, exchange.cache) {
            (None, Some("hit")) => {
                counters.hits.inc();
                counters.hit_durations.observe(took.as_secs_f64());
                return;
            }
            (None, Some("miss")) => counters.misses.inc(),
            (code, cache) => self.operations.get_or_create(&of(&counters.label, code, cache.unwrap_or_default())).inc(),
        };
        if exchange.cache.is_some() {
            counters.durations.observe(took.as_secs_f64());
        }
        counters.statements.inc_by(exchange.read.statements as u64);
        counters.rows.inc_by(exchange.read.rows as u64);
        counters.seconds.inc_by(exchange.read.database_ms / 1e3);
    }

    pub fn exposed(&self, measured: &[Measured]) -> String {
        let mut text = String::new();
        // A string takes everything.
        let _ = encode_registry(&mut text, &self.registry);
        for Measured { name, help, kind, value } in measured {
            let (family, kind) = match kind {
                Kind::Gauge => (*name, "gauge"),
                Kind::Counter => (name.strip_suffix("_total").unwrap_or(name), "counter"),
            };
            let _ = writeln!(text, "# HELP {family} {help}.\n# TYPE {family} {kind}\n{name} {value}");
        }
        text.push_str("# EOF\n");
        text
    }
}

fn of(label: &Arc<str>, code: Option<&str>, cache: &'static str) -> Of {
    Of { operation: Arc::clone(label), code: code.unwrap_or("OK").into(), cache }
}

/// Of durations.
#[must_use]
pub fn histogram() -> Histogram {
    Histogram::new(SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_clients_make_up_do_not_fill_the_memory() {
        let metrics = Metrics::new(histogram());
        for number in 0..1_000 {
            metrics.of(Some(&format!("Query{number}"))).hits.inc();
        }
        metrics.of(Some("Query7")).hits.inc();
        metrics.of(None).hits.inc();
        let text = metrics.exposed(&[]);
        let hits =
            |label: &str| format!("masthead_operations_total{{operation=\"{label}\",code=\"OK\",cache=\"hit\"}} ");
        assert!(text.contains(&format!("{}2\n", hits("Query7"))), "{text}");
        assert!(text.contains(&format!("{}901\n", hits(OTHERS))), "{text}");
        assert!(!text.contains(&hits("Query100")));
        assert!(metrics.names.lock().unwrap().len() <= NAMES + 1);
    }

    #[test]
    fn what_is_measured_stands_before_the_end() {
        let gauge = Measured { name: "a_bytes", help: "How many", kind: Kind::Gauge, value: 7.5 };
        let counter = Measured { name: "b_total", help: "How many so far", kind: Kind::Counter, value: 3.0 };
        let text = Metrics::new(histogram()).exposed(&[gauge, counter]);
        let end = "# HELP a_bytes How many.\n# TYPE a_bytes gauge\na_bytes 7.5\n\
                   # HELP b How many so far.\n# TYPE b counter\nb_total 3\n# EOF\n";
        assert!(text.ends_with(end), "{text}");
    }
}
