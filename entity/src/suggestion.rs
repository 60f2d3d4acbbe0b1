//! By what articles, categories, authors and tags are found while a reader types.

use sea_orm::entity::prelude::*;

/// One way to type a name or a title.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suggestion")]
pub struct Model {
    /// What has the name: 1 a category, 2 an author, 3 a tag, 4 an article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i32,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: i64,
    /// Its keys from 0, in their order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The name as it is written, or as it is said; folded, without what does not count, at most 64 characters.
    pub key: String,
    /// How many characters it begins with as the key before it does: what is no longer than these finds that one.
    pub shared: i32,
    /// Of an article; nothing else is a draft.
    pub is_draft: bool,
    /// Of an article; 0 of everything else.
    pub published_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
