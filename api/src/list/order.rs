//! What lists are ordered by.

use super::Terms;
use crate::{
    Error, Result, article::ArticleOrderField, author::AuthorOrderField, category::CategoryOrderField,
    image::ImageOrderField, tag::TagOrderField,
};
use async_graphql::{Enum, InputObject, InputType};
use sea_orm::sea_query::Expr;
use std::{fmt::Debug, hash::Hash};

/// Upwards or downwards.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderDirection {
    /// The smallest, earliest or first by the alphabet first.
    Asc,
    /// The largest, latest or last by the alphabet first.
    Desc,
}

/// By what a list is ordered, and in which direction.
#[derive(InputObject, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(
    concrete(name = "ArticleOrderBy", params(ArticleOrderField)),
    concrete(name = "CategoryOrderBy", params(CategoryOrderField)),
    concrete(name = "AuthorOrderBy", params(AuthorOrderField)),
    concrete(name = "TagOrderBy", params(TagOrderField)),
    concrete(name = "ImageOrderBy", params(ImageOrderField))
)]
pub struct OrderBy<F: InputType> {
    /// By what.
    pub field: F,
    /// Upwards or downwards.
    pub direction: OrderDirection,
}

/// What one type of lists can be ordered by.
pub trait OrderField: InputType + Copy + Debug + Eq + Hash + 'static {
    /// Under which names its tables stand in a statement.
    type Place: Copy;

    /// Where nothing else is said.
    const DEFAULT: OrderBy<Self>;

    /// Where nothing else is said of a search.
    const OF_SEARCH: OrderBy<Self> = Self::DEFAULT;

    /// Whether only what a search has found can be ordered by it.
    fn is_of_search(self) -> bool {
        false
    }

    /// Whether it can stand beside an order of searches.
    fn goes_with_search(self) -> bool {
        true
    }

    /// What its values are.
    fn kind(self) -> Kind;

    /// The expression, which is never null.
    fn expression(self, place: Self::Place, terms: &Terms) -> Expr;

    /// The id of a row, which breaks ties.
    fn id(place: Self::Place) -> Expr;
}

/// What the values of a sort key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 64 bits.
    Integer,
    /// Compared by code point.
    Text,
}

/// The order of one list: never empty, no field twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Order<F: InputType>(Vec<OrderBy<F>>);

/// One of the expressions by which a statement orders.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// Never null.
    pub expression: Expr,
    /// What its values are.
    pub kind: Kind,
    /// Downwards.
    pub is_descending: bool,
}

impl<F: OrderField> Order<F> {
    /// As asked; the second mention of a field orders nothing any more.
    #[must_use]
    pub fn new(asked: Option<Vec<OrderBy<F>>>, is_search: bool) -> Self {
        let mut order: Vec<OrderBy<F>> = Vec::new();
        for by in asked.into_iter().flatten() {
            if order.iter().all(|earlier| earlier.field != by.field) {
                order.push(by);
            }
        }
        if order.is_empty() {
            order.push(if is_search { F::OF_SEARCH } else { F::DEFAULT });
        }
        Self(order)
    }

    /// Whether searches alone have this order.
    #[must_use]
    pub fn is_of_search(&self) -> bool {
        self.0.iter().any(|by| by.field.is_of_search())
    }

    /// # Errors
    /// When fields of it can not stand together.
    pub fn check(&self) -> Result<()> {
        match self.0.iter().find(|by| self.is_of_search() && !by.field.goes_with_search()) {
            None => Ok(()),
            Some(by) => Err(Error::Invalid {
                field: "orderBy".into(),
                problem: format!("{} can not stand beside RELEVANCE; PUBLISHED_AT can", by.field.to_value()),
            }),
        }
    }

    /// The fields, the first one first.
    #[must_use]
    pub fn by(&self) -> &[OrderBy<F>] {
        &self.0
    }

    /// What a cursor of this order holds.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        self.0.iter().map(|by| by.field.kind()).chain([Kind::Integer]).collect()
    }

    /// The expressions; the id breaks ties, in the direction of the last one.
    #[must_use]
    pub fn keys(&self, place: F::Place, terms: &Terms) -> Vec<SortKey> {
        let mut is_descending = false;
        let mut keys: Vec<SortKey> = Vec::with_capacity(self.0.len() + 1);
        for OrderBy { field, direction } in &self.0 {
            is_descending = *direction == OrderDirection::Desc;
            keys.push(SortKey { expression: field.expression(place, terms), kind: field.kind(), is_descending });
        }
        keys.push(SortKey { expression: F::id(place), kind: Kind::Integer, is_descending });
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleOrderField::{PublishedAt, Title};
    use OrderDirection::{Asc, Desc};

    fn by(field: ArticleOrderField, direction: OrderDirection) -> OrderBy<ArticleOrderField> {
        OrderBy { field, direction }
    }

    #[test]
    fn a_field_orders_once_and_nothing_is_newest_first() {
        let asked = vec![by(Title, Asc), by(PublishedAt, Desc), by(Title, Desc)];
        assert_eq!(Order::new(Some(asked), false).by(), [by(Title, Asc), by(PublishedAt, Desc)]);
        assert_eq!(Order::<ArticleOrderField>::new(Some(Vec::new()), false).by(), [by(PublishedAt, Desc)]);
        assert_eq!(Order::<ArticleOrderField>::new(None, false).kinds(), [Kind::Integer, Kind::Integer]);
    }
}
