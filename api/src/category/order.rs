//! What categories can be ordered by. Pure.

use super::filter::Level;
use crate::{
    article::scope::Link,
    list::{
        Terms,
        order::{Kind, OrderBy, OrderDirection, OrderField},
    },
};
use async_graphql::Enum;
use entity::category::Column;
use sea_orm::sea_query::Expr;

/// What categories are ordered by. Where it is equal, their ids decide, in the direction of the last field.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CategoryOrderField {
    /// The order of the tree: parents before children, siblings by name.
    Path,
    /// The code points of its own name.
    Name,
    /// How many published articles are in it or below it.
    ArticleCount,
}

impl OrderField for CategoryOrderField {
    type Place = ();

    const DEFAULT: OrderBy<Self> = OrderBy { field: Self::Path, direction: OrderDirection::Asc };

    fn kind(self) -> Kind {
        match self {
            Self::Path | Self::Name => Kind::Text,
            Self::ArticleCount => Kind::Integer,
        }
    }

    fn expression(self, (): (), terms: &Terms) -> Expr {
        match self {
            Self::Path => Level::OWN.column(Column::Lineage),
            Self::Name => Level::OWN.column(Column::Name),
            Self::ArticleCount => Link::Category.published_count(&Self::id(()), terms),
        }
    }

    fn id((): ()) -> Expr {
        Level::OWN.column(Column::Id)
    }
}
