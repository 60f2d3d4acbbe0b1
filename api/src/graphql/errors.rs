//! The only translator of errors: gives each its code, and hides what is not for clients.

use crate::{Error, error::Code};
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use std::error::Error as _;

/// Gives every error of an answer its `extensions.code`. Values that do not fit their types are errors of the request, though
/// the engine finds some only while it executes: no others are told beside them.
pub fn translate(response: &mut Response) {
    if response.errors.iter().any(is_input_error) {
        response.errors.retain(is_input_error);
        for error in &mut response.errors {
            error.path.clear();
            set(error, "code", Code::BadUserInput.as_str());
        }
        return;
    }
    response.errors.iter_mut().for_each(code);
}

/// The answer to a request that was refused before it was executed.
#[must_use]
pub fn refusal(error: &Error) -> ServerError {
    let mut answer = ServerError::new(error.to_string(), None);
    describe(&mut answer, error);
    answer
}

/// The answer to a document that can not be parsed.
#[must_use]
pub fn parse_failed(error: async_graphql::parser::Error) -> ServerError {
    let mut answer = ServerError::from(error);
    // The parser draws the line and points at it; a client has the place in `locations`.
    let reason = answer.message.rsplit("= ").next().unwrap_or_default().trim();
    answer.message = format!("the document is no GraphQL: {reason}");
    set(&mut answer, "code", Code::GraphqlParseFailed.as_str());
    answer
}

fn code(answer: &mut ServerError) {
    if let Some(error) = answer.source::<Error>().cloned() {
        describe(answer, &error);
    } else if answer.path.is_empty() {
        set(answer, "code", Code::GraphqlValidationFailed.as_str());
    } else {
        tracing::error!(message = answer.message, path = ?answer.path, "a field failed for a reason unknown to us");
        hide(answer);
    }
}

/// The library coerces arguments while it executes and tells so by its words alone.
fn is_input_error(answer: &ServerError) -> bool {
    let is_theirs = answer.source::<Error>().is_none() && !answer.path.is_empty();
    is_theirs && ["Failed to parse \"", "Expected input type"].iter().any(|start| answer.message.starts_with(start))
}

fn describe(answer: &mut ServerError, error: &Error) {
    if error.code() == Code::InternalServerError {
        log_once(error);
        return hide(answer);
    }
    set(answer, "code", error.code().as_str());
    match error {
        Error::TooMany { max, .. } | Error::PayloadTooLarge { max_bytes: max } => set(answer, "max", *max),
        _ => {}
    }
}

fn log_once(error: &Error) {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    tracing::error!(%error, ?causes, "internal error");
}

fn hide(answer: &mut ServerError) {
    "something went wrong on the server; the log there says what".clone_into(&mut answer.message);
    answer.extensions = None;
    set(answer, "code", Code::InternalServerError.as_str());
}

fn set(answer: &mut ServerError, name: &str, value: impl Into<Value>) {
    answer.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
}
