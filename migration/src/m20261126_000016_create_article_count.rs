//! How many articles that are no drafts stand in each list: kept by triggers, so that it is right whoever writes.

use crate::column::{big, text};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A list that is counted, the table whose rows stand in it, whose list it is, which rows count, and what that depends on.
struct Counted {
    list: &'static str,
    table: &'static str,
    owner: &'static str,
    rows: &'static str,
    columns: &'static str,
}

/// The site has one list, whose owner is 0.
const LISTS: [Counted; 5] = [
    Counted { list: "site", table: "article", owner: "0", rows: "NOT {row}.is_draft", columns: "is_draft" },
    Counted {
        list: "category",
        table: "article_category",
        owner: "{row}.category_id",
        rows: "NOT {row}.is_draft",
        columns: "category_id, is_draft",
    },
    Counted {
        list: "category_alone",
        table: "article_category",
        owner: "{row}.category_id",
        rows: "NOT {row}.is_draft AND {row}.is_leaf",
        columns: "category_id, is_draft, is_leaf",
    },
    Counted {
        list: "author",
        table: "article_author",
        owner: "{row}.author_id",
        rows: "NOT {row}.is_draft",
        columns: "author_id, is_draft",
    },
    Counted {
        list: "tag",
        table: "article_tag",
        owner: "{row}.tag_id",
        rows: "NOT {row}.is_draft",
        columns: "tag_id, is_draft",
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("article_count")
            .col(text(schema, "list"))
            .col(big("owner_id"))
            .col(big("ready"))
            .primary_key(Index::create().col("list").col("owner_id"))
            .take();
        schema.create_table(table).await?;
        let connection = schema.get_connection();
        for counted in &LISTS {
            let (owner, rows) = (counted.owner.replace("{row}", "r"), counted.rows.replace("{row}", "r"));
            let (list, table) = (counted.list, counted.table);
            // Grouped by its number: a constant can not be named there.
            let fill = format!(
                "INSERT INTO article_count (list, owner_id, ready)
                 SELECT '{list}', {owner}, count(*) FROM {table} r WHERE {rows} GROUP BY 2"
            );
            connection.execute_unprepared(&fill).await?;
            for statement in triggers(counted, schema.get_database_backend()) {
                connection.execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let connection = schema.get_connection();
        let is_postgres = schema.get_database_backend() == DbBackend::Postgres;
        for Counted { list, table, .. } in &LISTS {
            for event in ["insert", "update", "delete", "truncate"] {
                let name = format!("count_{list}_{event}");
                if is_postgres {
                    connection.execute_unprepared(&format!("DROP TRIGGER {name} ON {table}")).await?;
                    connection.execute_unprepared(&format!("DROP FUNCTION {name}()")).await?;
                } else if event != "truncate" {
                    connection.execute_unprepared(&format!("DROP TRIGGER {name}")).await?;
                }
            }
        }
        schema.drop_table(Table::drop().table("article_count").take()).await
    }
}

fn triggers(counted: &Counted, backend: DbBackend) -> Vec<String> {
    let events: [(&str, &[(&str, &str)]); 3] =
        [("insert", &[("new", "+")]), ("update", &[("old", "-"), ("new", "+")]), ("delete", &[("old", "-")])];
    let of_events = events.into_iter().flat_map(|(event, changes)| match backend {
        DbBackend::Postgres => of_postgres(counted, event, changes),
        _ => vec![of_sqlite(counted, event, changes)],
    });
    let of_truncation = (backend == DbBackend::Postgres).then(|| truncated(counted));
    of_events.chain(of_truncation.into_iter().flatten()).collect()
}

/// Emptying a table at once is no deletion of its rows to PostgreSQL.
fn truncated(Counted { list, table, .. }: &Counted) -> [String; 2] {
    let name = format!("count_{list}_truncate");
    [
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
               DELETE FROM article_count WHERE list = '{list}';
               RETURN NULL;
             END $$"
        ),
        format!("CREATE TRIGGER {name} AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"),
    ]
}

/// A trigger for each row; SQLite has no other.
fn of_sqlite(counted: &Counted, event: &str, changes: &[(&str, &str)]) -> String {
    let Counted { list, table, owner, rows, columns } = counted;
    let change = |(row, sign): &(&str, &str)| {
        let (owner, rows) = (owner.replace("{row}", row), rows.replace("{row}", row));
        format!(
            "INSERT INTO article_count (list, owner_id, ready) SELECT '{list}', {owner}, {sign}1 WHERE {rows}
             ON CONFLICT (list, owner_id) DO UPDATE SET ready = ready + excluded.ready;"
        )
    };
    let changes: String = changes.iter().map(change).collect();
    let event_of = if event == "update" { format!("UPDATE OF {columns}") } else { event.to_owned() };
    format!("CREATE TRIGGER count_{list}_{event} AFTER {event_of} ON {table} BEGIN {changes} END")
}

/// A trigger for each statement: a row of this table that changed for each of a thousand would be a thousand dead rows.
fn of_postgres(counted: &Counted, event: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let Counted { list, table, owner, rows, .. } = counted;
    let name = format!("count_{list}_{event}");
    let selects: Vec<String> = changes
        .iter()
        .map(|(rows_of, sign)| {
            let (owner, rows) = (owner.replace("{row}", "r"), rows.replace("{row}", "r"));
            format!("SELECT CAST({owner} AS bigint) AS owner_id, {sign}1 AS change FROM {rows_of}_rows r WHERE {rows}")
        })
        .collect();
    let transitions: Vec<String> =
        changes.iter().map(|(rows_of, _)| format!("{rows_of} TABLE AS {rows_of}_rows")).collect();
    let (selects, transitions) = (selects.join(" UNION ALL "), transitions.join(" "));
    vec![
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
               INSERT INTO article_count AS kept (list, owner_id, ready)
               SELECT '{list}', owner_id, sum(change) FROM ({selects}) changes
                GROUP BY owner_id HAVING sum(change) <> 0 ORDER BY owner_id
               ON CONFLICT (list, owner_id) DO UPDATE SET ready = kept.ready + excluded.ready;
               RETURN NULL;
             END $$"
        ),
        format!(
            "CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {transitions}
             FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        ),
    ]
}
