//! The articles of each category *with those of its descendants*: a row for the leaf of every chain of an article and one
//! for each ancestor of these leaves, so that a category's listing is a walk along one index and knows no duplicates.

use super::Timestamp;
use sea_orm::entity::prelude::*;

/// The article stands in the category or below it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_category")]
pub struct Model {
    /// The category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category_id: i64,
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: i64,
    /// Whether a chain of the article ends here; only these are the article's own categories.
    pub is_leaf: bool,
    /// From 0, the order of the article's chains; for an ancestor that of the first chain through it.
    pub position: i32,
    /// The article's.
    pub is_draft: bool,
    /// The article's.
    pub published_at: Timestamp,
    /// The category.
    #[sea_orm(belongs_to, from = "category_id", to = "id", on_delete = "Cascade")]
    pub category: BelongsTo<super::category::Entity>,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id", on_delete = "Cascade")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
