//! How often the content has changed: one row, from 0.

use crate::column::big;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("content_generation")
            .col(ColumnDef::new("id").integer().not_null().primary_key())
            .col(big("generation"))
            .take();
        schema.create_table(table).await?;
        let first = Query::insert()
            .into_table("content_generation")
            .columns(["id", "generation"])
            .values_panic([1.into(), 0.into()])
            .take();
        schema.get_connection().execute(&first).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("content_generation").take()).await
    }
}
