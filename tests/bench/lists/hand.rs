//! Statements written by hand, over the driver that the server uses.

use super::{content::Content, measure};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tokio::runtime::{Builder, Runtime};

/// 2026-11-22, when all that is made up is published.
const NOW: i64 = 1_795_305_600_000_000;
/// 2023 and 2024.
const FROM: i64 = 1_672_531_200_000_000;
const UNTIL: i64 = 1_735_689_599_999_999;

/// A database, and what runs its statements.
pub struct Hand {
    runtime: Runtime,
    connection: DatabaseConnection,
}

impl Hand {
    /// To a database that is there.
    pub fn connect(url: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false).test_before_acquire(false).map_sqlx_sqlite_opts(|sqlite| {
            sqlite.pragma("mmap_size", "268435456").pragma("cache_size", "-8192").pragma("temp_store", "MEMORY")
        });
        let connection = runtime.block_on(Database::connect(options)).expect("the database answers");
        Self { runtime, connection }
    }

    /// Where it is missing.
    pub fn create_database(server: &str, name: &str) {
        let hand = Self::connect(server);
        if hand.number(&format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'")) == 0 {
            hand.runtime
                .block_on(hand.connection.execute_unprepared(&format!("CREATE DATABASE {name}")))
                .expect("it can be made");
        }
    }

    /// Runs a statement and reads all rows.
    pub fn run(&self, sql: &str) {
        let _ = self.rows(sql);
    }

    /// The one number that a statement gives.
    pub fn number(&self, sql: &str) -> i64 {
        self.rows(sql)[0].try_get_by_index(0).expect("a number")
    }

    fn rows(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.connection.get_database_backend(), sql);
        self.runtime.block_on(self.connection.query_all_raw(statement)).expect("the statement runs")
    }

    /// Of all ways to ask for a folded title, dates and three authors that we know, the fastest here.
    pub fn best_filter(&self, content: &Content, title: &str) -> String {
        let is_postgres = self.connection.get_database_backend() == DbBackend::Postgres;
        let found = if is_postgres {
            format!("strpos(a.title_folded, '{title}') > 0")
        } else {
            format!("instr(a.title_folded, '{title}') > 0")
        };
        let like = format!("a.title_folded LIKE '%{title}%'");
        let ids: Vec<String> = content.authors.iter().map(|id| number(id).to_string()).collect();
        let mut ways = Vec::new();
        for title in [&found, &like] {
            ways.push(collected(title, &ids));
            ways.push(merged(title, &ids));
            ways.push(walked(title, &ids));
        }
        let timed = |sql: &String| measure::median((0..5).map(|_| measure::time(&mut || self.run(sql))).collect());
        let best = ways.into_iter().map(|sql| (timed(&sql), sql)).min_by(|one, other| one.0.total_cmp(&other.0));
        best.expect("there are some").1
    }

    /// How often each tag stands in the largest category.
    pub fn group_by(&self, content: &Content) -> String {
        let category = self.number(&format!("SELECT id FROM category WHERE slug = '{}'", content.root));
        format!(
            "SELECT t.tag_id, count(*) FROM article_category c JOIN article_tag t ON t.article_id = c.article_id
              WHERE c.category_id = {category} AND c.is_draft = false AND c.published_at <= {NOW}
              GROUP BY t.tag_id ORDER BY 2 DESC LIMIT 50"
        )
    }
}

/// All articles of the authors, then sorted.
fn collected(title: &str, ids: &[String]) -> String {
    format!(
        "SELECT DISTINCT a.id, a.published_at, a.title FROM article_author w JOIN article a ON a.id = w.article_id
          WHERE w.author_id IN ({}) AND w.is_draft = false AND w.published_at BETWEEN {FROM} AND {UNTIL} AND {title}
          ORDER BY a.published_at DESC, a.id DESC LIMIT 21",
        ids.join(", ")
    )
}

/// The newest of each author, then the newest of these.
fn merged(title: &str, ids: &[String]) -> String {
    let of = |id: &String| {
        format!(
            "SELECT * FROM (SELECT a.id, a.published_at, a.title FROM article_author w JOIN article a ON a.id = w.article_id
              WHERE w.author_id = {id} AND w.is_draft = false AND w.published_at BETWEEN {FROM} AND {UNTIL} AND {title}
              ORDER BY w.published_at DESC, w.article_id DESC LIMIT 21) AS w{id}"
        )
    };
    let parts: Vec<String> = ids.iter().map(of).collect();
    format!("SELECT * FROM ({}) AS merged ORDER BY published_at DESC, id DESC LIMIT 21", parts.join(" UNION "))
}

/// The newest of the site, until enough are found.
fn walked(title: &str, ids: &[String]) -> String {
    format!(
        "SELECT a.id, a.published_at, a.title FROM article a
          WHERE a.is_draft = false AND a.published_at BETWEEN {FROM} AND {UNTIL} AND {title}
            AND EXISTS (SELECT 1 FROM article_author w WHERE w.article_id = a.id AND w.author_id IN ({}))
          ORDER BY a.published_at DESC, a.id DESC LIMIT 21",
        ids.join(", ")
    )
}

/// The number in a global id.
fn number(id: &str) -> i64 {
    api::graphql::id::Kind::Author.number(id).expect("an author's id")
}
