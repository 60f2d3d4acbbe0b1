//! Any question that the schema knows, with filters, orders, pages and searches of any kind: its SQL.

use super::{
    operation::Operation,
    site::{self, Site},
    sql,
};

/// Asks a site on SQLite.
pub fn run(data: &[u8]) {
    site::on_site(async |site| ask(site, data).await);
}

/// Asks this site, as everyone and as a preview reader.
pub async fn ask(site: &Site, data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let Operation { query, variables } = Operation::of(data);
    let (_, statements) = site.ask(&query, &variables, first % 4 == 3).await;
    for statement in &statements {
        if let Err(wrong) = sql::check(statement) {
            panic!("{wrong}: {}\n{query}\n{variables}", statement.sql);
        }
    }
}
