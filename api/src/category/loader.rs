//! What of categories is read in batches.

use super::{Category, store};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::{collections::HashMap, hash::Hash, sync::Arc};

/// A category by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CategoryById(pub i64);

/// The categories directly below the one with this id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChildrenOf(pub i64);

/// The categories above the one with this id, root first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AncestorsOf(pub i64);

impl Loader<CategoryById> for Batches {
    type Value = Category;
    type Error = Error;

    async fn load(&self, keys: &[CategoryById]) -> Result<HashMap<CategoryById, Category>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.db, &self.app.shelves.categories, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (CategoryById(id), Category(row))).collect())
    }
}

impl Loader<ChildrenOf> for Batches {
    type Value = Vec<Category>;
    type Error = Error;

    async fn load(&self, keys: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Vec<Category>>> {
        let parents: Vec<i64> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(store::children(&self.db, &parents).await?, ChildrenOf))
    }
}

impl Loader<AncestorsOf> for Batches {
    type Value = Vec<Category>;
    type Error = Error;

    async fn load(&self, keys: &[AncestorsOf]) -> Result<HashMap<AncestorsOf, Vec<Category>>> {
        let categories: Vec<i64> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(store::ancestors(&self.db, &self.app.shelves.categories, &categories).await?, AncestorsOf))
    }
}

fn keyed<K: Hash + Eq>(
    rows: HashMap<i64, Vec<Arc<store::CategoryRow>>>,
    key: fn(i64) -> K,
) -> HashMap<K, Vec<Category>> {
    rows.into_iter().map(|(id, rows)| (key(id), rows.into_iter().map(Category).collect())).collect()
}
