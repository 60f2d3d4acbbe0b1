//! One row an original URL, however many articles show it.

use super::Timestamp;
use sea_orm::entity::prelude::*;

/// A picture.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "image")]
pub struct Model {
    /// Never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// As the source writes it, resize arguments removed.
    #[sea_orm(unique)]
    pub original_url: String,
    /// The first alternative text that was met.
    pub alt: Option<String>,
    /// In pixels, where the source tells it.
    pub width: Option<i32>,
    /// In pixels, where the source tells it.
    pub height: Option<i32>,
    /// By the file name's ending.
    pub mime_type: Option<String>,
    /// When the row came to be.
    pub created_at: Timestamp,
    /// Where it stands.
    #[sea_orm(has_many)]
    pub figures: HasMany<super::figure::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
