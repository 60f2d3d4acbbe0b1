//! Every pair of a category and one of its descendants, itself included: ancestors and subtrees in one indexed read.

use sea_orm::entity::prelude::*;

/// `descendant_id` stands `distance` levels below `ancestor_id`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category_closure")]
pub struct Model {
    /// The upper end.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor_id: i64,
    /// The lower end.
    #[sea_orm(primary_key, auto_increment = false)]
    pub descendant_id: i64,
    /// 0 for a category and itself.
    pub distance: i32,
    /// The upper end.
    #[sea_orm(belongs_to, relation_enum = "Ancestor", from = "ancestor_id", to = "id", on_delete = "Cascade")]
    pub ancestor: BelongsTo<super::category::Entity>,
    /// The lower end.
    #[sea_orm(belongs_to, relation_enum = "Descendant", from = "descendant_id", to = "id", on_delete = "Cascade")]
    pub descendant: BelongsTo<super::category::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
