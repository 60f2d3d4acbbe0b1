//! Flat, unordered labels.

use sea_orm::entity::prelude::*;

/// One tag, identified by its name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tag")]
pub struct Model {
    /// Never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Letters of any script, lower case.
    #[sea_orm(unique)]
    pub slug: String,
    /// Where the site shows the tag: percent-decoded, with a leading slash.
    #[sea_orm(unique)]
    pub path: String,
    /// As the source first wrote it.
    #[sea_orm(unique)]
    pub name: String,
    /// The slug, folded: without regard to case, width and script.
    pub slug_folded: String,
    /// The name, folded.
    pub name_folded: String,
    /// What bears the tag.
    #[sea_orm(has_many, via = "article_tag")]
    pub articles: HasMany<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
