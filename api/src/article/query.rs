//! The root fields of articles.

use super::{
    Article, ArticleBy, ArticleConnection, ArticleOrderField, ArticleWhere, Columns, listing, scope::Source, store,
};
use crate::{
    Nullable, Result,
    graphql::context::ContextExt,
    list::{Arguments, order::OrderBy, page::PageArguments},
};
use async_graphql::{Context, Object};

/// Articles.
#[derive(Default)]
pub struct ArticleQuery;

#[Object]
impl ArticleQuery {
    /// One article. Null, without an error, where there is none or this reader may not see it.
    async fn article(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Exactly one name of the article.")] by: ArticleBy,
    ) -> Nullable<Article> {
        let reader = ctx.reader();
        let row = store::find(&reader.db, reader.audience, &by, Columns::selected(ctx)).await;
        row.map(|row| row.map(Article)).transpose()
    }

    /// Published articles, newest first where nothing else is said.
    #[expect(clippy::too_many_arguments, reason = "those of every list")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which articles; all published ones where it is absent.")] filter: Option<
            ArticleWhere,
        >,
        #[graphql(
            desc = "Only what has all of these words in its title or text, also within other words; case, width, accents and script do not count. `\"words beside each other\"`; `-not` for what is not to stand there. At most 256 characters. Where nothing is found other words are tried: see `searched`. Blank is as if absent."
        )]
        search: Option<String>,
        #[graphql(
            desc = "In which order. Where it is absent or empty newest first, and the best first under a search."
        )]
        order_by: Option<Vec<OrderBy<ArticleOrderField>>>,
        #[graphql(
            desc = "How many, 0 to 1,000, from the beginning or behind `after`; 20 where neither this nor `last` is given. 0 for totals and facets alone."
        )]
        first: Option<i32>,
        #[graphql(desc = "The cursor behind which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many, 0 to 1,000, before the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "How many are passed over, for numbered pages; not with a cursor.")] offset: Option<i32>,
    ) -> Result<ArticleConnection> {
        let page = PageArguments { first, after, last, before, offset };
        listing::page(ctx, Source::Site, Arguments { filter, order_by, page, search }).await
    }
}
