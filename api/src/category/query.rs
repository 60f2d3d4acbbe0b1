//! The root fields of categories.

use super::{Category, CategoryOrderField, CategoryWhere, filter::CategoryBy, store};
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

/// Categories.
#[derive(Default)]
pub struct CategoryQuery;

#[Object]
impl CategoryQuery {
    /// One category. Null, without an error, where there is none.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one name of the category.")] by: CategoryBy,
    ) -> Nullable<Category> {
        let reader = ctx.reader();
        store::find(&reader.db, &reader.app.shelves.categories, &by).await.map(|row| row.map(Category)).transpose()
    }

    /// All categories in the order of the tree: each is followed by what stands below it, siblings by name.
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which categories; all where it is absent.")] filter: Option<CategoryWhere>,
        #[graphql(desc = "In which order; that of the tree where it is absent or empty.")] order_by: Option<
            Vec<OrderBy<CategoryOrderField>>,
        >,
        #[graphql(
            desc = "How many, 0 to 1,000, from the beginning or behind `after`; 20 where neither this nor `last` is given. 0 for the total alone."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many, 0 to 1,000, before the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "How many are passed over, for numbered pages; not with a cursor.")] offset: Option<i32>,
    ) -> Result<Connection<Category>> {
        let page = PageArguments { first, after, last, before, offset };
        let reader = ctx.reader();
        let asked = list::asked(ctx, reader, "categories", Arguments { filter, order_by, page, search: None }).await?;
        let slice = if asked.wants.rows {
            store::list(&reader.db, &reader.terms(asked.zone), &asked).await?
        } else {
            Slice::default()
        };
        Ok(Connection::new(asked.filter, asked.fingerprint, slice.map(Category)))
    }
}
