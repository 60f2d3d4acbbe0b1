//! What of articles is read in batches.

use super::{
    Article, ArticleWhere, Columns,
    facets::{Facet, FacetKind},
    found::{self, Asked, Found},
    plan::ArticleList,
    scope::{Link, Scope},
    sql::Whose,
    store,
};
use crate::{
    Error, Result,
    category::CategoryBy,
    graphql::context::Batches,
    list::page::Slice,
    search::{self, Asking, Hit, Lists},
};
use async_graphql::dataloader::Loader;
use chrono_tz::Tz;
use entity::body;
use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
};

/// An article by id, if the reader may see it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleById {
    /// Which.
    pub id: i64,
    /// What of it is asked for.
    pub columns: Columns,
}

/// A page of the articles of one category, author, tag or image.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ArticlesOf {
    /// Whose.
    pub scope: Scope,
    /// Which, in which order, and which part of them.
    pub list: Arc<ArticleList>,
    /// What of them is asked for.
    pub columns: Columns,
}

/// A page of the articles of one category, author, tag or image that a search has found, in its order.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FoundOf {
    /// Whose.
    pub scope: Scope,
    /// What was asked.
    pub asked: Asked,
    /// In which order, and which part of them.
    pub list: Arc<ArticleList>,
    /// What of them is asked for.
    pub columns: Columns,
}

/// How many articles of one category, author, tag or image a search has found.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FoundCountOf {
    /// Whose.
    pub scope: Scope,
    /// What was asked.
    pub asked: Asked,
}

/// How many articles of one category, author, tag or image pass a filter; all published ones where it is empty.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ArticleCountOf {
    /// Whose.
    pub scope: Scope,
    /// Which of them.
    pub filter: Arc<ArticleWhere>,
    /// The zone of the days that the filter asks for.
    pub zone: Tz,
}

/// What the articles of one category, author, tag or image have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FacetOf {
    /// Whose.
    pub scope: Scope,
    /// Which facet.
    pub kind: FacetKind,
    /// Which of them, the facet's own part left out.
    pub filter: Arc<ArticleWhere>,
    /// The site's zone.
    pub zone: Tz,
    /// Which of these, by words.
    pub asked: Option<Asked>,
}

/// The published neighbour of one article in time.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NeighbourOf {
    /// The article's id.
    pub article: i64,
    /// On which side.
    pub side: Side,
    /// Within a category and what stands below it.
    pub category: Option<CategoryBy>,
    /// What of it is asked for.
    pub columns: Columns,
}

/// Earlier or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Published before.
    Older,
    /// Published after.
    Newer,
}

/// The published translations of one article.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TranslationsOf {
    /// The article's id.
    pub article: i64,
    /// What of them is asked for.
    pub columns: Columns,
}

/// The articles nearest to one article.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RelatedOf {
    /// The article's id.
    pub article: i64,
    /// How many.
    pub first: usize,
    /// What of them is asked for.
    pub columns: Columns,
}

/// The long columns of one article, in the order asked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BodyOf {
    /// The article's id.
    pub article: i64,
    /// Which columns.
    pub columns: Vec<BodyColumn>,
}

/// A long column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyColumn {
    /// Normalised and sanitised.
    Html,
    /// As the source wrote it.
    Markdown,
    /// Without markup.
    Text,
    /// JSON.
    Headings,
}

impl BodyColumn {
    /// Each.
    pub const ALL: [Self; 4] = [Self::Html, Self::Markdown, Self::Text, Self::Headings];
}

impl From<BodyColumn> for body::Column {
    fn from(column: BodyColumn) -> Self {
        match column {
            BodyColumn::Html => Self::Html,
            BodyColumn::Markdown => Self::Markdown,
            BodyColumn::Text => Self::Text,
            BodyColumn::Headings => Self::Headings,
        }
    }
}

impl Loader<ArticleById> for Batches {
    type Value = Article;
    type Error = Error;

    async fn load(&self, keys: &[ArticleById]) -> Result<HashMap<ArticleById, Article>> {
        let mut found = HashMap::new();
        for (columns, ids) in grouped(keys, |key| (key.columns, key.id)) {
            let rows = store::by_ids(&self.db, self.audience, &ids, columns).await?;
            found.extend(rows.into_iter().map(|(id, row)| (ArticleById { id, columns }, Article(row))));
        }
        Ok(found)
    }
}

impl Loader<ArticlesOf> for Batches {
    type Value = Slice<Article>;
    type Error = Error;

