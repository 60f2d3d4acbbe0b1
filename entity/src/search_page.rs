//! In which documents of a segment its terms stand.

use sea_orm::entity::prelude::*;

/// Terms that follow each other, with the documents in which they stand.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_page")]
pub struct Model {
    /// Of no meaning.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The segment whose terms these are.
    pub segment_id: i64,
    /// The first of its terms.
    pub first_key: Vec<u8>,
    /// The last of its terms.
    pub last_key: Vec<u8>,
    /// The terms, packed.
    pub data: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
