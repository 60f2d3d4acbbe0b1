//! What of authors is read in batches.

use super::{Author, store};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::collections::HashMap;

/// An author by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AuthorById(pub i64);

impl Loader<AuthorById> for Batches {
    type Value = Author;
    type Error = Error;

    async fn load(&self, keys: &[AuthorById]) -> Result<HashMap<AuthorById, Author>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.db, &self.app.shelves.authors, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (AuthorById(id), Author(row))).collect())
    }
}
