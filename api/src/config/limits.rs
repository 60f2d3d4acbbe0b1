//! What one request, and all of them together, may take. A setting each; checked before any statement runs, where that can be.

use clap::Args;
use std::time::Duration;

/// The limits, each with its unit. What has no flag is given by the databases.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Limits (settings like the others)")]
pub struct Limits {
    /// Bytes of a request's body
    #[arg(long = "max-body-bytes", global = true, env = "MASTHEAD_MAX_BODY_BYTES", default_value_t = Self::DEFAULT.body_bytes)]
    pub body_bytes: usize,
    /// Bytes of a document
    #[arg(long = "max-query-bytes", global = true, env = "MASTHEAD_MAX_QUERY_BYTES", default_value_t = Self::DEFAULT.query_bytes)]
    pub query_bytes: usize,
    /// Tokens of a document, as the specification counts them
    #[arg(long = "max-tokens", global = true, env = "MASTHEAD_MAX_TOKENS", default_value_t = Self::DEFAULT.tokens)]
    pub tokens: usize,
    /// Levels of fields, through fragments
    #[arg(long = "max-depth", global = true, env = "MASTHEAD_MAX_DEPTH", default_value_t = Self::DEFAULT.depth, value_parser = up_to::<32>)]
    pub depth: usize,
    /// What an operation may cost: about the number of values in its largest answer
    #[arg(long = "max-cost", global = true, env = "MASTHEAD_MAX_COST", default_value_t = Self::DEFAULT.cost)]
    pub cost: usize,
    /// Aliases of an operation, each as often as its fragment is spread
    #[arg(long = "max-aliases", global = true, env = "MASTHEAD_MAX_ALIASES", default_value_t = Self::DEFAULT.aliases)]
    pub aliases: usize,
    /// Fields of `Query` in one operation, `__typename` included
    #[arg(long = "max-root-fields", global = true, env = "MASTHEAD_MAX_ROOT_FIELDS", default_value_t = Self::DEFAULT.root_fields)]
    pub root_fields: usize,
    /// Directives of an operation, each as often as its fragment is spread
    #[arg(long = "max-directives", global = true, env = "MASTHEAD_MAX_DIRECTIVES", default_value_t = Self::DEFAULT.directives)]
    pub directives: usize,
    /// Fragments that a document defines
    #[arg(long = "max-fragments", global = true, env = "MASTHEAD_MAX_FRAGMENTS", default_value_t = Self::DEFAULT.fragments)]
    pub fragments: usize,
    /// Operations of a document
    #[arg(long = "max-operations", global = true, env = "MASTHEAD_MAX_OPERATIONS", default_value_t = Self::DEFAULT.operations)]
    pub operations: usize,
    /// Variables that an operation defines
    #[arg(long = "max-variables", global = true, env = "MASTHEAD_MAX_VARIABLES", default_value_t = Self::DEFAULT.variables)]
    pub variables: usize,
    /// Rows of a page, and ids of `nodes`
    #[arg(long = "max-page", global = true, env = "MASTHEAD_MAX_PAGE", default_value_t = Self::DEFAULT.page, value_parser = up_to::<10_000>)]
    pub page: usize,
    /// Values of a list in an argument
    #[arg(long = "max-list-values", global = true, env = "MASTHEAD_MAX_LIST_VALUES", default_value_t = Self::DEFAULT.list_values, value_parser = up_to::<8_000>)]
    pub list_values: usize,
    /// Characters of a text in an argument
    #[arg(long = "max-text-characters", global = true, env = "MASTHEAD_MAX_TEXT_CHARACTERS", default_value_t = Self::DEFAULT.text_characters)]
    pub text_characters: usize,
    /// Characters of a search
    #[arg(long = "max-search-characters", global = true, env = "MASTHEAD_MAX_SEARCH_CHARACTERS", default_value_t = Self::DEFAULT.search_characters, value_parser = up_to::<1_000>)]
    pub search_characters: usize,
    /// Levels of a `where`: those of `and`, `or`, `not` and of what belongs to something
    #[arg(long = "max-where-depth", global = true, env = "MASTHEAD_MAX_WHERE_DEPTH", default_value_t = Self::DEFAULT.where_depth, value_parser = up_to::<60>)]
    pub where_depth: usize,
    /// Errors in an answer
    #[arg(long = "max-errors", global = true, env = "MASTHEAD_MAX_ERRORS", default_value_t = Self::DEFAULT.errors, value_parser = at_least_one)]
    pub errors: usize,
    /// Operations in one request, as a JSON array; their costs are added up. 0: no arrays
    #[arg(long = "max-batch", global = true, env = "MASTHEAD_MAX_BATCH", default_value_t = Self::DEFAULT.batch)]
    pub batch: usize,
    /// Bytes of an answer, before it is compressed
    #[arg(long = "max-answer-bytes", global = true, env = "MASTHEAD_MAX_ANSWER_BYTES", default_value_t = Self::DEFAULT.answer_bytes)]
    pub answer_bytes: usize,
    /// How long a request may take from its last byte on, e.g. `10s` or `500ms`; what it asked the database is cancelled then
    #[arg(long = "request-time", global = true, env = "MASTHEAD_REQUEST_TIME", default_value = "10s", value_parser = duration)]
    pub request_time: Duration,
    /// How long the headers of a request may take to come in
    #[arg(long = "header-time", global = true, env = "MASTHEAD_HEADER_TIME", default_value = "10s", value_parser = duration)]
    pub header_time: Duration,
    /// How long the body of a request may take to come in
    #[arg(long = "body-time", global = true, env = "MASTHEAD_BODY_TIME", default_value = "20s", value_parser = duration)]
    pub body_time: Duration,
    /// How long a connection may be idle
    #[arg(long = "idle-time", global = true, env = "MASTHEAD_IDLE_TIME", default_value = "25s", value_parser = duration)]
    pub idle_time: Duration,
    /// How long a client may take to read an answer
    #[arg(long = "send-time", global = true, env = "MASTHEAD_SEND_TIME", default_value = "60s", value_parser = duration)]
    pub send_time: Duration,
    /// How long the server goes on answering after SIGTERM while `/readyz` says 503, so that nobody sends it more; then it ends what
    /// is under way
    #[arg(long = "drain-time", global = true, env = "MASTHEAD_DRAIN_TIME", default_value = "2s", value_parser = duration)]
    pub drain_time: Duration,
    /// Requests that are answered at the same time
    #[arg(long = "max-in-flight", global = true, env = "MASTHEAD_MAX_IN_FLIGHT", default_value_t = Self::DEFAULT.in_flight, value_parser = at_least_one)]
    pub in_flight: usize,
    /// Requests that wait for one of these; more are answered with 503 at once
    #[arg(long = "max-queue", global = true, env = "MASTHEAD_MAX_QUEUE", default_value_t = Self::DEFAULT.queue)]
    pub queue: usize,
    /// `first` where it is not given.
    #[arg(skip = Self::DEFAULT.default_page)]
    pub default_page: usize,
    /// Levels of `parent` in one `where`: SQLite adds up what stands around each of them, and takes no more than 1,000.
    #[arg(skip = Self::DEFAULT.where_parents)]
    pub where_parents: usize,
    /// Conditions of one `where`: operators and branches.
    #[arg(skip = Self::DEFAULT.where_conditions)]
    pub where_conditions: usize,
    /// Values of one `where`, in every spelling that they are asked for in: SQLite takes 32,766 with a statement, which has the
    /// filter up to three times, and each condition some of its own.
    #[arg(skip = Self::DEFAULT.where_values)]
    pub where_values: usize,
}

