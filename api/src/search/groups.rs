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
    kind: Kind,
    owners: &[i64],
    hits: &[Hit],
) -> Result<HashMap<i64, Arc<Vec<Hit>>>> {
    let keys: Vec<Key> = owners.iter().map(|id| Key::id(kind, *id)).collect();
    let views = store::lookup(db, app, &keys).await?;
    let places: HashMap<i64, usize> = hits.iter().enumerate().map(|(place, hit)| (hit.article, place)).collect();
    let mut lists = HashMap::new();
    for (number, owner) in owners.iter().enumerate() {
        let articles = views.iter().flat_map(|view| articles(view, number));
        let found: Vec<Hit> = articles.filter_map(|article| hits.get(*places.get(&article)?).copied()).collect();
        if !found.is_empty() {
            lists.insert(*owner, Arc::new(found));
        }
    }
    Ok(lists)
}

/// The living documents under a key of a view.
fn articles(view: &View, number: usize) -> Vec<i64> {
    let packed = view.postings.get(number).and_then(Option::as_deref).unwrap_or_default();
    let mut postings = Postings::new(packed, Form::Plain);
    let mut articles = Vec::new();
    while let Some(document) = postings.document() {
        if !view.dead.contains(document) {
            articles.extend(view.documents.get(document as usize).map(|document| document.article));
        }
    }
    articles
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
