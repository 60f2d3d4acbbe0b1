//! The root field.

use super::{MAX_FIRST, Suggestion, object};
use crate::{Result, article::Columns, graphql::context::ContextExt, list::page::size_within};
use async_graphql::{Context, Object};

/// How many where nothing is said.
const DEFAULT_FIRST: i32 = 8;

/// What a reader may mean.
#[derive(Default)]
pub struct SuggestQuery;

#[Object]
impl SuggestQuery {
    /// Published articles, categories, authors and tags whose title or name starts with what a reader has typed: for the box of a
    /// search, asked again with every letter. Chinese is also found by its pinyin without tones, whole or by the initials of its
    /// syllables: `mosike` and `msk` find `莫斯科`. Case, width, diacritics of Latin letters, traditional or simplified script, white
    /// space and apostrophes do not count, nor do brackets and quotes before a title.
    ///
    /// What is wholly typed comes first, then categories, authors, tags and articles, each in the order of the alphabet, and each
    /// once; titles have at least half of the places where so many are found. Words inside of titles and texts are found by
    /// `articles(search:)`.
    async fn suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What was typed so far, at most 256 characters, of which the first 64 count. Blank finds nothing."
        )]
        prefix: String,
        #[graphql(default_with = "Some(8)", desc = "At most how many, 0 to 100.")] first: Option<i32>,
    ) -> Result<Vec<Suggestion>> {
        let first = size_within("first", first.unwrap_or(DEFAULT_FIRST), MAX_FIRST)?;
        let columns = Columns::of([ctx.look_ahead().field("node")]);
        object::suggest(ctx.reader(), &prefix, first, columns).await
    }
}
