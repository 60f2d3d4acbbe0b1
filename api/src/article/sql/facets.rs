//! What the articles of a list have in common.

use super::{of_owners, passing, rows_of};
use crate::{
    article::{
        ArticleWhere,
        calendar::{DAY, DAYS_BEFORE_1970},
        plan::{Along, Drive, Rest},
        scope::{Link, Place},
    },
    list::{Terms, sql::values},
};
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, Func, Order, Query, SelectStatement, WindowStatement};

/// By what articles are grouped, and what is told of each group.
pub struct Grouped<'a> {
    /// What joins articles to what they are grouped by.
    pub link: Link,
    /// The table of that.
    pub table: &'static str,
    /// Its columns.
    pub columns: Vec<Expr>,
    /// What decides between groups of one size, at last something unique.
    pub names: &'a [&'static str],
    /// How many groups.
    pub first: u64,
}

/// Whose articles are counted.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// Those of the site's list.
    Site,
    /// Those of each of these owners: its id stands before everything else.
    Of(Link, &'a [i64]),
}

/// The largest groups: how many articles, then the columns of what they are grouped by.
pub fn facet(whose: Whose<'_>, filter: &ArticleWhere, grouped: &Grouped<'_>, terms: &Terms) -> SelectStatement {
    let counted = counted(whose, filter, grouped.link, terms);
    let target = Expr::col((grouped.table, "id"));
    let mut select = Query::select();
    if matches!(whose, Whose::Of(..)) {
        select.expr_as(Expr::col(("counted", "owner")), "owner");
    }
    select.expr_as(Expr::col(("counted", "articles")), "articles");
    for (number, column) in grouped.columns.iter().enumerate() {
        select.expr_as(column.clone(), format!("c{number}"));
    }
    select.from_subquery(counted, "counted");
    select.inner_join(grouped.table, Cond::all().add(target.equals(("counted", "id"))));
    select.and_where(Expr::col(("counted", "articles")).gt(0));
    match whose {
        Whose::Site => {
            select.order_by(("counted", "articles"), Order::Desc);
            for name in grouped.names {
                select.order_by((grouped.table, *name), Order::Asc);
            }
            select.limit(grouped.first).take()
        }
        Whose::Of(..) => largest_of_each(select, grouped),
    }
}

/// As many groups of each owner as are wanted.
fn largest_of_each(mut groups: SelectStatement, grouped: &Grouped<'_>) -> SelectStatement {
    let mut window = WindowStatement::partition_by(("counted", "owner"));
    window.order_by(("counted", "articles"), Order::Desc);
    for name in grouped.names {
        window.order_by((grouped.table, *name), Order::Asc);
    }
    groups.expr_window_as(Func::cust("row_number"), window, "place");
    let mut select = Query::select().columns(["owner", "articles"]).take();
    select.columns((0..grouped.columns.len()).map(|number| format!("c{number}")));
    select.from_subquery(groups, "groups").and_where(Expr::col("place").lte(grouped.first));
    select.order_by("owner", Order::Asc).order_by("place", Order::Asc).take()
}

/// `id` and `articles` of every group, and `owner` where there are several.
fn counted(whose: Whose<'_>, filter: &ArticleWhere, by: Link, terms: &Terms) -> SelectStatement {
    if let Some(kept) = kept(whose, filter, by, terms) {
        return kept;
    }
    let key = Expr::col(("facet", by.key()));
    let article = Expr::col(("facet", "article_id"));
    let count = if by.has_twins() { Func::count_distinct(article.clone()) } else { Func::count(article.clone()) };
    let (mut rows, place) = listed(whose, filter, terms, Need::Id);
    rows.expr_as(key.clone(), "id").expr_as(count, "articles");
    rows.join_as(sea_orm::sea_query::JoinType::CrossJoin, by.table(), "facet", Cond::all());
    rows.and_where(article.eq(place.id())).add_group_by([key]);
    rows
}

