//! What arguments are asked before anything runs, besides whether they fit their types.

use crate::{
    Error, Result,
    article::ArticleWhere,
    audience::Audience,
    author::AuthorWhere,
    category::CategoryWhere,
    config::Limits,
    image::ImageWhere,
    list::{
        filter::{Check, Where},
        page,
    },
    tag::TagWhere,
};
use async_graphql::{InputType, Value};

/// Whether a coerced argument is within the limits of lists, and may be asked by this reader.
///
/// # Errors
/// When it is not.
pub fn check(name: &str, ty: &str, value: &Value, limits: &Limits, audience: Audience) -> Result<()> {
    match (name, ty) {
        ("where", "ArticleWhere") => filter::<ArticleWhere>(value, limits, audience),
        ("where", "AuthorWhere") => filter::<AuthorWhere>(value, limits, audience),
        ("where", "CategoryWhere") => filter::<CategoryWhere>(value, limits, audience),
        ("where", "ImageWhere") => filter::<ImageWhere>(value, limits, audience),
        ("where", "TagWhere") => filter::<TagWhere>(value, limits, audience),
        ("search", "String") => match value {
            Value::String(text) => search(text, limits),
            _ => Ok(()),
        },
        ("first" | "last", "Int") => match i32::parse(Some(value.clone())) {
            Ok(size) => page::size(if name == "first" { "first" } else { "last" }, size, limits).map(|_| ()),
            // Null is as if absent.
            Err(_) => Ok(()),
        },
        _ => Ok(()),
    }
}

fn search(text: &str, limits: &Limits) -> Result<()> {
    let (asked, max) = (text.chars().count(), limits.search_characters);
    if asked > max {
        return Err(Error::TooMany { field: "search: characters".into(), asked, max });
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
