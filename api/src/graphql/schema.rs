//! The table of contents of the API: every root field, and the schema that is made of them.

use super::{
    context::ContextExt,
    node::{self, Node, Page},
    resolution::{self, Resolution},
};
use crate::{
    Nullable, Result,
    article::{ArticleQuery, Columns},
    author::AuthorQuery,
    category::CategoryQuery,
    image::ImageQuery,
    site::SiteQuery,
    suggest::SuggestQuery,
    tag::TagQuery,
};
use async_graphql::{
    Context, EmptyMutation, EmptySubscription, ID, MergedObject, Object, SDLExportOptions, ValidationMode,
};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(NodeQuery, ArticleQuery, CategoryQuery, AuthorQuery, TagQuery, ImageQuery, SuggestQuery, SiteQuery);

/// The executable schema.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// Builds the schema. It holds no state: a request brings its [`Reader`](super::context::Reader). What is executed was judged and
/// measured before, by `validation` and `document`.
#[must_use]
pub fn schema() -> Schema {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .register_output_type::<Page>()
        .validation_mode(ValidationMode::Fast)
        .limit_recursive_depth(usize::MAX)
        .finish()
}

/// The schema in the schema definition language, as `masthead schema` prints it.
#[must_use]
pub fn sdl() -> String {
    schema().sdl_with_options(
        SDLExportOptions::new()
            .include_specified_by()
            .prefer_single_line_descriptions()
            .use_space_ident()
            .indent_width(2),
    )
}

/// Lookup by global id.
#[derive(Default)]
struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything that has a global id. Null, without an error, where the id names nothing or nothing that this reader may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "As an `id` field gave it.")] id: ID) -> Nullable<Node> {
        node::find(ctx.reader(), &id, Columns::selected(ctx)).await.transpose()
    }

    /// Many at once: the answer has the order of the ids, and null where an id names nothing that this reader may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As `id` fields gave them; at most 1,000.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        node::find_many(ctx.reader(), &ids, Columns::selected(ctx)).await
    }

    /// What a URL path of the site shows today; for a path that an article had in the past, where that article is today. Null,
    /// without an error, where nothing has or had it that this reader may see.
    async fn resolve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Percent-encoded or not, with or without the last slash.")] path: String,
    ) -> Nullable<Resolution> {
        resolution::of_path(ctx.reader(), &path, Columns::selected(ctx)).await.transpose()
    }
}
