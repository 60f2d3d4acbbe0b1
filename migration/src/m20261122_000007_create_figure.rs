//! Images as they stand in articles.

use crate::column::{big, boolean, id, index, integer, optional_text, owned_by, reference, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let figure = Table::create()
            .table("figure")
            .col(id())
            .col(big("article_id"))
            .col(integer("position"))
            .col(big("image_id"))
            .col(text(schema, "alt"))
            .col(optional_text(schema, "caption"))
            .col(optional_text(schema, "credit"))
            .col(boolean("is_cover"))
            .col(boolean("is_thumbnail"))
            .col(boolean("is_draft"))
            .col(big("published_at"))
            .foreign_key(&mut owned_by("figure", "article_id", "article"))
            .foreign_key(&mut reference("figure", "image_id", "image"))
            .take();
        schema.create_table(figure).await?;
        // The figures of an article, in reading order.
        let place = index("figure_place", "figure", &["article_id", "position"]).unique().take();
        schema.create_index(place).await?;
        // The newest articles that show an image, then id.
        let listing = index("figure_listing", "figure", &["image_id", "is_draft", "published_at", "article_id"]);
        schema.create_index(listing).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("figure").take()).await
    }
}
