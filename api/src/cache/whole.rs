//! A whole answer as bytes, and for how long it is the right one.

use super::Key;
use crate::{freshness::Known, observe::Operation};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use entity::Timestamp;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// What an answer takes besides its bytes: itself, its key, and what the cache remembers of it.
const OVERHEAD: usize = 512;

/// Below it an answer is not compressed: it fits into a packet either way.
pub const SMALL_BYTES: usize = 1_024;

/// What is larger is compressed while it goes out: at once it would hold up the other requests of its worker.
const LARGE_BYTES: usize = 256 * 1_024;

/// The answer to a query that had no errors.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Under which it is kept.
    pub key: Key,
    /// Which operation it answers.
    pub operation: Arc<Operation>,
    /// `{"data":…}`.
    pub body: Bytes,
    /// The same, compressed; none where nobody has asked for that yet.
    pub gzip: Option<Bytes>,
    /// See [`tag`](Self::tag).
    pub tag: OnceLock<Bytes>,
    /// About how many values it could have had.
    pub cost: usize,
    /// Levels of its fields.
    pub depth: usize,
    /// Of which state of the content it is.
    pub state: Known,
    /// How long it may be kept by those who are not told of changes; none where that does not matter.
    pub max_age: Option<Duration>,
    /// By which a cache may be told to drop it, where that was asked for.
    pub surrogates: Option<Bytes>,
}

impl Whole {
    /// Whether it is what would be read now, by whoever knows of this generation.
    #[must_use]
    pub fn holds(&self, generation: i64, now: Timestamp) -> bool {
        self.state.generation >= generation && self.state.covers(now)
    }

    /// What it takes in memory.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let bytes = [&self.gzip, &self.surrogates].into_iter().flatten().map(Bytes::len).sum::<usize>();
        (self.body.len() + bytes + OVERHEAD) as u64
    }

    /// Tells it from what was answered before and will be later: letters of a hash, which is made when it is first asked for.
    #[must_use]
    pub fn tag(&self) -> &Bytes {
        self.tag.get_or_init(|| {
            let hash = Sha256::digest(&self.body);
            BASE64_URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default()).into()
        })
    }

    /// Whether it is compressed once, and not each time that it goes out.
    #[must_use]
    pub fn is_for_zipping(&self) -> bool {
        (SMALL_BYTES..=LARGE_BYTES).contains(&self.body.len())
    }

    /// The same with its bytes compressed; itself where that fails.
    #[must_use]
    pub fn zipped(&self) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        let gzip = encoder.write_all(&self.body).and_then(|()| encoder.finish());
        Self { gzip: gzip.ok().map(Bytes::from), ..self.clone() }
    }
}
