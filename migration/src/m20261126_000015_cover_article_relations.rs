//! What an article has is read from the index alone: its last column is what is looked for.

use crate::column::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Table, the index that covers, the one before it, and the columns, of which the last one is new.
const INDEXES: [(&str, &str, &str, &[&str]); 3] = [
    (
        "article_category",
        "categories_of_article",
        "article_category_of",
        &["article_id", "is_leaf", "position", "category_id"],
    ),
    ("article_author", "authors_of_article", "article_author_of", &["article_id", "position", "author_id"]),
    ("article_tag", "tags_of_article", "article_tag_of", &["article_id", "tag_id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, covering, before, columns) in INDEXES {
            schema.create_index(index(covering, table, columns)).await?;
            schema.drop_index(Index::drop().name(before).table(table).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, covering, before, columns) in INDEXES {
            let columns = columns.split_last().map_or(columns, |(_, first)| first);
            schema.create_index(index(before, table, columns)).await?;
            schema.drop_index(Index::drop().name(covering).table(table).to_owned()).await?;
        }
        Ok(())
    }
}
