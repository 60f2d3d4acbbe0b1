//! What hits have in common: whose they are, and how many each category, author or tag has of them.

use super::{
    evaluate::Hit,
    index::{
        documents::Bits,
        postings::{Form, Postings},
        store::{self, Range, View},
        terms::{Key, Kind},
    },
    matches::Matches,
};
use crate::{Result, app::App, db::Db};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Hits by whose they are.
pub type Lists = HashMap<i64, Arc<Vec<Hit>>>;

/// The hits of each owner; owners without any are left out.
///
/// # Errors
/// When the database fails.
pub async fn owned(
    db: &Db,
    app: &App,
    matches: &Matches,
    kind: Kind,
    owners: &[i64],
    hits: &Arc<Vec<Hit>>,
) -> Result<Lists> {
    let keys: Vec<Key> = owners.iter().map(|id| Key::id(kind, *id)).collect();
    let views = store::lookup(db, app, &keys).await?;
    let is_same = views.iter().map(|view| view.id).eq(matches.segments());
    let (owners, hits) = (owners.to_vec(), Arc::clone(hits));
    let lists = move || {
        let places = if is_same { Standing::by_number(&views, &hits) } else { Standing::by_article(&hits) };
        let list = |(number, owner): (usize, i64)| {
            let found = views.iter().enumerate().flat_map(|(segment, view)| places.of(segment, view, number));
            let found: Vec<Hit> = found.filter_map(|place| hits.get(place).copied()).collect();
            (!found.is_empty()).then(|| (owner, Arc::new(found)))
        };
        owners.into_iter().enumerate().filter_map(list).collect()
    };
    db.aside(lists).await
}

/// Where among the hits each document stands.
enum Standing {
    /// Of each segment, by the document's number, counted from 1; 0 for those that were not found.
    Numbers(Vec<Vec<u32>>),
    /// When the segments became others since.
    Articles(HashMap<i64, usize>),
}

impl Standing {
    fn by_number(views: &[View], hits: &[Hit]) -> Self {
        let mut numbers: Vec<Vec<u32>> = views.iter().map(|view| vec![0; view.documents.len()]).collect();
        for (place, hit) in (1..).zip(hits) {
            let segment = numbers.get_mut(usize::from(hit.segment));
            if let Some(number) = segment.and_then(|segment| segment.get_mut(hit.number as usize)) {
                *number = place;
            }
        }
        Self::Numbers(numbers)
    }

    fn by_article(hits: &[Hit]) -> Self {
        Self::Articles(hits.iter().enumerate().map(|(place, hit)| (hit.article, place)).collect())
    }

    /// The places of the living documents under a key of a view.
    fn of(&self, segment: usize, view: &View, key: usize) -> Vec<usize> {
        let packed = view.postings.get(key).and_then(Option::as_deref).unwrap_or_default();
        let mut postings = Postings::new(packed, Form::Plain);
        let mut places = Vec::new();
        while let Some(number) = postings.document().filter(|number| (*number as usize) < view.documents.len()) {
            let place = match self {
                Self::Numbers(numbers) => {
                    let place = numbers.get(segment).and_then(|numbers| numbers.get(number as usize));
                    place.and_then(|place| place.checked_sub(1)).map(|place| place as usize)
                }
                Self::Articles(articles) => {
                    let document = view.documents.get(number as usize);
                    document.and_then(|document| articles.get(&document.article)).copied()
                }
            };
            places.extend(place.filter(|_| !view.dead.contains(number)));
        }
        places
    }
}

/// How many of each list of hits stand under each key of a kind; keys without any are left out.
///
/// # Errors
/// When the database fails.
pub async fn groups(
    db: &Db,
    app: &App,
    matches: &Matches,
    kind: Kind,
    lists: &Lists,
) -> Result<HashMap<i64, HashMap<Key, i64>>> {
    let (from, to) = Key::all_of(kind);
    let range = store::range(db, &from, &to, |_| true).await?;
    let moved = if range.segments == matches.segments() { None } else { Some(store::lookup(db, app, &[]).await?) };
    let places = |hits: &[Hit]| moved.as_ref().map_or_else(|| matches.places(hits), |views| places(views, hits));
    let lists: Vec<(i64, Places)> = lists.iter().map(|(whose, hits)| (*whose, places(hits))).collect();
    db.aside(move || counted(&range, &lists)).await
}

/// The numbers of hits in each segment.
type Places = HashMap<i64, Bits>;

/// Each posting is read once, however many lists there are.
fn counted(range: &Range, lists: &[(i64, Places)]) -> HashMap<i64, HashMap<Key, i64>> {
    let mut counts: HashMap<i64, HashMap<Key, i64>> = HashMap::with_capacity(lists.len());
    for (segment, key, packed) in &range.postings {
        let lists: Vec<(i64, &Bits)> =
            lists.iter().filter_map(|(whose, places)| Some((*whose, places.get(segment)?))).collect();
        let mut found = vec![0_i64; lists.len()];
        let mut postings = Postings::new(packed, Form::Plain);
        while let Some(document) = postings.document() {
            for (count, (_, bits)) in found.iter_mut().zip(&lists) {
                *count += i64::from(bits.contains(document));
            }
        }
        for (count, (whose, _)) in found.into_iter().zip(&lists).filter(|(count, _)| *count > 0) {
            *counts.entry(*whose).or_default().entry(key.clone()).or_default() += count;
        }
    }
    counts
}

/// Where hits are in the segments, when these became others since.
fn places(views: &[View], hits: &[Hit]) -> HashMap<i64, Bits> {
    let articles: HashSet<i64> = hits.iter().map(|hit| hit.article).collect();
    let mut places: HashMap<i64, Bits> = HashMap::new();
    for view in views {
        for (number, document) in (0..).zip(view.documents.iter()) {
            if articles.contains(&document.article) && !view.dead.contains(number) {
                places.entry(view.id).or_default().insert(number);
            }
        }
    }
    places
}
