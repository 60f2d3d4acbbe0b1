//! Where in the index of the search each article is.

use sea_orm::entity::prelude::*;

/// The article as it is now; what it was before is dead.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_document")]
pub struct Model {
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: i64,
    /// The segment in which it is.
    pub segment_id: i64,
    /// Its number there, from 0.
    pub number: i32,
}

impl ActiveModelBehavior for ActiveModel {}
