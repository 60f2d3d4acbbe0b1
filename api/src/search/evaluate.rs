//! Which documents of the index a query finds, and how good each is. Pure: the same on every database.

use super::{
    index::{
        documents::Document,
        postings::{Counts, Form, Postings},
        store::View,
    },
    plan::{Placing, Plan, Wanted},
};
use crate::audience::Audience;

/// A document that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub article: i64,
    /// In millionths; the higher, the better.
    pub score: i64,
    /// Its number in its segment.
    pub number: u32,
    /// Which of the segments it is in.
    pub segment: u16,
    /// Whether it is shown in lists.
    pub is_published: bool,
}

/// A document in which one term stands.
#[derive(Clone, Copy, Debug)]
struct Match {
    number: u32,
    /// Where it stands, also in the middle of words.
    parts: Counts,
    /// Where it stands as a whole word.
    words: Counts,
}

/// Everything that the query finds, whoever may see it, in no order. `audience` says which articles count where rare terms are told from common ones: those that nobody sees must not be told by that.
#[must_use]
pub fn evaluate(views: &[View], plan: &Plan, audience: Audience) -> Vec<Hit> {
    let found: Vec<Found> = views.iter().map(|view| Found::of(view, plan, audience)).collect();
    let weights = if plan.wanted.len() > 1 {
        let all = views.iter().map(|view| view.published(audience)).sum();
        (0..plan.wanted.len()).map(|term| rarity(all, total(&found, term))).collect()
    } else {
        vec![1.0; plan.wanted.len()]
    };
    let mut hits = Vec::with_capacity(found.iter().map(|found| found.numbers.len()).sum());
    for (segment, (view, found)) in (0_u16..).zip(views.iter().zip(&found)) {
        let hit = |document: &Document, number, score| Hit {
            article: document.article,
            score,
            number,
            segment,
            is_published: document.is_published(audience),
        };
        found.rank(view, &weights, |document, number, score| hits.push(hit(document, number, score)));
    }
    hits
}

/// In how many published documents each term of a plan stands.
#[must_use]
pub fn frequencies(views: &[View], plan: &Plan, audience: Audience) -> Vec<usize> {
    let found: Vec<Found> = views.iter().map(|view| Found::of(view, plan, audience)).collect();
    (0..plan.wanted.len()).map(|term| total(&found, term)).collect()
}

/// How many published documents a word has in a segment, of which these are the packed postings.
#[must_use]
pub fn count_published(view: &View, packed: &[u8], audience: Audience) -> usize {
    let mut postings = Postings::new(packed, Form::Counted);
    let mut count = 0;
    while let Some(number) = postings.document() {
        postings.skip();
        count += usize::from(view.is_published(number, audience));
    }
    count
}

/// In how many published documents of a segment a term stands.
fn frequency(view: &View, matches: &[Match], audience: Audience) -> usize {
    matches.iter().filter(|found| view.is_published(found.number, audience)).count()
}

fn total(found: &[Found], term: usize) -> usize {
    found.iter().filter_map(|found| found.frequencies.get(term)).sum()
}

/// The inverse document frequency, in halves: an article more or less somewhere else seldom changes the order of those that are read.
fn rarity(all: usize, having: usize) -> f64 {
    let (all, having) = (as_f64(all), as_f64(having));
    let rarity = (1.0 + (all - having + 0.5).max(0.5) / (having + 0.5)).ln();
    (rarity * 2.0).round().max(1.0) / 2.0
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What a plan finds in one segment.
struct Found {
    /// Of each wanted term, as far as the query finds the document.
    terms: Vec<Vec<Match>>,
    /// Of each pair of neighbours.
    together: Vec<Vec<Match>>,
    /// The numbers of the documents that the query finds, upwards.
    numbers: Vec<u32>,
    /// In how many published documents each wanted term stands.
    frequencies: Vec<usize>,
}

impl Found {
    fn of(view: &View, plan: &Plan, audience: Audience) -> Self {
        let terms: Vec<Vec<Match>> = plan.wanted.iter().map(|term| wanted(view, term)).collect();
        let together: Vec<Vec<Match>> = plan.together.iter().map(|placing| matches(view, placing)).collect();
        let mut numbers = match (terms.as_slice(), plan.is_any) {
            ([], _) => (0..u32::try_from(view.documents.len()).unwrap_or(u32::MAX)).collect(),
            (terms, true) => any(terms),
            (terms, false) => all(terms),
        };
        for placing in &plan.unwanted {
            numbers = without(numbers, &matches(view, placing));
        }
        numbers.retain(|number| !view.dead.contains(*number));
        let frequencies = terms.iter().map(|matches| frequency(view, matches, audience)).collect();
        let kept = |matches: Vec<Match>| {
            let mut cursor = Cursor(&matches);
            numbers.iter().filter_map(|number| cursor.at(*number)).collect()
        };
        let (terms, together) = (terms.into_iter().map(kept).collect(), together.into_iter().map(kept).collect());
        Self { terms, together, numbers, frequencies }
    }

    fn rank(&self, view: &View, weights: &[f64], mut with: impl FnMut(&Document, u32, i64)) {
        let mut terms: Vec<Cursor<'_>> = self.terms.iter().map(|matches| Cursor(matches)).collect();
        let mut together: Vec<Cursor<'_>> = self.together.iter().map(|matches| Cursor(matches)).collect();
        for number in &self.numbers {
            let Some(document) = view.documents.get(*number as usize) else {
                continue;
            };
            let of_terms = terms.iter_mut().zip(weights).filter_map(|(term, weight)| {
                let found = term.at(*number)?;
                Some(weight * strength(found, document))
            });
            let mut score: f64 = of_terms.sum();
            let neighbours = together.iter_mut().filter_map(|pair| pair.at(*number));
            score += neighbours.map(|found| NEIGHBOURS * strength(found, document)).sum::<f64>();
            #[expect(clippy::cast_possible_truncation, reason = "a score is below a thousand")]
            let score = (score * 1e6).round() as i64;
            with(document, *number, score);
        }
    }
}

/// Matches that are met in order.
struct Cursor<'a>(&'a [Match]);

