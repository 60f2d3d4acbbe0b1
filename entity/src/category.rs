//! Categories form a tree; a category is identified by its name and its parent.

use sea_orm::entity::prelude::*;

/// Between two names of [`Model::lineage`]: the unit separator, which no name contains and which sorts before every letter,
/// so that the tree in its order is an ordinary index.
pub const SEPARATOR: char = '\u{1f}';

/// One node of the tree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    /// Never reused.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Null for a root.
    pub parent_id: Option<i64>,
    /// Unique among its siblings.
    pub name: String,
    /// The names from the root to this one, joined by [`SEPARATOR`]. Unique: it is the identity, which `(parent_id, name)`
    /// could not be, because two null parents are never equal.
    #[sea_orm(unique)]
    pub lineage: String,
    /// The slugs of its ancestors and its own, joined by `/`.
    #[sea_orm(unique)]
    pub slug: String,
    /// Where the site shows it: percent-decoded, with a leading slash.
    #[sea_orm(unique)]
    pub path: String,
    /// 0 for a root.
    pub depth: i32,
    /// The slug, folded: without regard to case, width and script.
    pub slug_folded: String,
    /// The name, folded.
    pub name_folded: String,
    /// The path, folded.
    pub path_folded: String,
    /// The node above.
    #[sea_orm(self_ref, relation_enum = "Parent", relation_reverse = "Children", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    /// The nodes directly below.
    #[sea_orm(self_ref, relation_enum = "Children", relation_reverse = "Parent")]
    pub children: HasMany<Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
