//! Columns that mean the same on SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// An id that the database assigns.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").big_integer().not_null().auto_increment().primary_key().take()
}

/// A 64-bit id of another table, or an instant in microseconds.
pub fn big(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A count, a size or a position.
pub fn integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// True or false.
pub fn boolean(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// Text that is compared and ordered by code point. SQLite does so by itself; PostgreSQL would follow the locale that its
/// cluster happened to be made with.
pub fn text(schema: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = optional_text(schema, name);
    column.not_null().take()
}

/// As [`text`], or null.
pub fn optional_text(schema: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text();
    if schema.get_database_backend() == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column.take()
}

/// A reference that goes with the row it points at.
pub fn owned_by(table: &'static str, column: &'static str, owner: &'static str) -> ForeignKeyCreateStatement {
    reference(table, column, owner).on_delete(ForeignKeyAction::Cascade).take()
}

/// A reference to the `id` of another table.
pub fn reference(table: &'static str, column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{table}_{column}")).from(table, column).to(target, "id").take()
}

/// An index of these columns, in this order.
pub fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}
