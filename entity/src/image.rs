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
    /// In pixels: measured where there is a copy, else where the source tells it.
    pub width: Option<i32>,
    /// In pixels. Both or none.
    pub height: Option<i32>,
    /// By the copy's content, else by the ending of the name.
    pub mime_type: Option<String>,
    /// When the row came to be.
    pub created_at: Timestamp,
    /// The name of its copy below the media folder; null where there is none.
    pub media: Option<String>,
    /// The length of the copy.
    pub bytes: Option<i32>,
    /// The imported folder whose file it is, or should be; null for what is elsewhere.
    pub source_root: Option<String>,
    /// The file, below the root.
    pub source_file: Option<String>,
    /// The state of the file when it was looked at last; null where it was missing.
    pub source_stamp: Option<String>,
    /// The original URL, folded: without regard to case, width and script.
    pub original_url_folded: String,
    /// The type, folded.
    pub mime_type_folded: Option<String>,
    /// Where it stands.
    #[sea_orm(has_many)]
    pub figures: HasMany<super::figure::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