    async fn load(&self, keys: &[ArticlesOf]) -> Result<HashMap<ArticlesOf, Slice<Article>>> {
        let mut lists = HashMap::new();
        let asked = grouped(keys, |key| ((key.scope.link, Arc::clone(&key.list), key.columns), key.scope.id));
        for ((link, list, columns), owners) in asked {
            let found = store::list_of(&self.db, &self.terms(list.zone), link, &owners, &list, columns).await?;
            lists.extend(found.into_iter().map(|(id, slice)| {
                (ArticlesOf { scope: Scope { link, id }, list: Arc::clone(&list), columns }, slice.map(Article))
            }));
        }
        Ok(lists)
    }
}

impl Batches {
    /// What a search has found of each of these owners' articles.
    async fn found_of(&self, link: Link, owners: &[i64], asked: &Asked) -> Result<(Arc<Found>, Lists)> {
        let found = self.searches.found(&self.db, &self.app, &self.terms(asked.zone), asked).await?;
        let lists = search::owned(&self.db, &self.app, &found.matches, link.kind(), owners, &found.hits).await?;
        Ok((found, lists))
    }
}

impl Loader<FoundOf> for Batches {
    type Value = Slice<Article>;
    type Error = Error;

    async fn load(&self, keys: &[FoundOf]) -> Result<HashMap<FoundOf, Slice<Article>>> {
        let mut slices = HashMap::new();
        let asked = grouped(keys, |key| {
            ((key.scope.link, key.asked.clone(), Arc::clone(&key.list), key.columns), key.scope.id)
        });
        for ((link, asked, list, columns), owners) in asked {
            let (found, lists) = self.found_of(link, &owners, &asked).await?;
            let pages: Vec<(i64, Slice<Hit>)> =
                lists.into_iter().map(|(id, hits)| (id, found::page(&found.matches, &hits, &list))).collect();
            let hits = pages.iter().flat_map(|(_, slice)| &slice.rows);
            let ids: Vec<i64> = hits.map(|hit| hit.node.article).collect::<BTreeSet<_>>().into_iter().collect();
            let rows = store::by_ids(&self.db, self.audience, &ids, columns).await?;
            for (id, slice) in pages {
                let key = FoundOf { scope: Scope { link, id }, asked: asked.clone(), list: Arc::clone(&list), columns };
                slices.insert(key, found::articles(slice, &rows));
            }
        }
        Ok(slices)
    }
}

impl Loader<FoundCountOf> for Batches {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[FoundCountOf]) -> Result<HashMap<FoundCountOf, i64>> {
        let mut counts = HashMap::new();
        for ((link, asked), owners) in grouped(keys, |key| ((key.scope.link, key.asked.clone()), key.scope.id)) {
            let (_, lists) = self.found_of(link, &owners, &asked).await?;
            counts.extend(lists.into_iter().map(|(id, hits)| {
                let key = FoundCountOf { scope: Scope { link, id }, asked: asked.clone() };
                (key, i64::try_from(hits.len()).unwrap_or(i64::MAX))
            }));
        }
        Ok(counts)
    }
}

impl Loader<ArticleCountOf> for Batches {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[ArticleCountOf]) -> Result<HashMap<ArticleCountOf, i64>> {
        let mut counts = HashMap::new();
        let asked = grouped(keys, |key| ((key.scope.link, Arc::clone(&key.filter), key.zone), key.scope.id));
        for ((link, filter, zone), owners) in asked {
            let found =
                store::count_of(&self.db, &self.app.shelves.counts, &self.terms(zone), link, &owners, &filter).await?;
            counts.extend(found.into_iter().map(|(id, count)| {
                (ArticleCountOf { scope: Scope { link, id }, filter: Arc::clone(&filter), zone }, count)
            }));
        }
        Ok(counts)
    }
}

impl Loader<FacetOf> for Batches {
    type Value = Facet;
    type Error = Error;

    async fn load(&self, keys: &[FacetOf]) -> Result<HashMap<FacetOf, Facet>> {
        let mut facets = HashMap::new();
        let asked = grouped(keys, |key| {
            ((key.scope.link, key.kind, Arc::clone(&key.filter), key.zone, key.asked.clone()), key.scope.id)
        });
        for ((link, kind, filter, zone, asked), owners) in asked {
            let found = match &asked {
                None => store::facet(&self.db, &self.terms(zone), Whose::Of(link, &owners), kind, &filter).await?,
                Some(asked) => {
                    let (found, lists) = self.found_of(link, &owners, asked).await?;
                    let of = found::Facets { db: &self.db, app: &self.app, audience: self.audience, zone };
                    of.read(&found.matches, kind, lists).await?
                }
            };
            facets.extend(found.into_iter().map(|(id, facet)| {
                (
                    FacetOf {
                        scope: Scope { link, id },
                        kind,
                        filter: Arc::clone(&filter),
                        zone,
                        asked: asked.clone(),
                    },
                    facet,
                )
            }));
        }
        Ok(facets)
    }
}

