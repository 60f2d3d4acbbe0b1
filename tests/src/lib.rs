//! The harness of the integration suite: fresh databases ([`db`]), the real server with a client ([`app`]), content
//! ([`seed`]), the real program ([`program`]), as a server too ([`serving`]) under load ([`load`]), a PostgreSQL to be broken ([`cluster`])
//! and what lies before it ([`proxy`]), statements that fail ([`fault`]) and what a database holds then ([`state`]), cases as files
//! ([`case`]) and what of the schema they show ([`coverage`]), what attacks pages ([`vectors`]), what HTML may be served ([`inert`]),
//! what holds for any bytes ([`fuzz`]) and how well searches are answered ([`judged`]).
//!
//! Nothing here tests anything; what does stands in `suite/`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a harness that can not go on fails the test that uses it"
)]

pub mod app;
pub mod base64;
pub mod case;
pub mod cluster;
pub mod coverage;
pub mod db;
pub mod fault;
pub mod fuzz;
pub mod inert;
pub mod judged;
pub mod load;
pub mod messy;
pub mod model;
pub mod nullability;
pub mod program;
pub mod proxy;
pub mod seed;
pub mod serving;
pub mod state;
pub mod vectors;

/// Makes of each function two tests, `name::sqlite` and `name::postgres`, with a fresh, migrated database each.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$attribute:meta])* async fn $name:ident($db:ident: TestDb) $body:block)*) => {$(
        $(#[$attribute])*
        mod $name {
            use super::*;

            async fn scenario($db: TestDb) $body

            #[test]
            fn sqlite() {
                $crate::db::on_sqlite(scenario);
            }

            #[test]
            fn postgres() {
                $crate::db::on_postgres(scenario);
            }
        }
    )*};
}
