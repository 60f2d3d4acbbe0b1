//! What of images and figures is read in batches.

use super::{
    Figure, Image,
    store::{self, FigureRow, Which},
};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::{collections::HashMap, hash::Hash, sync::Arc};

/// An image by id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageById(pub i64);

/// The figures in the body of the article with this id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiguresOf(pub i64);

/// Cover and thumbnail of the article with this id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MarkedFiguresOf(pub i64);

impl Loader<ImageById> for Batches {
    type Value = Image;
    type Error = Error;

    async fn load(&self, keys: &[ImageById]) -> Result<HashMap<ImageById, Image>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.db, self.audience, &ids).await?;
        Ok(rows.into_iter().map(|(id, row)| (ImageById(id), Image(row))).collect())
    }
}

impl Loader<FiguresOf> for Batches {
    type Value = Vec<Figure>;
    type Error = Error;

    async fn load(&self, keys: &[FiguresOf]) -> Result<HashMap<FiguresOf, Vec<Figure>>> {
        let articles: Vec<i64> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(store::of_articles(&self.db, &articles, Which::Body).await?, FiguresOf))
    }
}

impl Loader<MarkedFiguresOf> for Batches {
    type Value = Vec<Figure>;
    type Error = Error;

    async fn load(&self, keys: &[MarkedFiguresOf]) -> Result<HashMap<MarkedFiguresOf, Vec<Figure>>> {
        let articles: Vec<i64> = keys.iter().map(|key| key.0).collect();
        Ok(keyed(store::of_articles(&self.db, &articles, Which::Marked).await?, MarkedFiguresOf))
    }
}

fn keyed<K: Hash + Eq>(rows: HashMap<i64, Vec<Arc<FigureRow>>>, key: fn(i64) -> K) -> HashMap<K, Vec<Figure>> {
    rows.into_iter().map(|(id, rows)| (key(id), rows.into_iter().map(Figure).collect())).collect()
}
