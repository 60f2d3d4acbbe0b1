//! The answers from PostgreSQL, through a pool of each worker's own. A statement costs a journey there and back, and so each
//! operation is one.

mod parts;

use crate::{
    answer::{
        Answer, Article, ArticlePage, Articles, Body, Branch, Card, Category, CategoryTree, CountedList, Cover, Figure,
        FrontPage, HasNextPage, Line, List, Named, Nodes, PageInfo, Place,
    },
    asked::{Asked, Filter},
    content::{Options, now},
    server::Answering,
    text::{self, Cursor, Instant, Path},
};
use parts::{Each, Part, Parts};
use serde::Serialize;
use sqlx::{
    AssertSqlSafe, ConnectOptions, PgPool, Result, Row,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow, PgSslMode},
};
use std::{cell::Cell, sync::Arc};

/// Connections of a worker.
const CONNECTIONS: u32 = 4;

/// Rows of a page.
const PAGE: usize = 20;

/// Kinds of parts, as the statements number them.
const LIST: i32 = 0;
const ARTICLE: i32 = 1;
const AUTHOR: i32 = 2;
const CATEGORY: i32 = 3;
const COVER: i32 = 4;
const ANCESTOR: i32 = 5;
const TAG: i32 = 6;
const FIGURE: i32 = 7;

/// Every statement is planned once for all values. Left alone, such plans read tables from end to end where they can not know that
/// few rows are wanted.
const SETTINGS: [(&str, &str); 7] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("jit", "off"),
    ("enable_hashjoin", "off"),
    ("enable_memoize", "off"),
    ("enable_mergejoin", "off"),
    ("enable_seqscan", "off"),
    ("max_parallel_workers_per_gather", "0"),
];

const FRONT_PAGE: &str = concat!(include_str!("front_page.sql"), include_str!("cards.sql"));
const DEEP_PAGE: &str = concat!(include_str!("deep_page.sql"), include_str!("cards.sql"));

/// A pool, and the statements that count.
pub struct Postgres {
    pool: PgPool,
    front_page: Arc<str>,
    category_tree: &'static str,
}

impl Answering for Postgres {
    type Options = Options;
    type Error = sqlx::Error;

    async fn open(options: Options) -> Result<Self> {
        let connecting: PgConnectOptions = options.database_url.parse()?;
        let connecting = connecting.ssl_mode(PgSslMode::Disable).options(SETTINGS).disable_statement_logging();
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
        let (count, category_tree) = if options.kept_counts {
            (include_str!("kept.sql"), include_str!("category_tree_kept.sql"))
        } else {
            (include_str!("counted.sql"), include_str!("category_tree_counted.sql"))
        };
        let front_page = FRONT_PAGE.replace("{count}", count).into();
        Ok(Self { pool: pool.connect_with(connecting).await?, front_page, category_tree })
    }

    async fn answer(&self, asked: Asked) -> Result<Vec<u8>> {
        match asked {
            Asked::FrontPage { category } => self.front_page(&category).await,
            Asked::ArticlePage { path } => self.article_page(&path).await,
            Asked::FilteredList(filter) => self.filtered_list(&filter).await,
            Asked::DeepPage { after } => self.deep_page(after).await,
            Asked::CategoryTree { first } => self.category_tree(first).await,
        }
    }
}

fn json<T: Serialize>(data: &T) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(16_384);
    serde_json::to_writer(&mut out, &Answer { data }).map_err(|error| sqlx::Error::Encode(error.into()))?;
    Ok(out)
}

impl Postgres {
    async fn front_page(&self, slug: &str) -> Result<Vec<u8>> {
        let sql = AssertSqlSafe(Arc::clone(&self.front_page));
        let rows = sqlx::query(sql).bind(slug).bind(now()).fetch_all(&self.pool).await?;
        let parts = Parts::sorted(&rows)?;
        let [category] = parts.all(LIST) else { return json(&FrontPage { category: None::<()> }) };
        let (total_count, listed) = (category.place, parts.newest(ARTICLE));
        let page_info = &end_of(&listed, usize::try_from(total_count).is_ok_and(|total| total > PAGE));
        let articles = CountedList { total_count, nodes: Each(&listed, |article| card(&parts, article)), page_info };
        json(&FrontPage { category: Some(Category { name: category.text(0)?, articles }) })
    }

