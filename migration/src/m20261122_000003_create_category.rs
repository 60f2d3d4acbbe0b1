//! The tree of categories and its closure.

use crate::column::{big, id, index, integer, owned_by, reference, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let category = Table::create()
            .table("category")
            .col(id())
            .col(ColumnDef::new("parent_id").big_integer())
            .col(text(schema, "name"))
            // Unique as identity; its index also serves the listing in tree order.
            .col(text(schema, "lineage").unique_key())
            .col(text(schema, "slug").unique_key())
            .col(text(schema, "path").unique_key())
            .col(integer("depth"))
            .foreign_key(&mut reference("category", "parent_id", "category"))
            .take();
        schema.create_table(category).await?;
        // Serves the children of a category, by name.
        schema.create_index(index("category_children", "category", &["parent_id", "name"])).await?;

        let closure = Table::create()
            .table("category_closure")
            .col(big("ancestor_id"))
            .col(big("descendant_id"))
            .col(integer("distance"))
            .primary_key(Index::create().col("ancestor_id").col("descendant_id"))
            .foreign_key(&mut owned_by("category_closure", "ancestor_id", "category"))
            .foreign_key(&mut owned_by("category_closure", "descendant_id", "category"))
            .take();
        schema.create_table(closure).await?;
        // Serves the ancestors of a category, nearest first.
        let ancestors = index("category_closure_ancestors", "category_closure", &["descendant_id", "distance"]);
        schema.create_index(ancestors).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("category_closure").take()).await?;
        schema.drop_table(Table::drop().table("category").take()).await
    }
}
