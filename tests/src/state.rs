//! What a database holds: row by row as it stands ([`State::exact`]), or by names instead of the ids that were given out
//! ([`State::by_names`]), and whether it is sound ([`sound`]).

use crate::{
    app::{self, NOW, TestClock},
    db::TestDb,
};
use api::check;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeMap;

/// Rows by column, as text.
type Rows = Vec<BTreeMap<String, Option<String>>>;

/// Every table but that of the migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State(BTreeMap<String, Rows>);

/// Whose id stands in a column of this name.
const REFERENCES: [(&str, &str); 10] = [
    ("article_id", "article"),
    ("author_id", "author"),
    ("category_id", "category"),
    ("parent_id", "category"),
    ("ancestor_id", "category"),
    ("descendant_id", "category"),
    ("tag_id", "tag"),
    ("image_id", "image"),
    ("cover_id", "image"),
    ("avatar_id", "image"),
];

/// Whose ids stand in these, as a JSON array.
const LISTS: [(&str, &str); 3] = [("author_ids", "author"), ("category_ids", "category"), ("tag_ids", "tag")];

/// What each table of the site calls its rows.
const NAMES: [(&str, &str); 5] =
    [("article", "slug"), ("author", "slug"), ("category", "slug"), ("tag", "slug"), ("image", "original_url")];

/// What depends on how often and in which pieces something was written, not on what: none of it is content.
const BOOKKEEPING: [&str; 4] = ["content_generation", "search_page", "search_segment", "search_state"];

/// Columns of that kind.
const INCIDENTAL: [(&str, &str); 4] =
    [("figure", "id"), ("image", "created_at"), ("search_document", "segment_id"), ("search_document", "number")];

impl State {
    /// As it stands.
    pub async fn exact(db: &TestDb) -> Self {
        let mut tables = BTreeMap::new();
        for table in names_of_tables(db).await {
            let mut rows = rows(db, &table).await;
            rows.sort();
            tables.insert(table, rows);
        }
        Self(tables)
    }

    /// Without what two ways to the same content may leave behind.
    pub async fn by_names(db: &TestDb) -> Self {
        let exact = Self::exact(db).await;
        let names: BTreeMap<&str, BTreeMap<String, String>> =
            NAMES.iter().map(|(table, column)| (*table, exact.names(table, column))).collect();
        let mut tables = exact.0;
        tables.retain(|table, _| !BOOKKEEPING.contains(&table.as_str()));
        for (table, rows) in &mut tables {
            for row in rows.iter_mut() {
                named(table, row, &names);
            }
            rows.sort();
        }
        Self(tables)
    }

    /// Whether whoever watches the generation has been told of every change of the content up to this later state.
    #[must_use]
    pub fn is_told(&self, later: &Self) -> bool {
        let is_content = |table: &str| !BOOKKEEPING.contains(&table) && table != "site_file";
        let content = |state: &Self| -> BTreeMap<String, Rows> {
            state
                .0
                .iter()
                .filter(|(table, _)| is_content(table))
                .map(|(table, rows)| (table.clone(), rows.clone()))
                .collect()
        };
        content(self) == content(later) || self.rows("content_generation") != later.rows("content_generation")
    }

    /// Of a table's ids.
    fn names(&self, table: &str, column: &str) -> BTreeMap<String, String> {
        self.rows(table).iter().map(|row| (text(row, "id"), text(row, column))).collect()
    }

    fn rows(&self, table: &str) -> &Rows {
        self.0.get(table).unwrap_or_else(|| panic!("there is no table `{table}`"))
    }

    /// The first difference, for messages; empty where there is none.
    #[must_use]
    pub fn difference(&self, other: &Self) -> String {
        for (table, rows) in &self.0 {
            let others = other.rows(table);
            let gone = rows.iter().find(|row| !others.contains(row));
            let new = others.iter().find(|row| !rows.contains(row));
            if rows.len() != others.len() || gone.is_some() || new.is_some() {
                let (before, after) = (rows.len(), others.len());
                return format!("{table}: {before} rows, then {after}\nfirst only {gone:#?}\nthen only {new:#?}");
            }
        }
        String::new()
    }
}

fn named(table: &str, row: &mut BTreeMap<String, Option<String>>, names: &BTreeMap<&str, BTreeMap<String, String>>) {
    if NAMES.iter().any(|(named, _)| *named == table) {
        row.remove("id");
    }
    for (_, column) in INCIDENTAL.iter().filter(|(of, _)| *of == table) {
        row.remove(*column);
    }
    let name = |of: &str, id: &str| names[of].get(id).cloned().unwrap_or_else(|| format!("no {of} {id}"));
    for (column, of) in REFERENCES {
        if let Some(Some(id)) = row.get_mut(column) {
            *id = name(of, id);
        }
    }
    for (column, of) in LISTS {
        if let Some(Some(list)) = row.get_mut(column) {
            *list = ids(list).iter().map(|id| name(of, &id.to_string())).collect::<Vec<_>>().join("\n");
        }
    }
    let of = match table {
        "article_count" => owner_of_list(&text(row, "list")),
        "suggestion" => owner_of_kind(&text(row, "kind")),
        _ => None,
    };
    if let (Some(of), Some(Some(id))) = (of, row.get_mut("owner_id")) {
        *id = name(of, id);
    }
}

