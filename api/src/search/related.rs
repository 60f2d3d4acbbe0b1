//! The articles nearest to others: those that share their rarest terms, categories and tags.

use super::{
    fold::folded,
    index::{
        postings::Postings,
        store::{self, View},
        terms::{Key, Packed, is_cjk, words},
    },
    matches::Asking,
    words::is_telling,
};
use crate::{Error, Result};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

/// An article whose neighbours are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub article: i64,
    /// Its title.
    pub title: String,
    /// The beginning of its text.
    pub opening: String,
    /// Keys of its categories and tags.
    pub links: Vec<Key>,
}

/// Terms of the title, and as many of the text, that are looked up.
const TERMS: usize = 24;

/// The postings of terms that stand in very many articles are longer, and those terms tell nothing.
const COMMON_BYTES: i64 = 32 * 1024;

/// Those that share so much of what an article is about tell the same story.
const SAME_STORY: f64 = 0.7;

/// What a term of a title counts beside one of a text.
const TITLE: f64 = 2.0;

/// What a category or a tag counts beside a term.
const LINK: f64 = 0.8;

/// The published articles nearest to each of these, nearest first, without itself; those that tell the same story come behind those that
/// do not.
///
/// # Errors
/// When the database fails.
pub async fn related(asking: &Asking<'_>, subjects: Vec<Subject>, first: usize) -> Result<HashMap<i64, Vec<i64>>> {
    let subjects: Vec<(i64, Vec<(Key, f64)>)> =
        subjects.into_iter().map(|subject| (subject.article, keys_of(&subject))).collect();
    let mut numbers: BTreeMap<Key, usize> = BTreeMap::new();
    for (key, _) in subjects.iter().flat_map(|(_, keys)| keys) {
        let next = numbers.len();
        numbers.entry(key.clone()).or_insert(next);
    }
    let mut keys: Vec<(usize, Key)> = numbers.iter().map(|(key, number)| (*number, key.clone())).collect();
    keys.sort_unstable_by_key(|(number, _)| *number);
    let keys: Vec<Key> = keys.into_iter().map(|(_, key)| key).collect();
    let views = store::lookup_rare(asking.db, asking.app, &keys, COMMON_BYTES).await?;
    let audience = asking.audience;
    let nearest = tokio::task::spawn_blocking(move || {
        let all = views.iter().map(|view| view.published(audience)).sum::<usize>();
        let place = |number: usize| {
            Shared::of(&views, number, keys.get(number), all, |view, document| view.is_published(document, audience))
        };
        let shared: Vec<Shared> = (0..keys.len()).map(place).collect();
        subjects
            .into_iter()
            .map(|(article, keys)| {
                let weighed = keys.iter().filter_map(|(key, weight)| Some((shared.get(*numbers.get(key)?)?, *weight)));
                (article, nearest(article, weighed, first))
            })
            .collect()
    });
    nearest.await.map_err(|_| Error::Cancelled)
}

/// Where a key stands, and how rare it is.
struct Shared {
    articles: Vec<i64>,
    rarity: f64,
}

impl Shared {
    fn of(
        views: &[View],
        number: usize,
        key: Option<&Key>,
        all: usize,
        is_published: impl Fn(&View, u32) -> bool,
    ) -> Self {
        let mut articles = Vec::new();
        let form = key.and_then(Key::kind).map(|kind| kind.form());
        for view in views {
            let packed = view.postings.get(number).and_then(Option::as_deref);
            let Some((packed, form)) = packed.zip(form) else {
                continue;
            };
            let mut postings = Postings::new(packed, form);
            while let Some(document) = postings.document() {
                postings.skip();
                if is_published(view, document) {
                    articles.extend(view.documents.get(document as usize).map(|document| document.article));
                }
            }
        }
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let rarity = (number(all) / number(articles.len().max(1))).max(1.0).ln();
        Self { articles, rarity }
    }
}

fn nearest<'a>(subject: i64, shared: impl Iterator<Item = (&'a Shared, f64)>, first: usize) -> Vec<i64> {
    let mut scores: HashMap<i64, f64> = HashMap::new();
    for (shared, weight) in shared.filter(|(shared, _)| shared.articles.len() > 1) {
        for article in &shared.articles {
            *scores.entry(*article).or_default() += weight * shared.rarity;
        }
    }
    let own = scores.remove(&subject).unwrap_or_default();
    let mut nearest: Vec<(bool, i64, i64)> = scores
        .into_iter()
        .map(|(article, score)| {
            #[expect(clippy::cast_possible_truncation, reason = "a score is below a thousand")]
            let rounded = (score * 1e6).round() as i64;
            (score > own * SAME_STORY, rounded, article)
        })
        .filter(|(_, score, _)| *score > 0)
        .collect();
    nearest.sort_unstable_by_key(|(is_same, score, article)| (*is_same, Reverse((*score, *article))));
    nearest.into_iter().take(first).map(|(.., article)| article).collect()
}

/// What an article is about, and how much each of that counts.
fn keys_of(subject: &Subject) -> Vec<(Key, f64)> {
    let title = terms_of(&folded(&subject.title));
    let mut opening: Vec<(Key, usize)> = terms_of(&folded(&subject.opening)).into_iter().collect();
    opening.retain(|(key, _)| !title.contains_key(key));
    opening.sort_by_key(|(_, count)| Reverse(*count));
    let links = subject.links.iter().map(|key| (key.clone(), LINK));
    let title = title.into_keys().take(TERMS).map(|key| (key, TITLE));
    title.chain(opening.into_iter().take(TERMS).map(|(key, _)| (key, 1.0))).chain(links).collect()
}

/// The words of a folded text, and the pairs of its Chinese, Japanese and Korean characters, with how often they stand.
fn terms_of(text: &str) -> BTreeMap<Key, usize> {
    let mut terms: BTreeMap<Key, usize> = BTreeMap::new();
    let words = words(text)
        .filter(|word| word.len() > 2 && is_telling(word) && !word.bytes().all(|byte| byte.is_ascii_digit()));
    for word in words {
        *terms.entry(Key::text(super::Kind::Word, word)).or_default() += 1;
    }
    let chars: Vec<char> = text.chars().collect();
    for pair in chars.windows(2).filter(|pair| pair.iter().all(|character| is_cjk(*character))) {
        *terms.entry(Packed::of(pair).key()).or_default() += 1;
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_story_comes_behind_others() {
        let shared = |articles: &[i64], rarity| Shared { articles: articles.to_vec(), rarity };
        let keys = [shared(&[1, 2, 3], 3.0), shared(&[1, 2, 4], 2.0), shared(&[1], 9.0), shared(&[1, 2], 1.0)];
        assert_eq!(nearest(1, keys.iter().map(|key| (key, 1.0)), 5), [3, 4, 2]);
    }
}