impl Loader<NeighbourOf> for Batches {
    type Value = Article;
    type Error = Error;

    async fn load(&self, keys: &[NeighbourOf]) -> Result<HashMap<NeighbourOf, Article>> {
        let mut neighbours = HashMap::new();
        let asked = grouped(keys, |key| ((key.side, key.category.clone(), key.columns), key.article));
        for ((side, category, columns), articles) in asked {
            let found = store::neighbours(&self.db, self.audience, &articles, side, category.as_ref(), columns).await?;
            neighbours.extend(found.into_iter().map(|(article, row)| {
                (NeighbourOf { article, side, category: category.clone(), columns }, Article(row))
            }));
        }
        Ok(neighbours)
    }
}

impl Loader<TranslationsOf> for Batches {
    type Value = Vec<Article>;
    type Error = Error;

    async fn load(&self, keys: &[TranslationsOf]) -> Result<HashMap<TranslationsOf, Vec<Article>>> {
        let mut translations = HashMap::new();
        for (columns, articles) in grouped(keys, |key| (key.columns, key.article)) {
            let found = store::translations(&self.db, self.audience, &articles, columns).await?;
            translations.extend(
                found.into_iter().map(|(article, rows)| {
                    (TranslationsOf { article, columns }, rows.into_iter().map(Article).collect())
                }),
            );
        }
        Ok(translations)
    }
}

impl Loader<RelatedOf> for Batches {
    type Value = Vec<Article>;
    type Error = Error;

    async fn load(&self, keys: &[RelatedOf]) -> Result<HashMap<RelatedOf, Vec<Article>>> {
        let asking = Asking { db: &self.db, app: &self.app, audience: self.audience, sees_hidden: false };
        let articles: BTreeSet<i64> = keys.iter().map(|key| key.article).collect();
        let articles: Vec<i64> = articles.into_iter().collect();
        let most = keys.iter().map(|key| key.first).max().unwrap_or_default();
        let subjects = store::subjects(&self.db, &articles).await?;
        let found = search::related(&asking, subjects, most).await?;
        let mut related = HashMap::new();
        for (columns, articles) in grouped(keys, |key| (key.columns, key.article)) {
            let ids: BTreeSet<i64> =
                articles.iter().filter_map(|article| found.get(article)).flatten().copied().collect();
            let ids: Vec<i64> = ids.into_iter().collect();
            let rows = store::by_ids(&self.db, self.audience, &ids, columns).await?;
            for key in keys.iter().filter(|key| key.columns == columns) {
                let nearest = found.get(&key.article).into_iter().flatten().filter_map(|id| rows.get(id));
                related.insert(*key, nearest.take(key.first).map(|row| Article(Arc::clone(row))).collect());
            }
        }
        Ok(related)
    }
}

impl Loader<BodyOf> for Batches {
    type Value = Vec<String>;
    type Error = Error;

    async fn load(&self, keys: &[BodyOf]) -> Result<HashMap<BodyOf, Vec<String>>> {
        let mut bodies = HashMap::new();
        for (columns, articles) in grouped(keys, |key| (key.columns.clone(), key.article)) {
            let read: Vec<body::Column> = columns.iter().copied().map(Into::into).collect();
            let found = store::bodies(&self.db, &articles, &read).await?;
            bodies
                .extend(found.into_iter().map(|(article, body)| (BodyOf { article, columns: columns.clone() }, body)));
        }
        Ok(bodies)
    }
}

/// One group for each different way of asking, which is one for each place in the document that asks: the number of
/// statements follows the shape of the operation.
fn grouped<K, G: Hash + Eq>(keys: &[K], split: impl Fn(&K) -> (G, i64)) -> HashMap<G, Vec<i64>> {
    let mut groups: HashMap<G, Vec<i64>> = HashMap::new();
    for key in keys {
        let (group, id) = split(key);
        groups.entry(group).or_default().push(id);
    }
    groups
}
