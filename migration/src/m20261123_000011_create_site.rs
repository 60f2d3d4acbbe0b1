//! What the last import read from a site's configuration: one row, or none.

use crate::column::optional_text;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let site = Table::create()
            .table("site")
            .col(ColumnDef::new("id").integer().not_null().primary_key())
            .col(optional_text(schema, "title"))
            .col(optional_text(schema, "description"))
            .col(optional_text(schema, "url"))
            .col(optional_text(schema, "locale"))
            .col(optional_text(schema, "timezone"))
            .take();
        schema.create_table(site).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("site").take()).await
    }
}
