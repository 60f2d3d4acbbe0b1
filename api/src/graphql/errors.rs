//! The only translator of errors: gives each its code, and hides what is not for clients.

use super::{
    document::Refusal,
    validation::{Kind, Problem},
};
use crate::{Error, error::Code, observe};
use async_graphql::{ErrorExtensionValues, Pos, ServerError, Value};
use std::error::Error as _;

/// Gives every error of an answer its `extensions.code`.
pub fn translate(errors: &mut [ServerError]) {
    errors.iter_mut().for_each(code);
}

/// The answer to a request that was refused before it was executed.
#[must_use]
pub fn refusal(error: &Error) -> ServerError {
    let mut answer = ServerError::new(error.to_string(), None);
    describe(&mut answer, error);
    answer
}

/// [`refusal`] that knows the place.
#[must_use]
pub fn refused(refusal: &Refusal) -> ServerError {
    let mut answer = self::refusal(&refusal.error);
    answer.locations.extend(refusal.pos);
    answer
}

/// What is wrong with a document.
#[must_use]
pub fn problem(problem: Problem) -> ServerError {
    let mut answer = ServerError::new(problem.message, None);
    answer.locations = problem.locations.into_iter().map(|(line, column)| Pos { line, column }).collect();
    let code = match problem.kind {
        Kind::Syntax => Code::GraphqlParseFailed,
        Kind::Invalid => Code::GraphqlValidationFailed,
    };
    set(&mut answer, "code", code.as_str());
    answer
}

fn code(answer: &mut ServerError) {
    if let Some(error) = answer.source::<Error>().cloned() {
        describe(answer, &error);
    } else {
        let id = observe::executed().map(tracing::field::display);
        tracing::error!(id, message = answer.message, path = ?answer.path, "a field failed for a reason unknown to us");
        hide(answer);
    }
}

fn describe(answer: &mut ServerError, error: &Error) {
    // What was told of a panic is told already, and its message is for clients.
    if error.code() == Code::InternalServerError && !matches!(error, Error::Panicked(_)) {
        log_once(error);
        return hide(answer);
    }
    set(answer, "code", error.code().as_str());
    match error {
        Error::TooMany { asked, max, .. } => {
            set(answer, "asked", *asked);
            set(answer, "max", *max);
        }
        Error::PayloadTooLarge { max_bytes: max } => set(answer, "max", *max),
        Error::OverLimit(excess) => {
            set(answer, "limit", excess.limit);
            set(answer, "asked", excess.asked);
            set(answer, "max", excess.max);
            if let Some(field) = &excess.field {
                set(answer, "field", field.as_str());
            }
        }
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
    let id = observe::executed().map(tracing::field::display);
    tracing::error!(id, %error, ?causes, "internal error");
}

fn hide(answer: &mut ServerError) {
    "something went wrong on the server; the log there says what".clone_into(&mut answer.message);
    answer.extensions = None;
    set(answer, "code", Code::InternalServerError.as_str());
}

fn set(answer: &mut ServerError, name: &str, value: impl Into<Value>) {
    answer.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
}
