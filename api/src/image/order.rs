//! What images can be ordered by. Pure.

use crate::list::{
    Terms,
    order::{Kind, OrderBy, OrderDirection, OrderField},
};
use async_graphql::Enum;
use entity::image::Column;
use sea_orm::sea_query::{Expr, Func};

/// What images are ordered by. Where it is equal, their ids decide, in the direction of the last field.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageOrderField {
    /// When they came in.
    CreatedAt,
    /// The length of this server's copy; where it keeps none, less than any.
    Bytes,
    /// The width in pixels; where it is not known, less than any.
    Width,
}

impl OrderField for ImageOrderField {
    type Place = ();

    const DEFAULT: OrderBy<Self> = OrderBy { field: Self::CreatedAt, direction: OrderDirection::Desc };

    fn kind(self) -> Kind {
        Kind::Integer
    }

    fn expression(self, (): (), _: &Terms) -> Expr {
        let column = |column: Column| Expr::col(("image", column));
        let or_less = |number| Func::coalesce([column(number), Expr::cust("-1")]).into();
        match self {
            Self::CreatedAt => column(Column::CreatedAt),
            Self::Bytes => or_less(Column::Bytes),
            Self::Width => or_less(Column::Width),
        }
    }

    fn id((): ()) -> Expr {
        Expr::col(("image", Column::Id))
    }
}
