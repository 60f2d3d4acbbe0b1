//! Every statement that reads articles. Text is built here and rows are decoded here, in the order in which they are selected.

use super::{columns::Columns, filter::ArticleBy, scope::Link};
use crate::{
    Error, Result,
    audience::Audience,
    category::{self, CategoryBy},
    db::{Db, Row},
    graphql::{
        id::Kind,
        page::{Page, Slice},
    },
    path,
};
use entity::{Timestamp, article, article::Column, body};
use sea_orm::{
    DbBackend,
    sea_query::{
        Cond, Condition, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement, SimpleExpr, ValueTuple,
    },
};
use std::{collections::HashMap, sync::Arc};

/// What listings are ordered by: both downwards.
pub type Key = (i64, i64);

/// An article as it was read: only the columns that were asked for.
#[derive(Debug, Default)]
pub struct ArticleRow {
    /// Always read.
    pub id: i64,
    /// Always read.
    pub is_draft: bool,
    /// Always read.
    pub published_at: Timestamp,
    pub(super) slug: Option<String>,
    pub(super) path: Option<String>,
    pub(super) title: Option<String>,
    pub(super) excerpt: Option<Option<String>>,
    pub(super) opening: Option<String>,
    pub(super) locale: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) comments_enabled: Option<bool>,
    pub(super) source_url: Option<Option<String>>,
    pub(super) extra: Option<String>,
    pub(super) version: Option<i32>,
    pub(super) word_count: Option<i32>,
}

/// The newest published articles of the site, or of a category with its descendants.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &Db,
    audience: Audience,
    category: Option<&CategoryBy>,
    page: &Page<Key>,
    columns: Columns,
) -> Result<Slice<Arc<ArticleRow>>> {
    let rows = match category {
        None => {
            db.rows(&newest(audience, page, columns), |row| decode(row, columns))
                .await?
        }
        Some(category) => {
            let parents = category::store::ids(category);
            let select = newest_of(db.backend(), Link::Category, parents, audience, page, columns);
            let rows = db
                .rows(&select, |row| Ok((row.next::<i64>()?, decode(row, columns)?)))
                .await?;
            rows.into_iter().map(|(_, article)| article).collect()
        }
    };
    Ok(Slice::cut(rows.into_iter().map(Arc::new).collect(), page.first))
}

/// The newest published articles of each parent, in one statement that reads no more than a page of each.
///
/// # Errors
/// When the database fails.
pub async fn list_of(
    db: &Db,
    audience: Audience,
    link: Link,
    parents: &[i64],
    page: &Page<Key>,
    columns: Columns,
) -> Result<HashMap<i64, Slice<Arc<ArticleRow>>>> {
    let select = newest_of(db.backend(), link, values(parents), audience, page, columns);
    let rows = db.rows(&select, |row| Ok((row.next()?, decode(row, columns)?))).await?;
    let mut lists: HashMap<i64, Vec<Arc<ArticleRow>>> = HashMap::new();
    for (parent, article) in rows {
        lists.entry(parent).or_default().push(Arc::new(article));
    }
    Ok(lists
        .into_iter()
        .map(|(parent, rows)| (parent, Slice::cut(rows, page.first)))
        .collect())
}

/// How many published articles the site has, or a category with its descendants.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db, audience: Audience, category: Option<&CategoryBy>) -> Result<i64> {
    let count = match category {
        None => {
            let select = Query::select()
                .expr(Func::count(Expr::col(Column::Id)))
                .from(article::Entity)
                .cond_where(audience.published(article::Entity))
                .take();
            db.row(&select, |row| row.next()).await?
        }
        Some(category) => {
            let select = counts(Link::Category, category::store::ids(category), audience);
            db.row(&select, |row| Ok((row.next::<i64>()?, row.next()?)))
                .await?
                .map(|(_, count)| count)
        }
    };
    Ok(count.unwrap_or_default())
}

