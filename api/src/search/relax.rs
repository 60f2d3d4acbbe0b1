//! What is asked when nothing is found: the words of the query by themselves, words that are written or pronounced like them, and
//! articles that have some of them.

use super::{
    evaluate::{count_published, frequencies},
    index::{
        store::{self, View},
        terms::{Key, Kind, is_word},
    },
    matches::{Asking, Matches, Searched},
    plan::{Plan, Probe},
    query::{MOST_TERMS, SearchQuery, Term},
    words,
};
use crate::Result;
use std::collections::HashMap;

/// Words of a query that are looked for among their neighbours in the alphabet.
const MENDED: usize = 3;

/// Parts of a query that are looked for among what sounds like them.
const HEARD: usize = 12;

/// The first of the wider searches that finds something, if one does.
///
/// # Errors
/// When the database fails.
pub async fn relaxed(asking: &Asking<'_>, query: &SearchQuery) -> Result<Option<Matches>> {
    let mended = mended(asking, query).await?;
    let did_you_mean = mended.as_ref().map(ToString::to_string);
    let tell =
        |query: &SearchQuery| Searched { query: query.clone(), is_relaxed: true, did_you_mean: did_you_mean.clone() };
    if let Some(mended) = &mended
        && let Some(found) = asking.ask_for_any(Plan::of(mended), tell(mended)).await?
    {
        return Ok(Some(found));
    }
    let asked = mended.unwrap_or_else(|| query.clone());
    let wanted = asked.wanted.clone();
    let (mut cut, together) = asking.db.aside(move || cut(&asked)).await?;
    cut.wanted.truncate(MOST_TERMS);
    if cut.wanted.is_empty() {
        return Ok(None);
    }
    let is_new = cut.wanted != wanted;
    if is_new && let Some(found) = asking.ask_for_any(Plan::of(&cut), tell(&cut)).await? {
        return Ok(Some(found));
    }
    let some = Plan::of_any(&cut, &together);
    asking.ask_for_any(some, tell(&cut)).await
}

/// The telling words of a query, and those that stand beside each other in it. Phrases stay as they are.
fn cut(query: &SearchQuery) -> (SearchQuery, Vec<String>) {
    let mut wanted: Vec<Term> = Vec::new();
    let mut together = Vec::new();
    for term in &query.wanted {
        let pieces = if term.is_phrase { vec![term.text.clone()] } else { words::cut(&term.text) };
        together.extend(pieces.windows(2).map(<[String]>::concat));
        let telling = pieces.into_iter().filter(|piece| term.is_phrase || words::is_telling(piece));
        for text in telling {
            if wanted.iter().all(|other| other.text != text) {
                wanted.push(Term { text, is_phrase: term.is_phrase });
            }
        }
    }
    (SearchQuery { wanted, unwanted: query.unwanted.clone() }, together)
}

/// A part of a term, and what may stand for it.
struct Doubt {
    term: usize,
    /// Where in the term it begins, in bytes.
    at: usize,
    part: String,
    others: Vec<String>,
    /// What every other one begins with that is not among them.
    half: Option<String>,
}

/// The query with other words for those that stand in no article, if there are any.
async fn mended(asking: &Asking<'_>, query: &SearchQuery) -> Result<Option<SearchQuery>> {
    let asked = query.clone();
    let doubts = asking.db.aside(move || doubts(&asked)).await?;
    if doubts.is_empty() {
        return Ok(None);
    }
    let probes = doubts.iter().flat_map(|doubt| {
        let other =
            |other: &String| if doubt.half.is_some() { Probe::Word(other.clone()) } else { Probe::Part(other.clone()) };
        [Probe::Part(doubt.part.clone())].into_iter().chain(doubt.others.iter().map(other))
    });
    let (views, frequencies) = frequency_of(asking, probes.collect()).await?;
    let mut mended = query.clone();
    let mut frequencies = frequencies.into_iter();
    for doubt in doubts {
        let is_there = frequencies.next().is_some_and(|frequency| frequency > 0);
        let mut others: HashMap<String, usize> = doubt.others.into_iter().zip(frequencies.by_ref()).collect();
        let Some(term) = mended.wanted.get_mut(doubt.term).filter(|_| !is_there) else {
            continue;
        };
        if let Some(half) = &doubt.half {
            others.extend(beginning(asking, &views, half, &doubt.part).await?);
        }
        let best = others.into_iter().filter(|(_, frequency)| *frequency > 0);
        let best = best.max_by(|(one, of_one), (other, of_other)| of_one.cmp(of_other).then_with(|| other.cmp(one)));
        let place = doubt.at..doubt.at + doubt.part.len();
        // A longer part around it may have been replaced before.
        if let Some((best, _)) = best.filter(|_| term.text.get(place.clone()) == Some(doubt.part.as_str())) {
            term.text.replace_range(place, &best);
        }
    }
    Ok((mended != *query).then_some(mended))
}

