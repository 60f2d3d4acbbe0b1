//! The configurations of the sites that articles came from.

use crate::column::text;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let site_file = Table::create()
            .table("site_file")
            .col(text(schema, "root"))
            .col(text(schema, "path"))
            .col(ColumnDef::new("position").integer().not_null())
            .col(text(schema, "dialect"))
            .col(ColumnDef::new("content").blob().not_null())
            .primary_key(Index::create().col("root").col("path"))
            .take();
        schema.create_table(site_file).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("site_file").take()).await
    }
}