/// How many published articles each parent has; parents without one are left out.
///
/// # Errors
/// When the database fails.
pub async fn count_of(db: &Db, audience: Audience, link: Link, parents: &[i64]) -> Result<HashMap<i64, i64>> {
    let rows = db
        .rows(&counts(link, values(parents), audience), |row| {
            Ok((row.next()?, row.next()?))
        })
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether the list of the site, or of a category with its descendants, has articles at or before this key.
///
/// # Errors
/// When the database fails.
pub async fn has_through(db: &Db, audience: Audience, category: Option<&CategoryBy>, key: Key) -> Result<bool> {
    let select = match category {
        None => Query::select()
            .expr(Expr::val(1_i64))
            .from(article::Entity)
            .cond_where(audience.published(article::Entity))
            .and_where(through("article", "id", key))
            .limit(1)
            .take(),
        Some(category) => reaching(Link::Category, category::store::ids(category), audience, key),
    };
    Ok(db.row(&select, |row| row.next::<i64>()).await?.is_some())
}

/// Those of the parents whose list has articles at or before this key.
///
/// # Errors
/// When the database fails.
pub async fn has_through_of(
    db: &Db,
    audience: Audience,
    link: Link,
    parents: &[i64],
    key: Key,
) -> Result<HashMap<i64, bool>> {
    let select = reaching(link, values(parents), audience, key);
    Ok(db
        .rows(&select, |row| Ok((row.next()?, true)))
        .await?
        .into_iter()
        .collect())
}

/// The article of this name, if the reader may see it.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, audience: Audience, by: &ArticleBy, columns: Columns) -> Result<Option<Arc<ArticleRow>>> {
    let named: Condition = match by {
        ArticleBy::Id(id) => match Kind::Article.number(id) {
            Some(id) => is(Column::Id, id),
            None => return Ok(None),
        },
        ArticleBy::Slug(slug) => is(Column::Slug, slug.as_str()),
        ArticleBy::Path(path) => {
            Cond::all().add(Expr::col((article::Entity, Column::Path)).is_in(path::spellings(path)))
        }
        ArticleBy::SourceUrl(url) => is(Column::SourceUrl, url.as_str()),
    };
    let select = visible(audience, columns)
        .cond_where(named)
        .order_by((article::Entity, Column::Id), Order::Asc)
        .limit(1)
        .take();
    Ok(db.row(&select, |row| decode(row, columns)).await?.map(Arc::new))
}

/// The articles with these ids that the reader may see.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(
    db: &Db,
    audience: Audience,
    ids: &[i64],
    columns: Columns,
) -> Result<HashMap<i64, Arc<ArticleRow>>> {
    let wanted = Expr::col((article::Entity, Column::Id)).is_in(ids.iter().copied());
    let select = visible(audience, columns).and_where(wanted).take();
    let rows = db.rows(&select, |row| decode(row, columns)).await?;
    Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
}

/// These columns of the bodies of these articles.
///
/// # Errors
/// When the database fails.
pub async fn bodies(db: &Db, articles: &[i64], columns: &[body::Column]) -> Result<HashMap<i64, Vec<String>>> {
    let select = Query::select()
        .column(body::Column::ArticleId)
        .columns(columns.iter().copied())
        .from(body::Entity)
        .and_where(Expr::col(body::Column::ArticleId).is_in(articles.iter().copied()))
        .take();
    let rows = db.rows(&select, |row| {
        Ok((row.next()?, columns.iter().map(|_| row.next()).collect::<Result<_>>()?))
    });
    Ok(rows.await?.into_iter().collect())
}

impl Link {
    const fn table(self) -> &'static str {
        match self {
            Self::Category | Self::CategoryAlone => "article_category",
            Self::Author => "article_author",
            Self::Tag => "article_tag",
            Self::Image => "figure",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Category | Self::CategoryAlone => "category_id",
            Self::Author => "author_id",
            Self::Tag => "tag_id",
            Self::Image => "image_id",
        }
    }

    fn rows(self, audience: Audience) -> Condition {
        let published = audience.published(self.table());
        match self {
            Self::CategoryAlone => published.add(Expr::col((self.table(), "is_leaf")).eq(true)),
            Self::Category | Self::Author | Self::Tag | Self::Image => published,
        }
    }
}

fn is(column: Column, value: impl Into<SimpleExpr>) -> Condition {
    Cond::all().add(Expr::col((article::Entity, column)).eq(value))
}

/// What [`decode`] reads, in its order.
fn columns_of(columns: Columns) -> impl Iterator<Item = SimpleExpr> {
    let always = [Column::Id, Column::IsDraft, Column::PublishedAt];
    always
        .into_iter()
        .chain(columns.iter())
        .map(|column| Expr::col((article::Entity, column)))
}

fn visible(audience: Audience, columns: Columns) -> SelectStatement {
    let visible = audience.visible(article::Entity);
    Query::select()
        .exprs(columns_of(columns))
        .from(article::Entity)
        .cond_where(visible)
        .take()
}

fn newest(audience: Audience, page: &Page<Key>, columns: Columns) -> SelectStatement {
    let published = audience.published(article::Entity);
    let mut newest = Query::select()
        .exprs(columns_of(columns))
        .from(article::Entity)
        .cond_where(published)
        .take();
    in_order(&mut newest, "article", "id", page);
    newest
}

