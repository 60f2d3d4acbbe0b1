//! Paths that articles had, so that old links keep their meaning.

use sea_orm::entity::prelude::*;

/// The article could once be found at this path.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "earlier_path")]
pub struct Model {
    /// Percent-decoded, with a leading slash.
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    /// What it leads to.
    pub article_id: i64,
    /// What it leads to.
    #[sea_orm(belongs_to, from = "article_id", to = "id", on_delete = "Cascade")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
