//! Pages of articles.

use super::{columns_of, join_article, of_owners, rows_of};
use crate::{
    article::{
        columns::Columns,
        plan::{Along, ArticleList, Drive, Rest, is_by_time},
        scope::{Link, Place},
    },
    list::{
        Bound, Terms, bound, conditions_by_time,
        cursor::Position,
        logic,
        order::SortKey,
        page::Probe,
        sql::{self, Layout},
    },
};
use sea_orm::{
    DbBackend,
    sea_query::{Asterisk, Cond, Expr, ExprTrait, JoinType, Query, SelectStatement},
};

/// A statement, and how its rows are read.
pub struct Reading {
    /// The statement.
    pub select: SelectStatement,
    /// What stands before the columns of an article.
    pub layout: Layout,
    /// Whether the id of an owner stands before everything else.
    pub has_owner: bool,
}

/// One page, and everything by which its statement is written.
struct Writing<'a> {
    list: &'a ArticleList,
    rest: &'a Rest,
    terms: &'a Terms,
    columns: Columns,
}

/// A page of the site's list.
pub fn list(list: &ArticleList, terms: &Terms, columns: Columns) -> Reading {
    let mut filter = list.filter.clone();
    let drive = Drive::of(&mut filter, terms);
    let rest = Rest::of(filter, terms);
    let writing = Writing { list, rest: &rest, terms, columns };
    match drive {
        Drive::Site => writing.of_site(),
        Drive::Along(along) if along.is_single && writing.is_walked_at_once(along.link) => {
            writing.of_one(along.link, &logic::scalar(along.owners))
        }
        Drive::Along(along) if along.is_single => writing.of_each(along.link, along.owners),
        Drive::Along(along) => writing.of_any(&along),
    }
}

/// How the rows of such a page are read.
pub fn layout(list: &ArticleList, terms: &Terms) -> Layout {
    Layout::new(&list.page, list.wants, &list.order.keys(Place::ARTICLE, terms), false)
}

/// A page of the list of one owner, if one walk finds it.
pub fn list_of_one(list: &ArticleList, link: Link, owner: i64, terms: &Terms, columns: Columns) -> Option<Reading> {
    let rest = Rest::of(list.filter.clone(), terms);
    let writing = Writing { list, rest: &rest, terms, columns };
    writing.is_walked_at_once(link).then(|| writing.of_one(link, &owner.into()))
}

/// A page of the list of each owner that `owners` gives, behind the owner's id.
pub fn list_of(list: &ArticleList, link: Link, owners: SelectStatement, terms: &Terms, columns: Columns) -> Reading {
    let rest = Rest::of(list.filter.clone(), terms);
    Writing { list, rest: &rest, terms, columns }.of_each(link, owners)
}

