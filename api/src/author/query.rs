//! The root fields of authors.

use super::{Author, AuthorOrderField, AuthorWhere, filter::AuthorBy, store};
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
        store::find(&reader.db, &reader.app.shelves.authors, &by).await.map(|row| row.map(Author)).transpose()
    }

    /// All authors, by name; also those who have published nothing yet.
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn authors(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which authors; all where it is absent.")] filter: Option<AuthorWhere>,
        #[graphql(desc = "In which order; by name where it is absent or empty.")] order_by: Option<
            Vec<OrderBy<AuthorOrderField>>,
        >,
        #[graphql(
            desc = "How many, 0 to 1,000, from the beginning or behind `after`; 20 where neither this nor `last` is given. 0 for the total alone."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many, 0 to 1,000, before the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "How many are passed over, for numbered pages; not with a cursor.")] offset: Option<i32>,
    ) -> Result<Connection<Author>> {
        let page = PageArguments { first, after, last, before, offset };
        let reader = ctx.reader();
        let asked = list::asked(ctx, reader, "authors", Arguments { filter, order_by, page, search: None }).await?;
        let slice = if asked.wants.rows {
            store::list(&reader.db, &reader.terms(asked.zone), &asked).await?
        } else {
            Slice::default()
        };
        Ok(Connection::new(asked.filter, asked.fingerprint, slice.map(Author)))
    }
}
