//! What an article has is read from the index alone: its last column is what is looked for.

use crate::column::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, table, and the columns: the last one is new.
const INDEXES: [(&str, &str, &[&str]); 3] = [
    ("article_category_of", "article_category", &["article_id", "is_leaf", "position", "category_id"]),
    ("article_author_of", "article_author", &["article_id", "position", "author_id"]),
    ("article_tag_of", "article_tag", &["article_id", "tag_id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in INDEXES {
            replace(schema, name, table, columns).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in INDEXES {
            let before = columns.split_last().map_or(columns, |(_, before)| before);
            replace(schema, name, table, before).await?;
        }
        Ok(())
    }
}

async fn replace(
    schema: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    schema.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
    schema.create_index(index(name, table, columns)).await
}
