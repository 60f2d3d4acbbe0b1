//! What arguments are asked before anything runs, besides whether they fit their types.

use super::document::{Argument, Field};
use crate::{
    Error, Result,
    article::{ArticleWhere, MAX_RELATED},
    audience::Audience,
    author::AuthorWhere,
    category::CategoryWhere,
    config::Limits,
    image::ImageWhere,
    list::{
        filter::{Check, Where},
        page,
    },
    search::{MOST_TERMS, SearchQuery},
    suggest::MAX_FIRST,
    tag::TagWhere,
};
use async_graphql::{InputType, Value};

/// Whether a coerced argument is within the limits of lists, and may be asked by this reader.
///
/// # Errors
/// When it is not.
pub fn check(field: &Field, argument: &Argument, value: &Value, limits: &Limits, audience: Audience) -> Result<()> {
    match (argument.name.as_str(), argument.ty.inner_named_type().as_str()) {
        ("where", "ArticleWhere") => filter::<ArticleWhere>(value, limits, audience),
        ("where", "AuthorWhere") => filter::<AuthorWhere>(value, limits, audience),
        ("where", "CategoryWhere") => filter::<CategoryWhere>(value, limits, audience),
        ("where", "ImageWhere") => filter::<ImageWhere>(value, limits, audience),
        ("where", "TagWhere") => filter::<TagWhere>(value, limits, audience),
        ("search", "String") => words("search: characters", value, limits).and_then(|()| terms(value)),
        ("prefix", "String") => words("prefix: characters", value, limits),
        ("first", "Int") => size("first", value, most(field, limits)),
        ("last", "Int") => size("last", value, limits.page),
        _ => Ok(()),
    }
}

/// How many rows a list gives at most.
fn most(field: &Field, limits: &Limits) -> usize {
    match (field.parent.as_str(), field.name.as_str()) {
        ("Query", "suggest") => MAX_FIRST,
        ("Article", "related") => MAX_RELATED,
        _ => limits.page,
    }
}

fn size(argument: &'static str, value: &Value, max: usize) -> Result<()> {
    match i32::parse(Some(value.clone())) {
        Ok(size) => page::size_within(argument, size, max).map(|_| ()),
        // Null is as if absent.
        Err(_) => Ok(()),
    }
}

fn terms(value: &Value) -> Result<()> {
    let Value::String(text) = value else { return Ok(()) };
    let (asked, max) = (SearchQuery::parse(text).len(), MOST_TERMS);
    if asked > max { Err(Error::TooMany { field: "search: words".into(), asked, max }) } else { Ok(()) }
}

fn words(field: &'static str, value: &Value, limits: &Limits) -> Result<()> {
    let Value::String(text) = value else { return Ok(()) };
    let (asked, max) = (text.chars().count(), limits.search_characters);
    if asked > max {
        return Err(Error::TooMany { field: field.into(), asked, max });
    }
    Ok(())
}

fn filter<W: Where + InputType>(value: &Value, limits: &Limits, audience: Audience) -> Result<()> {
    let filter = Option::<W>::parse(Some(value.clone()));
    let filter = filter.map_err(|error| Error::Invalid {
        field: "where".into(),
        problem: error.into_server_error(async_graphql::Pos::default()).message,
    })?;
    filter.map_or(Ok(()), |filter| filter.check(&mut Check::new(*limits, audience)))
}
