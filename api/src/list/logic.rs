//! Conditions of two values. A condition that a row leaves open, as SQL does where something is null, would be lost under a
//! negation; so each condition here is true or false of every row.

use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};

/// So many are joined as they stand.
const FLAT: usize = 8;

/// True of every row.
#[must_use]
pub fn yes() -> Expr {
    Expr::cust("TRUE")
}

/// True of no row.
#[must_use]
pub fn no() -> Expr {
    Expr::cust("FALSE")
}

/// True where all of these are; of none of them, too.
#[must_use]
pub fn all(conditions: Vec<Expr>) -> Expr {
    joined(conditions, ExprTrait::and).unwrap_or_else(yes)
}

/// True where one of these is.
#[must_use]
pub fn any(conditions: Vec<Expr>) -> Expr {
    joined(conditions, ExprTrait::or).unwrap_or_else(no)
}

/// Whether a statement gives a row. A bare `EXISTS` is made a join of by both databases: SQLite 3.51 then takes each matching inner
/// row for one that an offset passes over, and PostgreSQL looks for the best order of all these joins for longer than they take.
#[must_use]
pub fn exists(select: SelectStatement) -> Expr {
    Expr::exists(select).is(Expr::Constant(true.into()))
}

/// The one value that a statement gives; null where it gives no row.
#[must_use]
pub fn scalar(select: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(select.into()))
}

/// By halves, in brackets: what is as deep as the list is long would need as much of the stack here, and SQLite takes no
/// expression deeper than 1,000.
fn joined(mut conditions: Vec<Expr>, join: fn(Expr, Expr) -> Expr) -> Option<Expr> {
    if conditions.len() <= FLAT {
        return conditions.into_iter().reduce(join);
    }
    let second = conditions.split_off(conditions.len() / 2);
    let bracketed = |half: Expr| Expr::tuple([half]);
    Some(join(bracketed(joined(conditions, join)?), bracketed(joined(second, join)?)))
}
