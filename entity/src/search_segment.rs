//! The parts of which the index of the search is made.

use sea_orm::entity::prelude::*;

/// Some documents and everything that is known of them; but for `dead` it does not change.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_segment")]
pub struct Model {
    /// Never used again.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which making of the index it belongs to.
    pub epoch: i32,
    /// How many documents it has, dead ones among them.
    pub documents: i32,
    /// What is known of each document, packed.
    pub data: Vec<u8>,
    /// A bit for each document that counts no more; null where all count.
    pub dead: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
