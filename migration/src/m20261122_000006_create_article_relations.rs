//! What joins articles to categories, authors and tags. Each repeats what listings are ordered by.

use crate::column::{big, boolean, index, integer, owned_by};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let category = joined("article_category", "category_id", "category")
            .col(boolean("is_leaf"))
            .col(integer("position"))
            .take();
        schema.create_table(category).await?;
        let author = joined("article_author", "author_id", "author").col(integer("position")).take();
        schema.create_table(author).await?;
        schema.create_table(joined("article_tag", "tag_id", "tag")).await?;
        for index in indexes() {
            schema.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("article_tag").take()).await?;
        schema.drop_table(Table::drop().table("article_author").take()).await?;
        schema.drop_table(Table::drop().table("article_category").take()).await
    }
}

fn joined(table: &'static str, key: &'static str, target: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(big(key))
        .col(big("article_id"))
        .col(boolean("is_draft"))
        .col(big("published_at"))
        .primary_key(Index::create().col(key).col("article_id"))
        .foreign_key(&mut owned_by(table, key, target))
        .foreign_key(&mut owned_by(table, "article_id", "article"))
        .take()
}

fn indexes() -> [IndexCreateStatement; 7] {
    [
        // The newest articles of a category with its descendants, of it alone, by an author, under a tag; then id.
        index(
            "article_category_listing",
            "article_category",
            &["category_id", "is_draft", "published_at", "article_id"],
        ),
        index(
            "article_category_leaf_listing",
            "article_category",
            &["category_id", "is_leaf", "is_draft", "published_at", "article_id"],
        ),
        index("article_author_listing", "article_author", &["author_id", "is_draft", "published_at", "article_id"]),
        index("article_tag_listing", "article_tag", &["tag_id", "is_draft", "published_at", "article_id"]),
        // What an article has.
        index("article_category_of", "article_category", &["article_id", "is_leaf", "position"]),
        index("article_author_of", "article_author", &["article_id", "position"]),
        index("article_tag_of", "article_tag", &["article_id"]),
    ]
}
