//! What makes articles translations of each other.

use crate::column::{index, optional_text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let key = optional_text(schema, "translation_key");
        schema.alter_table(Table::alter().table("article").add_column(key).take()).await?;
        schema.create_index(index("article_translation", "article", &["translation_key", "source_root"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_index(Index::drop().name("article_translation").table("article").to_owned()).await?;
        schema.alter_table(Table::alter().table("article").drop_column("translation_key").take()).await
    }
}