impl Cursor<'_> {
    fn at(&mut self, number: u32) -> Option<Match> {
        while let Some((first, rest)) = self.0.split_first() {
            if first.number >= number {
                return (first.number == number).then_some(*first);
            }
            self.0 = rest;
        }
        None
    }
}

/// How soon more of a word counts little more (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).
const SATURATION: f64 = 1.2;
/// How much the length of a title and of a text counts.
const LENGTH: (f64, f64) = (0.1, 0.4);
/// Characters of a usual title and text. Fixed: what is written elsewhere does not change a score.
const USUAL: (f64, f64) = (24.0, 1_500.0);
/// Longer than so many times the usual counts no more.
const LONGEST: f64 = 3.0;
/// A title with a word comes before any text that is full of it.
const TITLE: f64 = 3.0;
/// What a place in the middle of a word counts beside a whole word: a title with `party` comes behind a text with `art`.
const PART: f64 = 0.15;
/// What words beside each other count more.
const NEIGHBOURS: f64 = 1.0;

/// Where a term stands only in the middle of words, the order is the same as if they were whole.
fn strength(found: Match, document: &Document) -> f64 {
    PART * fullness(found.parts, document) + (1.0 - PART) * fullness(found.words, document)
}

fn fullness(counts: Counts, document: &Document) -> f64 {
    // Who says a word twice in a title does not write more about it.
    let (title, body) = (f64::from(counts.title.min(1)), f64::from(counts.body));
    TITLE * saturated(title, f64::from(document.title) / USUAL.0, LENGTH.0)
        + saturated(body, f64::from(document.body) / USUAL.1, LENGTH.1)
}

fn saturated(count: f64, length: f64, weight: f64) -> f64 {
    if count == 0.0 {
        return 0.0;
    }
    let length = 1.0 - weight + weight * length.min(LONGEST);
    count * (SATURATION + 1.0) / (count + SATURATION * length)
}

/// The documents with a term. Outside of words set apart by spaces every place is a whole one.
fn wanted(view: &View, term: &Wanted) -> Vec<Match> {
    let mut matches = matches(view, &term.placing);
    let Some(word) = term.word else {
        return matches;
    };
    for found in &mut matches {
        found.words = Counts::default();
    }
    let Some(packed) = view.postings.get(word).and_then(Option::as_deref) else {
        return matches;
    };
    let mut words = Postings::new(packed, Form::Counted);
    let mut rest = matches.iter_mut();
    while let Some(number) = words.document() {
        let counts = words.counts();
        if let Some(found) = rest.find(|found| found.number >= number)
            && found.number == number
        {
            found.words = counts;
        }
    }
    matches
}

/// The documents in which something stands, upwards.
fn matches(view: &View, placing: &Placing) -> Vec<Match> {
    match placing {
        Placing::Counted(key) => counted(view, *key),
        Placing::Placed(grams) => placed(view, grams),
    }
}

fn counted(view: &View, key: usize) -> Vec<Match> {
    let Some(packed) = view.postings.get(key).and_then(Option::as_deref) else {
        return Vec::new();
    };
    let mut postings = Postings::new(packed, Form::Counted);
    let mut matches = Vec::with_capacity(postings.documents as usize);
    while let Some(number) = postings.document() {
        let parts = postings.counts();
        matches.push(Match { number, parts, words: parts });
    }
    matches
}

/// Where a text may begin: documents, for each how many places, and the places of all.
#[derive(Default)]
struct Begins {
    documents: Vec<(u32, u32)>,
    places: Vec<u32>,
}

