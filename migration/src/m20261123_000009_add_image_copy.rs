//! Copies of local images: where they are, and of which files.

use crate::column::{index, optional_text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            optional_text(schema, "media"),
            ColumnDef::new("bytes").integer().take(),
            optional_text(schema, "source_root"),
            optional_text(schema, "source_file"),
            optional_text(schema, "source_stamp"),
        ];
        // SQLite adds one column at a time.
        for mut column in columns {
            schema.alter_table(Table::alter().table("image").add_column(&mut column).take()).await?;
        }
        // The images that are files of a root, in the order of their ids.
        schema.create_index(index("image_source", "image", &["source_root", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_index(Index::drop().name("image_source").table("image").to_owned()).await?;
        for column in ["source_stamp", "source_file", "source_root", "bytes", "media"] {
            schema.alter_table(Table::alter().table("image").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
