//! Tags.

use crate::column::{id, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let tag = Table::create()
            .table("tag")
            .col(id())
            .col(text(schema, "slug").unique_key())
            .col(text(schema, "path").unique_key())
            // Unique as identity; its index also serves the listing by name.
            .col(text(schema, "name").unique_key())
            .take();
        schema.create_table(tag).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("tag").take()).await
    }
}
