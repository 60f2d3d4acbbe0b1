//! The ids of an article's authors, categories and tags in its row, as JSON arrays: a list of articles reads no other table for them.

use crate::column::text;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Column, the rows that it is made of, their column with the id, and their order.
const LINKS: [(&str, &str, &str, &str); 3] = [
    ("author_ids", "article_author link", "link.author_id", "link.position"),
    ("category_ids", "article_category link", "link.category_id", "link.position"),
    ("tag_ids", "article_tag link JOIN tag ON tag.id = link.tag_id", "link.tag_id", "tag.name"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let joined = match schema.get_database_backend() {
            DbBackend::Postgres => "string_agg",
            _ => "group_concat",
        };
        for (column, rows, id, order) in LINKS {
            let column_of = text(schema, column).default("[]").take();
            schema.alter_table(Table::alter().table("article").add_column(column_of).take()).await?;
            // The ancestors of a category stand in the same table as it does.
            let rule = if column == "category_ids" { " AND link.is_leaf" } else { "" };
            let fill = format!(
                "UPDATE article SET {column} = '[' || coalesce((
                     SELECT {joined}(CAST({id} AS text), ',' ORDER BY {order}) FROM {rows}
                     WHERE link.article_id = article.id{rule}
                 ), '') || ']'"
            );
            schema.get_connection().execute_unprepared(&fill).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (column, ..) in LINKS {
            schema.alter_table(Table::alter().table("article").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
