//! What a request is answered, what that cost, and how it is written.

use super::errors;
use crate::{
    Error, Result,
    cache::{
        Whole,
        tags::{self, Kinds},
    },
    db,
};
use async_graphql::ServerError;
use bytes::Bytes;
use serde::Serialize;
use std::{collections::BTreeSet, io, sync::Arc};

/// What a request is answered.
#[derive(Debug)]
pub enum Reply {
    /// A query without errors: the bytes of its answer.
    Whole(Arc<Whole>, Option<Receipt>),
    /// Anything else.
    Answer(Answer),
}

/// What an answer cost: `extensions.receipt`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// About the number of values that the largest answer to the operation has, where it was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<usize>,
    /// Levels of its fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<usize>,
    /// What was read for it.
    #[serde(flatten)]
    pub read: db::Receipt,
    /// It was answered by a plan, not by the engine.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub planned: bool,
    /// Whether it was there already. Of a request that was not executed nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<Cached>,
}

/// Whether an answer was there before it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Cached {
    /// It was.
    Hit,
    /// It was computed.
    Miss,
    /// Answers are not kept here.
    Off,
}

/// What goes out. A request that was not executed has errors and no `data`.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// How far the request came.
    #[serde(skip)]
    pub outcome: Outcome,
    /// Each with its code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ServerError>,
    /// Of a request that was executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<async_graphql::Value>,
    /// What it cost, if the client asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Extensions>,
}

/// What goes along with an answer.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Extensions {
    /// What it cost.
    pub receipt: Receipt,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was executed, whatever became of its fields.
    Executed,
    /// It was refused before it was executed.
    Refused,
    /// Refused, because it would change something by a method that changes nothing.
    WouldChange,
    /// It was stopped when its time was over.
    TimedOut,
}

impl Cached {
    /// As it is counted.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Off => "off",
        }
    }
}

impl Receipt {
    /// Of an answer that was there already.
    #[must_use]
    pub fn hit(cost: usize, depth: usize) -> Self {
        Self {
            cost: Some(cost),
            depth: Some(depth),
            read: db::Receipt::default(),
            planned: false,
            cache: Some(Cached::Hit),
        }
    }
}

impl Answer {
    /// With what it cost.
    #[must_use]
    pub fn with(self, receipt: Option<Receipt>) -> Self {
        Self { extensions: receipt.map(|receipt| Extensions { receipt }), ..self }
    }

    /// The code of its first error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let code = self.errors.first()?.extensions.as_ref()?.get("code")?;
        if let async_graphql::Value::String(code) = code { Some(code) } else { None }
    }

    /// To a request that was not executed.
    #[must_use]
    pub const fn refused(errors: Vec<ServerError>) -> Self {
        Self { outcome: Outcome::Refused, errors, data: None, extensions: None }
    }

    /// [`refused`](Self::refused) for one reason.
    #[must_use]
    pub fn refusal(error: &Error) -> Self {
        Self::refused(vec![errors::refusal(error)])
    }

    /// To a request that was executed, and of which nothing can be told.
    #[must_use]
    pub fn failed(error: &Error) -> Self {
        Self { data: Some(async_graphql::Value::Null), ..Self::refusal(error) }
    }

    /// Takes out by what it is tagged.
    pub fn take_tags(&mut self, kinds: Kinds) -> String {
        let mut ids = BTreeSet::new();
        if let Some(data) = &mut self.data {
            tags::take(data, &mut ids);
        }
        tags::tags(kinds, &ids)
    }

    /// As JSON, without spaces.
    ///
    /// # Errors
    /// When it is larger than that.
    pub fn to_bytes(&self, max_bytes: usize) -> Result<Bytes> {
        to_bytes(self, max_bytes)
    }
}

/// An answer, or a batch of them, as JSON.
///
/// # Errors
/// When it is larger than that.
pub fn to_bytes(answer: &impl Serialize, max_bytes: usize) -> Result<Bytes> {
    let mut out = Bounded { bytes: Vec::new(), max_bytes };
    serde_json::to_writer(&mut out, answer).map_err(|_| Error::AnswerTooLarge { max_bytes })?;
    Ok(out.bytes.into())
}

/// Takes so many bytes and no more.
struct Bounded {
    bytes: Vec<u8>,
    max_bytes: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.max_bytes.saturating_sub(self.bytes.len()) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
