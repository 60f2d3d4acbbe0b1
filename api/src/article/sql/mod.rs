//! The text of the statements that read articles. Pure.

mod counts;
mod facets;
mod list;
mod neighbours;
mod resolve;

pub(super) use self::{
    counts::{counts_of, ids, total},
    facets::{Grouped, Whose, facet, locales, times},
    list::{Reading, layout, list, list_of, list_of_one},
    neighbours::neighbours,
    resolve::resolve,
};

use super::{
    columns::Columns,
    plan::{Along, Rest},
    row::EXCERPT_NEEDS,
    scope::{Link, Place},
};
use crate::{
    audience::Audience,
    list::{Terms, logic},
};
use entity::{article, article::Column, body};
use sea_orm::sea_query::{
    CaseStatement, Cond, Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType,
};

pub(super) fn is(column: Column, value: impl Into<Expr>) -> Condition {
    Cond::all().add(Expr::col((article::Entity, column)).eq(value))
}

/// What [`decode`](super::row::decode) reads, in its order.
fn columns_of(columns: Columns) -> impl Iterator<Item = Expr> {
    let always = [Column::Id, Column::IsDraft, Column::PublishedAt];
    let needed = move |column| match column {
        // It stands in for an excerpt, and is long: no more of it is read than is told.
        Column::Opening => {
            let opening = Expr::col((article::Entity, column));
            let needed = Expr::cust(format!("{EXCERPT_NEEDS}"));
            let start = Func::cust("substr").arg(opening.clone()).arg(Expr::cust("1")).arg(needed).into();
            let has_none = Expr::col((article::Entity, Column::Excerpt)).is_null();
            CaseStatement::new().case(has_none, if columns.has_long_excerpt() { opening } else { start }).into()
        }
        _ => Expr::col((article::Entity, column)),
    };
    always.into_iter().chain(columns.iter()).map(needed)
}

pub(super) fn visible(audience: Audience, columns: Columns) -> SelectStatement {
    let visible = audience.visible_aside(article::Entity);
    Query::select().exprs(columns_of(columns)).from(article::Entity).cond_where(visible).take()
}

/// The articles of a list by way of what joins them to their owners, with the article beside each where that is needed.
fn rows_of(link: Link, with_article: bool) -> SelectStatement {
    let mut rows = Query::select().from(link.table()).cond_where(link.rule()).take();
    if with_article {
        join_article(&mut rows, link.place().id());
    }
    rows
}

/// The article of each row. SQLite joins tables that are crossed in the order in which they are written: the index of the list
/// gives the order, and its articles are looked up, not the other way round.
fn join_article(rows: &mut SelectStatement, id: Expr) {
    rows.cross_join(article::Entity).and_where(Expr::col((article::Entity, Column::Id)).eq(id));
}

/// With these columns of the article's body, behind the others.
pub(super) fn join_body(articles: &mut SelectStatement, columns: &[body::Column]) {
    let id = Expr::col((article::Entity, Column::Id));
    articles.columns(columns.iter().map(|column| (body::Entity, *column)));
    articles.left_join(body::Entity, id.equals((body::Entity, body::Column::ArticleId)));
}

/// The rows of these owners.
fn of_owners(along: &Along) -> Expr {
    Expr::col((along.link.table(), along.link.key())).in_subquery(along.owners.clone())
}

/// The article of this row passes.
fn passing(rows: &mut SelectStatement, rest: &Rest, place: Place, terms: &Terms) {
    rows.and_where(logic::all(rest.all_conditions(place, terms)));
}

/// The covers of this article, as rows. Neither these nor those of `places_of` have the name under which a list may be read
/// along the same table.
pub(super) fn covers_of(article: Expr) -> SelectStatement {
    Query::select()
        .expr(Expr::cust("1"))
        .from_as("figure", "cover")
        .and_where(Expr::col(("cover", "article_id")).eq(article))
        .and_where(Expr::col(("cover", "is_cover")).eq(true))
        .take()
}

/// The places of this article in a category and what stands below it, as rows.
pub(super) fn places_of(article: Expr, category: SelectStatement) -> SelectStatement {
    Query::select()
        .expr(Expr::cust("1"))
        .from_as("article_category", "placed")
        .and_where(Expr::col(("placed", "category_id")).eq(logic::scalar(category)))
        .and_where(Expr::col(("placed", "article_id")).eq(article))
        .take()
}

/// The translations of each of these articles, behind its id.
pub(super) fn translations(audience: Audience, articles: &[i64], columns: Columns) -> SelectStatement {
    let of = |column: Column| Expr::col(("original", column));
    let same = |column: Column| Expr::col((article::Entity, column)).eq(of(column));
    let other = Expr::col((article::Entity, Column::Id)).ne(of(Column::Id));
    Query::select()
        .expr(of(Column::Id))
        .exprs(columns_of(columns))
        .from_as(article::Entity, "original")
        .inner_join(
            article::Entity,
            Cond::all().add(same(Column::TranslationKey)).add(same(Column::SourceRoot)).add(other),
        )
        .and_where(of(Column::Id).is_in(articles.iter().copied()))
        .cond_where(audience.published_aside(article::Entity))
        .order_by((article::Entity, Column::Locale), Order::Asc)
        .order_by((article::Entity, Column::Id), Order::Asc)
        .take()
}

/// Of each of these articles a row with its title and opening, then one for each of its own categories and one for each of its tags: the
/// article, title and opening or null, 0, 1 or 2 for what the row tells of, and the id of the category or tag.
pub(super) fn subjects(articles: &[i64]) -> SelectStatement {
    let none = |ty: &'static str| Expr::cust(format!("CAST(NULL AS {ty})"));
    let among = |column: Expr| column.is_in(articles.iter().copied());
    let mut subjects = Query::select();
    let id = Expr::col((article::Entity, Column::Id));
    subjects.expr(id.clone()).column((article::Entity, Column::Title)).column((article::Entity, Column::Opening));
    subjects.expr(Expr::cust("CAST(0 AS bigint)")).expr(none("bigint")).from(article::Entity).and_where(among(id));
    for (group, table, key) in [("1", "article_category", "category_id"), ("2", "article_tag", "tag_id")] {
        let article = Expr::col((table, "article_id"));
        let mut links = Query::select().expr(article.clone()).exprs([none("text"), none("text")]).take();
        links
            .expr(Expr::cust(format!("CAST({group} AS bigint)")))
            .column((table, key))
            .from(table)
            .and_where(among(article));
        if table == "article_category" {
            links.and_where(Expr::col((table, "is_leaf")).eq(true));
        }
        subjects.union(UnionType::All, links);
    }
    subjects
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
