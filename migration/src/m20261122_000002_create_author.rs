//! Authors.

use crate::column::{id, index, optional_text, reference, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let author = Table::create()
            .table("author")
            .col(id())
            .col(text(schema, "slug").unique_key())
            .col(text(schema, "path").unique_key())
            // Unique as identity; its index also serves the listing by name.
            .col(text(schema, "name").unique_key())
            .col(optional_text(schema, "bio"))
            .col(optional_text(schema, "website"))
            .col(ColumnDef::new("avatar_id").big_integer())
            .foreign_key(&mut reference("author", "avatar_id", "image"))
            .take();
        schema.create_table(author).await?;
        // Tells whether an image is somebody's portrait.
        schema.create_index(index("author_avatar", "author", &["avatar_id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("author").take()).await
    }
}
