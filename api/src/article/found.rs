//! Lists of articles under a search: what it has found is filtered, ordered and cut into pages here, or given to the statements of lists
//! as one more condition.

use super::{
    Article, ArticleOrderField, ArticleWhere,
    facets::{Facet, FacetKind},
    plan::ArticleList,
    row::ArticleRow,
    store,
};
use crate::{
    Result,
    app::App,
    audience::Audience,
    author, category,
    db::Db,
    list::{
        Bound, Terms,
        cursor::{Position, Value},
        order::OrderDirection,
        page::{Entry, Page, Slice},
    },
    search::{self, Asking, Hit, Kind, Lists, Matches, SearchQuery},
    tag,
};
use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OnceCell;

/// A search of articles.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The words.
    pub query: Arc<SearchQuery>,
    /// What is asked besides.
    pub filter: Arc<ArticleWhere>,
    /// The zone of the days that the filter asks for.
    pub zone: Tz,
}

/// What one request has searched: its page, its total and its facets come from one search.
#[derive(Default)]
pub struct Searches {
    matches: Memo<(Arc<SearchQuery>, bool), Matches>,
    found: Memo<Asked, Found>,
}

/// What a search has found and a filter has left.
pub struct Found {
    /// All that the words have found.
    pub matches: Arc<Matches>,
    /// What is left, in no order.
    pub hits: Arc<Vec<Hit>>,
}

struct Memo<K, V>(Mutex<HashMap<K, Arc<OnceCell<Arc<V>>>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V> Memo<K, V> {
    async fn get(&self, key: K, make: impl Future<Output = Result<V>>) -> Result<Arc<V>> {
        let cell = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let first = async { make.await.map(Arc::new) };
        cell.get_or_try_init(|| first).await.cloned()
    }
}

impl Searches {
    /// All that the words find.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn matches(&self, db: &Db, app: &App, audience: Audience, asked: &Asked) -> Result<Arc<Matches>> {
        let sees_hidden = audience.is_preview && asked.filter.asks_for_status();
        let asking = Asking { db, app, audience, sees_hidden };
        let make = Box::pin(async { search::matches(&asking, &asked.query).await });
        self.matches.get((Arc::clone(&asked.query), sees_hidden), make).await
    }

    /// What the words find and the filter leaves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn found(&self, db: &Db, app: &App, terms: &Terms, asked: &Asked) -> Result<Arc<Found>> {
        let make = Box::pin(async {
            let matches = self.matches(db, app, terms.audience, asked).await?;
            let hits = left(db, app, terms, &matches, &asked.filter).await?;
            Ok(Found { matches, hits })
        });
        self.found.get(asked.clone(), make).await
    }
}

async fn left(db: &Db, app: &App, terms: &Terms, matches: &Matches, filter: &ArticleWhere) -> Result<Arc<Vec<Hit>>> {
    let mut rest = filter.clone();
    let category = rest.in_category.take();
    match category {
        _ if rest != ArticleWhere::default() => passing(db, terms, matches, filter).await,
        None => Ok(published(matches)),
        // The index knows what stands in a category: nothing has to be read of it, however much that is.
        Some(category) => {
            let id = category::store::find_id(db, &category).await?;
            let lists = search::owned(db, app, matches, Kind::Category, id.as_slice(), &published(matches)).await?;
            Ok(lists.into_values().next().unwrap_or_default())
        }
    }
}

fn published(matches: &Matches) -> Arc<Vec<Hit>> {
    if matches.hits.iter().all(|hit| hit.is_published) {
        Arc::clone(&matches.hits)
    } else {
        Arc::new(matches.hits.iter().filter(|hit| hit.is_published).copied().collect())
    }
}

async fn passing(db: &Db, terms: &Terms, matches: &Matches, filter: &ArticleWhere) -> Result<Arc<Vec<Hit>>> {
    let ids = matches.ids();
    let filter = ArticleWhere { found: ids.is_few().then_some(ids), ..filter.clone() };
    let passing: HashSet<i64> = store::passing(db, terms, &filter).await?.into_iter().collect();
    Ok(Arc::new(matches.hits.iter().filter(|hit| passing.contains(&hit.article)).copied().collect()))
}

/// What hits are ordered by, so that a smaller one comes first: at most two fields, then the id.
type Key = [i64; 3];

