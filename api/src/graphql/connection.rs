//! Lists in the form of the Relay cursor connections specification, one shape for every type.

use super::context::{ContextExt, Reader};
use crate::{
    Error, Nullable, Result,
    article::Article,
    author::Author,
    category::Category,
    image::Image,
    list::{
        cursor::{self, Fingerprint, Position},
        page::{Entry, Slice},
    },
    tag::Tag,
};
use async_graphql::{Context, Object, OutputType};
use std::future::Future;

/// A type that is served in lists.
pub trait Listed: OutputType + Clone {
    /// Which list: what of its arguments decides which rows it has.
    type List: Send + Sync;

    /// A row of a page, as it is told.
    type Edge: OutputType;

    /// What is told of a row of this list.
    fn edge(list: &Self::List, edge: Edge<Self>) -> Self::Edge;

    /// How many rows the whole list has.
    fn count(reader: &Reader, list: &Self::List) -> impl Future<Output = Result<i64>> + Send;
}

/// A page of a list, and what is known about the whole list.
pub struct Connection<T: Listed> {
    list: T::List,
    fingerprint: Fingerprint,
    slice: Slice<T>,
}

impl<T: Listed> Connection<T> {
    /// The page that was read of this list.
    pub const fn new(list: T::List, fingerprint: Fingerprint, slice: Slice<T>) -> Self {
        Self { list, fingerprint, slice }
    }

    /// Which list it is a page of.
    pub const fn list(&self) -> &T::List {
        &self.list
    }
}

fn encode(list: Fingerprint, position: Option<&Position>) -> Result<String> {
    position.map(|position| cursor::encode(list, position)).ok_or(Error::ColumnNotRead("cursor"))
}

/// One page of a list. `nodes` is the short way to its rows, `edges` the one that also gives each row its cursor.
#[Object(
    concrete(name = "ArticlePage", params(Article)),
    concrete(name = "CategoryConnection", params(Category)),
    concrete(name = "AuthorConnection", params(Author)),
    concrete(name = "TagConnection", params(Tag)),
    concrete(name = "ImageConnection", params(Image))
)]
impl<T: Listed> Connection<T> {
    /// The rows of this page, each with its cursor.
    async fn edges(&self) -> Vec<T::Edge> {
        let edge = |entry: &Entry<T>| T::edge(&self.list, Edge { fingerprint: self.fingerprint, entry: entry.clone() });
        self.slice.rows.iter().map(edge).collect()
    }

    /// The rows of this page.
    async fn nodes(&self) -> Vec<&T> {
        self.slice.rows.iter().map(|entry| &entry.node).collect()
    }

    /// How to go on from here.
    async fn page_info(&self) -> PageInfo {
        let cursor = |entry: Option<&Entry<T>>| entry.map(|entry| encode(self.fingerprint, entry.position.as_ref()));
        PageInfo {
            has_next_page: self.slice.has_next,
            has_previous_page: self.slice.has_previous,
            start_cursor: cursor(self.slice.rows.first()),
            end_cursor: cursor(self.slice.rows.last()),
        }
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
    entry: Entry<T>,
}

impl<T: Listed> Edge<T> {
    /// The row.
    pub const fn row(&self) -> &T {
        &self.entry.node
    }

    /// The cursor of the row.
    ///
    /// # Errors
    /// When it was not read.
    pub fn encoded(&self) -> Result<String> {
        encode(self.fingerprint, self.entry.position.as_ref())
    }
}

/// A row of a list, and where in the list it stands.
#[Object(
    concrete(name = "CategoryEdge", params(Category)),
    concrete(name = "AuthorEdge", params(Author)),
    concrete(name = "TagEdge", params(Tag)),
    concrete(name = "ImageEdge", params(Image))
)]
impl<T: Listed> Edge<T> {
    /// Give it as `after` to read on behind this row, or as `before` to read up to it. Opaque; stays valid when rows come and go
    /// around it.
    fn cursor(&self) -> Result<String> {
        self.encoded()
    }

    /// The row.
    async fn node(&self) -> &T {
        &self.entry.node
    }
}

/// Where a page stands in its list.
pub struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    /// Where no cursor was selected it was not read, and this is an error that nobody asks for.
    start_cursor: Nullable<String>,
    end_cursor: Nullable<String>,
}

/// Where a page stands in its list.
#[Object]
impl PageInfo {
    /// Whether rows follow this page.
    fn has_next_page(&self) -> bool {
        self.has_next_page
    }

    /// Whether rows come before this page.
    fn has_previous_page(&self) -> bool {
        self.has_previous_page
    }

    /// The cursor of the first row: give it as `before` for the page before. Null on an empty page.
    fn start_cursor(&self) -> Nullable<String> {
        self.start_cursor.clone()
    }

    /// The cursor of the last row: give it as `after` for the next page. Null on an empty page.
    fn end_cursor(&self) -> Nullable<String> {
        self.end_cursor.clone()
    }
}
