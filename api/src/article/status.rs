//! `StatusFilter`, and who may ask for what. Pure.

use super::{object::ArticleStatus, scope::Place};
use crate::{
    Error, Result,
    list::{Terms, filter::Check, logic},
};
use async_graphql::{InputObject, MaybeUndefined};
use sea_orm::sea_query::{Expr, ExprTrait};

const ALL: [ArticleStatus; 3] = [ArticleStatus::Draft, ArticleStatus::Scheduled, ArticleStatus::Published];

/// Compares statuses. Several operators all have to hold. Who is no preview reader may ask for `PUBLISHED` alone.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StatusFilter {
    /// It is this one.
    pub eq: MaybeUndefined<ArticleStatus>,
    /// It is another one.
    pub ne: MaybeUndefined<ArticleStatus>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub among: Option<Vec<ArticleStatus>>,
    /// It is none of these.
    pub not_in: Option<Vec<ArticleStatus>>,
}

impl StatusFilter {
    /// Whether it says anything.
    #[must_use]
    pub fn is_said(&self) -> bool {
        *self != Self::default()
    }

    /// # Errors
    /// When it can not be meant, or this reader may not ask for what it lets pass.
    pub fn check(&self, check: &mut Check) -> Result<()> {
        check.equality("eq", &self.eq, false)?;
        check.equality("ne", &self.ne, false)?;
        check.list("in", self.among.as_ref(), 1)?;
        check.list("notIn", self.not_in.as_ref(), 1)?;
        let asks_for = |status: ArticleStatus| self.lets_pass(status) != check.is_negated();
        if !self.is_said()
            || check.audience().is_preview
            || ALL.into_iter().all(|status| !status.is_hidden() || !asks_for(status))
        {
            return Ok(());
        }
        Err(Error::Forbidden { field: check.here(), problem: "only a preview reader may ask for other than PUBLISHED" })
    }

    /// On the table that says it.
    #[must_use]
    pub fn conditions(&self, place: Place, terms: &Terms) -> Vec<Expr> {
        let passing = ALL.into_iter().filter(|status| self.lets_pass(*status));
        vec![logic::any(passing.map(|status| is(status, place, terms)).collect())]
    }

    fn lets_pass(&self, status: ArticleStatus) -> bool {
        self.eq.value().is_none_or(|eq| *eq == status)
            && self.ne.value().is_none_or(|ne| *ne != status)
            && self.among.as_ref().is_none_or(|among| among.contains(&status))
            && self.not_in.as_ref().is_none_or(|not_in| !not_in.contains(&status))
    }
}

fn is(status: ArticleStatus, place: Place, terms: &Terms) -> Expr {
    let is_ready = place.is_draft().eq(false);
    match status {
        ArticleStatus::Draft => place.is_draft().eq(true),
        ArticleStatus::Scheduled => is_ready.and(terms.audience.is_to_come(place.published_at())),
        ArticleStatus::Published => is_ready.and(terms.audience.is_over(place.published_at())),
    }
}
