//! How many articles stand in each list, kept by triggers.

use sea_orm::entity::prelude::*;

/// A list and its articles that are no drafts, scheduled ones among them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_count")]
pub struct Model {
    /// `site`, `category` (with what stands below it), `category_alone`, `author` or `tag`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: String,
    /// Whose list; 0 for the site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: i64,
    /// Articles that are no drafts, each once. Whether one is published also depends on the time.
    pub ready: i64,
}

impl ActiveModelBehavior for ActiveModel {}
