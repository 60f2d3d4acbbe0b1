//! What of tags is read in batches.

use super::{Tag, store};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::collections::HashMap;

/// A tag by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TagById(pub i64);

/// The tags of the article with this id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TagsOf(pub i64);

impl Loader<TagById> for Batches {
    type Value = Tag;
    type Error = Error;

    async fn load(&self, keys: &[TagById]) -> Result<HashMap<TagById, Tag>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.db, self.audience, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (TagById(id), Tag(row))).collect())
    }
}

impl Loader<TagsOf> for Batches {
    type Value = Vec<Tag>;
    type Error = Error;

    async fn load(&self, keys: &[TagsOf]) -> Result<HashMap<TagsOf, Vec<Tag>>> {
        let articles: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::of_articles(&self.db, &articles).await?;
        Ok(rows.into_iter().map(|(article, tags)| (TagsOf(article), tags.into_iter().map(Tag).collect())).collect())
    }
}