fn placed(view: &View, grams: &[(usize, u32)]) -> Vec<Match> {
    let postings = |(key, offset): &(usize, u32)| Some((view.postings.get(*key)?.as_deref()?, *offset));
    let Some(mut grams) = grams.iter().map(postings).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    // The rarest first: the others are looked at only where it stands.
    grams.sort_by_key(|(packed, _)| packed.len());
    let mut grams = grams.into_iter();
    let Some((packed, offset)) = grams.next() else {
        return Vec::new();
    };
    let mut begins = Begins::of(packed, offset);
    for (packed, offset) in grams {
        begins = begins.also(packed, offset);
    }
    begins.matches(&view.documents)
}

impl Begins {
    fn of(packed: &[u8], offset: u32) -> Self {
        let mut postings = Postings::new(packed, Form::Placed);
        let mut begins = Self::default();
        while let Some(number) = postings.document() {
            let before = begins.places.len();
            postings.places(|place| begins.places.extend(place.checked_sub(offset)));
            begins.close(number, before);
        }
        begins
    }

    fn close(&mut self, number: u32, before: usize) {
        let count = u32::try_from(self.places.len() - before).unwrap_or(u32::MAX);
        if count > 0 {
            self.documents.push((number, count));
        }
    }

    /// Those of the places behind which this gram stands too.
    fn also(&self, packed: &[u8], offset: u32) -> Self {
        let mut postings = Postings::new(packed, Form::Placed);
        let mut kept = Self::default();
        let (mut rest, mut next) = (self.places.as_slice(), postings.document());
        for (number, count) in &self.documents {
            let (places, behind) = rest.split_at_checked(*count as usize).unwrap_or((rest, &[]));
            rest = behind;
            while next.is_some_and(|other| other < *number) {
                postings.skip();
                next = postings.document();
            }
            if next == Some(*number) {
                let before = kept.places.len();
                let mut places = places;
                postings.places(|place| kept.places.extend(meet(&mut places, place, offset)));
                kept.close(*number, before);
                next = postings.document();
            }
        }
        kept
    }

    fn matches(&self, documents: &[Document]) -> Vec<Match> {
        let mut rest = self.places.as_slice();
        let matched = |(number, count): &(u32, u32)| {
            let (places, behind) = rest.split_at_checked(*count as usize).unwrap_or((rest, &[]));
            rest = behind;
            let title = documents.get(*number as usize).map_or(0, |document| document.title);
            let parts = Counts::of_places(places, usize::from(title));
            Match { number: *number, parts, words: parts }
        };
        self.documents.iter().map(matched).collect()
    }
}

/// The beginning to which this place belongs. Both come upwards.
#[inline]
fn meet(begins: &mut &[u32], place: u32, offset: u32) -> Option<u32> {
    let wanted = place.checked_sub(offset)?;
    while let Some((first, rest)) = begins.split_first() {
        if *first > wanted {
            return None;
        }
        *begins = rest;
        if *first == wanted {
            return Some(wanted);
        }
    }
    None
}

/// The numbers that all of these have.
fn all(terms: &[Vec<Match>]) -> Vec<u32> {
    let mut terms: Vec<&Vec<Match>> = terms.iter().collect();
    terms.sort_by_key(|matches| matches.len());
    let mut terms = terms.into_iter();
    let first = terms.next().map_or(&[][..], Vec::as_slice);
    let mut numbers: Vec<u32> = first.iter().map(|found| found.number).collect();
    for matches in terms {
        let mut cursor = Cursor(matches);
        numbers.retain(|number| cursor.at(*number).is_some());
    }
    numbers
}

/// The numbers that one of these has.
fn any(terms: &[Vec<Match>]) -> Vec<u32> {
    let mut numbers: Vec<u32> = terms.iter().flatten().map(|found| found.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn without(mut numbers: Vec<u32>, matches: &[Match]) -> Vec<u32> {
    let mut cursor = Cursor(matches);
    numbers.retain(|number| cursor.at(*number).is_none());
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a term that stands so often in the title and the text, each time as a whole word or each time in the middle of one.
    fn found(title: u32, body: u32, is_whole: bool) -> Match {
        let parts = Counts { title, body };
        Match { number: 0, parts, words: if is_whole { parts } else { Counts::default() } }
    }

    fn document(title: u16, body: u32) -> Document {
        Document { title, body, ..Document::default() }
    }

    #[test]
    fn a_title_with_a_word_comes_before_any_text_that_is_full_of_it() {
        let in_title = strength(found(1, 0, true), &document(u16::MAX, u32::MAX));
        let in_text = strength(found(0, u32::MAX, true), &document(1, 1));
        assert!(in_title > in_text, "{in_title} {in_text}");
    }

    #[test]
    fn a_text_with_a_word_comes_before_a_title_that_has_it_in_the_middle_of_another() {
        let in_text = strength(found(0, 1, true), &document(u16::MAX, u32::MAX));
        let in_title = strength(found(1, 0, false), &document(1, 1));
        assert!(in_text > in_title, "{in_text} {in_title}");
    }

    #[test]
    fn a_title_says_a_word_once() {
        let document = document(30, 900);
        let strengths = [1, 5].map(|title| strength(found(title, 2, true), &document));
        assert!((strengths[0] - strengths[1]).abs() < f64::EPSILON);
    }
}
