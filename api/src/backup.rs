//! `masthead backup`: a file that is the database of one moment.

use crate::{
    Error, Result,
    config::Settings,
    db::{Copied, Db, without_credentials},
};
use camino::{Utf8Path, Utf8PathBuf};
use std::{fs, io, process, sync::Arc};

/// What of `settings` can be copied: its database, if that is a file. Nothing is opened.
///
/// # Errors
/// Where it is on PostgreSQL, with the command that does it there.
pub fn source(settings: &Settings) -> Result<()> {
    if settings.database_url.starts_with("sqlite:") {
        return Ok(());
    }
    Err(Error::BackupElsewhere { url: without_credentials(&settings.database_url) })
}

/// Copies the database to a file that is not there yet. Others may read and write meanwhile.
///
/// # Errors
/// When the file is there or can not be written, when the database fails, or when the copy is not sound. Nothing is left behind then.
pub async fn run(db: &Db, file: &Utf8Path) -> Result<Copied> {
    free(file)?;
    let unfinished =
        Unfinished(file.with_file_name(format!(".{}.{}.tmp", file.file_name().unwrap_or_default(), process::id())));
    let copied = db.copy_to(&unfinished.0).await?;
    let placed = fs::File::open(&unfinished.0).and_then(|copy| copy.sync_all());
    // Another one may have come meanwhile.
    free(file)?;
    let placed = placed.and_then(|()| fs::rename(&unfinished.0, file));
    placed.and_then(|()| fs::File::open(folder(file))?.sync_all()).map_err(|source| cannot(file, source))?;
    Ok(copied)
}

/// Whether a file can come to be there.
fn free(file: &Utf8Path) -> Result<()> {
    let refused = |kind, why: String| Err(cannot(file, io::Error::new(kind, why)));
    if file.symlink_metadata().is_ok() {
        return refused(io::ErrorKind::AlreadyExists, "it is there, and nothing is written over".to_owned());
    }
    if !folder(file).is_dir() {
        return refused(io::ErrorKind::NotFound, format!("there is no folder `{}`", folder(file)));
    }
    Ok(())
}

fn folder(file: &Utf8Path) -> &Utf8Path {
    file.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."))
}

fn cannot(file: &Utf8Path, source: io::Error) -> Error {
    Error::Write { path: file.to_owned(), source: Arc::new(source) }
}

/// A file that is gone when this is dropped, unless it was moved away by then.
struct Unfinished(Utf8PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
