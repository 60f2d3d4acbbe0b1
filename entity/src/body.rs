//! The long columns of an article, apart from it so that a listing never pages through them.

use sea_orm::entity::prelude::*;

/// The body of one article in every form in which it is asked for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "body")]
pub struct Model {
    /// The article's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: i64,
    /// Normalised and sanitised.
    pub html: String,
    /// As the source wrote it, front matter excepted.
    pub markdown: String,
    /// What a reader sees: blocks on lines of their own, no markup.
    pub text: String,
    /// A JSON array of `{level, text, anchor}` in reading order.
    pub headings: String,
    /// The article that it belongs to.
    #[sea_orm(belongs_to, from = "article_id", to = "id", on_delete = "Cascade")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
