//! What is answered, its fields in the order of the documents. Texts are those of the database's rows, written as these come;
//! what belongs to a row is whatever its database can write.

use crate::text::{Cursor, Instant, Path};
use serde::Serialize;
use std::cell::Cell;

/// An answer without errors.
#[derive(Serialize)]
pub struct Answer<T> {
    pub data: T,
}

/// `FrontPage`.
#[derive(Serialize)]
pub struct FrontPage<T> {
    pub category: Option<T>,
}

/// A category and a page of its list.
#[derive(Serialize)]
pub struct Category<'a, N> {
    pub name: &'a str,
    pub articles: CountedList<'a, N>,
}

/// A page of a list, with its total.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CountedList<'a, N> {
    pub total_count: i64,
    pub nodes: N,
    pub page_info: &'a PageInfo,
}

/// `DeepPage` and `FilteredList`.
#[derive(Serialize)]
pub struct Articles<L> {
    pub articles: L,
}

/// A page of a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<'a, N, P> {
    pub nodes: N,
    pub page_info: &'a P,
}

/// Where a page ends. It is known when its rows are written.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageInfo {
    pub has_next_page: Cell<bool>,
    pub end_cursor: Cell<Option<Cursor>>,
}

/// The same, where nobody goes on.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HasNextPage {
    pub has_next_page: Cell<bool>,
}

/// An article in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card<'a, A, C, F> {
    pub slug: &'a str,
    pub path: Path<'a>,
    pub title: &'a str,
    pub excerpt: &'a str,
    pub published_at: Instant,
    pub authors: A,
    pub categories: C,
    pub cover: F,
}

/// The image at an article's head.
#[derive(Serialize)]
pub struct Cover<'a> {
    pub alt: &'a str,
    pub image: Image<'a>,
}

/// An image.
#[derive(Serialize)]
pub struct Image<'a> {
    pub url: &'a str,
    pub width: Option<i32>,
    pub height: Option<i32>,
}

/// An article in a list that shows less.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line<'a, A> {
    pub path: Path<'a>,
    pub title: &'a str,
    pub published_at: Instant,
    pub authors: A,
}

/// What is shown of authors, categories and tags.
#[derive(Serialize)]
pub struct Named<'a> {
    pub name: &'a str,
    pub path: Path<'a>,
}

/// `ArticlePage`.
#[derive(Serialize)]
pub struct ArticlePage<T> {
    pub article: Option<T>,
}

/// An article with all that belongs to it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Article<'a, A, C, T, F> {
    pub title: &'a str,
    pub published_at: Instant,
    pub authors: A,
    pub categories: C,
    pub tags: T,
    pub figures: F,
    pub body: Body<'a>,
}

/// A category and those above it.
#[derive(Serialize)]
pub struct Place<'a, A> {
    pub name: &'a str,
    pub path: Path<'a>,
    pub ancestors: A,
}

/// An image as it stands in an article.
#[derive(Serialize)]
pub struct Figure<'a> {
    pub position: i32,
    pub alt: &'a str,
    pub caption: Option<&'a str>,
    pub credit: Option<&'a str>,
    pub image: Image<'a>,
}

/// What an article says.
#[derive(Serialize)]
pub struct Body<'a> {
    pub html: &'a str,
}

/// `CategoryTree`.
#[derive(Serialize)]
pub struct CategoryTree<N> {
    pub categories: Nodes<N>,
}

/// A list of which nothing else is shown.
#[derive(Serialize)]
pub struct Nodes<N> {
    pub nodes: N,
}

/// A category in the tree.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Branch<'a> {
    pub name: &'a str,
    pub path: Path<'a>,
    pub depth: i32,
    pub article_count: i64,
}
