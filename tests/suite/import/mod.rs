//! From files to answers.

mod changes;
mod fixture;
mod frames;
mod losses;
mod losses_hugo;
mod messy;
mod program;
mod refusals;
mod run;
mod vectors;

use serde_json::{Value, json};
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    seed::{self, Folder, Imported},
};

/// Imports a folder with the settings of the tests.
async fn import(db: &TestDb, folder: &Folder) -> Imported {
    seed::import(&app::open(db, &TestClock::at(NOW), &[]).await, &folder.path()).await
}

/// How often the content has changed.
async fn generation(db: &TestDb) -> i64 {
    db.number("SELECT generation FROM content_generation").await
}

/// What an article is named by, and how often it has changed.
fn named(app: &TestApp, slug: &str) -> Value {
    let query = "query($slug: String!) { article(by: {slug: $slug}) { id slug path title version body { text } } }";
    app.query(query, json!({ "slug": slug }))["article"].clone()
}
