//! Answers that were given before: whole, as bytes, bounded in bytes, each computed once at a time.
//!
//! Nothing here knows what an answer says. A change of the content makes all of them stale, whatever it was
//! ([decision 18](../../../docs/decisions/0018-whole-answers-are-kept-by-generation.md)).

mod key;
pub mod tags;
mod whole;

pub use key::Key;
pub use whole::{SMALL_BYTES, Whole};

use bytes::Bytes;
use entity::Timestamp;
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter, sync, sync::DefaultLifecycle};
use std::{
    future::Future,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// The bytes that one of a cache's parts is to have at the least: an answer that is larger than its part is not kept.
const PART_BYTES: u64 = 8 * 1024 * 1024;

/// Between two times at which stale answers are taken out.
const SWEEP: Duration = Duration::from_secs(1);

/// What of the bytes is for requests as they came in, as one in so many.
const SPOKEN: u64 = 8;

/// About what an answer takes, for the size of tables.
const USUAL_BYTES: u64 = 4 * 1024;

/// A request as it came in: whoever asks with the same bytes again is answered without reading them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spoken {
    /// The parameters of a URL, or a body.
    pub way: Way,
    /// Which class of readers asks.
    pub is_preview: bool,
    /// All of them.
    pub bytes: Bytes,
}

/// How a request says what it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// By the parameters of its URL.
    Url,
    /// By its body.
    Body,
}

/// The answers. One for all workers.
pub struct Answers {
    whole: sync::Cache<Key, Arc<Whole>, ByBytes>,
    spoken: sync::Cache<Spoken, Key, ByBytes>,
    /// When, and below which generation, was taken out what is stale.
    swept: Mutex<Option<(Instant, i64)>>,
}

/// Leave to compute an answer that others wait for. Whoever drops it leaves that to the next of them.
pub struct Flight<'a>(sync::PlaceholderGuard<'a, Key, Arc<Whole>, ByBytes, DefaultHashBuilder, Lifecycle>);

type Lifecycle = DefaultLifecycle<Key, Arc<Whole>>;

/// What a request finds.
pub enum Found<'a> {
    /// An answer, which may be stale.
    Answer(Arc<Whole>),
    /// Nothing, and nobody else computes it.
    Nothing(Flight<'a>),
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Whole>> for ByBytes {
    fn weight(&self, _: &Key, whole: &Arc<Whole>) -> u64 {
        whole.weight()
    }
}

impl Weighter<Spoken, Key> for ByBytes {
    fn weight(&self, spoken: &Spoken, _: &Key) -> u64 {
        (spoken.bytes.len() + 256) as u64
    }
}

impl Answers {
    /// Within so many bytes; nothing where there are none.
    #[must_use]
    pub fn new(max_bytes: u64) -> Option<Self> {
        let spoken = max_bytes / SPOKEN;
        let whole = max_bytes - spoken;
        (max_bytes > 0).then(|| Self { whole: cache(whole), spoken: cache(spoken), swept: Mutex::default() })
    }

    /// The answer to a request that came in like this before, if it still holds.
    #[must_use]
    pub fn again(&self, spoken: &Spoken, generation: i64, now: Timestamp) -> Option<Arc<Whole>> {
        let key = self.spoken.get(spoken)?;
        self.whole.get(&key).filter(|whole| whole.holds(generation, now))
    }

    /// Remembers what a request asks that came in like this.
    pub fn learn(&self, spoken: &Spoken, key: Key) {
        if self.spoken.peek(spoken).is_none() {
            // The bytes are a part of what a connection has read.
            self.spoken.insert(Spoken { bytes: Bytes::copy_from_slice(&spoken.bytes), ..spoken.clone() }, key);
        }
    }

    /// The answer under this key, once nobody computes it any more.
    pub fn find<'a>(&'a self, key: &'a Key) -> impl Future<Output = Found<'a>> {
        let found = self.whole.get_value_or_guard_async(key);
        async move { found.await.map_or_else(|guard| Found::Nothing(Flight(guard)), Found::Answer) }
    }

    /// The answer with its bytes compressed, from now on for whoever asks.
    #[must_use]
    pub fn zipped(&self, whole: &Arc<Whole>) -> Arc<Whole> {
        let zipped = Arc::new(whole.zipped());
        let is_kept = |kept: Arc<Whole>| Arc::ptr_eq(&kept, whole);
        if self.whole.peek(&whole.key).is_some_and(is_kept) {
            self.whole.insert(whole.key, Arc::clone(&zipped));
        }
        zipped
    }

    /// Takes out an answer that does not hold any more.
    pub fn forget(&self, key: &Key, stale: &Arc<Whole>) {
        self.whole.remove_if(key, |whole| Arc::ptr_eq(whole, stale));
    }

    /// Takes out what is of an earlier generation than this one, so that it does not take the memory of what is asked for. Done at
    /// most once a second: while the content changes all the time, what is asked for takes the place of what it was before.
    pub fn sweep(&self, generation: i64) {
        let Ok(mut swept) = self.swept.try_lock() else { return };
        let is_due = swept.is_none_or(|(at, before)| before < generation && at.elapsed() >= SWEEP);
        if is_due {
            *swept = Some((Instant::now(), generation));
            drop(swept);
            self.whole.retain(|_, whole| whole.state.generation >= generation);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.whole.len()
    }

    /// About the bytes that are taken.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.whole.weight() + self.spoken.weight()
    }
}

impl Flight<'_> {
    /// Keeps the answer, and gives it to those who wait.
    pub fn land(self, whole: Arc<Whole>) {
        // It may be too large to be kept; those who wait get it all the same.
        let _ = self.0.insert(whole);
    }
}

