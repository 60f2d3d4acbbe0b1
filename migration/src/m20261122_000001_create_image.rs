//! Images: one row an original URL.

use crate::column::{big, id, index, optional_text, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let image = Table::create()
            .table("image")
            .col(id())
            .col(text(schema, "original_url").unique_key())
            .col(optional_text(schema, "alt"))
            .col(ColumnDef::new("width").integer())
            .col(ColumnDef::new("height").integer())
            .col(optional_text(schema, "mime_type"))
            .col(big("created_at"))
            .take();
        schema.create_table(image).await?;
        // Serves the listing of images: newest first, then id.
        schema.create_index(index("image_listing", "image", &["created_at", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("image").take()).await
    }
}