/// A page of what was found, in an order of searches: which, and where each stands.
#[must_use]
pub fn page(matches: &Matches, hits: &[Hit], list: &ArticleList) -> Slice<Hit> {
    let mut outside = (false, false);
    let bounds: Vec<(Key, Bound)> =
        list.page.bounds().into_iter().map(|(at, side)| (key_of(integers(at), list), side)).collect();
    let is_inside = |(key, _): &(Key, &Hit)| {
        bounds.iter().all(|(bound, side)| match side {
            Bound::Behind | Bound::From => {
                let is_inside = key > bound || *side == Bound::From && key == bound;
                outside.0 |= !is_inside;
                is_inside
            }
            Bound::Before | Bound::Through => {
                let is_inside = key < bound || *side == Bound::Through && key == bound;
                outside.1 |= !is_inside;
                is_inside
            }
        })
    };
    let keyed = hits.iter().map(|hit| (key_of(values(matches, hit, list), list), hit));
    let mut inside: Vec<(Key, &Hit)> = keyed.filter(is_inside).collect();
    let (from, to) = part(&list.page, inside.len());
    // Only what stands on the page has to be put in order, however much was found.
    if to < inside.len() {
        inside.select_nth_unstable_by_key(to, |(key, _)| *key);
    }
    let mut rows = inside.get_mut(..to).unwrap_or_default();
    if from > 0 && from < rows.len() {
        rows.select_nth_unstable_by_key(from, |(key, _)| *key);
    }
    rows = rows.get_mut(from..).unwrap_or_default();
    rows.sort_unstable_by_key(|(key, _)| *key);
    let entry = |(_, hit): &(Key, &Hit)| {
        let position = values(matches, hit, list).map(Value::Integer).collect();
        Entry { position: Some(Position(position)), node: **hit }
    };
    let rows = rows.iter().map(entry).collect();
    Slice { rows, has_previous: from > 0 || outside.0, has_next: to < inside.len() || outside.1 }
}

/// What a hit is ordered by.
fn values(matches: &Matches, hit: &Hit, list: &ArticleList) -> impl Iterator<Item = i64> {
    let fields = list.order.by().iter().map(|by| match by.field {
        ArticleOrderField::PublishedAt => matches.published_at(hit),
        _ => hit.score,
    });
    fields.chain([hit.article])
}

fn integers(position: &Position) -> impl Iterator<Item = i64> {
    position.0.iter().map(|value| if let Value::Integer(value) = value { *value } else { 0 })
}

/// The last direction is that of the id, too.
fn key_of(values: impl Iterator<Item = i64>, list: &ArticleList) -> Key {
    let directions = list.order.by().iter().map(|by| by.direction);
    let of_id = list.order.by().last().map(|by| by.direction);
    let mut key = Key::default();
    for ((part, value), direction) in key.iter_mut().zip(values).zip(directions.chain(of_id)) {
        *part = if direction == OrderDirection::Desc { !value } else { value };
    }
    key
}

/// Which of so many rows are on a page.
fn part(page: &Page, rows: usize) -> (usize, usize) {
    let passed = usize::try_from(page.offset).unwrap_or(usize::MAX);
    if page.is_backward {
        let to = rows.saturating_sub(passed);
        (to.saturating_sub(page.size), to)
    } else {
        let from = passed.min(rows);
        (from, from.saturating_add(page.size).min(rows))
    }
}

/// The scores of the articles of a page, which stand among what they are ordered by.
#[must_use]
pub fn scores(list: &ArticleList, slice: &Slice<Article>) -> HashMap<i64, i64> {
    let at = list.order.by().iter().position(|by| by.field == ArticleOrderField::Relevance).unwrap_or_default();
    let score = |entry: &Entry<Article>| Some((entry.node.0.id, integers(entry.position.as_ref()?).nth(at)?));
    slice.rows.iter().filter_map(score).collect()
}

/// The hits of a page as articles, in its order. What has gone away since is left out.
#[must_use]
pub fn articles(slice: Slice<Hit>, rows: &HashMap<i64, Arc<ArticleRow>>) -> Slice<Article> {
    let Slice { rows: hits, has_previous, has_next } = slice;
    let entry = |Entry { position, node }: Entry<Hit>| {
        Some(Entry { position, node: Article(Arc::clone(rows.get(&node.article)?)) })
    };
    Slice { rows: hits.into_iter().filter_map(entry).collect(), has_previous, has_next }
}

/// Reads facets of what was found.
pub struct Facets<'a> {
    /// The database under the request's meter.
    pub db: &'a Db,
    /// Settings, and what is remembered.
    pub app: &'a App,
    /// Who reads.
    pub audience: Audience,
    /// The site's zone.
    pub zone: Tz,
}

