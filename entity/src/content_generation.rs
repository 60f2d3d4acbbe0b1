//! One row: how often the content has changed.

use sea_orm::entity::prelude::*;

/// Raised in every transaction that changes content, so that whoever remembers an answer knows when to forget it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_generation")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// From 0.
    pub generation: i64,
}

impl ActiveModelBehavior for ActiveModel {}
