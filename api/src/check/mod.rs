//! `masthead check`: whether what is stored is what is written together. Nothing is changed.
//!
//! Everything is read in one snapshot, so others may serve and import meanwhile. What a statement can compare it compares, and gives
//! back what differs alone (`sql.rs`, `store.rs`); what is computed from a text is computed once more, some articles at a time, by the
//! features that store it.

mod found;
mod media;
mod sql;
mod store;
mod texts;

pub use self::{found::Outcome, sql::REFERENCES};

use self::found::Found;
use crate::{Result, app::App, fold, search, suggest};

/// For what nothing makes anew by itself.
const RESTORE: &str = "restore a backup, or `masthead export` and import that into an empty database";

/// For what is made of the articles.
const REINDEX: &str = "`masthead reindex` makes it anew";

/// For texts beside texts.
const FOLD: &str = "`UPDATE folding SET version = 0`, then `masthead migrate` folds everything anew";

/// For copies of pictures.
const COPY: &str = "delete what is left of the copy and import its folder again, or take the file from a backup";

/// Makes every check and says what each has found, a line each.
///
/// # Errors
/// When the database fails.
pub async fn run(app: &App, say: &mut dyn FnMut(&str)) -> Result<Outcome> {
    let db = app.db.snapshot().await?;
    let mut outcome = Outcome::default();
    let broken = store::broken(&db).await?;
    let is_broken = !broken.is_empty();
    outcome.add("database", RESTORE, &broken, say);
    if is_broken {
        // Whatever else were found would be of pages that can not be trusted.
        return Ok(outcome);
    }
    for check in sql::checks() {
        let found = store::found(&db, &check).await?;
        outcome.add(check.name, check.remedy, &found, say);
    }
    let mut found = Found::default();
    texts::check(&db, &mut found).await?;
    outcome.add("texts", RESTORE, &found, say);

    let mut found = Found::default();
    fold::compare(&db, &mut |what| found.add(what)).await?;
    outcome.add("folded", FOLD, &found, say);

    let mut found = Found::default();
    suggest::compare(&db, &mut |what| found.add(what)).await?;
    outcome.add("suggestions", REINDEX, &found, say);

    let mut found = Found::default();
    search::compare(&db, &mut |what| found.add(what)).await?;
    outcome.add("search", REINDEX, &found, say);

    if !search::reindex::is_complete(&db).await? {
        say("note: the index of the search is being made anew; `masthead reindex` goes on with it");
    }

    let (found, notes) = media::check(&db, &app.media).await?;
    outcome.add("media", COPY, &found, say);
    notes.tell("note", say);
    Ok(outcome)
}
