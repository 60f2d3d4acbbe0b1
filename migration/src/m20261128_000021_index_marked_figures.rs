//! Covers and thumbnails of articles, found without looking at all of their figures.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        // A statement uses it where it asks in the same words.
        let create = "CREATE INDEX figure_marked ON figure (article_id, position) WHERE is_cover OR is_thumbnail";
        schema.get_connection().execute_unprepared(create).await.map(drop)
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_index(Index::drop().name("figure_marked").table("figure").to_owned()).await
    }
}
