//! `ArticleConnection`: what every list has, and facets.

use super::{Article, ArticleWhere, facets::ArticleFacets, scope::Source};
use crate::graphql::connection::Connection;
use async_graphql::Object;
use chrono_tz::Tz;
use std::sync::Arc;

/// What decides which articles a list has.
#[derive(Clone)]
pub struct Selection {
    /// Whose they are.
    pub source: Source,
    /// Which of them.
    pub filter: Arc<ArticleWhere>,
    /// The zone of the days that the filter asks for.
    pub zone: Tz,
}

/// A page of articles.
pub struct ArticleConnection(pub Connection<Article>);

/// One page of a list. `nodes` is the short way to its rows, `edges` the one that also gives each row its cursor.
#[Object]
impl ArticleConnection {
    #[graphql(flatten)]
    fn page(&self) -> &Connection<Article> {
        &self.0
    }

    /// What the articles of the whole list have in common. Each facet is counted only when selected; null where one of them
    /// can not be.
    async fn facets(&self) -> Option<ArticleFacets> {
        let Selection { source, filter, zone } = self.0.list().clone();
        Some(ArticleFacets { source, filter, zone })
    }
}