/// Where all published articles are counted, that has been done.
fn kept(whose: Whose<'_>, filter: &ArticleWhere, by: Link, terms: &Terms) -> Option<SelectStatement> {
    let mut filter = filter.clone();
    let is_of_site = matches!(whose, Whose::Site) && matches!(Drive::of(&mut filter, terms), Drive::Site);
    let list = by.kept().filter(|_| is_of_site && Rest::of(filter, terms).is_everything_published(terms))?;
    let owner = Expr::col(("kept", "owner_id"));
    let count = by.published_count(&owner, terms);
    let mut select = Query::select().expr_as(owner, "id").expr_as(count, "articles").take();
    Some(select.from_as("article_count", "kept").and_where(Expr::col(("kept", "list")).eq(list)).take())
}

/// What of an article a facet has to know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Id,
    Article,
}

/// The articles of a list as the rows of a statement, each once for each owner, and where they stand in it. `owner` is selected
/// and grouped by where there are several.
fn listed(whose: Whose<'_>, filter: &ArticleWhere, terms: &Terms, need: Need) -> (SelectStatement, Place) {
    let mut filter = filter.clone();
    let drive = match whose {
        Whose::Site => Drive::of(&mut filter, terms),
        Whose::Of(link, owners) => Drive::Along(Box::new(Along { link, owners: values(owners), is_single: true })),
    };
    let rest = Rest::of(filter, terms);
    let Drive::Along(along) = drive else {
        let mut rows = Query::select().from("article").take();
        passing(&mut rows, &rest, Place::ARTICLE, terms);
        return (rows, Place::ARTICLE);
    };
    let place = along.link.place();
    let is_once = along.is_single && !along.link.has_twins();
    let with_article = !rest.is_of_listings || (need == Need::Article && is_once);
    let mut rows = rows_of(along.link, with_article).and_where(of_owners(&along)).take();
    passing(&mut rows, &rest, place, terms);
    let owner = Expr::col((along.link.table(), along.link.key()));
    let has_owner = matches!(whose, Whose::Of(..));
    if is_once {
        if has_owner {
            rows.expr_as(owner.clone(), "owner").add_group_by([owner]);
        }
        return (rows, place);
    }
    let mut rows =
        rows.distinct().expr_as(place.id(), "article_id").expr_as(place.published_at(), "published_at").take();
    let mut once = Query::select();
    if has_owner {
        rows.expr_as(owner, "owner");
        once.column(("listed", "owner")).group_by_col(("listed", "owner"));
    }
    once.from_subquery(rows, "listed");
    let place = Place { table: "listed", id: "article_id" };
    if need == Need::Article {
        super::join_article(&mut once, place.id());
    }
    (once, place)
}

/// How many articles there are in each language: the number, then the language; the most first.
pub fn locales(whose: Whose<'_>, filter: &ArticleWhere, terms: &Terms) -> SelectStatement {
    let (mut rows, place) = listed(whose, filter, terms, Need::Article);
    let locale = Expr::col(("article", "locale"));
    rows.expr_as(Func::count(place.id()), "articles").expr(locale.clone()).add_group_by([locale.clone()]);
    rows.order_by_expr(Expr::col("articles"), Order::Desc).order_by_expr(locale, Order::Asc).take()
}

/// How many articles there are in each stretch of time between the instants at which a month can begin: the number, then the
/// day of UTC, counted from the year 1, then how many of `starts` (microseconds of a day, ascending) are over by then. A group
/// lies within one month of any zone whose days start at one of these times.
pub fn times(whose: Whose<'_>, filter: &ArticleWhere, starts: &[i64], terms: &Terms) -> SelectStatement {
    let (mut rows, place) = listed(whose, filter, terms, Need::Id);
    // No stored instant is before the year 1: databases divide towards zero.
    let since = place.published_at().add(DAYS_BEFORE_1970 * DAY);
    let day = since.clone().div(DAY);
    let time = since.modulo(DAY);
    let over = starts.iter().fold(Expr::cust("0"), |over, start| {
        over.add(Expr::case(time.clone().gte(*start), Expr::cust("1")).finally(Expr::cust("0")))
    });
    rows.expr_as(Func::count(place.id()), "articles");
    rows.expr_as(day, "day").expr_as(over.cast_as(Alias::new("bigint")), "over");
    rows.group_by_col("day").group_by_col("over").take()
}
