//! What a request cost.

use prometheus_client::metrics::histogram::Histogram;
use serde::Serialize;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Bounds of the durations of statements, in seconds: from one that is found by its key to one that is stopped.
const SECONDS: [f64; 12] =
    [0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01, 0.05, 0.25, 1.0, 10.0];

/// How long statements took, for all requests together.
pub(super) fn durations() -> Histogram {
    Histogram::new(SECONDS)
}

/// Counts statements; shared by everything that reads for one request.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Readings>);

#[derive(Debug, Default)]
struct Readings {
    statements: usize,
    rows: usize,
    elapsed: Duration,
    stamps: Stamps,
}

/// Which content was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stamps {
    /// Nothing was read.
    #[default]
    None,
    /// All of it told this generation of the content.
    One(i64),
    /// Some of it told another one, or none.
    Unknown,
}

/// What was read for one answer: `extensions.receipt`.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// SQL statements run.
    pub statements: usize,
    /// Rows that they gave.
    pub rows: usize,
    /// Time spent waiting for them, added up; statements that ran side by side each count in full.
    pub database_ms: f64,
}

impl Meter {
    pub(super) fn add(&self, rows: usize, elapsed: Duration) {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        readings.statements += 1;
        readings.rows += rows;
        readings.elapsed += elapsed;
    }

    pub(super) fn stamp(&self, generation: Option<i64>) {
        let stamps = &mut self.0.lock().unwrap_or_else(PoisonError::into_inner).stamps;
        *stamps = match (*stamps, generation) {
            (Stamps::None, Some(generation)) => Stamps::One(generation),
            (Stamps::One(before), Some(generation)) if before == generation => *stamps,
            _ => Stamps::Unknown,
        };
    }

    pub(super) fn stamps(&self) -> Stamps {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).stamps
    }

    pub(super) fn receipt(&self) -> Receipt {
        let readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Receipt {
            statements: readings.statements,
            rows: readings.rows,
            database_ms: (readings.elapsed.as_secs_f64() * 1e6).round() / 1e3,
        }
    }
}
