//! The root field of images.

use super::{Image, ImageOrderField, ImageWhere, store};
use crate::{
    Result,
    graphql::{connection::Connection, context::ContextExt, list},
    list::{
        Arguments,
        order::OrderBy,
        page::{PageArguments, Slice},
    },
};
use async_graphql::{Context, Object};

/// Images.
#[derive(Default)]
pub struct ImageQuery;

#[Object]
impl ImageQuery {
    /// The images that published articles show or authors bear, the latest to come in first.
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn images(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which images; all where it is absent.")] filter: Option<ImageWhere>,
        #[graphql(desc = "In which order; the latest to come in first where it is absent or empty.")] order_by: Option<
            Vec<OrderBy<ImageOrderField>>,
        >,
        #[graphql(
            desc = "How many, 0 to 1,000, from the beginning or behind `after`; 20 where neither this nor `last` is given. 0 for the total alone."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many, 0 to 1,000, before the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "How many are passed over, for numbered pages; not with a cursor.")] offset: Option<i32>,
    ) -> Result<Connection<Image>> {
        let page = PageArguments { first, after, last, before, offset };
        let reader = ctx.reader();
        let asked = list::asked(ctx, reader, "images", Arguments { filter, order_by, page, search: None }).await?;
        let slice = if asked.wants.rows {
            store::list(&reader.db, &reader.terms(asked.zone), &asked).await?
        } else {
            Slice::default()
        };
        Ok(Connection::new(asked.filter, asked.fingerprint, slice.map(Image)))
    }
}
