//! What articles can be ordered by. Pure.

use super::scope::Place;
use crate::list::{
    Terms,
    order::{Kind, OrderBy, OrderDirection, OrderField},
};
use async_graphql::Enum;
use entity::article::Column;
use sea_orm::sea_query::Expr;

/// What articles are ordered by. Where it is equal, their ids decide, in the direction of the last field.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArticleOrderField {
    /// When they were published.
    PublishedAt,
    /// When they were last changed.
    UpdatedAt,
    /// When they were first written.
    CreatedAt,
    /// By the code points of the title, without regard to case, full and half width, and traditional or simplified script: of
    /// its first 160 characters.
    Title,
    /// By pronunciation for Chinese titles, Latin ones among them; punctuation does not count.
    TitlePinyin,
    /// How many words they have.
    WordCount,
    /// How well they fit the search: only with `search`, and the order of searches where nothing else is said. `PUBLISHED_AT` may stand
    /// beside it, and no other field.
    Relevance,
}

impl OrderField for ArticleOrderField {
    type Place = Place;

    const DEFAULT: OrderBy<Self> = OrderBy { field: Self::PublishedAt, direction: OrderDirection::Desc };

    const OF_SEARCH: OrderBy<Self> = OrderBy { field: Self::Relevance, direction: OrderDirection::Desc };

    fn is_of_search(self) -> bool {
        self == Self::Relevance
    }

    fn goes_with_search(self) -> bool {
        matches!(self, Self::Relevance | Self::PublishedAt)
    }

    fn kind(self) -> Kind {
        match self {
            Self::PublishedAt | Self::UpdatedAt | Self::CreatedAt | Self::WordCount | Self::Relevance => Kind::Integer,
            Self::Title | Self::TitlePinyin => Kind::Text,
        }
    }

    fn expression(self, place: Place, _: &Terms) -> Expr {
        let column = match self {
            Self::PublishedAt => return place.published_at(),
            Self::UpdatedAt => Column::UpdatedAt,
            Self::CreatedAt => Column::CreatedAt,
            Self::Title => Column::TitleSort,
            Self::TitlePinyin => Column::TitlePinyin,
            Self::WordCount => Column::WordCount,
            // What a search has found is ordered before it is read.
            Self::Relevance => return place.id(),
        };
        Expr::col(("article", column))
    }

    fn id(place: Place) -> Expr {
        place.id()
    }
}
