//! Lists in the form of the Relay cursor connections specification, one shape for every type.

use super::{
    context::{ContextExt, Reader},
    cursor::{self, Fingerprint},
    page::{Page, Slice},
};
use crate::{Result, article::Article, author::Author, category::Category, image::Image, tag::Tag};
use async_graphql::{Context, Object, OutputType, SimpleObject};
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, hash::Hash};

/// A type that is served in lists.
pub trait Listed: OutputType + Clone {
    /// Which list: that of everything, or a parent's.
    type List: Send + Sync;
    /// What lists are ordered by; ends in something unique.
    type Key: Serialize + DeserializeOwned + Clone + Eq + Hash + Send + Sync;

    /// The sort key of this row.
    fn key(&self) -> Self::Key;

    /// How many rows the whole list has.
    fn count(reader: &Reader, list: &Self::List) -> impl Future<Output = Result<i64>> + Send;

    /// Whether the list has rows at or before this key.
    fn has_through(reader: &Reader, list: &Self::List, key: &Self::Key) -> impl Future<Output = Result<bool>> + Send;
}

/// A page of a list, and what is known about the whole list.
pub struct Connection<T: Listed> {
    list: T::List,
    page: Page<T::Key>,
    slice: Slice<T>,
}

impl<T: Listed> Connection<T> {
    /// The page that was read of this list.
    pub const fn new(list: T::List, page: Page<T::Key>, slice: Slice<T>) -> Self {
        Self { list, page, slice }
    }

    fn cursor(&self, row: Option<&T>) -> Option<String> {
        row.map(|row| cursor::encode(self.page.fingerprint, &row.key()))
    }
}

/// One page of a list. `nodes` is the short way to its rows, `edges` the one that also gives each row its cursor.
#[Object(
    concrete(name = "ArticleConnection", params(Article)),
    concrete(name = "CategoryConnection", params(Category)),
    concrete(name = "AuthorConnection", params(Author)),
    concrete(name = "TagConnection", params(Tag)),
    concrete(name = "ImageConnection", params(Image))
)]
impl<T: Listed> Connection<T>
where
    Edge<T>: OutputType,
{
    /// The rows of this page, each with its cursor.
    async fn edges(&self) -> Vec<Edge<T>> {
        let edge = |node: &T| Edge { fingerprint: self.page.fingerprint, node: node.clone() };
        self.slice.rows.iter().map(edge).collect()
    }

    /// The rows of this page.
    async fn nodes(&self) -> &[T] {
        &self.slice.rows
    }

    /// How to go on from here.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        let has_previous_page = match &self.page.after {
            Some(after) if ctx.look_ahead().field("hasPreviousPage").exists() => {
                T::has_through(ctx.reader(), &self.list, after).await?
            }
            _ => false,
        };
        Ok(PageInfo {
            has_next_page: self.slice.has_next,
            has_previous_page,
            start_cursor: self.cursor(self.slice.rows.first()),
            end_cursor: self.cursor(self.slice.rows.last()),
        })
    }

    /// How many rows the whole list has, whatever part of it this page shows. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = T::count(ctx.reader(), &self.list).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}

/// A row of a list, and where in the list it stands.
pub struct Edge<T: Listed> {
    fingerprint: Fingerprint,
    node: T,
}

/// A row of a list, and where in the list it stands.
#[Object(
    concrete(name = "ArticleEdge", params(Article)),
    concrete(name = "CategoryEdge", params(Category)),
    concrete(name = "AuthorEdge", params(Author)),
    concrete(name = "TagEdge", params(Tag)),
    concrete(name = "ImageEdge", params(Image))
)]
impl<T: Listed> Edge<T> {
    /// Give it as `after` to read on behind this row. Opaque; stays valid when rows come and go around it.
    fn cursor(&self) -> String {
        cursor::encode(self.fingerprint, &self.node.key())
    }

    /// The row.
    async fn node(&self) -> &T {
        &self.node
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow this page.
    has_next_page: bool,
    /// Whether rows come before this page.
    has_previous_page: bool,
    /// The cursor of the first row; null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last row: give it as `after` for the next page. Null on an empty page.
    end_cursor: Option<String>,
}
