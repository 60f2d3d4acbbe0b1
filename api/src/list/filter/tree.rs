//! `and`, `or` and `not`, in which every `where` is nested.

use super::Check;
use crate::{
    Result,
    list::{Terms, logic},
};
use sea_orm::sea_query::{Expr, ExprTrait};

/// The `and`, `or` and `not` of a `where`.
#[derive(Clone, Copy, Debug)]
pub struct Branches<'a, W> {
    /// All of them hold.
    pub and: Option<&'a Vec<W>>,
    /// One of them holds.
    pub or: Option<&'a Vec<W>>,
    /// It does not hold.
    pub not: Option<&'a W>,
}

/// The input type by which one type of rows is filtered.
pub trait Where: Sized {
    /// Under which names its tables stand in a statement.
    type Place: Copy;

    /// Its `and`, `or` and `not`.
    fn branches(&self) -> Branches<'_, Self>;

    /// Checks what stands besides.
    ///
    /// # Errors
    /// When it can not be meant, or may not be asked.
    fn check_fields(&self, check: &mut Check) -> Result<()>;

    /// What stands besides, as conditions that all hold, in a statement.
    fn fields(&self, place: Self::Place, terms: &Terms) -> Vec<Expr>;

    /// Checks all of it.
    ///
    /// # Errors
    /// When something of it can not be meant, or may not be asked.
    fn check(&self, check: &mut Check) -> Result<()> {
        check.deeper(|check| {
            self.check_fields(check)?;
            let Branches { and, or, not } = self.branches();
            for (name, each) in [("and", and), ("or", or)] {
                for (number, each) in each.into_iter().flatten().enumerate() {
                    check.at(format!("{name}[{number}]"), |check| each.check(check))?;
                }
            }
            check.at_each("not", not, |not, check| check.negated(|check| not.check(check)))?;
            let (and, or) = (and.map_or(0, Vec::len), or.map_or(0, Vec::len));
            check.count(and + or + usize::from(not.is_some()))
        })
    }

    /// All of it, as conditions that all hold.
    fn conditions(&self, place: Self::Place, terms: &Terms) -> Vec<Expr> {
        let mut conditions = self.fields(place, terms);
        let Branches { and, or, not } = self.branches();
        conditions.extend(and.into_iter().flatten().flat_map(|each| each.conditions(place, terms)));
        conditions.extend(or.map(|or| logic::any(or.iter().map(|each| each.condition(place, terms)).collect())));
        conditions.extend(not.map(|not| not.condition(place, terms).not()));
        conditions
    }

    /// All of it, as one condition.
    fn condition(&self, place: Self::Place, terms: &Terms) -> Expr {
        logic::all(self.conditions(place, terms))
    }
}
