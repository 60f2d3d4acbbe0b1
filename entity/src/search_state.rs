//! One row: by which rules the index of the search was made.

use sea_orm::entity::prelude::*;

/// Compared with the program's version when it opens the database.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_state")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// 0 where nothing was indexed yet.
    pub version: i32,
    /// Segments of earlier epochs wait for being made anew.
    pub epoch: i32,
    /// Whether no article waits.
    pub is_complete: bool,
}

impl ActiveModelBehavior for ActiveModel {}
