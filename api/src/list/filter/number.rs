//! `IntFilter`.

use super::Check;
use crate::{Result, list::logic};
use async_graphql::{InputObject, MaybeUndefined};
use sea_orm::sea_query::{Expr, ExprTrait};

/// Compares numbers. Several operators all have to hold. Where there is no number, only `ne`, `notIn` and `isNull: true` hold.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IntFilter {
    /// It is this number.
    pub eq: MaybeUndefined<i32>,
    /// It is another number, or none.
    pub ne: MaybeUndefined<i32>,
    /// It is one of these, at most 1,000.
    #[graphql(name = "in")]
    pub among: Option<Vec<i32>>,
    /// It is none of these, at most 1,000.
    pub not_in: Option<Vec<i32>>,
    /// It is less.
    pub lt: Option<i32>,
    /// It is less or equal.
    pub lte: Option<i32>,
    /// It is greater.
    pub gt: Option<i32>,
    /// It is greater or equal.
    pub gte: Option<i32>,
    /// Whether it is missing.
    pub is_null: Option<bool>,
}

/// A column of numbers.
#[derive(Clone, Debug)]
pub struct NumberColumn {
    /// The column.
    pub column: Expr,
    /// Whether a number may be missing.
    pub is_nullable: bool,
}

impl IntFilter {
    /// # Errors
    /// When it can not be meant.
    pub fn check(&self, check: &mut Check) -> Result<()> {
        check.equality("eq", &self.eq, true)?;
        check.equality("ne", &self.ne, true)?;
        check.list("in", self.among.as_ref(), 1)?;
        check.list("notIn", self.not_in.as_ref(), 1)?;
        let comparisons = [self.lt, self.lte, self.gt, self.gte].map(|bound| bound.is_some());
        check.operators(comparisons.into_iter().chain([self.is_null.is_some()]))
    }

    /// On this column.
    #[must_use]
    pub fn conditions(&self, NumberColumn { column, is_nullable }: &NumberColumn) -> Vec<Expr> {
        let column = || column.clone();
        let known = |condition: Expr| if *is_nullable { column().is_not_null().and(condition) } else { condition };
        let one_of = |values: &[i32]| {
            if values.is_empty() { logic::no() } else { known(column().is_in(values.iter().copied())) }
        };
        let eq = self.eq.value().map(|value| known(column().eq(*value)));
        let ne = self.ne.value().map(|value| known(column().eq(*value)).not());
        let among = self.among.as_deref().map(one_of);
        let not_in = self.not_in.as_deref().map(|values| one_of(values).not());
        let lt = self.lt.map(|bound| known(column().lt(bound)));
        let lte = self.lte.map(|bound| known(column().lte(bound)));
        let gt = self.gt.map(|bound| known(column().gt(bound)));
        let gte = self.gte.map(|bound| known(column().gte(bound)));
        let is_null = self.is_null.map(|is_null| match (is_nullable, is_null) {
            (true, true) => column().is_null(),
            (true, false) => column().is_not_null(),
            (false, true) => logic::no(),
            (false, false) => logic::yes(),
        });
        [eq, ne, among, not_in, lt, lte, gt, gte, is_null].into_iter().flatten().collect()
    }
}
