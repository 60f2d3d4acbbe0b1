//! `some`, `every` and `none` of what belongs to an article.

use super::{Check, Where};
use crate::{
    Result,
    article::scope::Link,
    author::AuthorWhere,
    category::CategoryWhere,
    image::ImageWhere,
    list::{Terms, logic},
    tag::TagWhere,
};
use async_graphql::{InputObject, InputType};
use sea_orm::sea_query::{Expr, ExprTrait, Query};

/// What belongs to an article. Several operators all have to hold.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
#[graphql(
    concrete(name = "AuthorListFilter", params(AuthorWhere)),
    concrete(name = "CategoryListFilter", params(CategoryWhere)),
    concrete(name = "TagListFilter", params(TagWhere)),
    concrete(name = "ImageListFilter", params(ImageWhere))
)]
pub struct ListFilter<W: InputType> {
    /// One of them is like this. `{}`: there is one.
    pub some: Option<Box<W>>,
    /// All of them are like this; so they are where there is none.
    pub every: Option<Box<W>>,
    /// None of them is like this. `{}`: there is none.
    pub none: Option<Box<W>>,
}

/// A type of rows that belong to articles.
pub trait Target: Where + InputType {
    /// How they do.
    const LINK: Link;
    /// Their table.
    const TABLE: &'static str;
    /// Where their table stands when nothing else is joined to it.
    const PLACE: Self::Place;

    /// How many rows pass at most, where the filter names them by something unique.
    fn most(&self) -> Option<usize>;
}

/// The fewest of these, if any is known.
#[must_use]
pub fn fewest<const N: usize>(counts: [Option<usize>; N]) -> Option<usize> {
    counts.into_iter().flatten().min()
}

impl<W: Target> ListFilter<W> {
    /// # Errors
    /// When it can not be meant.
    pub fn check(&self, check: &mut Check) -> Result<()> {
        check.at_each("some", self.some.as_deref(), W::check)?;
        check.at_each("every", self.every.as_deref(), W::check)?;
        check.at_each("none", self.none.as_deref(), W::check)?;
        check.operators([self.some.is_some(), self.every.is_some(), self.none.is_some()])
    }

    /// On the column of the article's id.
    #[must_use]
    pub fn conditions(&self, article: &Expr, terms: &Terms) -> Vec<Expr> {
        let among = |filter: &W| filter.conditions(W::PLACE, terms);
        let some = self.some.as_deref().map(|some| exists::<W>(article, among(some)));
        let every = self.every.as_deref().map(|every| exists::<W>(article, vec![logic::all(among(every)).not()]).not());
        let none = self.none.as_deref().map(|none| exists::<W>(article, among(none)).not());
        [some, every, none].into_iter().flatten().collect()
    }
}

fn exists<W: Target>(article: &Expr, conditions: Vec<Expr>) -> Expr {
    // The list itself may be read along the same table.
    let mut rows = Query::select().expr(Expr::cust("1")).from_as(W::LINK.table(), "linked").take();
    rows.and_where(Expr::col(("linked", "article_id")).eq(article.clone())).cond_where(W::LINK.rule_of("linked"));
    if !conditions.is_empty() {
        rows.inner_join(W::TABLE, Expr::col((W::TABLE, "id")).equals(("linked", W::LINK.key())));
        rows.and_where(logic::all(conditions));
    }
    logic::exists(rows)
}
