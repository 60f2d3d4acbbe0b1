//! The files that articles came from, as they were read.

use sea_orm::entity::prelude::*;

/// A file, byte for byte. An article that has one says what the file says.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source_file")]
pub struct Model {
    /// The article that it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: i64,
    /// Whose front matter it has: `hexo`, `jekyll` or `hugo`.
    pub dialect: String,
    /// The whole file.
    pub content: Vec<u8>,
    /// The article that it is.
    #[sea_orm(belongs_to, from = "article_id", to = "id", on_delete = "Cascade")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