/// A page for each id that `parents` gives: the id, then the columns of the article.
///
/// Both forms walk the index of the link once per parent and stop after a page; neither database has the other's.
fn newest_of(
    backend: DbBackend,
    link: Link,
    parents: SelectStatement,
    audience: Audience,
    page: &Page<Key>,
    columns: Columns,
) -> SelectStatement {
    let table = link.table();
    let mut links = Query::select()
        .column((table, "article_id"))
        .from(table)
        .cond_where(link.rows(audience))
        .take();
    links.and_where(Expr::col((table, link.key())).eq(Expr::col(("parent", "id"))));
    in_order(&mut links, table, "article_id", page);
    if link == Link::Image {
        // An image may stand twice in one article.
        links.distinct();
    }

    let id = Expr::col((article::Entity, Column::Id));
    let mut select = Query::select()
        .column(("parent", "id"))
        .from_subquery(parents, "parent")
        .take();
    select.exprs(columns_of(columns));
    if backend == DbBackend::Postgres {
        links.column((table, "published_at"));
        select.join_lateral(JoinType::InnerJoin, links, "link", Cond::all());
        select.inner_join(article::Entity, id.eq(Expr::col(("link", "article_id"))));
    } else {
        select.inner_join(article::Entity, id.in_subquery(links));
    }
    select
        .order_by((article::Entity, Column::PublishedAt), Order::Desc)
        .order_by((article::Entity, Column::Id), Order::Desc)
        .take()
}

/// Newest first, then by id, behind the page's cursor, as many as the page needs.
fn in_order(select: &mut SelectStatement, table: &'static str, id: &'static str, page: &Page<Key>) {
    let published_at = (table, "published_at");
    if let Some((at, after)) = page.after {
        let key = Expr::tuple([Expr::col(published_at), Expr::col((table, id))]);
        select.and_where(key.lt(Expr::tuple([at.into(), after.into()])));
    }
    select
        .order_by(published_at, Order::Desc)
        .order_by((table, id), Order::Desc)
        .limit(page.limit());
}

fn counts(link: Link, parents: SelectStatement, audience: Audience) -> SelectStatement {
    let key = (link.table(), link.key());
    let articles = Expr::col((link.table(), "article_id"));
    let count = if link == Link::Image {
        Func::count_distinct(articles)
    } else {
        Func::count(articles)
    };
    Query::select()
        .column(key)
        .expr(count)
        .from(link.table())
        .cond_where(link.rows(audience))
        .and_where(Expr::col(key).in_subquery(parents))
        .group_by_col(key)
        .take()
}

fn reaching(link: Link, parents: SelectStatement, audience: Audience, key: Key) -> SelectStatement {
    let table = link.table();
    let articles = Query::select()
        .expr(Expr::val(1))
        .from(table)
        .cond_where(link.rows(audience))
        .and_where(Expr::col((table, link.key())).equals(("parent", "id")))
        .and_where(through(table, "article_id", key))
        .take();
    Query::select()
        .column(("parent", "id"))
        .from_subquery(parents, "parent")
        .and_where(Expr::exists(articles))
        .take()
}

/// At or before the key, in the order of listings.
fn through(table: &'static str, id: &'static str, key: Key) -> SimpleExpr {
    let row = Expr::tuple([Expr::col((table, "published_at")), Expr::col((table, id))]);
    row.gte(Expr::tuple([key.0.into(), key.1.into()]))
}

/// These ids as a table with a column `id`.
fn values(ids: &[i64]) -> SelectStatement {
    let rows = ids.iter().map(|id| ValueTuple::One((*id).into()));
    Query::select()
        .expr_as(Expr::col("column1"), "id")
        .from_values(rows, "ids")
        .take()
}

fn decode(row: &mut Row<'_>, columns: Columns) -> Result<ArticleRow> {
    let mut article = ArticleRow {
        id: row.next()?,
        is_draft: row.next()?,
        published_at: row.next()?,
        ..ArticleRow::default()
    };
    for column in columns.iter() {
        match column {
            Column::Slug => article.slug = row.next()?,
            Column::Path => article.path = row.next()?,
            Column::Title => article.title = row.next()?,
            Column::Excerpt => article.excerpt = Some(row.next()?),
            Column::Opening => article.opening = row.next()?,
            Column::Locale => article.locale = row.next()?,
            Column::CreatedAt => article.created_at = row.next()?,
            Column::UpdatedAt => article.updated_at = row.next()?,
            Column::CommentsEnabled => article.comments_enabled = row.next()?,
            Column::SourceUrl => article.source_url = Some(row.next()?),
            Column::Extra => article.extra = row.next()?,
            Column::Version => article.version = row.next()?,
            Column::WordCount => article.word_count = row.next()?,
            _ => return Err(Error::ColumnNotRead("column of another use")),
        }
    }
    Ok(article)
}
