//! What of images and figures is read in batches.

use super::{
    Image,
    store::{self, Figures, Which},
};
use crate::{Error, Result, graphql::context::Batches};
use async_graphql::dataloader::Loader;
use std::{collections::HashMap, sync::Arc};

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
    type Value = Arc<Figures>;
    type Error = Error;

    async fn load(&self, keys: &[FiguresOf]) -> Result<HashMap<FiguresOf, Arc<Figures>>> {
        let articles: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let figures = store::of_articles(&self.db, &self.app.shelves.figures, &articles, Which::Body).await?;
        Ok(figures.into_iter().map(|(id, figures)| (FiguresOf(id), figures)).collect())
    }
}

impl Loader<MarkedFiguresOf> for Batches {
    type Value = Arc<Figures>;
    type Error = Error;

    async fn load(&self, keys: &[MarkedFiguresOf]) -> Result<HashMap<MarkedFiguresOf, Arc<Figures>>> {
        let articles: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let figures = store::of_articles(&self.db, &self.app.shelves.figures, &articles, Which::Marked).await?;
        Ok(figures.into_iter().map(|(id, figures)| (MarkedFiguresOf(id), figures)).collect())
    }
}
