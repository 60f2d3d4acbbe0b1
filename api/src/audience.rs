//! Who may see what. Decided once per request; every statement that meets articles asks here.

use crate::list::Range;
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
        ready(table.clone()).add(self.is_over(Expr::col((table, "published_at"))))
    }

    /// The same rows, for a walk along the time that begins somewhere else: of two bounds on one side SQLite takes either.
    #[must_use]
    pub fn published_from_elsewhere(self, table: impl IntoIden) -> Condition {
        let table: DynIden = table.into_iden();
        ready(table.clone()).add(self.is_over(aside(Expr::col((table, "published_at")))))
    }

    /// The rows of `table` that stand for articles whose time is still to come.
    #[must_use]
    pub fn scheduled(self, table: impl IntoIden) -> Condition {
        let table: DynIden = table.into_iden();
        ready(table.clone()).add(self.is_to_come(Expr::col((table, "published_at"))))
    }

    /// Whether an article of these is published: the same rule, where no statement asks.
    #[must_use]
    pub fn shows(self, is_draft: bool, published_at: Timestamp) -> bool {
        !is_draft && published_at <= self.now
    }

    /// Whether an instant has come.
    #[must_use]
    pub fn is_over(self, instant: Expr) -> Expr {
        instant.lte(self.now.0)
    }

    /// Whether an instant is still to come.
    #[must_use]
    pub fn is_to_come(self, instant: Expr) -> Expr {
        instant.gt(self.now.0)
    }

    /// The stretch of time in which all was published that is published.
    #[must_use]
    pub const fn past(self) -> Range {
        Range::until(self.now.0)
    }

    /// The same rows, for a statement that finds them by something else. SQLite takes every equality for a rare one, and would
    /// look through all published articles for one that is named.
    #[must_use]
    pub fn published_aside(self, table: impl IntoIden) -> Condition {
        let table: DynIden = table.into_iden();
        let is_draft = Expr::col((table.clone(), "is_draft"));
        Cond::all().add(is_draft.not()).add(self.is_over(aside(Expr::col((table, "published_at")))))
    }

    /// The rows of `table` that this reader may look up by name.
    #[must_use]
    pub fn visible(self, table: impl IntoIden) -> Condition {
        if self.is_preview { Cond::all() } else { self.published(table) }
    }

    /// The same rows, for a statement that finds them by something else: see [`published_aside`](Self::published_aside).
    #[must_use]
    pub fn visible_aside(self, table: impl IntoIden) -> Condition {
        if self.is_preview { Cond::all() } else { self.published_aside(table) }
    }
}

/// A number by which no index is walked.
#[must_use]
pub fn aside(number: Expr) -> Expr {
    number.add(0)
}

/// Everything but drafts.
fn ready(table: DynIden) -> Condition {
    Cond::all().add(Expr::col((table, "is_draft")).eq(false))
}
