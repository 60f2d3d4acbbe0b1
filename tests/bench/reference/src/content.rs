//! Where the content is, and until when of it is published.

use clap::Args;
use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

/// A database of Masthead, and what may be taken from it.
#[derive(Args, Clone)]
pub struct Options {
    /// `sqlite://FILE` or `postgres://USER@HOST/DATABASE`
    #[arg(long)]
    pub database_url: String,
    /// Read the counts that Masthead's triggers keep, instead of counting
    #[arg(long)]
    pub kept_counts: bool,
}

impl Options {
    /// The file, where it is SQLite's.
    pub fn file(&self) -> Option<PathBuf> {
        let address = self.database_url.strip_prefix("sqlite:")?;
        let path = address.strip_prefix("//").unwrap_or(address);
        path.split('?').next().map(PathBuf::from)
    }
}

/// What was published until now is, in microseconds.
#[expect(clippy::disallowed_methods, reason = "Masthead's own clock is not for others")]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
