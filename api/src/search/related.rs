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
use crate::{Result, audience::Audience};
use std::{cmp::Reverse, collections::HashMap};

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
    let mut keys: Vec<Key> = subjects.iter().flat_map(|(_, keys)| keys).map(|(key, _)| key.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let place = asking.app.search.enter(asking.db).await?;
    let db = asking.db.apart();
    let views = store::lookup_rare(&db, asking.app, &keys, COMMON_BYTES).await?;
    let audience = asking.audience;
    let nearest = move || {
        let mut shared: HashMap<Key, Shared> = HashMap::with_capacity(keys.len());
        for (views, keys) in views.iter().zip(keys.chunks(store::KEYS)) {
            let all = views.iter().map(|view| view.published(audience)).sum();
            let of = |(number, key): (usize, &Key)| (key.clone(), Shared::of(views, number, key, all, audience));
            shared.extend(keys.iter().enumerate().map(of));
        }
        let nearest = |(article, keys): (i64, Vec<(Key, f64)>)| {
            let weighed = keys.iter().filter_map(|(key, weight)| Some((shared.get(key)?, *weight)));
            (article, nearest(article, weighed, first))
        };
        subjects.into_iter().map(nearest).collect()
    };
    let found = db.aside(nearest).await?;
    place.leave(asking.db).await;
    Ok(found)
}

/// Where a key stands, and how rare it is.
struct Shared {
    articles: Vec<i64>,
    rarity: f64,
}

impl Shared {
    fn of(views: &[View], number: usize, key: &Key, all: usize, audience: Audience) -> Self {
        let mut articles = Vec::new();
        let Some(kind) = key.kind() else {
            return Self { articles, rarity: 0.0 };
        };
        for view in views {
            let packed = view.postings.get(number).and_then(Option::as_deref).unwrap_or_default();
            let mut postings = Postings::new(packed, kind.form());
            while let Some(document) = postings.document() {
                postings.skip();
                if view.is_published(document, audience) {
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

/// What an article is about, and how much each of that counts: all of its title, and what its text says most often, or first.
fn keys_of(subject: &Subject) -> Vec<(Key, f64)> {
    let title = terms_of(&folded(&subject.title));
    let mut opening = terms_of(&folded(&subject.opening));
    opening.retain(|(key, _)| title.iter().all(|(other, _)| other != key));
    opening.sort_by_key(|(_, count)| Reverse(*count));
    let links = subject.links.iter().map(|key| (key.clone(), LINK));
    let title = title.into_iter().take(TERMS).map(|(key, _)| (key, TITLE));
    title.chain(opening.into_iter().take(TERMS).map(|(key, _)| (key, 1.0))).chain(links).collect()
}

/// The words of a folded text, and the pairs of its Chinese, Japanese and Korean characters, with how often they stand, in the order in which
/// they first do.
fn terms_of(text: &str) -> Vec<(Key, usize)> {
    let mut terms: HashMap<Key, (usize, usize)> = HashMap::new();
    let mut add = |key: Key| {
        let next = terms.len();
        terms.entry(key).or_insert((next, 0)).1 += 1;
    };
    let words = words(text)
        .filter(|word| word.len() > 2 && is_telling(word) && !word.bytes().all(|byte| byte.is_ascii_digit()));
    words.for_each(|word| add(Key::text(super::Kind::Word, word)));
    let chars: Vec<char> = text.chars().collect();
    for pair in chars.windows(2).filter(|pair| pair.iter().all(|character| is_cjk(*character))) {
        add(Packed::of(pair).key());
    }
    let mut terms: Vec<(Key, (usize, usize))> = terms.into_iter().collect();
    terms.sort_unstable_by_key(|(_, (place, _))| *place);
    terms.into_iter().map(|(key, (_, count))| (key, count)).collect()
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
