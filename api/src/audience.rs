//! Who may see what. Decided once per request; every statement that meets articles asks here.

use entity::Timestamp;
use sea_orm::sea_query::{Cond, Condition, DynIden, Expr, ExprTrait, IntoIden};

/// What a reader may see, and when the reading happens.
#[derive(Clone, Copy, Debug)]
pub struct Audience {
    /// The one instant at which the whole request is answered.
    pub now: Timestamp,
    /// Whether drafts and scheduled articles are shown where they are asked for by name.
    pub is_preview: bool,
}

impl Audience {
    /// The rows of `table` that stand for published articles: what lists and counts show to everyone. `table` is the article
    /// itself or one that repeats its `is_draft` and `published_at`.
    #[must_use]
    pub fn published(self, table: impl IntoIden) -> Condition {
        let table: DynIden = table.into_iden();
        ready(table.clone()).add(Expr::col((table, "published_at")).lte(self.now.0))
    }

    /// [`published`](Self::published), and behind a key of a list that is ordered downwards by `published_at` and `id`. One
    /// bound on the time, not two: SQLite would walk from the looser one.
    #[must_use]
    pub fn published_behind(self, table: impl IntoIden, id: &'static str, key: Option<(i64, i64)>) -> Condition {
        let table: DynIden = table.into_iden();
        match key {
            Some((at, after)) if at <= self.now.0 => {
                let row = Expr::tuple([Expr::col((table.clone(), "published_at")), Expr::col((table.clone(), id))]);
                ready(table).add(row.lt(Expr::tuple([at.into(), after.into()])))
            }
            _ => self.published(table),
        }
    }

    /// The rows of `table` that this reader may look up by name.
    #[must_use]
    pub fn visible(self, table: impl IntoIden) -> Condition {
        if self.is_preview { Cond::all() } else { self.published(table) }
    }
}

/// Everything but drafts.
fn ready(table: DynIden) -> Condition {
    Cond::all().add(Expr::col((table, "is_draft")).eq(false))
}
