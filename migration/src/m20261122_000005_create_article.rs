//! Articles, their bodies and the paths they had.

use crate::column::{big, boolean, id, index, integer, optional_text, owned_by, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.create_table(article(schema)).await?;
        // Serves the newest articles of all, then id.
        let listing = index("article_listing", "article", &["is_draft", "published_at", "id"]);
        schema.create_index(listing).await?;
        schema.create_index(index("article_source_url", "article", &["source_url"])).await?;
        // A file is one article.
        let source = index("article_source", "article", &["source_path", "source_root"]).unique().take();
        schema.create_index(source).await?;

        let body = Table::create()
            .table("body")
            .col(ColumnDef::new("article_id").big_integer().not_null().primary_key())
            .col(text(schema, "html"))
            .col(text(schema, "markdown"))
            .col(text(schema, "text"))
            .col(text(schema, "headings"))
            .foreign_key(&mut owned_by("body", "article_id", "article"))
            .take();
        schema.create_table(body).await?;

        let earlier_path = Table::create()
            .table("earlier_path")
            .col(text(schema, "path").primary_key())
            .col(big("article_id"))
            .foreign_key(&mut owned_by("earlier_path", "article_id", "article"))
            .take();
        schema.create_table(earlier_path).await?;
        schema.create_index(index("earlier_path_article", "earlier_path", &["article_id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("earlier_path").take()).await?;
        schema.drop_table(Table::drop().table("body").take()).await?;
        schema.drop_table(Table::drop().table("article").take()).await
    }
}

fn article(schema: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("article")
        .col(id())
        .col(text(schema, "slug").unique_key())
        .col(text(schema, "path").unique_key())
        .col(text(schema, "title"))
        .col(optional_text(schema, "excerpt"))
        .col(text(schema, "opening"))
        .col(text(schema, "locale"))
        .col(boolean("is_draft"))
        .col(big("published_at"))
        .col(big("created_at"))
        .col(big("updated_at"))
        .col(boolean("comments_enabled"))
        .col(optional_text(schema, "source_url"))
        .col(integer("word_count"))
        .col(integer("version"))
        .col(text(schema, "extra"))
        .col(optional_text(schema, "source_root"))
        .col(optional_text(schema, "source_path"))
        .col(optional_text(schema, "source_digest"))
        .take()
}
