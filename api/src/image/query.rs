//! The root field of images.

use super::{Image, store};
use crate::{
    Result,
    graphql::{connection::Connection, context::ContextExt, cursor::Fingerprint, page::Page},
};
use async_graphql::{Context, Object};

/// Images.
#[derive(Default)]
pub struct ImageQuery;

#[Object]
impl ImageQuery {
    /// The images that published articles show or authors bear, the latest to come in first.
    async fn images(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Image>> {
        let reader = ctx.reader();
        let page = Page::forward(first, after.as_deref(), Fingerprint::of("images, newest"), &reader.app.limits)?;
        let slice = store::list(&reader.db, reader.audience, &page).await?;
        Ok(Connection::new((), page, slice.map(Image)))
    }
}