impl Facets<'_> {
    /// A facet of each of these lists of hits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(&self, matches: &Matches, kind: FacetKind, lists: Lists) -> Result<HashMap<i64, Facet>> {
        let group = match kind {
            FacetKind::Categories(_) => Kind::Category,
            FacetKind::Authors(_) => Kind::Author,
            FacetKind::Tags(_) => Kind::Tag,
            FacetKind::Locales => Kind::Locale,
            FacetKind::Years => return Ok(self.years(matches, &lists)),
        };
        let groups = search::groups(self.db, self.app, matches, group, &lists).await?;
        match kind {
            FacetKind::Categories(first) => {
                let ids = largest(&groups, first);
                let rows = category::store::by_ids(self.db, &self.app.shelves.categories, &wanted(&ids)).await?;
                Ok(named(
                    ids,
                    &rows,
                    first,
                    |row| (row.name.clone(), row.lineage.clone()),
                    |facet| &mut facet.categories,
                ))
            }
            FacetKind::Authors(first) => {
                let ids = largest(&groups, first);
                let rows = author::store::by_ids(self.db, &self.app.shelves.authors, &wanted(&ids)).await?;
                Ok(named(ids, &rows, first, |row| row.name.clone(), |facet| &mut facet.authors))
            }
            FacetKind::Tags(first) => {
                let ids = largest(&groups, first);
                let rows = tag::store::by_ids(self.db, self.audience, &wanted(&ids)).await?;
                Ok(named(ids, &rows, first, |row| row.name.clone(), |facet| &mut facet.tags))
            }
            FacetKind::Locales | FacetKind::Years => {
                Ok(groups.into_iter().map(|(of, counts)| (of, locales(counts))).collect())
            }
        }
    }

    fn years(&self, matches: &Matches, lists: &Lists) -> HashMap<i64, Facet> {
        let facet = |hits: &Arc<Vec<Hit>>| {
            let mut facet = Facet::default();
            for hit in hits.iter() {
                let instant = DateTime::from_timestamp_micros(matches.published_at(hit)).unwrap_or_default();
                let local = instant.with_timezone(&self.zone);
                *facet.months.entry((local.year(), local.month())).or_default() += 1;
            }
            facet
        };
        lists.iter().map(|(of, hits)| (*of, facet(hits))).collect()
    }
}

fn locales(counts: HashMap<search::Key, i64>) -> Facet {
    let named = counts.into_iter().filter_map(|(key, count)| Some((key.as_text()?.to_owned(), count)));
    let mut locales: Vec<(String, i64)> = named.collect();
    locales.sort_by(|(one, of_one), (other, of_other)| of_other.cmp(of_one).then_with(|| one.cmp(other)));
    Facet { locales, ..Facet::default() }
}

/// Of each list the ids of the largest groups, with those as large as the last of them.
fn largest(groups: &HashMap<i64, HashMap<search::Key, i64>>, first: usize) -> HashMap<i64, Vec<(i64, i64)>> {
    let of_list = |counts: &HashMap<search::Key, i64>| {
        let mut counts: Vec<(i64, i64)> =
            counts.iter().filter_map(|(key, count)| Some((key.as_id()?, *count))).collect();
        counts.sort_unstable_by_key(|(_, count)| std::cmp::Reverse(*count));
        let least = first.checked_sub(1).map_or(i64::MAX, |last| counts.get(last).map_or(0, |(_, count)| *count));
        counts.retain(|(_, count)| *count >= least);
        counts
    };
    groups.iter().map(|(of, counts)| (*of, of_list(counts))).collect()
}

fn wanted(groups: &HashMap<i64, Vec<(i64, i64)>>) -> Vec<i64> {
    groups.values().flatten().map(|(id, _)| *id).collect::<HashSet<_>>().into_iter().collect()
}

/// Rows, each with how many articles it has.
type Groups<T> = Vec<(Arc<T>, i64)>;

/// The largest groups with their rows, those of one size by name.
fn named<T, N: Ord>(
    groups: HashMap<i64, Vec<(i64, i64)>>,
    rows: &HashMap<i64, Arc<T>>,
    first: usize,
    name: impl Fn(&T) -> N,
    part: fn(&mut Facet) -> &mut Groups<T>,
) -> HashMap<i64, Facet> {
    let facet = |groups: Vec<(i64, i64)>| {
        let mut facet = Facet::default();
        let groups = groups.into_iter().filter_map(|(id, count)| Some((Arc::clone(rows.get(&id)?), count)));
        let named = part(&mut facet);
        named.extend(groups);
        named
            .sort_by(|(one, of_one), (other, of_other)| of_other.cmp(of_one).then_with(|| name(one).cmp(&name(other))));
        named.truncate(first);
        facet
    };
    groups.into_iter().map(|(of, groups)| (of, facet(groups))).collect()
}