async fn frequency_of(asking: &Asking<'_>, probes: Vec<Probe>) -> Result<(Vec<View>, Vec<usize>)> {
    let plan = Plan::of_probes(&probes);
    let views = store::lookup(asking.db, asking.app, &plan.keys).await?;
    let audience = asking.audience;
    let count = move || {
        let frequencies = frequencies(&views, &plan, audience);
        (views, frequencies)
    };
    asking.db.aside(count).await
}

/// In how many articles each word stands that begins so and is one edit from this one.
async fn beginning(asking: &Asking<'_>, views: &[View], half: &str, word: &str) -> Result<Vec<(String, usize)>> {
    let from = Key::text(Kind::Word, half);
    let mut to = from.clone();
    to.0.push(u8::MAX);
    let mut found: HashMap<String, usize> = HashMap::new();
    let is_near = |key: &[u8]| {
        key.get(1..).and_then(|text| std::str::from_utf8(text).ok()).is_some_and(|other| words::is_near(word, other))
    };
    for (segment, key, postings) in store::range(asking.db, &from, &to, is_near).await?.postings {
        let other = key.as_text();
        let view = views.iter().find(|view| view.id == segment);
        if let (Some(other), Some(view)) = (other, view) {
            *found.entry(other.to_owned()).or_default() += count_published(view, &postings, asking.audience);
        }
    }
    Ok(found.into_iter().collect())
}

/// What could have been meant by the terms of a query, the longest parts first.
fn doubts(query: &SearchQuery) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let terms = || query.wanted.iter().enumerate().filter(|(_, term)| !term.is_phrase);
    for (term, Term { text, .. }) in terms().filter(|(_, term)| is_word(&term.text)).take(MENDED) {
        doubts.extend(words::near(text).map(|(others, half)| Doubt {
            term,
            at: 0,
            part: text.clone(),
            others: others.into_iter().collect(),
            half: Some(half),
        }));
    }
    let parts = terms()
        .filter(|(_, term)| !is_word(&term.text))
        .flat_map(|(term, Term { text, .. })| parts(text).into_iter().map(move |(at, part)| (term, at, part)));
    for (term, at, part) in parts.take(HEARD) {
        let others = words::same_sound(&part);
        if !others.is_empty() {
            doubts.push(Doubt { term, at, part, others, half: None });
        }
    }
    doubts
}

/// The parts of a text that may be one word that was written as others: words, and what follows each other where the dictionary knows no
/// word, the longest first, and where each begins.
fn parts(text: &str) -> Vec<(usize, String)> {
    let mut behind = 0;
    let pieces = words::cut(text).into_iter().filter_map(|piece| {
        let at = behind + text.get(behind..)?.find(&piece)?;
        behind = at + piece.len();
        Some((at, piece))
    });
    let pieces: Vec<(usize, String)> = pieces.collect();
    let mut parts = Vec::new();
    for length in (1..=words::LONGEST_SOUND).rev() {
        for window in pieces.windows(length) {
            let is_single = |(_, piece): &(usize, String)| piece.chars().count() == 1;
            let part: String = window.iter().map(|(_, piece)| piece.as_str()).collect();
            let is_fit = (2..=words::LONGEST_SOUND).contains(&part.chars().count());
            if let Some((at, _)) = window.first()
                && is_fit
                && (length == 1 || window.iter().any(is_single))
            {
                parts.push((*at, part));
            }
        }
    }
    parts
}
