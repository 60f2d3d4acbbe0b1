//! By what articles, categories, authors and tags are found while a reader types. Filled by the program when it next opens the
//! database.

use crate::column::{big, boolean, index, integer, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("suggestion")
            .col(integer("kind"))
            .col(big("owner_id"))
            .col(integer("number"))
            .col(text(schema, "key"))
            .col(integer("shared"))
            .col(boolean("is_draft"))
            .col(big("published_at"))
            .primary_key(Index::create().col("kind").col("owner_id").col("number"))
            .take();
        schema.create_table(table).await?;
        // Keys in their order, of equal ones the newest first; and with the last column nothing but the index is read.
        let walk = index("suggestion_walk", "suggestion", &["kind", "is_draft", "key"])
            .col(("published_at", IndexOrder::Desc))
            .col(("owner_id", IndexOrder::Desc))
            .col("shared")
            .take();
        schema.create_index(walk).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("suggestion").take()).await
    }
}
