//! Where a page begins and ends: conditions on the sort keys of rows, which an index walks to, however deep the page is.

use super::{
    Range,
    cursor::{Position, Value},
    logic,
    order::SortKey,
};
use sea_orm::sea_query::{Expr, ExprTrait};

/// On which side of a position rows are, in the order of their list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Before it.
    Before,
    /// Before it or at it.
    Through,
    /// At it or behind it.
    From,
    /// Behind it.
    Behind,
}

impl Bound {
    const fn is_behind(self) -> bool {
        matches!(self, Self::From | Self::Behind)
    }

    const fn is_inclusive(self) -> bool {
        matches!(self, Self::Through | Self::From)
    }

    /// Whether the values of a key on this side are greater.
    const fn is_up(self, key: &SortKey) -> bool {
        self.is_behind() != key.is_descending
    }
}

/// The rows on one side of a position.
#[must_use]
pub fn bound(keys: &[SortKey], position: &Position, bound: Bound) -> Expr {
    let values = position.0.iter().map(Value::expression);
    let is_uniform =
        keys.windows(2).all(|pair| matches!(pair, [one, other] if one.is_descending == other.is_descending));
    match keys.first() {
        // Only as one comparison of rows does SQLite use all columns of an index.
        Some(first) if is_uniform => {
            let row = Expr::tuple(keys.iter().map(|key| key.expression.clone()));
            compared(row, Expr::tuple(values), bound.is_up(first), bound.is_inclusive())
        }
        _ => by_steps(keys, &values.collect::<Vec<_>>(), bound),
    }
}

/// Directions differ: the first key decides, else the second, and so on. The bound on the first one alone follows from the
/// rest; it is what an index can walk to.
fn by_steps(keys: &[SortKey], values: &[Expr], bound: Bound) -> Expr {
    let pairs: Vec<(&SortKey, &Expr)> = keys.iter().zip(values).collect();
    let equal = |pairs: &[(&SortKey, &Expr)]| -> Vec<Expr> {
        pairs.iter().map(|(key, value)| key.expression.clone().eq((*value).clone())).collect()
    };
    let step = |(at, (key, value)): (usize, &(&SortKey, &Expr))| {
        let mut step = equal(pairs.get(..at).unwrap_or_default());
        step.push(compared(key.expression.clone(), (*value).clone(), bound.is_up(key), false));
        logic::all(step)
    };
    let mut steps: Vec<Expr> = pairs.iter().enumerate().map(step).collect();
    if bound.is_inclusive() {
        steps.push(logic::all(equal(&pairs)));
    }
    let first =
        pairs.first().map(|(key, value)| compared(key.expression.clone(), (*value).clone(), bound.is_up(key), true));
    logic::all(first.into_iter().chain([logic::any(steps)]).collect())
}

fn compared(left: Expr, right: Expr, is_up: bool, is_inclusive: bool) -> Expr {
    match (is_up, is_inclusive) {
        (true, true) => left.gte(right),
        (true, false) => left.gt(right),
        (false, true) => left.lte(right),
        (false, false) => left.lt(right),
    }
}

/// The conditions of a stretch of time and of positions, in a list whose first key is that time: one bound on each side, the
/// tighter one.
#[must_use]
pub fn conditions_by_time(mut range: Range, keys: &[SortKey], bounds: &[(&Position, Bound)]) -> Vec<Expr> {
    let Some(first) = keys.first() else {
        return Vec::new();
    };
    let mut conditions = Vec::new();
    for (position, side) in bounds {
        let Some(Value::Integer(instant)) = position.0.first() else {
            continue;
        };
        let limit = if side.is_up(first) { &mut range.from } else { &mut range.until };
        let is_tighter =
            limit.is_none_or(|limit| if side.is_up(first) { *instant >= limit } else { *instant <= limit });
        if is_tighter {
            *limit = None;
            conditions.push(bound(keys, position, *side));
        }
    }
    conditions.extend(range.conditions(&first.expression));
    conditions
}
