//! The body of a request: refused before it is read where its headers tell enough, else read within its limits.

use super::{answer::Refusal, media_type};
use crate::{Error, config::Limits};
use actix_web::{
    error::PayloadError,
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderValue},
    },
    web::{Bytes, BytesMut},
};
use futures_util::{Stream, StreamExt};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::time::{Instant, timeout_at};

/// What any request may hold in memory while it comes in.
const FREE_BYTES: usize = 16 * 1_024;

/// What the larger ones may hold together, at the least.
const SHARED_BYTES: usize = 64 * 1_024 * 1_024;

/// The memory of bodies that are coming in. One for all workers, so that many slow clients do not fill it.
pub struct Bodies {
    held: AtomicUsize,
    max_held: usize,
    limits: Limits,
}

/// A body, and its part of that memory.
pub struct Body<'a> {
    /// All of it.
    pub bytes: Bytes,
    _part: Part<'a>,
}

/// Given back when it is dropped.
struct Part<'a> {
    held: &'a AtomicUsize,
    bytes: usize,
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        self.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// What the headers tell: no other type than JSON, as it is, and no more bytes than are taken.
///
/// # Errors
/// When the body is not to be read.
pub fn check(headers: &HeaderMap, limits: &Limits) -> Result<(), Refusal> {
    if !media_type::is_json(headers) {
        let error = Error::BadRequest("send the operation as JSON in UTF-8, with `Content-Type: application/json`");
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error));
    }
    if headers.get_all(header::CONTENT_ENCODING).any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let error = Error::BadRequest("send the body as it is, without a `Content-Encoding`");
        let refusal = Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error);
        return Err(refusal.header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity")));
    }
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.trim().parse::<u64>().ok());
    match length {
        Some(length) if length > limits.body_bytes as u64 => Err(too_large(limits, Some(length))),
        _ => Ok(()),
    }
}

impl Bodies {
    /// Within these limits.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let max_held = SHARED_BYTES.max(limits.body_bytes.saturating_mul(8));
        Self { held: AtomicUsize::new(0), max_held, limits: *limits }
    }

    /// Reads a body to its end.
    ///
    /// # Errors
    /// When it is too large, too slow or not whole, or when others hold all the memory.
    pub async fn read(
        &self,
        mut payload: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    ) -> Result<Body<'_>, Refusal> {
        let deadline = Instant::now() + self.limits.body_time;
        let mut part = Part { held: &self.held, bytes: 0 };
        let mut bytes = BytesMut::new();
        loop {
            let piece = match timeout_at(deadline, payload.next()).await {
                Ok(None) => return Ok(Body { bytes: bytes.freeze(), _part: part }),
                Ok(Some(Ok(piece))) => piece,
                Ok(Some(Err(_))) => return Err(Error::BadRequest("the body could not be read to its end").into()),
                Err(_) => return Err(too_slow()),
            };
            let length = bytes.len().saturating_add(piece.len());
            if length > self.limits.body_bytes {
                return Err(too_large(&self.limits, None));
            }
            self.grow(&mut part, length)?;
            bytes.extend_from_slice(&piece);
        }
    }

    fn grow<'a>(&'a self, part: &mut Part<'a>, length: usize) -> Result<(), Refusal> {
        let more = length.saturating_sub(FREE_BYTES).saturating_sub(part.bytes);
        let held = self.held.fetch_add(more, Ordering::Relaxed);
        part.bytes += more;
        if more > 0 && held.saturating_add(more) > self.max_held { Err(Error::Overloaded.into()) } else { Ok(()) }
    }
}

fn too_large(limits: &Limits, asked: Option<u64>) -> Refusal {
    let max_bytes = limits.body_bytes;
    let refusal = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, &Error::PayloadTooLarge { max_bytes });
    refusal.limit("max-body-bytes", asked, max_bytes)
}

fn too_slow() -> Refusal {
    let error = Error::BadRequest("the body took longer to come in than the setting `body-time` allows");
    Refusal::new(StatusCode::REQUEST_TIMEOUT, &error)
}
