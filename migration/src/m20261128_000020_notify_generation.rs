//! Whoever listens hears at once that the content has changed, whoever changed it. SQLite has no such thing; there the file is
//! looked at.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is told goes out when its transaction is committed. An engine without `NOTIFY` goes without.
const UP: [&str; 2] = [
    "CREATE FUNCTION notify_generation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       PERFORM pg_notify('masthead_generation', NEW.generation::text);
       RETURN NULL;
     EXCEPTION WHEN undefined_function OR feature_not_supported THEN
       RETURN NULL;
     END $$",
    "CREATE TRIGGER notify_generation AFTER UPDATE ON content_generation
     FOR EACH ROW EXECUTE FUNCTION notify_generation()",
];

const DOWN: [&str; 2] = ["DROP TRIGGER notify_generation ON content_generation", "DROP FUNCTION notify_generation()"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(schema, UP).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(schema, DOWN).await
    }
}

async fn on_postgres(schema: &SchemaManager<'_>, statements: [&str; 2]) -> Result<(), DbErr> {
    if schema.get_database_backend() == DbBackend::Postgres {
        for statement in statements {
            schema.get_connection().execute_unprepared(statement).await?;
        }
    }
    Ok(())
}