    async fn deep_page(&self, Cursor { published_at, id }: Cursor) -> Result<Vec<u8>> {
        let rows = sqlx::query(DEEP_PAGE).bind(published_at).bind(id).fetch_all(&self.pool).await?;
        let parts = Parts::sorted(&rows)?;
        let mut listed = parts.newest(ARTICLE);
        let has_next_page = listed.len() > PAGE;
        listed.truncate(PAGE);
        let page_info = &end_of(&listed, has_next_page);
        json(&Articles { articles: List { nodes: Each(&listed, |article| card(&parts, article)), page_info } })
    }

    async fn filtered_list(&self, Filter { title, from, until, authors }: &Filter) -> Result<Vec<u8>> {
        let until = until.0.min(now() + 1);
        let query = sqlx::query(include_str!("filtered_list.sql")).bind(title).bind(from.0).bind(until).bind(authors);
        let rows = query.fetch_all(&self.pool).await?;
        let parts = Parts::sorted(&rows)?;
        let mut listed = parts.newest(ARTICLE);
        let page_info = &HasNextPage { has_next_page: Cell::new(listed.len() > PAGE) };
        listed.truncate(PAGE);
        json(&Articles { articles: List { nodes: Each(&listed, |article| line(&parts, article)), page_info } })
    }

    async fn article_page(&self, path: &str) -> Result<Vec<u8>> {
        let rows = sqlx::query(include_str!("article.sql")).bind(path).bind(now()).fetch_all(&self.pool).await?;
        let parts = &Parts::sorted(&rows)?;
        let [article] = parts.all(ARTICLE) else { return json(&ArticlePage { article: None::<()> }) };
        json(&ArticlePage {
            article: Some(Article {
                title: article.text(0)?,
                published_at: Instant(article.place),
                authors: Each(parts.all(AUTHOR), Part::named),
                categories: Each(parts.all(CATEGORY), |category| place(parts, category)),
                tags: Each(parts.all(TAG), Part::named),
                figures: Each(parts.all(FIGURE), figure),
                body: Body { html: article.text(1)? },
            }),
        })
    }

    async fn category_tree(&self, first: i64) -> Result<Vec<u8>> {
        let rows = sqlx::query(self.category_tree).bind(first).bind(now()).fetch_all(&self.pool).await?;
        let nodes = rows.iter().map(branch).collect::<Result<Vec<_>>>()?;
        json(&CategoryTree { categories: Nodes { nodes } })
    }
}

fn end_of(listed: &[Part<'_>], has_next_page: bool) -> PageInfo {
    let end_cursor = listed.last().map(|article| Cursor { published_at: article.place, id: article.id });
    PageInfo { has_next_page: Cell::new(has_next_page), end_cursor: Cell::new(end_cursor) }
}

fn card<'r>(parts: &Parts<'r>, article: Part<'r>) -> Result<impl Serialize> {
    let excerpt: &str = article.text(3)?;
    Ok(Card {
        slug: article.text(0)?,
        path: Path(article.text(1)?),
        title: article.text(2)?,
        excerpt: if article.number(0)? == Some(1) { text::excerpt(excerpt.as_bytes()) } else { excerpt },
        published_at: Instant(article.place),
        authors: Each(parts.of(AUTHOR, article.id), Part::named),
        categories: Each(parts.of(CATEGORY, article.id), Part::named),
        cover: parts.of(COVER, article.id).first().copied().map(cover).transpose()?,
    })
}

fn cover(part: Part<'_>) -> Result<Cover<'_>> {
    Ok(Cover { alt: part.text(0)?, image: part.image()? })
}

fn line<'r>(parts: &Parts<'r>, article: Part<'r>) -> Result<impl Serialize> {
    let authors = Each(parts.of(AUTHOR, article.id), Part::named);
    Ok(Line { path: Path(article.text(0)?), title: article.text(1)?, published_at: Instant(article.place), authors })
}

fn place<'r>(parts: &Parts<'r>, category: Part<'r>) -> Result<impl Serialize> {
    let Named { name, path } = category.named()?;
    Ok(Place { name, path, ancestors: Each(parts.of(ANCESTOR, category.place), Part::named) })
}

fn figure(part: Part<'_>) -> Result<Figure<'_>> {
    let position = i32::try_from(part.place).unwrap_or_default();
    Ok(Figure { position, alt: part.text(0)?, caption: part.text(2)?, credit: part.text(3)?, image: part.image()? })
}

fn branch(row: &PgRow) -> Result<Branch<'_>> {
    let (name, path, depth, article_count) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
    Ok(Branch { name, path: Path(path), depth, article_count })
}
