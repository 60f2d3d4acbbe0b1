//! A set of ids that was found elsewhere, as a condition.

use super::logic;
use sea_orm::{
    DbBackend,
    sea_query::{CaseStatement, Expr, ExprTrait, Func},
};

/// More ids than these are told as one value.
const MANY: usize = 1_000;

/// Ids of articles that a search has found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct IdSet(Vec<i64>);

impl IdSet {
    /// Of these ids.
    #[must_use]
    pub fn new(mut ids: Vec<i64>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }

    /// Whether they are so few that a statement finds the rows by them.
    #[must_use]
    pub const fn is_few(&self) -> bool {
        self.0.len() <= MANY
    }

    /// The ids are among them.
    #[must_use]
    pub fn condition(&self, id: &Expr, backend: DbBackend) -> Expr {
        if self.0.is_empty() {
            return logic::no();
        }
        if self.is_few() {
            return id.clone().is_in(self.0.iter().copied());
        }
        let last = self.0.last().copied().unwrap_or_default();
        if backend == DbBackend::Postgres {
            // Bytes are counted from the left, and the bits of each from the right.
            let bit = Func::cust("get_bit").arg(Expr::val(self.bits(8))).arg(id.clone().cast_as("int"));
            let is_in = CaseStatement::new().case(id.clone().lte(last), bit).finally(0);
            Expr::Case(Box::new(is_in)).eq(1)
        } else {
            let byte = Func::cust("substr").arg(Expr::val(self.bits(1))).arg(id.clone().add(1)).arg(1);
            Expr::from(byte).eq(vec![1_u8])
        }
    }

    /// One bit for each id from 0 on, so many of them in a byte.
    fn bits(&self, in_byte: usize) -> Vec<u8> {
        let mut bits: Vec<u8> = Vec::new();
        for id in self.0.iter().filter_map(|id| usize::try_from(*id).ok()) {
            let at = id / in_byte;
            if bits.len() <= at {
                bits.resize(at + 1, 0);
            }
            if let Some(byte) = bits.get_mut(at) {
                *byte |= 1 << (id % in_byte);
            }
        }
        bits
    }
}
