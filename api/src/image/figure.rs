//! `Figure` as clients see it.

use super::{Image, store::FigureRow};
use crate::{
    Error, Result,
    article::{Article, Columns, loader::ArticleById},
    graphql::{context::ContextExt, id::Kind},
};
use async_graphql::{Context, ID, Object};
use std::sync::Arc;

/// A figure as it was read.
#[derive(Clone)]
pub struct Figure(pub Arc<FigureRow>);

impl Figure {
    /// As it was read.
    pub(crate) fn of(row: &Arc<FigureRow>) -> Self {
        Self(Arc::clone(row))
    }
}

/// An image as it stands in one article, with what is said about it there.
#[Object]
impl Figure {
    /// Opaque and stable, for the caches of clients; `node` does not take it.
    fn id(&self) -> ID {
        Kind::Figure.id(self.0.id)
    }

    /// The article in which it stands.
    async fn article(&self, ctx: &Context<'_>) -> Result<Article> {
        let key = ArticleById { id: self.0.article_id, columns: Columns::selected(ctx) };
        ctx.reader().load(key).await?.ok_or(Error::Unseen)
    }

    /// What it shows.
    async fn image(&self) -> Image {
        Image(Arc::clone(&self.0.image))
    }

    /// Its place in reading order, from 0: the `data-figure` of its image in `body.html`. Negative for a cover or thumbnail
    /// that does not stand in the body.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// What to say instead of the image; empty where the source says nothing.
    fn alt(&self) -> &str {
        &self.0.alt
    }

    /// What stands below it, plain text without the credit; null where nothing does.
    fn caption(&self) -> Option<&str> {
        self.0.caption.as_deref()
    }

    /// Who made it, as the source says; null where it does not.
    fn credit(&self) -> Option<&str> {
        self.0.credit.as_deref()
    }
}
