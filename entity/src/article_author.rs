//! Who wrote an article, in order.

use super::Timestamp;
use sea_orm::entity::prelude::*;

/// The author wrote the article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_author")]
pub struct Model {
    /// The author.
    #[sea_orm(primary_key, auto_increment = false)]
    pub author_id: i64,
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: i64,
    /// From 0, in the order given by the source.
    pub position: i32,
    /// The article's.
    pub is_draft: bool,
    /// The article's.
    pub published_at: Timestamp,
    /// The author.
    #[sea_orm(belongs_to, from = "author_id", to = "id", on_delete = "Cascade")]
    pub author: BelongsTo<super::author::Entity>,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id", on_delete = "Cascade")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
