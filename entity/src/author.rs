//! Who writes.

use sea_orm::entity::prelude::*;

/// One author, identified by the name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "author")]
pub struct Model {
    /// Never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Letters of any script, lower case.
    #[sea_orm(unique)]
    pub slug: String,
    /// Where the site shows the author: percent-decoded, with a leading slash.
    #[sea_orm(unique)]
    pub path: String,
    /// As the source writes it.
    #[sea_orm(unique)]
    pub name: String,
    /// Plain text.
    pub bio: Option<String>,
    /// Absolute.
    pub website: Option<String>,
    /// A portrait.
    pub avatar_id: Option<i64>,
    /// The slug, folded: without regard to case, width and script.
    pub slug_folded: String,
    /// The name, folded.
    pub name_folded: String,
    /// A portrait.
    #[sea_orm(belongs_to, from = "avatar_id", to = "id")]
    pub avatar: BelongsTo<Option<super::image::Entity>>,
    /// What the author wrote.
    #[sea_orm(has_many, via = "article_author")]
    pub articles: HasMany<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
