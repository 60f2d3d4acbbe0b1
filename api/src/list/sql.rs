//! The statement of a page, and its decoding. Pure.

use super::{
    Bound, Wants, bound,
    cursor::{Position, Value},
    logic,
    order::{Kind, SortKey},
    page::{Entry, Found, Page, Probe},
};
use crate::{Result, db::Row};
use sea_orm::sea_query::{Asterisk, Cond, Expr, ExprTrait, JoinType, Order, Query, SelectStatement, ValueTuple};

/// What a statement gives besides the columns of its rows, and in which order.
#[derive(Clone, Debug)]
pub struct Layout {
    has_previous: bool,
    has_next: bool,
    kinds: Option<Vec<Kind>>,
}

impl Layout {
    /// Of a page of which this is wanted. `keys` are also selected where the rows are ordered once more.
    #[must_use]
    pub fn new(page: &Page, wants: Wants, keys: &[SortKey], is_ordered_again: bool) -> Self {
        let has_previous = wants.previous && page.previous().is_some();
        let has_next = wants.next && page.next().is_some();
        let is_selected = wants.cursors || has_previous || has_next || is_ordered_again;
        let kinds = is_selected.then(|| keys.iter().map(|key| key.kind).collect());
        Self { has_previous, has_next, kinds }
    }

    /// Whether rows outside of the page are looked for.
    #[must_use]
    pub const fn has_probes(&self) -> bool {
        self.has_previous || self.has_next
    }

    /// Those that are looked for, in the order in which they are selected.
    pub fn probes<'a>(&self, page: &'a Page) -> impl Iterator<Item = Probe<'a>> {
        let previous = page.previous().filter(|_| self.has_previous);
        previous.into_iter().chain(page.next().filter(|_| self.has_next))
    }

    /// Selects the keys, if they are wanted, then these columns, under names of their own.
    pub fn select(&self, select: &mut SelectStatement, keys: &[SortKey], columns: impl IntoIterator<Item = Expr>) {
        if self.kinds.is_some() {
            for (number, key) in keys.iter().enumerate() {
                select.expr_as(selected(key), name("k", number));
            }
        }
        for (number, column) in columns.into_iter().enumerate() {
            select.expr_as(column, name("c", number));
        }
    }

    /// Reads one row.
    ///
    /// # Errors
    /// When it is not as expected.
    pub fn decode<T>(&self, row: &mut Row<'_>, decode: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Found<T>> {
        let has_previous = self.has_previous && row.take()?;
        let has_next = self.has_next && row.take()?;
        let position = match &self.kinds {
            None => None,
            Some(kinds) => match position(row, kinds)? {
                Some(position) => Some(position),
                None => return Ok(Found { has_previous, has_next, entry: None }),
            },
        };
        Ok(Found { has_previous, has_next, entry: Some(Entry { position, node: decode(row)? }) })
    }
}

/// Nothing where no row stands beside the probes.
fn position(row: &mut Row<'_>, kinds: &[Kind]) -> Result<Option<Position>> {
    let mut values = Vec::with_capacity(kinds.len());
    for kind in kinds {
        values.push(match kind {
            Kind::Integer => row.take::<Option<i64>>()?.map(Value::Integer),
            Kind::Text => row.take::<Option<String>>()?.map(Value::Text),
        });
    }
    Ok(values.into_iter().collect::<Option<Vec<_>>>().map(Position))
}

/// Numbers of 32 bits are read as such by one database and as others by the other.
fn selected(key: &SortKey) -> Expr {
    match key.kind {
        Kind::Integer => key.expression.clone().cast_as("bigint"),
        Kind::Text => key.expression.clone(),
    }
}

fn name(letter: &str, number: usize) -> String {
    format!("{letter}{number}")
}

/// These ids as a table with a column `id`.
#[must_use]
pub fn values(ids: &[i64]) -> SelectStatement {
    let rows = ids.iter().map(|id| ValueTuple::One((*id).into()));
    Query::select().expr_as(Expr::col("column1"), "id").from_values(rows, "ids").take()
}

/// In the order of these keys, or the other way round.
pub fn order_by(select: &mut SelectStatement, keys: &[SortKey], page: &Page) {
    for key in keys {
        select.order_by_expr(key.expression.clone(), direction(key, page));
    }
}

/// The same, by the names under which the keys were selected; from this table, if one is named.
pub fn order_by_name(select: &mut SelectStatement, table: Option<&'static str>, keys: &[SortKey], page: &Page) {
    for (number, key) in keys.iter().enumerate() {
        match table {
            Some(table) => select.order_by((table, name("k", number)), direction(key, page)),
            None => select.order_by(name("k", number), direction(key, page)),
        };
    }
}

const fn direction(key: &SortKey, page: &Page) -> Order {
    if key.is_descending == page.is_backward { Order::Asc } else { Order::Desc }
}

/// A page of `rows`, which has a `FROM` and a `WHERE` and selects nothing yet.
#[must_use]
pub fn page(
    rows: &SelectStatement,
    keys: &[SortKey],
    page: &Page,
    layout: &Layout,
    columns: impl IntoIterator<Item = Expr>,
) -> SelectStatement {
    let mut window = rows.clone();
    for (position, side) in page.bounds() {
        window.and_where(bound(keys, position, side));
    }
    layout.select(&mut window, keys, columns);
    order_by(&mut window, keys, page);
    part(&mut window, page);
    beside_probes(window, keys, page, layout, |probe| {
        let outside = match probe {
            Probe::Anywhere => rows.clone(),
            Probe::On(side, position) => rows.clone().and_where(bound(keys, position, side)).take(),
        };
        (outside, keys.to_vec())
    })
}

/// As many rows as the page needs.
pub fn part(select: &mut SelectStatement, page: &Page) {
    select.limit(page.limit());
    if page.offset > 0 {
        select.offset(page.offset);
    }
}

/// Puts what the probes find before each row of `window`, or into a row of its own where there is none. `outside` gives the
/// rows that a probe looks for, and what orders them.
#[must_use]
pub fn beside_probes(
    window: SelectStatement,
    keys: &[SortKey],
    page: &Page,
    layout: &Layout,
    outside: impl Fn(Probe<'_>) -> (SelectStatement, Vec<SortKey>),
) -> SelectStatement {
    if !layout.has_probes() {
        return window;
    }
    let one = Query::select().expr_as(Expr::cust("1"), "one").take();
    let mut select = Query::select();
    for probe in layout.probes(page) {
        let (rows, keys) = outside(probe);
        select.expr(found(rows, &keys, probe));
    }
    select.column(("page", Asterisk)).from_subquery(one, "one");
    select.join_subquery(JoinType::LeftJoin, window, "page", Cond::all().add(Expr::cust("TRUE")));
    order_by_name(&mut select, Some("page"), keys, page);
    select
}

/// Whether there is one of these rows, which select nothing yet: the nearest to the page, along the index that gives its order.
#[must_use]
pub fn found(mut rows: SelectStatement, keys: &[SortKey], probe: Probe<'_>) -> Expr {
    let is_before = matches!(probe, Probe::On(Bound::Before | Bound::Through, _));
    for key in keys {
        let order = if key.is_descending == is_before { Order::Asc } else { Order::Desc };
        rows.order_by_expr(key.expression.clone(), order);
    }
    logic::scalar(rows.expr(Expr::cust("1")).limit(1).take()).is_not_null()
}