impl Limits {
    /// What holds where no setting says otherwise.
    pub const DEFAULT: Self = Self {
        body_bytes: 1024 * 1024,
        query_bytes: 128 * 1024,
        tokens: 5_000,
        depth: 20,
        cost: 100_000,
        aliases: 60,
        root_fields: 60,
        directives: 60,
        fragments: 200,
        operations: 50,
        variables: 200,
        page: 1_000,
        list_values: 1_000,
        text_characters: 10_000,
        search_characters: 256,
        where_depth: 60,
        errors: 20,
        batch: 0,
        answer_bytes: 32 * 1024 * 1024,
        request_time: Duration::from_secs(10),
        header_time: Duration::from_secs(10),
        body_time: Duration::from_secs(20),
        idle_time: Duration::from_secs(25),
        send_time: Duration::from_mins(1),
        drain_time: Duration::from_secs(2),
        in_flight: 16,
        queue: 512,
        default_page: 20,
        where_parents: 16,
        where_conditions: 500,
        where_values: 8_000,
    };
}

/// A whole number from 1 to what the server can carry, whoever asks.
fn up_to<const MAX: usize>(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| (1..=MAX).contains(number));
    number.ok_or_else(|| format!("write a number from 1 to {MAX}"))
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse::<usize>().ok().filter(|number| *number > 0).ok_or_else(|| "write a number from 1 on".to_owned())
}

/// `10s`, `500ms`, or seconds without a unit.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit_ms) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1),
        (None, Some(number)) => (number, 1_000),
        (None, None) => (text, 1_000),
    };
    let number = number.trim().parse::<u64>().ok().filter(|number| (1..=86_400_000).contains(number));
    number
        .map(|number| Duration::from_millis(number * unit_ms))
        .ok_or_else(|| "write a time such as `10s` or `500ms`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        limits: Limits,
    }

    #[test]
    fn the_defaults_of_the_flags_are_the_defaults() {
        assert_eq!(format!("{:?}", Flags::parse_from(["x"]).limits), format!("{:?}", Limits::DEFAULT));
    }

    #[test]
    fn times_have_units() {
        assert_eq!(duration("10s"), Ok(Duration::from_secs(10)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("3"), Ok(Duration::from_secs(3)));
        for text in ["", "s", "0s", "-1s", "1h", "1.5s", "99999999999s"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