fn owner_of_list(list: &str) -> Option<&'static str> {
    match list {
        "category" | "category_alone" => Some("category"),
        "author" => Some("author"),
        "tag" => Some("tag"),
        _ => None,
    }
}

fn owner_of_kind(kind: &str) -> Option<&'static str> {
    ["category", "author", "tag", "article"].get(kind.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

fn ids(list: &str) -> Vec<i64> {
    serde_json::from_str(list).unwrap_or_else(|error| panic!("`{list}` is no list of ids: {error}"))
}

fn text(row: &BTreeMap<String, Option<String>>, column: &str) -> String {
    row.get(column).unwrap_or_else(|| panic!("there is no column `{column}`")).clone().unwrap_or_default()
}

async fn names_of_tables(db: &TestDb) -> Vec<String> {
    let sql = if db.is_postgres() {
        "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = 'public'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    };
    let rows: Vec<(String,)> = db.rows(sql).await;
    rows.into_iter().map(|(name,)| name).filter(|name| name != "seaql_migrations").collect()
}

async fn rows(db: &TestDb, table: &str) -> Rows {
    let sql = if db.is_postgres() {
        format!(
            "SELECT CAST(column_name AS text) FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name = '{table}'"
        )
    } else {
        format!("SELECT name FROM pragma_table_info('{table}')")
    };
    let columns: Vec<(String,)> = db.rows(&sql).await;
    let columns: Vec<String> = columns.into_iter().map(|(name,)| name).collect();
    let as_text = |column: &String| {
        if db.is_postgres() {
            format!("CAST(\"{column}\" AS text)")
        } else {
            format!("CASE typeof(\"{column}\") WHEN 'blob' THEN hex(\"{column}\") ELSE CAST(\"{column}\" AS text) END")
        }
    };
    let sql = format!("SELECT {} FROM {table}", columns.iter().map(as_text).collect::<Vec<_>>().join(", "));
    let found = db.connection().query_all_raw(Statement::from_string(db.backend(), &sql)).await;
    let found = found.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let value = |row: &sea_orm::QueryResult, at: usize| {
        row.try_get_by_index(at).unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    found
        .iter()
        .map(|row| columns.iter().enumerate().map(|(at, column)| (column.clone(), value(row, at))).collect())
        .collect()
}

/// What a database holds, put aside in it.
pub struct Kept<'a> {
    db: &'a TestDb,
    tables: Vec<String>,
}

impl<'a> Kept<'a> {
    /// All rows, and the last ids that were given out.
    pub async fn of(db: &'a TestDb) -> Self {
        let mut tables = names_of_tables(db).await;
        // Triggers count while rows are put back.
        tables.sort_by_key(|table| table == "article_count");
        if db.is_postgres() {
            db.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept").await;
            db.execute("CREATE TABLE kept.ids AS SELECT * FROM pg_sequences WHERE schemaname = 'public'").await;
        } else {
            let attached: Vec<(String,)> = db.rows("SELECT name FROM pragma_database_list WHERE name = 'kept'").await;
            if !attached.is_empty() {
                db.execute("DETACH kept").await;
            }
            db.execute("ATTACH ':memory:' AS kept").await;
            tables.push("sqlite_sequence".to_owned());
        }
        for table in &tables {
            db.execute(&format!("CREATE TABLE kept.{} AS SELECT * FROM {table}", aside(table))).await;
        }
        Self { db, tables }
    }

    /// As it was.
    pub async fn put_back(&self) {
        let rows =
            |table: &String| format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept.{};", aside(table));
        let rows: String = self.tables.iter().map(rows).collect();
        if self.db.is_postgres() {
            let ids = "SELECT setval(CAST(format('%I', sequencename) AS regclass), coalesce(last_value, 1), last_value IS NOT NULL) FROM kept.ids";
            self.db
                .execute(&format!("BEGIN; SET LOCAL session_replication_role = replica; {rows} {ids}; COMMIT"))
                .await;
        } else {
            self.db.execute(&format!("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; {rows} COMMIT")).await;
        }
    }
}

fn aside(table: &str) -> String {
    format!("rows_of_{table}")
}

/// That `masthead check` finds nothing.
pub async fn sound(db: &TestDb) {
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    let mut findings = Vec::new();
    let mut tell = |line: &str| findings.push(line.to_owned());
    check::run(&app, &mut tell).await.expect("the database answers");
    // What is left over is in nobody's way.
    findings.retain(|line| !line.starts_with("note: "));
    assert!(findings.is_empty(), "{findings:#?}");
}
