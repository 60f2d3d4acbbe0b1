//! The history of the schema, never edited once released. Knows no entity: a migration that used today's would break
//! tomorrow.
//!
//! Rules of every table: sortable columns are NOT NULL; ids are 64-bit; instants are microseconds since 1970 in an integer;
//! text that is compared or ordered goes by code point on every database (see `column::text`).

mod column;
mod m20261122_000001_create_image;
mod m20261122_000002_create_author;
mod m20261122_000003_create_category;
mod m20261122_000004_create_tag;
mod m20261122_000005_create_article;
mod m20261122_000006_create_article_relations;
mod m20261122_000007_create_figure;
mod m20261122_000008_create_content_generation;
mod m20261123_000009_add_image_copy;
mod m20261123_000010_create_source_file;
mod m20261123_000011_create_site;
mod m20261123_000012_add_article_translation_key;
mod m20261123_000013_create_site_file;
mod m20261126_000014_add_folded_text;
mod m20261126_000015_cover_article_relations;
mod m20261126_000016_create_article_count;
mod m20261126_000017_create_search;
mod m20261127_000018_create_suggestion;
mod m20261127_000019_add_article_links;
mod m20261128_000020_notify_generation;
mod m20261128_000021_index_marked_figures;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_image::Migration),
            Box::new(m20261122_000002_create_author::Migration),
            Box::new(m20261122_000003_create_category::Migration),
            Box::new(m20261122_000004_create_tag::Migration),
            Box::new(m20261122_000005_create_article::Migration),
            Box::new(m20261122_000006_create_article_relations::Migration),
            Box::new(m20261122_000007_create_figure::Migration),
            Box::new(m20261122_000008_create_content_generation::Migration),
            Box::new(m20261123_000009_add_image_copy::Migration),
            Box::new(m20261123_000010_create_source_file::Migration),
            Box::new(m20261123_000011_create_site::Migration),
            Box::new(m20261123_000012_add_article_translation_key::Migration),
            Box::new(m20261123_000013_create_site_file::Migration),
            Box::new(m20261126_000014_add_folded_text::Migration),
            Box::new(m20261126_000015_cover_article_relations::Migration),
            Box::new(m20261126_000016_create_article_count::Migration),
            Box::new(m20261126_000017_create_search::Migration),
            Box::new(m20261127_000018_create_suggestion::Migration),
            Box::new(m20261127_000019_add_article_links::Migration),
            Box::new(m20261128_000020_notify_generation::Migration),
            Box::new(m20261128_000021_index_marked_figures::Migration),
        ]
    }
}
