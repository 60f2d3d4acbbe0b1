//! A stretch of time.

use sea_orm::sea_query::{Expr, ExprTrait};

/// From one instant to another, both included, in microseconds; open where one is missing.
///
/// Whatever bounds the time of a list is brought together in one of these: a database that meets two bounds on one side walks
/// its index from either, and not always from the tighter one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// The first instant.
    pub from: Option<i64>,
    /// The last instant.
    pub until: Option<i64>,
}

impl Range {
    /// What both have.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        let until = [self.until, other.until].into_iter().flatten().min();
        let from = [self.from, other.from].into_iter().flatten().max();
        Self { from, until }
    }

    /// From this instant on.
    #[must_use]
    pub const fn from(instant: i64) -> Self {
        Self { from: Some(instant), until: None }
    }

    /// Up to this instant.
    #[must_use]
    pub const fn until(instant: i64) -> Self {
        Self { from: None, until: Some(instant) }
    }

    /// The conditions on a column that is never null.
    #[must_use]
    pub fn conditions(self, column: &Expr) -> Vec<Expr> {
        let from = self.from.map(|from| column.clone().gte(from));
        let until = self.until.map(|until| column.clone().lte(until));
        from.into_iter().chain(until).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tighter_bound_holds() {
        let range = Range::from(3).within(Range::until(9)).within(Range { from: Some(5), until: Some(20) });
        assert_eq!(range, Range { from: Some(5), until: Some(9) });
        assert_eq!(Range::default().within(Range::default()), Range::default());
    }
}
