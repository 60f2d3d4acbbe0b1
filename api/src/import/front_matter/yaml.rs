//! The YAML of front matter. Aliases, depth and size are bounded, so that no small file becomes a large value.

use std::borrow::Cow;

use super::limits;
use serde_json::Value;
use serde_saphyr::{DuplicateKeyPolicy, Error, MessageFormatter, NonFiniteFloatPolicy, Options, UserMessageFormatter};

/// Where and why YAML was refused.
pub(in crate::import) struct YamlError {
    /// Counted from 0 in the block.
    pub(in crate::import) line: u32,
    pub(in crate::import) message: String,
    /// A limit was broken: nothing that quotes could repair.
    pub(in crate::import) is_limit: bool,
}

/// Reads a block. What is not plainly a number or a boolean stays text as it was written: dates, `yes`, `007`, `1_000`.
pub(in crate::import) fn parse(block: &str) -> Result<Value, YamlError> {
    serde_saphyr::from_str_with_options(block, options()).map_err(|error| located(&error))
}

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 100_000,
            max_nodes: limits::MAX_NODES,
            max_depth: limits::MAX_DEPTH,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_documents: 1,
        },
        // A person who pastes a key again means the later one, and js-yaml's refusal would lose the post.
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

fn located(error: &Error) -> YamlError {
    let error = error.without_snippet();
    let line = error.location().map_or(1, |location| location.line());
    YamlError {
        line: u32::try_from(line).unwrap_or(u32::MAX).saturating_sub(1),
        message: if is_limit(error) {
            "it holds more values, levels or aliases than a post needs; write them out or leave them out".to_owned()
        } else {
            UserMessageFormatter.format_message(error).into_owned()
        },
        is_limit: is_limit(error),
    }
}

fn is_limit(mut error: &Error) -> bool {
    while let Error::AliasError { error: inner, .. } = error {
        error = inner;
    }
    matches!(
        error,
        Error::Budget { .. }
            | Error::AliasReplayCounterOverflow { .. }
            | Error::AliasReplayLimitExceeded { .. }
            | Error::AliasExpansionLimitExceeded { .. }
            | Error::AliasReplayStackDepthExceeded { .. }
    )
}

/// Two spaces for every tab at the start of a line.
pub(in crate::import) fn without_leading_tabs(block: &str) -> Cow<'_, str> {
    if !block.contains('\t') {
        return Cow::Borrowed(block);
    }
    let mut spaced = String::with_capacity(block.len() + 16);
    for line in block.split_inclusive('\n') {
        let rest = line.trim_start_matches('\t');
        for _ in rest.len()..line.len() {
            spaced.push_str("  ");
        }
        spaced.push_str(rest);
    }
    Cow::Owned(spaced)
}
