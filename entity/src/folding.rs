//! One row: by which version of the rules texts are folded.

use sea_orm::entity::prelude::*;

/// Compared with the program's version when it opens the database.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "folding")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// 0 where nothing is folded yet.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
