//! What of tags is read in batches.

use super::{Tag, store};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::collections::HashMap;

/// A tag by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TagById(pub i64);

/// The tag with this id, which an article bears that the reader sees.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BorneTag(pub i64);

impl Loader<TagById> for Batches {
    type Value = Tag;
    type Error = Error;

    async fn load(&self, keys: &[TagById]) -> Result<HashMap<TagById, Tag>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.db, self.audience, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (TagById(id), Tag(row))).collect())
    }
}

impl Loader<BorneTag> for Batches {
    type Value = Tag;
    type Error = Error;

    async fn load(&self, keys: &[BorneTag]) -> Result<HashMap<BorneTag, Tag>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::borne(&self.db, &self.app.shelves.tags, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (BorneTag(id), Tag(row))).collect())
    }
}
