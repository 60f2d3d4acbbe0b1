//! The schema of the database: migrations go up, down and up again, and what is there then is what the entities say.

use entity::{
    article, article_author, article_category, article_count, article_tag, author, body, category, category_closure,
    content_generation, earlier_path, figure, folding, image, search_document, search_page, search_segment,
    search_state, site, site_file, source_file, suggestion, tag,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable};
use std::{collections::BTreeSet, fs};
use tests::{app::TestApp, db::TestDb, seed::Seed};

/// Table, column, and whether it may be null.
type Column = (String, String, bool);

fn columns_of<E: EntityTrait>(entity: E) -> Vec<Column> {
    let table = entity.table_name().to_owned();
    let column = |column: E::Column| (table.clone(), column.as_str().to_owned(), column.def().is_null());
    E::Column::iter().map(column).collect()
}

/// As the entities have them.
fn expected() -> BTreeSet<Column> {
    [
        columns_of(article::Entity),
        columns_of(article_author::Entity),
        columns_of(article_category::Entity),
        columns_of(article_count::Entity),
        columns_of(article_tag::Entity),
        columns_of(author::Entity),
        columns_of(body::Entity),
        columns_of(category::Entity),
        columns_of(category_closure::Entity),
        columns_of(content_generation::Entity),
        columns_of(earlier_path::Entity),
        columns_of(figure::Entity),
        columns_of(folding::Entity),
        columns_of(image::Entity),
        columns_of(search_document::Entity),
        columns_of(search_page::Entity),
        columns_of(search_segment::Entity),
        columns_of(search_state::Entity),
        columns_of(site::Entity),
        columns_of(site_file::Entity),
        columns_of(source_file::Entity),
        columns_of(suggestion::Entity),
        columns_of(tag::Entity),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// As the database's own catalogue has them.
async fn found(db: &TestDb) -> BTreeSet<Column> {
    let rows: Vec<(String, String, bool)> = if db.is_postgres() {
        db.rows(
            "SELECT CAST(table_name AS text), CAST(column_name AS text), is_nullable = 'YES' FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'",
        )
        .await
    } else {
        // SQLite lets the primary key of a table be null unless it is declared otherwise; an id is a row's number.
        db.rows(
            "SELECT t.name, c.name, c.\"notnull\" = 0 AND NOT (c.pk > 0 AND c.type LIKE '%int%') FROM sqlite_master t, pragma_table_info(t.name) c
              WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'seaql_migrations'",
        )
        .await
    };
    rows.into_iter().collect()
}

/// Those that a later migration replaces.
const REPLACED: [&str; 3] = ["article_author_of", "article_category_of", "article_tag_of"];

/// The names that the migrations give to indexes.
fn named_indexes() -> BTreeSet<String> {
    let folder = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../migration/src");
    let mut names = BTreeSet::new();
    for file in folder.read_dir_utf8().unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for piece in text.split("index(").skip(1) {
            if let Some(name) = piece.trim_start().strip_prefix('"') {
                let name = name.split('"').next().unwrap();
                names.extend((!REPLACED.contains(&name)).then(|| name.to_owned()));
            }
        }
    }
    names
}

async fn indexes(db: &TestDb) -> BTreeSet<String> {
    let sql = if db.is_postgres() {
        "SELECT CAST(indexname AS text) FROM pg_indexes WHERE schemaname = 'public'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'index'"
    };
    let rows: Vec<(String,)> = db.rows(sql).await;
    rows.into_iter().map(|(name,)| name).collect()
}

tests::on_both_databases! {
    async fn up_down_and_up_again_ends_where_it_began(db: TestDb) {
        let (before, indexed) = (found(&db).await, indexes(&db).await);
        assert!(!before.is_empty());
        Migrator::down(db.connection(), None).await.unwrap();
        assert_eq!(found(&db).await, BTreeSet::new(), "nothing is left below");
        Migrator::up(db.connection(), None).await.unwrap();
        assert_eq!(found(&db).await, before);
        assert_eq!(indexes(&db).await, indexed);
        assert_eq!(db.number("SELECT generation FROM content_generation").await, 0);
        // And it can be used.
        let app = TestApp::seeded(db, Seed::Content).await;
        assert_eq!(app.query("{ articles { totalCount } }", serde_json::json!({}))["articles"]["totalCount"], 10);
    }

    async fn every_step_down_can_be_taken_with_content(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        for _ in Migrator::migrations() {
            Migrator::down(db.connection(), Some(1)).await.unwrap();
        }
        assert_eq!(found(&db).await, BTreeSet::new());
    }

    async fn migrating_twice_does_nothing(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        Migrator::up(db.connection(), None).await.unwrap();
        assert_eq!(db.number("SELECT count(*) FROM article").await, 13);
    }

    async fn the_tables_are_what_the_entities_say(db: TestDb) {
        let (found, expected) = (found(&db).await, expected());
        let missing: Vec<_> = expected.difference(&found).collect();
        let more: Vec<_> = found.difference(&expected).collect();
        assert!(missing.is_empty() && more.is_empty(), "only in the entities: {missing:#?}\nonly in the database: {more:#?}");
    }

    async fn every_index_that_a_migration_names_is_there(db: TestDb) {
        let (named, there) = (named_indexes(), indexes(&db).await);
        assert!(named.len() >= 15, "{named:?}");
        let missing: Vec<_> = named.difference(&there).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// Compared and ordered text goes by code point, whatever locale a cluster was made with.
    async fn text_is_ordered_by_code_point(db: TestDb) {
        if db.is_postgres() {
            let other: Vec<(String, String)> = db.rows(
                "SELECT CAST(table_name AS text), CAST(column_name AS text) FROM information_schema.columns
                  WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' AND data_type IN ('text', 'character varying')
                    AND collation_name IS DISTINCT FROM 'C'",
            ).await;
            assert_eq!(other, [], "these follow the cluster's locale");
        }
        let names = ["a", "B", "Z", "z", "É", "中", "_", "ß", "𠮷", "ｱ"];
        for (number, name) in names.iter().enumerate() {
            db.execute(&format!("INSERT INTO tag (slug, path, name) VALUES ('{number}', '/{number}', '{name}')")).await;
        }
        let ordered: Vec<(String,)> = db.rows("SELECT name FROM tag ORDER BY name").await;
        let mut by_code_point = names.map(str::to_owned).to_vec();
        by_code_point.sort_unstable();
        assert_eq!(ordered.into_iter().map(|(name,)| name).collect::<Vec<_>>(), by_code_point);
    }

    async fn what_belongs_to_an_article_goes_with_it(db: TestDb) {
        tests::seed::plant(&db, Seed::Content).await;
        db.execute("DELETE FROM article").await;
        for table in ["body", "figure", "article_author", "article_category", "article_tag", "earlier_path"] {
            assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
        assert!(db.number("SELECT count(*) FROM image").await > 0);
    }

    async fn a_row_can_not_refer_to_nothing(db: TestDb) {
        use sea_orm::ConnectionTrait;
        tests::seed::plant(&db, Seed::Content).await;
        for sql in [
            "INSERT INTO body (article_id, html, markdown, text, headings) VALUES (999, '', '', '', '[]')",
            "INSERT INTO article_tag (tag_id, article_id, is_draft, published_at) VALUES (1, 999, false, 0)",
            "UPDATE author SET avatar_id = 999",
            "DELETE FROM image",
        ] {
            assert!(db.connection().execute_unprepared(sql).await.is_err(), "{sql}");
        }
    }
}
