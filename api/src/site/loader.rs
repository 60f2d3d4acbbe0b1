//! What is known of the site, read once for a request.

use super::store;
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use entity::site::Model;
use std::{collections::HashMap, sync::Arc};

/// What the last import read from the site's configuration.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SiteAsImported;

impl Loader<SiteAsImported> for Batches {
    type Value = Arc<Model>;
    type Error = Error;

    async fn load(&self, _: &[SiteAsImported]) -> Result<HashMap<SiteAsImported, Arc<Model>>> {
        Ok(HashMap::from([(SiteAsImported, Arc::new(store::find(&self.db).await?))]))
    }
}
