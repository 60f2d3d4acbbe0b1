//! The root fields of categories.

use super::{Category, filter::CategoryBy, store};
use crate::{
    Nullable, Result,
    graphql::{connection::Connection, context::ContextExt, cursor::Fingerprint, page::Page},
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
        store::find(&ctx.reader().db, &by).await.map(|row| row.map(Category)).transpose()
    }

    /// All categories in the order of the tree: each is followed by what stands below it, siblings by name.
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Category>> {
        let reader = ctx.reader();
        let page = Page::forward(first, after.as_deref(), Fingerprint::of("categories, tree"), &reader.app.limits)?;
        let slice = store::list(&reader.db, &page).await?;
        Ok(Connection::new((), page, slice.map(Category)))
    }
}
