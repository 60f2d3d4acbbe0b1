//! The answers from SQLite, on a connection of each worker's own. For what belongs to a row a statement runs while the row is
//! written: here a statement costs no more than its work.

mod rows;
mod shapes;

use crate::{
    answer::{
        Answer, Article, ArticlePage, Articles, Body, Category, CategoryTree, CountedList, FrontPage, HasNextPage,
        List, Nodes, PageInfo,
    },
    asked::{Asked, Filter},
    content::{Options, now},
    server::Answering,
    text::{Cursor, Instant},
};
use rows::{Rows, Statement};
use rusqlite::{Connection, OpenFlags, Result, ToSql, params};
use serde::Serialize;
use shapes::{Branches, Cards, Figures, Lines, Names, Places, text};

const AUTHORS: &str = include_str!("authors.sql");
const CATEGORIES: &str = include_str!("categories.sql");

/// A connection, and the statements that count.
pub struct Sqlite {
    connection: Connection,
    category: &'static str,
    category_tree: &'static str,
}

impl Answering for Sqlite {
    type Options = Options;
    type Error = rusqlite::Error;

    async fn open(options: Options) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(options.file().unwrap_or_default(), flags)?;
        connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(32);
        let (category, category_tree) = if options.kept_counts {
            (include_str!("category_kept.sql"), include_str!("category_tree_kept.sql"))
        } else {
            (include_str!("category_counted.sql"), include_str!("category_tree_counted.sql"))
        };
        Ok(Self { connection, category, category_tree })
    }

    async fn answer(&self, asked: Asked) -> Result<Vec<u8>> {
        match asked {
            Asked::FrontPage { category } => self.front_page(&category),
            Asked::ArticlePage { path } => self.article_page(&path),
            Asked::FilteredList(filter) => self.filtered_list(&filter),
            Asked::DeepPage { after } => self.deep_page(after),
            Asked::CategoryTree { first } => self.category_tree(first),
        }
    }
}

fn json<T: Serialize>(data: &T) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(16_384);
    serde_json::to_writer(&mut out, &Answer { data })
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    Ok(out)
}

impl Sqlite {
    fn statement(&self, sql: &str) -> Result<Statement<'_>> {
        self.connection.prepare_cached(sql).map(Statement::new)
    }

    fn front_page(&self, slug: &str) -> Result<Vec<u8>> {
        let now = now();
        let mut category = self.connection.prepare_cached(self.category)?;
        // What is read while this row is looked at is of the same moment.
        let mut found = category.query(params![slug, now])?;
        let Some(row) = found.next()? else { return json(&FrontPage { category: None::<()> }) };
        let listed = self.statement(include_str!("front_page.sql"))?;
        let (authors, categories) = (&self.statement(AUTHORS)?, &self.statement(CATEGORIES)?);
        let (cover, page) = (&self.statement(include_str!("cover.sql"))?, &PageInfo::default());
        let cards = Cards { authors, categories, cover, page };
        let nodes = Rows::page(&listed, [row.get::<_, i64>(0)?, now], cards, &page.has_next_page);
        let articles = CountedList { total_count: row.get(2)?, nodes, page_info: page };
        json(&FrontPage { category: Some(Category { name: text(row, 1)?, articles }) })
    }

    fn deep_page(&self, after: Cursor) -> Result<Vec<u8>> {
        let listed = self.statement(include_str!("deep_page.sql"))?;
        let (authors, categories) = (&self.statement(AUTHORS)?, &self.statement(CATEGORIES)?);
        let (cover, page) = (&self.statement(include_str!("cover.sql"))?, &PageInfo::default());
        let cards = Cards { authors, categories, cover, page };
        let nodes = Rows::page(&listed, [after.published_at, after.id], cards, &page.has_next_page);
        json(&Articles { articles: List { nodes, page_info: page } })
    }

    fn filtered_list(&self, filter: &Filter) -> Result<Vec<u8>> {
        let until = filter.until.0.min(now() + 1);
        let mut values: Vec<&dyn ToSql> = vec![&filter.title, &filter.from.0, &until];
        values.extend(filter.authors.iter().map(|slug| slug as &dyn ToSql));
        let of_author = |number| include_str!("of_author.sql").replace("{author}", &format!("?{number}"));
        let lists: Vec<String> = (4..=values.len()).map(of_author).collect();
        let listed = self.statement(&include_str!("filtered_list.sql").replace("{lists}", &lists.join("UNION\n")))?;
        let (authors, page) = (self.statement(AUTHORS)?, HasNextPage::default());
        let nodes = Rows::page(&listed, values.as_slice(), Lines(&authors), &page.has_next_page);
        json(&Articles { articles: List { nodes, page_info: &page } })
    }

    fn article_page(&self, path: &str) -> Result<Vec<u8>> {
        let mut article = self.connection.prepare_cached(include_str!("article.sql"))?;
        let mut found = article.query(params![path, now()])?;
        let Some(row) = found.next()? else { return json(&ArticlePage { article: None::<()> }) };
        let id: [i64; 1] = [row.get(0)?];
        let (authors, places) = (self.statement(AUTHORS)?, self.statement(CATEGORIES)?);
        let (ancestors, tags) =
            (self.statement(include_str!("ancestors.sql"))?, self.statement(include_str!("tags.sql"))?);
        let figures = self.statement(include_str!("figures.sql"))?;
        json(&ArticlePage {
            article: Some(Article {
                title: text(row, 1)?,
                published_at: Instant(row.get(2)?),
                authors: Rows::all(&authors, id, Names),
                categories: Rows::all(&places, id, Places(&ancestors)),
                tags: Rows::all(&tags, id, Names),
                figures: Rows::all(&figures, id, Figures),
                body: Body { html: text(row, 3)? },
            }),
        })
    }

    fn category_tree(&self, first: i64) -> Result<Vec<u8>> {
        let tree = self.statement(self.category_tree)?;
        let nodes = Rows::all(&tree, [first, now()], Branches);
        json(&CategoryTree { categories: Nodes { nodes } })
    }
}
