//! How many articles a list has.

use super::{of_owners, passing, rows_of};
use crate::{
    article::{
        ArticleWhere,
        plan::{Drive, Rest},
        scope::{Link, Place, published_count},
    },
    list::Terms,
};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};

/// How many articles of the site pass.
pub fn total(filter: &ArticleWhere, terms: &Terms) -> SelectStatement {
    let mut filter = filter.clone();
    let drive = Drive::of(&mut filter, terms);
    let rest = Rest::of(filter, terms);
    match drive {
        Drive::Site if rest.is_everything_published(terms) => Query::select().expr(published_count(terms)).take(),
        Drive::Site => {
            let mut rows = Query::select().expr(Func::count(Place::ARTICLE.id())).from("article").take();
            passing(&mut rows, &rest, Place::ARTICLE, terms);
            rows
        }
        Drive::Along(along)
            if along.is_single && along.link.kept().is_some() && rest.is_everything_published(terms) =>
        {
            let count = along.link.published_count(&Expr::col(("owner", "id")), terms);
            // One row, whether there is such an owner or not: the receipt must not tell what this reader may not see.
            let count = Func::coalesce([Func::max(count).into(), Expr::cust("0")]);
            Query::select().expr(count).from_subquery(along.owners, "owner").take()
        }
        Drive::Along(along) => {
            let place = along.link.place();
            let is_once = along.is_single && !along.link.has_twins();
            let count = if is_once { Func::count(place.id()) } else { Func::count_distinct(place.id()) };
            let mut rows = rows_of(along.link, !rest.is_of_listings).and_where(of_owners(&along)).expr(count).take();
            passing(&mut rows, &rest, place, terms);
            rows
        }
    }
}

/// The ids of the articles of the site that pass; an article of several owners more than once.
pub fn ids(filter: &ArticleWhere, terms: &Terms) -> SelectStatement {
    let mut filter = filter.clone();
    let drive = if filter.found.is_some() { Drive::Site } else { Drive::of(&mut filter, terms) };
    let rest = Rest::of(filter, terms);
    match drive {
        Drive::Site => {
            let mut rows = Query::select().expr(Place::ARTICLE.id()).from("article").take();
            passing(&mut rows, &rest, Place::ARTICLE, terms);
            rows
        }
        Drive::Along(along) => {
            let place = along.link.place();
            let rows = rows_of(along.link, !rest.is_of_listings);
            let mut rows = rows.clone().and_where(of_owners(&along)).expr(place.id()).take();
            passing(&mut rows, &rest, place, terms);
            rows
        }
    }
}

/// How many articles of each owner pass, behind the owner's id. Owners without one may be left out.
pub fn counts_of(link: Link, owners: SelectStatement, filter: &ArticleWhere, terms: &Terms) -> SelectStatement {
    let rest = Rest::of(filter.clone(), terms);
    if link.kept().is_some() && rest.is_everything_published(terms) {
        let owner = Expr::col(("owner", "id"));
        let count = link.published_count(&owner, terms);
        return Query::select().expr(owner).expr(count).from_subquery(owners, "owner").take();
    }
    let (place, key) = (link.place(), (link.table(), link.key()));
    let count = if link.has_twins() { Func::count_distinct(place.id()) } else { Func::count(place.id()) };
    let mut rows = rows_of(link, !rest.is_of_listings).column(key).expr(count).take();
    rows.and_where(Expr::col(key).in_subquery(owners)).group_by_col(key);
    passing(&mut rows, &rest, place, terms);
    rows
}
