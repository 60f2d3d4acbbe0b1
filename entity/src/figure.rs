//! An image as it stands in one article.

use super::Timestamp;
use sea_orm::entity::prelude::*;

/// A place of an article at which an image stands.
///
/// Like the other tables that join something to articles it repeats `is_draft` and `published_at` of the article, so that
/// "the newest articles of …" is a walk along one index.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "figure")]
pub struct Model {
    /// Kept while article and position stay the same.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose figure.
    #[sea_orm(unique_key = "place")]
    pub article_id: i64,
    /// From 0 in reading order; negative for a cover or thumbnail that stands outside of the body.
    #[sea_orm(unique_key = "place")]
    pub position: i32,
    /// What it shows.
    pub image_id: i64,
    /// Alternative text; may be empty.
    pub alt: String,
    /// Plain text, without the credit.
    pub caption: Option<String>,
    /// Who made the picture.
    pub credit: Option<String>,
    /// At most one an article.
    pub is_cover: bool,
    /// At most one an article.
    pub is_thumbnail: bool,
    /// The article's.
    pub is_draft: bool,
    /// The article's.
    pub published_at: Timestamp,
    /// Whose figure.
    #[sea_orm(belongs_to, from = "article_id", to = "id", on_delete = "Cascade")]
    pub article: BelongsTo<super::article::Entity>,
    /// What it shows.
    #[sea_orm(belongs_to, from = "image_id", to = "id")]
    pub image: BelongsTo<super::image::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
