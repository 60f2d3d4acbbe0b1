//! The files of a site's configuration, as they were read.

use sea_orm::entity::prelude::*;

/// A file, byte for byte, as the last import of the whole site found it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site_file")]
pub struct Model {
    /// The imported folder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub root: String,
    /// Below the root, with `/`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub path: String,
    /// Counts from 0 in the order of precedence.
    pub position: i32,
    /// Whose configuration it is: `hexo`, `jekyll` or `hugo`.
    pub dialect: String,
    /// The whole file.
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
