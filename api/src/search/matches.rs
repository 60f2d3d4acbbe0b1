//! From a query to everything that it finds.

use super::{
    evaluate::{Hit, evaluate},
    index::{
        documents::{Bits, Document},
        store::{self, View},
    },
    plan::Plan,
    query::SearchQuery,
    relax,
};
use crate::{Result, app::App, audience::Audience, db::Db, list::IdSet};
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

/// What was really asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// As it was asked last.
    pub query: SearchQuery,
    /// Whether nothing was found by the words as they were given.
    pub is_relaxed: bool,
    /// The query with other words for those that stand nowhere.
    pub did_you_mean: Option<String>,
}

/// What a query has found.
#[derive(Debug)]
pub struct Matches {
    /// Drafts and what is to come among them, in no order.
    pub hits: Arc<Vec<Hit>>,
    /// What was asked.
    pub searched: Searched,
    views: Arc<Vec<View>>,
    ids: OnceLock<Arc<IdSet>>,
    scores: OnceLock<HashMap<i64, i64>>,
}

impl Matches {
    /// The articles.
    #[must_use]
    pub fn ids(&self) -> Arc<IdSet> {
        let ids = || Arc::new(IdSet::new(self.hits.iter().map(|hit| hit.article).collect()));
        Arc::clone(self.ids.get_or_init(ids))
    }

    /// The score of an article.
    #[must_use]
    pub fn score(&self, article: i64) -> Option<i64> {
        let scores = || self.hits.iter().map(|hit| (hit.article, hit.score)).collect();
        self.scores.get_or_init(scores).get(&article).copied()
    }

    /// When a hit is or was published, in microseconds.
    #[must_use]
    pub fn published_at(&self, hit: &Hit) -> i64 {
        self.document(hit).map_or(0, |document| document.published_at)
    }

    /// The ids of the segments in which it was searched, upwards.
    #[must_use]
    pub fn segments(&self) -> Vec<i64> {
        self.views.iter().map(|view| view.id).collect()
    }

    /// The numbers of hits in each segment.
    #[must_use]
    pub fn places(&self, hits: &[Hit]) -> HashMap<i64, Bits> {
        let mut places: Vec<Bits> = vec![Bits::default(); self.views.len()];
        for hit in hits {
            if let Some(bits) = places.get_mut(usize::from(hit.segment)) {
                bits.insert(hit.number);
            }
        }
        self.views.iter().map(|view| view.id).zip(places).collect()
    }

    fn document(&self, hit: &Hit) -> Option<&Document> {
        self.views.get(usize::from(hit.segment))?.documents.get(hit.number as usize)
    }
}

/// Who asks, and through what.
pub struct Asking<'a> {
    /// The database under the request's meter.
    pub db: &'a Db,
    /// What is remembered.
    pub app: &'a App,
    /// Who reads, and when.
    pub audience: Audience,
    /// Whether drafts and articles to come are asked for, by a reader who may.
    pub sees_hidden: bool,
}

/// Everything that a query finds; what a wider one finds, where nothing is.
///
/// # Errors
/// When the database fails.
pub async fn matches(asking: &Asking<'_>, query: &SearchQuery) -> Result<Matches> {
    let searched = Searched { query: query.clone(), ..Searched::default() };
    let found = asking.ask(Plan::of(query), searched).await?;
    if query.wanted.is_empty() || asking.sees(&found) {
        return Ok(found);
    }
    Ok(relax::relaxed(asking, query).await?.unwrap_or(found))
}

impl Asking<'_> {
    async fn ask(&self, plan: Plan, searched: Searched) -> Result<Matches> {
        let place = self.app.search.enter(self.db).await?;
        let db = self.db.apart();
        let views = store::lookup(&db, self.app, &plan.keys).await?;
        let audience = self.audience;
        // Common words stand in very many documents: what serves other requests is not to wait for that.
        let evaluate = move || {
            let hits = evaluate(&views, &plan, audience);
            (views, hits)
        };
        let (mut views, hits) = db.aside(evaluate).await?;
        place.leave(self.db).await;
        for view in &mut views {
            view.postings = Vec::new();
        }
        Ok(Matches {
            hits: Arc::new(hits),
            searched,
            views: Arc::new(views),
            ids: OnceLock::new(),
            scores: OnceLock::new(),
        })
    }

    /// Whether there is anything in it that this reader has asked for.
    fn sees(&self, found: &Matches) -> bool {
        self.sees_hidden && !found.hits.is_empty() || found.hits.iter().any(|hit| hit.is_published)
    }

    /// What is found, if this reader sees any of it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn ask_for_any(&self, plan: Plan, searched: Searched) -> Result<Option<Matches>> {
        let found = self.ask(plan, searched).await?;
        Ok(self.sees(&found).then_some(found))
    }
}
