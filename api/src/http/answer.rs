//! What goes out: an answer as JSON, within its limit, or why there is none.

use super::media_type::MediaType;
use crate::{
    Error,
    cache::{SMALL_BYTES, Whole},
    graphql::answer::{Answer, Receipt, to_bytes},
};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web::Bytes,
};
use futures_util::stream;
use serde::Serialize;
use std::convert::Infallible;

/// The server copies an answer piece by piece into what it writes out.
const PIECE_BYTES: usize = 32 * 1_024;

/// Why a request has no other answer.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    answer: Box<Answer>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// For one reason.
    #[must_use]
    pub fn new(status: StatusCode, error: &Error) -> Self {
        Self { status, answer: Box::new(Answer::refusal(error)), headers: Vec::new() }
    }

    /// Of what came of an operation.
    #[must_use]
    pub fn of(error: Error, media: MediaType) -> Self {
        match error {
            Error::AnswerTooLarge { max_bytes } => {
                Self::new(media.request_error(), &error).limit("max-answer-bytes", None, max_bytes)
            }
            error => error.into(),
        }
    }

    /// Names the setting of a limit, what was asked where that is known, and what is allowed.
    #[must_use]
    pub fn limit(mut self, setting: &str, asked: Option<u64>, max: usize) -> Self {
        for error in &mut self.answer.errors {
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("limit", setting);
            extensions.set("max", max);
            if let Some(asked) = asked {
                extensions.set("asked", asked);
            }
        }
        self
    }

    /// A header that goes along.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The code of its error.
    #[must_use]
    pub fn code(&self) -> &str {
        self.answer.code().unwrap_or_default()
    }

    /// As it goes out.
    #[must_use]
    pub fn answer(self, media: MediaType) -> HttpResponse {
        let mut response = with_body(media, self.status, serde_json::to_vec(&self.answer).unwrap_or_default().into());
        for (name, value) in self.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let (status, header) = match error {
            Error::Overloaded => {
                (StatusCode::SERVICE_UNAVAILABLE, Some((header::RETRY_AFTER, HeaderValue::from_static("1"))))
            }
            Error::Unauthenticated => {
                (StatusCode::UNAUTHORIZED, Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))))
            }
            _ => (StatusCode::BAD_REQUEST, None),
        };
        Self { headers: header.into_iter().collect(), ..Self::new(status, &error) }
    }
}

/// Writes an answer, or a batch of them.
///
/// # Errors
/// When it would be larger than that.
pub fn write(
    media: MediaType,
    status: StatusCode,
    answer: &impl Serialize,
    max_bytes: usize,
) -> Result<HttpResponse, Refusal> {
    let body = to_bytes(answer, max_bytes).map_err(|error| Refusal::of(error, media))?;
    Ok(with_body(media, status, body))
}

/// An answer that is bytes already, with what it cost behind the data.
#[must_use]
pub fn with_receipt(media: MediaType, whole: &Whole, receipt: Receipt) -> HttpResponse {
    let open = whole.body.strip_suffix(b"}").unwrap_or(&whole.body);
    let receipt = serde_json::to_vec(&receipt).unwrap_or_default();
    let body = [open, b",\"extensions\":{\"receipt\":", &receipt, b"}}"].concat();
    with_body(media, StatusCode::OK, body.into())
}

fn with_body(media: MediaType, status: StatusCode, body: Bytes) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response
        .content_type(media.as_str())
        .insert_header((header::VARY, "Accept"))
        // Nothing is there by which it could be asked whether it still holds.
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if body.len() < SMALL_BYTES {
        response.insert_header(uncompressed());
    }
    send(&mut response, body)
}

/// Finishes an answer.
pub fn send(response: &mut HttpResponseBuilder, body: Bytes) -> HttpResponse {
    if body.len() <= PIECE_BYTES { response.body(body) } else { response.body(in_pieces(body)) }
}

/// Keeps the compressing middleware from it; `edge.rs` takes it off again.
#[must_use]
pub const fn uncompressed() -> (HeaderName, HeaderValue) {
    (header::CONTENT_ENCODING, HeaderValue::from_static("identity"))
}

fn in_pieces(body: Bytes) -> SizedStream<impl stream::Stream<Item = Result<Bytes, Infallible>>> {
    let length = body.len() as u64;
    let mut rest = body;
    let pieces = std::iter::from_fn(move || {
        let piece = rest.split_to(rest.len().min(PIECE_BYTES));
        (!piece.is_empty()).then_some(Ok(piece))
    });
    SizedStream::new(length, stream::iter(pieces))
}