impl Writing<'_> {
    fn keys(&self, place: Place) -> Vec<SortKey> {
        self.list.order.keys(place, self.terms)
    }

    fn layout(&self, is_ordered_again: bool) -> Layout {
        Layout::new(&self.list.page, self.list.wants, &self.keys(Place::ARTICLE), is_ordered_again)
    }

    /// Whether more of an article has to be known than every table that lists articles says.
    fn needs_article(&self) -> bool {
        !(self.rest.is_of_listings && is_by_time(&self.list.order))
    }

    /// Leaves the rows between these positions, in such a form that the index that gives their order, or the filter that names
    /// them, is used.
    fn narrow(&self, rows: &mut SelectStatement, place: Place, bounds: &[(&Position, Bound)]) {
        let keys = self.keys(place);
        let between = bounds.iter().map(|(position, side)| bound(&keys, position, *side));
        let is_of_site = place == Place::ARTICLE;
        let is_by_time = is_by_time(&self.list.order);
        let conditions: Vec<Expr> = if is_of_site && self.rest.is_named() {
            self.rest.found_otherwise(self.terms).into_iter().chain(between).collect()
        } else if is_of_site && !is_by_time && !self.rest.is_short() {
            self.rest.walked_otherwise(self.terms).into_iter().chain(between).collect()
        } else if is_by_time {
            let range = conditions_by_time(self.rest.range, &keys, bounds);
            self.rest.conditions(place, self.terms).into_iter().chain(range).collect()
        } else {
            self.rest.walked(place, self.terms).into_iter().chain(between).collect()
        };
        rows.and_where(logic::all(conditions));
    }

    fn of_site(&self) -> Reading {
        let (layout, page) = (self.layout(false), &self.list.page);
        let keys = self.keys(Place::ARTICLE);
        let rows = |bounds: &[(&Position, Bound)]| {
            let mut rows = Query::select().from("article").take();
            self.narrow(&mut rows, Place::ARTICLE, bounds);
            rows
        };
        let mut window = rows(&page.bounds());
        layout.select(&mut window, &keys, columns_of(self.columns));
        sql::order_by(&mut window, &keys, page);
        sql::part(&mut window, page);
        let select = sql::beside_probes(window, &keys, page, &layout, |probe| (rows(&bounds_of(probe)), keys.clone()));
        Reading { select, layout, has_owner: false }
    }

    /// Whether a page is what one walk along the link meets first, with the article of each row.
    fn is_walked_at_once(&self, link: Link) -> bool {
        !link.has_twins() && self.list.page.offset == 0 && is_by_time(&self.list.order)
    }

    fn of_one(&self, link: Link, owner: &Expr) -> Reading {
        let (layout, page) = (self.layout(false), &self.list.page);
        let keys = self.keys(link.place());
        let rows = |bounds: &[(&Position, Bound)], with_article| {
            let is_of_owner = Expr::col((link.table(), link.key())).eq(owner.clone());
            let mut rows = rows_of(link, with_article).and_where(is_of_owner).take();
            self.narrow(&mut rows, link.place(), bounds);
            rows
        };
        let mut window = rows(&page.bounds(), true);
        layout.select(&mut window, &keys, columns_of(self.columns));
        sql::order_by(&mut window, &keys, page);
        sql::part(&mut window, page);
        let outside = |probe: Probe<'_>| (rows(&bounds_of(probe), self.needs_article()), keys.clone());
        let select = sql::beside_probes(window, &keys, page, &layout, outside);
        Reading { select, layout, has_owner: false }
    }

    /// Both forms walk the index of the link once per owner and stop after a page; neither database has the other's.
    fn of_each(&self, link: Link, owners: SelectStatement) -> Reading {
        let is_postgres = self.terms.backend == DbBackend::Postgres;
        let (layout, page) = (self.layout(true), &self.list.page);
        let mut select = Query::select().column(("owner", "id")).from_subquery(owners, "owner").take();
        for probe in layout.probes(page) {
            let mut rows = owned(link, self.needs_article());
            self.narrow(&mut rows, link.place(), &bounds_of(probe));
            select.expr(sql::found(rows, &self.keys(link.place()), probe));
        }
        let join = if layout.has_probes() { JoinType::LeftJoin } else { JoinType::InnerJoin };
        if is_postgres {
            let articles = self.articles_of_owner(link, &layout);
            select.column(("page", Asterisk)).join_lateral(join, articles, "page", Cond::all().add(Expr::cust("TRUE")));
            sql::order_by_name(&mut select, Some("page"), &self.keys(Place::ARTICLE), page);
        } else {
            let keys = self.keys(Place::ARTICLE);
            layout.select(&mut select, &keys, columns_of(self.columns));
            select.join(join, "article", Expr::col(("article", "id")).in_subquery(self.ids_of_owner(link, false)));
            sql::order_by(&mut select, &keys, page);
        }
        Reading { select, layout, has_owner: true }
    }

    /// The first of each owner are the first of all; an article of several is one.
    fn of_any(&self, along: &Along) -> Reading {
        let is_postgres = self.terms.backend == DbBackend::Postgres;
        let (layout, page) = (self.layout(false), &self.list.page);
        let keys = self.keys(Place::ARTICLE);
        let mut found = Query::select().from_subquery(along.owners.clone(), "owner").take();
        let ids = self.ids_of_owner(along.link, true);
        if is_postgres {
            let on = Cond::all().add(Expr::cust("TRUE"));
            found.column(("found", "article_id")).join_lateral(JoinType::InnerJoin, ids, "found", on);
        } else {
            let id = Expr::col(("found", "id"));
            found.expr(id.clone()).join_as(JoinType::InnerJoin, "article", "found", id.in_subquery(ids));
        }
        let mut window = Query::select().from("article").take();
        window.and_where(Expr::col(("article", "id")).in_subquery(found));
        layout.select(&mut window, &keys, columns_of(self.columns));
        sql::order_by(&mut window, &keys, page);
        sql::part(&mut window, page);
        let select = sql::beside_probes(window, &keys, page, &layout, |probe| {
            let mut rows = rows_of(along.link, self.needs_article()).and_where(of_owners(along)).take();
            self.narrow(&mut rows, along.link.place(), &bounds_of(probe));
            (rows, self.keys(along.link.place()))
        });
        Reading { select, layout, has_owner: false }
    }

    /// The page of the owner at hand: ids alone. `with_passed` leaves what the page's offset passes over.
    fn ids_of_owner(&self, link: Link, with_passed: bool) -> SelectStatement {
        let place = link.place();
        let mut rows = owned(link, self.needs_article());
        self.narrow(&mut rows, place, &self.list.page.bounds());
        rows.column((place.table, place.id));
        if link.has_twins() {
            // An image may stand twice in one article; what orders articles is the same of both.
            rows.group_by_col((place.table, place.id));
            rows.add_group_by(self.keys(place).into_iter().map(|key| key.expression));
        }
        sql::order_by(&mut rows, &self.keys(place), &self.list.page);
        if with_passed {
            rows.limit(self.list.page.limit().saturating_add(self.list.page.offset));
        } else {
            sql::part(&mut rows, &self.list.page);
        }
        rows
    }

    /// The page of the owner at hand, for PostgreSQL.
    fn articles_of_owner(&self, link: Link, layout: &Layout) -> SelectStatement {
        let place = link.place();
        let keys = self.keys(place);
        let mut rows = owned(link, false);
        join_article(&mut rows, place.id());
        self.narrow(&mut rows, place, &self.list.page.bounds());
        layout.select(&mut rows, &keys, columns_of(self.columns));
        if link.has_twins() {
            rows.distinct();
            sql::order_by_name(&mut rows, None, &keys, &self.list.page);
        } else {
            sql::order_by(&mut rows, &keys, &self.list.page);
        }
        sql::part(&mut rows, &self.list.page);
        rows
    }
}

/// What the owner at hand has.
fn owned(link: Link, with_article: bool) -> SelectStatement {
    rows_of(link, with_article).and_where(Expr::col((link.table(), link.key())).equals(("owner", "id"))).take()
}

fn bounds_of(probe: Probe<'_>) -> Vec<(&Position, Bound)> {
    match probe {
        Probe::Anywhere => Vec::new(),
        Probe::On(side, position) => vec![(position, side)],
    }
}
