//! What of authors is read in batches.

use super::{Author, store};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::collections::HashMap;

/// An author by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AuthorById(pub i64);

/// The authors of the article with this id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AuthorsOf(pub i64);

impl Loader<AuthorById> for Batches {
    type Value = Author;
    type Error = Error;

    async fn load(&self, keys: &[AuthorById]) -> Result<HashMap<AuthorById, Author>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.db, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (AuthorById(id), Author(row))).collect())
    }
}

impl Loader<AuthorsOf> for Batches {
    type Value = Vec<Author>;
    type Error = Error;

    async fn load(&self, keys: &[AuthorsOf]) -> Result<HashMap<AuthorsOf, Vec<Author>>> {
        let articles: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::of_articles(&self.db, &articles).await?;
        Ok(rows
            .into_iter()
            .map(|(article, authors)| (AuthorsOf(article), authors.into_iter().map(Author).collect()))
            .collect())
    }
}
