//! What of the server is measured when somebody looks.

use super::api::Api;
use crate::{
    cache::Answers,
    observe::{self, Kind, Measured},
};

impl Api {
    /// How much is under way, how full what is kept is, and what the process takes.
    #[must_use]
    pub fn measured(&self) -> Vec<Measured> {
        let (inside, waiting) = self.admission().usage();
        let connections = self.app().db.usage();
        let freshness = &self.app().freshness;
        let mut measured = vec![
            gauge("masthead_requests_in_flight", "Requests that are worked on", count(inside)),
            gauge("masthead_requests_waiting", "Requests that wait for a place", count(waiting)),
            gauge(
                "masthead_database_idle_connections",
                "Open connections that nobody reads by",
                count(connections.idle),
            ),
            gauge(
                "masthead_database_busy_places",
                "Statements that hold a place for long ones",
                count(connections.busy),
            ),
            gauge("masthead_database_places", "How many there are", count(connections.places)),
        ];
        if let Some(answers) = self.answers() {
            measured.extend(of_answers(answers, self.app().settings.response_cache_bytes));
        }
        if let Some(generation) = freshness.latest() {
            measured.push(gauge("masthead_content_generation", "How often the content has changed", float(generation)));
        }
        if let Some(age) = freshness.age() {
            let help = "Since it was last known that nothing has changed";
            measured.push(gauge("masthead_content_seen_seconds", help, age.as_secs_f64()));
        }
        measured.extend(observe::process());
        measured
    }
}

fn of_answers(answers: &Answers, max_bytes: u64) -> [Measured; 3] {
    [
        gauge("masthead_response_cache_entries", "Answers that are kept", count(answers.entries())),
        gauge("masthead_response_cache_bytes", "About what they take", count(answers.bytes())),
        gauge("masthead_response_cache_max_bytes", "What they may take", count(max_bytes)),
    ]
}

const fn gauge(name: &'static str, help: &'static str, value: f64) -> Measured {
    Measured { name, help, kind: Kind::Gauge, value }
}

fn count(number: impl TryInto<i64>) -> f64 {
    float(number.try_into().unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "nobody reads the sixteenth digit of a gauge")]
const fn float(number: i64) -> f64 {
    number as f64
}
