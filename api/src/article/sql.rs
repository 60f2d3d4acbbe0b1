//! The text of the statements that read articles. Pure.

use super::{columns::Columns, row::Key, scope::Link};
use crate::{audience::Audience, graphql::page::Page};
use entity::{article, article::Column, body};
use sea_orm::{
    DbBackend,
    sea_query::{
        Cond, Condition, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement, SimpleExpr, ValueTuple,
    },
};

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

    /// All of its rows, or those that a rule of its own leaves.
    fn rows(self) -> Condition {
        match self {
            Self::CategoryAlone => Cond::all().add(Expr::col((self.table(), "is_leaf")).eq(true)),
            Self::Category | Self::Author | Self::Tag | Self::Image => Cond::all(),
        }
    }
}

pub(super) fn is(column: Column, value: impl Into<SimpleExpr>) -> Condition {
    Cond::all().add(Expr::col((article::Entity, column)).eq(value))
}

/// What [`decode`](super::row::decode) reads, in its order.
fn columns_of(columns: Columns) -> impl Iterator<Item = SimpleExpr> {
    let always = [Column::Id, Column::IsDraft, Column::PublishedAt];
    always.into_iter().chain(columns.iter()).map(|column| Expr::col((article::Entity, column)))
}

pub(super) fn visible(audience: Audience, columns: Columns) -> SelectStatement {
    let visible = audience.visible(article::Entity);
    Query::select().exprs(columns_of(columns)).from(article::Entity).cond_where(visible).take()
}

pub(super) fn newest(audience: Audience, page: &Page<Key>, columns: Columns) -> SelectStatement {
    let published = audience.published_behind(article::Entity, "id", page.after);
    let mut newest = Query::select().exprs(columns_of(columns)).from(article::Entity).cond_where(published).take();
    in_order(&mut newest, "article", "id", page);
    newest
}

/// A page for each id that `parents` gives: the id, then the columns of the article.
///
/// Both forms walk the index of the link once per parent and stop after a page; neither database has the other's.
pub(super) fn newest_of(
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
        .cond_where(link.rows())
        .cond_where(audience.published_behind(table, "article_id", page.after))
        .take();
    links.and_where(Expr::col((table, link.key())).eq(Expr::col(("parent", "id"))));
    in_order(&mut links, table, "article_id", page);
    if link == Link::Image {
        // An image may stand twice in one article.
        links.distinct();
    }

    let id = Expr::col((article::Entity, Column::Id));
    let mut select = Query::select().column(("parent", "id")).from_subquery(parents, "parent").take();
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

/// Newest first, then by id, as many as the page needs.
fn in_order(select: &mut SelectStatement, table: &'static str, id: &'static str, page: &Page<Key>) {
    select.order_by((table, "published_at"), Order::Desc).order_by((table, id), Order::Desc).limit(page.limit());
}

pub(super) fn counts(link: Link, parents: SelectStatement, audience: Audience) -> SelectStatement {
    let key = (link.table(), link.key());
    let articles = Expr::col((link.table(), "article_id"));
    let count = if link == Link::Image { Func::count_distinct(articles) } else { Func::count(articles) };
    Query::select()
        .column(key)
        .expr(count)
        .from(link.table())
        .cond_where(link.rows())
        .cond_where(audience.published(link.table()))
        .and_where(Expr::col(key).in_subquery(parents))
        .group_by_col(key)
        .take()
}

pub(super) fn reaching(link: Link, parents: SelectStatement, audience: Audience, key: Key) -> SelectStatement {
    let table = link.table();
    let articles = Query::select()
        .expr(Expr::val(1))
        .from(table)
        .cond_where(link.rows())
        .cond_where(audience.published(table))
        .and_where(Expr::col((table, link.key())).equals(("parent", "id")))
        .and_where(through(table, "article_id", key))
        .take();
    Query::select().column(("parent", "id")).from_subquery(parents, "parent").and_where(Expr::exists(articles)).take()
}

/// At or before the key, in the order of listings.
fn through(table: &'static str, id: &'static str, key: Key) -> SimpleExpr {
    let row = Expr::tuple([Expr::col((table, "published_at")), Expr::col((table, id))]);
    row.gte(Expr::tuple([key.0.into(), key.1.into()]))
}

/// These ids as a table with a column `id`.
pub(super) fn values(ids: &[i64]) -> SelectStatement {
    let rows = ids.iter().map(|id| ValueTuple::One((*id).into()));
    Query::select().expr_as(Expr::col("column1"), "id").from_values(rows, "ids").take()
}

/// How many articles are published.
pub(super) fn count(audience: Audience) -> SelectStatement {
    Query::select()
        .expr(Func::count(Expr::col(Column::Id)))
        .from(article::Entity)
        .cond_where(audience.published(article::Entity))
        .take()
}

/// A row if articles are published at or before this key.
pub(super) fn any_through(audience: Audience, key: Key) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1_i64))
        .from(article::Entity)
        .cond_where(audience.published(article::Entity))
        .and_where(through("article", "id", key))
        .limit(1)
        .take()
}

/// The published translations of these articles, each behind the id of the article whose translation it is.
pub(super) fn translations(audience: Audience, articles: &[i64], columns: Columns) -> SelectStatement {
    let of = |column: Column| Expr::col(("original", column));
    let same = |column: Column| Expr::col((article::Entity, column)).eq(of(column));
    let other = Expr::col((article::Entity, Column::Id)).ne(of(Column::Id));
    Query::select()
        .column(("original", Column::Id))
        .exprs(columns_of(columns))
        .from_as(article::Entity, "original")
        .inner_join(
            article::Entity,
            Cond::all().add(same(Column::TranslationKey)).add(same(Column::SourceRoot)).add(other),
        )
        .and_where(of(Column::Id).is_in(articles.iter().copied()))
        .cond_where(audience.published(article::Entity))
        .order_by((article::Entity, Column::Locale), Order::Asc)
        .order_by((article::Entity, Column::Id), Order::Asc)
        .take()
}

/// These columns of the bodies of these articles, behind the article's id.
pub(super) fn bodies(articles: &[i64], columns: &[body::Column]) -> SelectStatement {
    Query::select()
        .column((body::Entity, body::Column::ArticleId))
        .columns(columns.iter().map(|column| (body::Entity, *column)))
        .from(body::Entity)
        .and_where(Expr::col((body::Entity, body::Column::ArticleId)).is_in(articles.iter().copied()))
        .take()
}