fn cache<K: Eq + std::hash::Hash, V: Clone>(max_bytes: u64) -> sync::Cache<K, V, ByBytes>
where
    ByBytes: Weighter<K, V> + Clone,
{
    let parts = usize::try_from((max_bytes / PART_BYTES).clamp(1, 16)).unwrap_or(1);
    let items = usize::try_from((max_bytes / USUAL_BYTES).clamp(16, 65_536)).unwrap_or(16);
    let options =
        OptionsBuilder::new().shards(parts).weight_capacity(max_bytes).estimated_items_capacity(items).build();
    match options {
        Ok(options) => {
            sync::Cache::with_options(options, ByBytes, DefaultHashBuilder::default(), DefaultLifecycle::default())
        }
        // Nothing is missing from them.
        Err(_) => sync::Cache::with_weighter(items, max_bytes, ByBytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{freshness::Known, observe::Operation};
    use futures_util::FutureExt;
    use std::{collections::BTreeMap, sync::OnceLock};

    fn key(number: u32) -> Key {
        let mut document = [0; 32];
        document[..4].copy_from_slice(&number.to_le_bytes());
        Key::new(&document, None, &BTreeMap::new(), false)
    }

    fn whole(number: u32, bytes: usize, generation: i64) -> Arc<Whole> {
        let body = Bytes::from(vec![b'x'; bytes]);
        let (tag, state) = (OnceLock::new(), Known::for_ever(generation));
        let (gzip, max_age, surrogates) = (None, None, None);
        let operation = Arc::new(Operation::new(None, &[0; 32], None));
        Arc::new(Whole { key: key(number), operation, body, gzip, tag, cost: 1, depth: 1, state, max_age, surrogates })
    }

    fn keep(answers: &Answers, whole: &Arc<Whole>) {
        match answers.find(&whole.key).now_or_never() {
            Some(Found::Nothing(flight)) => flight.land(Arc::clone(whole)),
            Some(Found::Answer(_)) => {}
            None => panic!("nobody else is there"),
        }
        let bytes = Bytes::from(format!("{:?}", whole.key));
        answers.learn(&Spoken { way: Way::Body, is_preview: false, bytes }, whole.key);
    }

    #[test]
    fn no_more_is_kept_than_is_allowed() {
        for max in [100_000, 3_000_000, 40_000_000] {
            let answers = Answers::new(max).unwrap();
            for number in 0..6_000 {
                keep(&answers, &whole(number, 9_000, 1));
                assert!(answers.bytes() <= max, "{} of {max}", answers.bytes());
            }
            assert!(answers.bytes() > max * 6 / 10, "{} of {max}", answers.bytes());
        }
        assert!(Answers::new(0).is_none());
    }

    #[test]
    fn compressing_is_counted_and_done_once() {
        let answers = Answers::new(1_000_000).unwrap();
        let plain = whole(1, 5_000, 1);
        keep(&answers, &plain);
        let before = answers.bytes();
        let zipped = answers.zipped(&plain);
        let gzip = zipped.gzip.as_ref().unwrap();
        assert_eq!(answers.bytes(), before + gzip.len() as u64);
        let Some(Found::Answer(kept)) = answers.find(&plain.key).now_or_never() else { panic!("it is there") };
        assert!(Arc::ptr_eq(&kept, &zipped));
    }

    #[test]
    fn what_is_stale_is_taken_out() {
        let answers = Answers::new(10_000_000).unwrap();
        (0..500).for_each(|number| keep(&answers, &whole(number, 9_000, i64::from(number % 2))));
        let all = answers.bytes();
        answers.sweep(1);
        assert!(answers.bytes() < all * 6 / 10, "{} of {all}", answers.bytes());
        let Some(Found::Answer(_)) = answers.find(&key(1)).now_or_never() else { panic!("it holds") };
    }

    #[tokio::test]
    async fn whoever_waits_is_next_when_the_first_one_leaves() {
        let answers = Answers::new(1_000_000).unwrap();
        let key = key(1);
        let Found::Nothing(first) = answers.find(&key).await else { panic!("nothing is there") };
        let mut second = Box::pin(answers.find(&key));
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        let Found::Nothing(second) = second.await else { panic!("nothing is there yet") };
        let mut third = Box::pin(answers.find(&key));
        assert!(third.as_mut().now_or_never().is_none());
        second.land(whole(1, 10, 1));
        assert!(matches!(third.await, Found::Answer(_)));
    }
}
