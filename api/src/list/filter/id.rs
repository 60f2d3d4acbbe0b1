//! `IdFilter`.

use super::Check;
use crate::{Result, graphql::id::Kind, list::logic};
use async_graphql::{ID, InputObject, MaybeUndefined};
use sea_orm::sea_query::{Expr, ExprTrait};

/// Compares global ids. One that names nothing of the kind equals none. Several operators all have to hold.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IdFilter {
    /// It is this one.
    pub eq: MaybeUndefined<ID>,
    /// It is another one.
    pub ne: MaybeUndefined<ID>,
    /// It is one of these, at most 1,000; none is one of no ids.
    #[graphql(name = "in")]
    pub among: Option<Vec<ID>>,
    /// It is none of these, at most 1,000.
    pub not_in: Option<Vec<ID>>,
}

impl IdFilter {
    /// # Errors
    /// When it can not be meant.
    pub fn check(&self, check: &mut Check) -> Result<()> {
        check.equality("eq", &self.eq, false)?;
        check.equality("ne", &self.ne, false)?;
        check.list("in", self.among.as_ref(), 1)?;
        check.list("notIn", self.not_in.as_ref(), 1)
    }

    /// On a column of ids of this kind.
    #[must_use]
    pub fn conditions(&self, column: &Expr, kind: Kind) -> Vec<Expr> {
        let one_of = |ids: &[ID]| {
            let numbers: Vec<i64> = ids.iter().filter_map(|id| kind.number(id)).collect();
            if numbers.is_empty() { logic::no() } else { column.clone().is_in(numbers) }
        };
        let same = |id: &ID| kind.number(id).map_or_else(logic::no, |number| column.clone().eq(number));
        let eq = self.eq.value().map(same);
        let ne = self.ne.value().map(|id| same(id).not());
        let among = self.among.as_deref().map(one_of);
        let not_in = self.not_in.as_deref().map(|ids| one_of(ids).not());
        [eq, ne, among, not_in].into_iter().flatten().collect()
    }

    /// How many ids it can hold for, if it says.
    #[must_use]
    pub fn most(&self) -> Option<usize> {
        if self.eq.is_value() { Some(1) } else { self.among.as_ref().map(Vec::len) }
    }
}
