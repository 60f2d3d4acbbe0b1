//! The root fields of tags.

use super::{Tag, TagOrderField, TagWhere, filter::TagBy, store};
use crate::{
    Nullable, Result,
    graphql::{connection::Connection, context::ContextExt, list},
    list::{
        Arguments,
        order::OrderBy,
        page::{PageArguments, Slice},
    },
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

    /// The tags that a published article bears, for preview readers also those of other articles; by name where nothing else is said.
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn tags(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which tags; all where it is absent.")] filter: Option<TagWhere>,
        #[graphql(desc = "In which order; by name where it is absent or empty.")] order_by: Option<
            Vec<OrderBy<TagOrderField>>,
        >,
        #[graphql(
            desc = "How many, 0 to 1,000, from the beginning or behind `after`; 20 where neither this nor `last` is given. 0 for the total alone."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many, 0 to 1,000, before the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "How many are passed over, for numbered pages; not with a cursor.")] offset: Option<i32>,
    ) -> Result<Connection<Tag>> {
        let page = PageArguments { first, after, last, before, offset };
        let reader = ctx.reader();
        let asked = list::asked(ctx, reader, "tags", Arguments { filter, order_by, page, search: None }).await?;
        let slice = if asked.wants.rows {
            store::list(&reader.db, &reader.terms(asked.zone), &asked).await?
        } else {
            Slice::default()
        };
        Ok(Connection::new(asked.filter, asked.fingerprint, slice.map(Tag)))
    }
}
