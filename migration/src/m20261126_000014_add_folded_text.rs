//! Text as it is compared without regard to its spelling, and what titles are ordered by. Filled by the program, which knows
//! how to fold, when it next opens the database.

use crate::column::{index, optional_text, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Table and column. Those of columns that may be null may be null.
const FOLDED: [(&str, &str); 14] = [
    ("article", "slug_folded"),
    ("article", "path_folded"),
    ("article", "title_folded"),
    ("article", "title_sort"),
    ("article", "title_pinyin"),
    ("article", "locale_folded"),
    ("author", "slug_folded"),
    ("author", "name_folded"),
    ("category", "slug_folded"),
    ("category", "name_folded"),
    ("category", "path_folded"),
    ("tag", "slug_folded"),
    ("tag", "name_folded"),
    ("image", "original_url_folded"),
];
const OPTIONAL: [(&str, &str); 2] = [("article", "source_url_folded"), ("image", "mime_type_folded")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in FOLDED {
            let column = text(schema, column).default("").take();
            schema.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        for (table, column) in OPTIONAL {
            let column = optional_text(schema, column);
            schema.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        for index in indexes() {
            schema.create_index(index).await?;
        }
        let folding = Table::create()
            .table("folding")
            .col(ColumnDef::new("id").integer().not_null().primary_key())
            .col(ColumnDef::new("version").integer().not_null())
            .take();
        schema.create_table(folding).await?;
        let none =
            Query::insert().into_table("folding").columns(["id", "version"]).values_panic([1.into(), 0.into()]).take();
        schema.get_connection().execute(&none).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("folding").take()).await?;
        for (name, ..) in INDEXES {
            schema.drop_index(Index::drop().name(name).table("article").to_owned()).await?;
        }
        for (table, column) in OPTIONAL.into_iter().chain(FOLDED) {
            schema.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

/// The articles of the site in every order but that of their publication, which has its index, and those of a language, newest
/// first.
const INDEXES: [(&str, &[&str]); 6] = [
    ("article_by_update", &["is_draft", "updated_at", "id"]),
    ("article_by_creation", &["is_draft", "created_at", "id"]),
    ("article_by_title", &["is_draft", "title_sort", "id"]),
    ("article_by_pinyin", &["is_draft", "title_pinyin", "id"]),
    ("article_by_word_count", &["is_draft", "word_count", "id"]),
    ("article_locale_listing", &["locale", "is_draft", "published_at", "id"]),
];

fn indexes() -> impl Iterator<Item = IndexCreateStatement> {
    INDEXES.into_iter().map(|(name, columns)| index(name, "article", columns))
}
