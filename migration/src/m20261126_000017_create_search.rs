//! The index of the full-text search: an inverted index in ordinary rows, written in segments that do not change. Filled by the
//! program when it next opens the database.

use crate::column::{big, boolean, id, index, integer};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in [segment(), page(), document(), state()] {
            schema.create_table(table).await?;
        }
        let pages = index("search_page_key", "search_page", &["segment_id", "first_key"]).unique().take();
        schema.create_index(pages).await?;
        schema.create_index(index("search_document_segment", "search_document", &["segment_id"])).await?;
        if schema.get_database_backend() == DbBackend::Postgres {
            // What is packed already is not worth the time of packing it once more.
            let plain = "ALTER TABLE search_page ALTER COLUMN data SET STORAGE EXTERNAL";
            schema.get_connection().execute_unprepared(plain).await?;
        }
        let none = Query::insert()
            .into_table("search_state")
            .columns(["id", "version", "epoch", "is_complete"])
            .values_panic([1.into(), 0.into(), 0.into(), false.into()])
            .take();
        schema.get_connection().execute(&none).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in ["search_state", "search_document", "search_page", "search_segment"] {
            schema.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn segment() -> TableCreateStatement {
    Table::create()
        .table("search_segment")
        .col(id())
        .col(integer("epoch"))
        .col(integer("documents"))
        .col(binary("data").not_null())
        .col(binary("dead"))
        .take()
}

fn page() -> TableCreateStatement {
    Table::create()
        .table("search_page")
        .col(id())
        .col(big("segment_id"))
        .col(binary("first_key").not_null())
        .col(binary("last_key").not_null())
        .col(binary("data").not_null())
        .take()
}

fn document() -> TableCreateStatement {
    Table::create()
        .table("search_document")
        .col(big("article_id").primary_key())
        .col(big("segment_id"))
        .col(integer("number"))
        .take()
}

fn state() -> TableCreateStatement {
    Table::create()
        .table("search_state")
        .col(integer("id").primary_key())
        .col(integer("version"))
        .col(integer("epoch"))
        .col(boolean("is_complete"))
        .take()
}

fn binary(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary().take()
}
