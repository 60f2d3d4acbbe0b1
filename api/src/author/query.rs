//! The root fields of authors.

use super::{Author, filter::AuthorBy, store};
use crate::{
    Nullable, Result,
    graphql::{connection::Connection, context::ContextExt, cursor::Fingerprint, page::Page},
};
use async_graphql::{Context, Object};

/// Authors.
#[derive(Default)]
pub struct AuthorQuery;

#[Object]
impl AuthorQuery {
    /// One author. Null, without an error, where there is none.
    async fn author(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one name of the author.")] by: AuthorBy,
    ) -> Nullable<Author> {
        let reader = ctx.reader();
        store::find(&reader.db, &by).await.map(|row| row.map(Author)).transpose()
    }

    /// All authors, by name; also those who have published nothing yet.
    async fn authors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 0 to 1,000; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor behind which to go on.")] after: Option<String>,
    ) -> Result<Connection<Author>> {
        let reader = ctx.reader();
        let page = Page::forward(first, after.as_deref(), Fingerprint::of("authors by name"), &reader.app.limits)?;
        let slice = store::list(&reader.db, &page).await?;
        Ok(Connection::new((), page, slice.map(Author)))
    }
}
