//! What lists cost at two sizes of a database: medians of one run, in which both sizes take turns.
//!
//! ```sh
//! cargo build --release && cargo bench --package tests --bench lists
//! ```
//!
//! Made-up content of 300 bytes an article is made where it is missing, in `target/bench` and in two databases of PostgreSQL
//! (`MASTHEAD_TEST_POSTGRES`, by default the local one), and kept for the next run. The large sizes are
//! `MASTHEAD_BENCH_SQLITE` (1,000,000) and `MASTHEAD_BENCH_POSTGRES` (300,000). It prints the tables of `docs/performance.md`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark that can not go on ends; what it finds is printed"
)]

mod content;
mod hand;
mod measure;

use content::Content;
use measure::{Table, Timed, together};
use serde_json::{Value, json};

/// What a front page shows of each article.
const PAGE: &str =
    "nodes { title path publishedAt authors { name } categories { names } cover { caption image { url } } }";

fn main() {
    for (database, small, large) in [
        ("SQLite", Content::sqlite(10_000), Content::sqlite(content::size("MASTHEAD_BENCH_SQLITE", 1_000_000))),
        ("PostgreSQL", Content::postgres(10_000), Content::postgres(content::size("MASTHEAD_BENCH_POSTGRES", 300_000))),
    ] {
        println!("\n### {database}: {} and {} articles\n", small.articles, large.articles);
        let mut table = Table::new(&small, &large);
        categories(&mut table);
        lookups(&mut table);
        orders(&mut table);
        table.print();
        println!();
        within(&large);
    }
}

/// The newest of the largest root category and of a rare one.
fn categories(table: &mut Table<'_>) {
    let root = |content: &Content| json!({ "slug": content.root });
    let rare = |content: &Content| json!({ "slug": content.rare });
    let listed =
        format!("query($slug: String) {{ articles(first: 20, where: {{inCategory: {{slug: $slug}}}}) {{ {PAGE} }} }}");
    let nested =
        format!("query($slug: String!) {{ category(by: {{slug: $slug}}) {{ articles(first: 20) {{ {PAGE} }} }} }}");
    table.row("newest 20 of a root category with all below it", &listed, root);
    table.row("the same as the category's own list", &nested, root);
    table.row("newest 20 of a rare category", &listed, rare);
    table.row("the same as the category's own list", &nested, rare);
}

/// One article, and pages of the whole site.
fn lookups(table: &mut Table<'_>) {
    for (by, ty) in [("slug", "String"), ("path", "String"), ("id", "ID")] {
        let query =
            format!("query($by: {ty}) {{ article(by: {{{by}: $by}}) {{ title publishedAt body {{ html }} }} }}");
        table.row(&format!("an article by {by}"), &query, |content| json!({ "by": content.article[by] }));
    }
}

fn orders(table: &mut Table<'_>) {
    let neighbours = "{ articles(last: 20) { nodes { title older { title } newer { title } } } }";
    table.row("the oldest 20, each with its neighbours", neighbours, |_| json!({}));
    for field in ["TITLE", "TITLE_PINYIN", "WORD_COUNT", "UPDATED_AT"] {
        let query = format!("{{ articles(first: 20, orderBy: [{{field: {field}, direction: ASC}}]) {{ {PAGE} }} }}");
        table.row(&format!("first 20 by {field}"), &query, |_| json!({}));
    }
}

/// What is compared within the large size.
fn within(large: &Content) {
    let mut rows = Vec::new();
    let site =
        format!("query($after: String) {{ articles(first: 20, after: $after) {{ pageInfo {{ endCursor }} {PAGE} }} }}");
    let deep = large.cursor_behind(100_000.min(large.articles / 2));
    rows.push((
        "the page behind the 100,000th row, against the first page",
        together(|| large.ask(&site, &json!({ "after": deep })), || large.ask(&site, &Value::Null)),
    ));
    for (what, slug) in [
        ("a page of a root category with its total, against without", &large.root),
        ("a page of a rare category with its total, against without", &large.rare),
    ] {
        let page = |total: &str| {
            format!(
                "query($slug: String) {{ articles(first: 20, where: {{inCategory: {{slug: $slug}}}}) {{ {total} {PAGE} }} }}"
            )
        };
        let (with, without) = (page("totalCount"), page(""));
        let slug = json!({ "slug": slug });
        rows.push((what, together(|| large.ask(&with, &slug), || large.ask(&without, &slug))));
    }
    rows.extend(against_hand(large));
    println!("| within {} articles | ms | against | ratio |\n| --- | ---: | ---: | ---: |", large.articles);
    for (what, Timed { first, second }) in rows {
        println!("| {what} | {first:.2} | {second:.2} | {:.2} |", first / second);
    }
}

/// What the API answers, against the best statement written by hand.
fn against_hand(large: &Content) -> Vec<(&'static str, Timed)> {
    let filter = |title: &str| {
        json!({
            "where": {
                "title": { "contains": title, "fold": "LOOSE" },
                "publishedAt": { "gte": "2023-01-01T00:00:00Z", "lt": "2025-01-01T00:00:00Z" },
                "authors": { "some": { "id": { "in": large.authors } } },
            }
        })
    };
    let list = "query($where: ArticleWhere) { articles(first: 20, where: $where) { nodes { title } } }";
    let (frequent, missing) = (filter("燈塔"), filter("航空母艦"));
    let (by_hand_frequent, by_hand_missing) =
        (large.hand.best_filter(large, "灯塔"), large.hand.best_filter(large, "航空母舰"));
    let mut rows = vec![
        (
            "folded title, dates and three authors, against the best by hand",
            together(|| large.ask(list, &frequent), || large.hand.run(&by_hand_frequent)),
        ),
        (
            "the same with a title that there is not",
            together(|| large.ask(list, &missing), || large.hand.run(&by_hand_missing)),
        ),
    ];
    let group = large.hand.group_by(large);
    for (what, facet) in [
        ("facet categories of a root category, against one `GROUP BY` by hand", "categories { count node { name } }"),
        ("facet authors", "authors { count node { name } }"),
        ("facet tags", "tags { count node { name } }"),
        ("facet locales", "locales { locale count }"),
        ("facet years with months", "years { year count months { month count } }"),
        (
            "all five facets at once",
            "categories { count node { name } } authors { count node { name } } tags { count node { name } } locales { locale count } years { year count months { month count } }",
        ),
    ] {
        let query = format!(
            "query($slug: String!) {{ category(by: {{slug: $slug}}) {{ articles(first: 0) {{ facets {{ {facet} }} }} }} }}"
        );
        let slug = json!({ "slug": large.root });
        rows.push((what, measure::few(|| large.ask(&query, &slug), || large.hand.run(&group))));
    }
    let all = "categories { count node { name } } authors { count node { name } } tags { count node { name } } locales { locale count } years { year count months { month count } }";
    let query = format!(
        "query($slug: String!) {{ articles(first: 0, where: {{inCategory: {{slug: $slug}}}}) {{ facets {{ {all} }} }} }}"
    );
    let slug = json!({ "slug": large.root });
    let asked = measure::few(|| large.ask(&query, &slug), || large.hand.run(&group));
    rows.push(("all five at once under `where: {inCategory: …}`, which counts all categories", asked));
    rows
}
