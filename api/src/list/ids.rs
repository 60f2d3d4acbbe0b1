//! A set of ids that was found elsewhere, as a condition.

use super::logic;
use sea_orm::{
    DbBackend,
    sea_query::{CaseStatement, Expr, ExprTrait, Func},
};
use std::hash::{DefaultHasher, Hash, Hasher};

/// More ids than these are told as one value.
const MANY: usize = 1_000;

/// Ids of articles that a search has found. There may be very many: they are hashed once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdSet {
    hash: u64,
    ids: Vec<i64>,
}

impl Hash for IdSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl IdSet {
    /// Of these ids.
    #[must_use]
    pub fn new(mut ids: Vec<i64>) -> Self {
        ids.sort_unstable();
        ids.dedup();
        let mut hasher = DefaultHasher::new();
        ids.hash(&mut hasher);
        Self { hash: hasher.finish(), ids }
    }

    /// Whether they are so few that a statement finds the rows by them.
    #[must_use]
    pub const fn is_few(&self) -> bool {
        self.ids.len() <= MANY
    }

    /// The id is among them.
    #[must_use]
    pub fn condition(&self, id: &Expr, backend: DbBackend) -> Expr {
        let (Some(first), Some(last)) = (self.ids.first(), self.ids.last()) else {
            return logic::no();
        };
        if self.is_few() {
            return id.clone().is_in(self.ids.iter().copied());
        }
        let place = id.clone().sub(*first);
        if backend == DbBackend::Postgres {
            let bit = Func::cust("get_bit").arg(Expr::val(self.bits(*first, 8))).arg(place.cast_as("int"));
            let is_in = CaseStatement::new().case(id.clone().between(*first, *last), bit).finally(0);
            Expr::Case(Box::new(is_in)).eq(1)
        } else {
            let byte = Func::cust("substr").arg(Expr::val(self.bits(*first, 1))).arg(place.add(1)).arg(1);
            id.clone().gte(*first).and(Expr::from(byte).eq(vec![1_u8]))
        }
    }

    /// A bit for each id from the first one on, so many of them in a byte, the lowest first.
    fn bits(&self, first: i64, in_byte: usize) -> Vec<u8> {
        let mut bits: Vec<u8> = Vec::new();
        for place in self.ids.iter().filter_map(|id| usize::try_from(id - first).ok()) {
            let at = place / in_byte;
            if bits.len() <= at {
                bits.resize(at + 1, 0);
            }
            if let Some(byte) = bits.get_mut(at) {
                *byte |= 1 << (place % in_byte);
            }
        }
        bits
    }
}
