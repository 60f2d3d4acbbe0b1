//! What tags can be ordered by. Pure.

use crate::{
    article::scope::Link,
    list::{
        Terms,
        order::{Kind, OrderBy, OrderDirection, OrderField},
    },
};
use async_graphql::Enum;
use sea_orm::sea_query::Expr;

/// What tags are ordered by. Where it is equal, their ids decide, in the direction of the last field.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagOrderField {
    /// The code points of the name.
    Name,
    /// How many published articles bear it.
    ArticleCount,
}

impl OrderField for TagOrderField {
    type Place = ();

    const DEFAULT: OrderBy<Self> = OrderBy { field: Self::Name, direction: OrderDirection::Asc };

    fn kind(self) -> Kind {
        match self {
            Self::Name => Kind::Text,
            Self::ArticleCount => Kind::Integer,
        }
    }

    fn expression(self, (): (), terms: &Terms) -> Expr {
        match self {
            Self::Name => Expr::col(("tag", "name")),
            Self::ArticleCount => Link::Tag.published_count(&Self::id(()), terms),
        }
    }

    fn id((): ()) -> Expr {
        Expr::col(("tag", "id"))
    }
}
