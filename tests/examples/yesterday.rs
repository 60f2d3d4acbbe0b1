//! Writes `tests/databases/*.sql`: databases as the migrations before this one left them, filled by importing `tests/content/site` and
//! taking the later migrations back. They are what users have, so they are not written anew when the schema changes.

#![expect(clippy::expect_used, reason = "what can not be written fails")]

use migration::{Migrator, MigratorTrait};
use std::{env, fs, path::Path, process::Command};
use tests::{
    app::{self, NOW, TestClock},
    db::{TestDb, on_postgres, on_sqlite},
    seed,
};

/// The last one that is there.
const LAST: &str = "m20261123_000013";

async fn fill(db: &TestDb) {
    let site = camino::Utf8PathBuf::from_path_buf(env::temp_dir()).expect("it has a name in UTF-8").join("tide");
    copy(seed::content().join("site").as_std_path(), site.as_std_path());
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    seed::import(&app, &site).await;
    fs::remove_dir_all(site).expect("it was made here");
    app.db.connection().into_inner().close().await.expect("a connection can be closed");
    let names: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let later = names.iter().skip_while(|name| !name.starts_with(LAST)).count() - 1;
    let later = u32::try_from(later).expect("there are few");
    Migrator::down(db.connection(), Some(later)).await.expect("migrations can be taken back");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it is there") {
        let path = entry.expect("a folder can be listed").path();
        let place = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(&path, &place).expect("a file can be copied");
        }
    }
}

fn write(name: &str, lines: &[String]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("databases");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join(name), lines.join("\n") + "\n").expect("a file can be written");
}

async fn of_sqlite(db: &TestDb) -> Vec<String> {
    let of = |kind: &str| {
        format!(
            "SELECT name, sql FROM sqlite_master WHERE type {kind} AND name NOT LIKE 'sqlite_%' AND sql IS NOT NULL ORDER BY rowid"
        )
    };
    let tables: Vec<(String, String)> = db.rows(&of("= 'table'")).await;
    let mut lines: Vec<String> = tables.iter().map(|(_, sql)| format!("{sql};")).collect();
    for table in tables.iter().map(|(name, _)| name.as_str()).chain(["sqlite_sequence"]) {
        let columns: Vec<(String,)> = db.rows(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let values: Vec<String> = columns.iter().map(|(name,)| format!("quote(\"{name}\")")).collect();
        let rows: Vec<(String,)> = db.rows(&format!("SELECT {} FROM \"{table}\"", values.join(" || ', ' || "))).await;
        lines.extend(rows.into_iter().map(|(row,)| format!("INSERT INTO \"{table}\" VALUES ({row});")));
    }
    let others: Vec<(String, String)> = db.rows(&of("<> 'table'")).await;
    lines.extend(others.into_iter().map(|(_, sql)| format!("{sql};")));
    lines
}

fn of_postgres(db: &TestDb) -> Vec<String> {
    let dump = Command::new("pg_dump").args(["--inserts", "--no-owner", "--no-privileges", db.url()]).output();
    let dump = String::from_utf8(dump.expect("pg_dump is there").stdout).expect("text is UTF-8");
    // What only `psql` knows, and what only some versions know; lines of a text are not looked at.
    let noise = ["SET ", "\\", "--", "SELECT pg_catalog.set_config"];
    let mut is_text = false;
    let mut lines = Vec::new();
    for line in dump.lines() {
        let is_noise = line.is_empty() || noise.iter().any(|start| line.starts_with(start));
        if is_text || !is_noise {
            lines.push(line.to_owned());
        }
        is_text ^= line.matches('\'').count() % 2 == 1;
    }
    lines
}

fn main() {
    on_sqlite(|db| async move {
        fill(&db).await;
        write("before_folding_sqlite.sql", &of_sqlite(&db).await);
    });
    on_postgres(|db| async move {
        fill(&db).await;
        write("before_folding_postgres.sql", &of_postgres(&db));
    });
}
