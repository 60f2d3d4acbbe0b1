//! The root fields of tags.

use super::{Tag, filter::TagBy, store};
use crate::{
    Nullable, Result,
    graphql::{connection::Connection, context::ContextExt, cursor::Fingerprint, page::Page},
};
use async_graphql::{Context, Object};

/// Tags.
#[derive(Default)]
pub struct TagQuery;

#[Object]
impl TagQuery {
    /// One tag. Null, without an error, where there is none, or none that this reader may see.
    async fn tag(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one name of the tag.")] by: TagBy,
    ) -> Nullable<Tag> {
        let reader = ctx.reader();
        store::find(&reader.db, reader.audience, &by).await.map(|row| row.map(Tag)).transpose()
    }

    /// The tags that a published article bears, by name.
    async fn tags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Tag>> {
        let reader = ctx.reader();
        let page = Page::forward(first, after.as_deref(), Fingerprint::of("tags by name"), &reader.app.limits)?;
        let slice = store::list(&reader.db, reader.audience, &page).await?;
        Ok(Connection::new((), page, slice.map(Tag)))
    }
}
