//! The files that articles came from.

use crate::column::{owned_by, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let source_file = Table::create()
            .table("source_file")
            .col(ColumnDef::new("article_id").big_integer().not_null().primary_key())
            .col(text(schema, "dialect"))
            .col(ColumnDef::new("content").blob().not_null())
            .foreign_key(&mut owned_by("source_file", "article_id", "article"))
            .take();
        schema.create_table(source_file).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("source_file").take()).await
    }
}
