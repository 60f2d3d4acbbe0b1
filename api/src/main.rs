//! `masthead`: parses the command line and does what it says.

use api::{Error, cli};
use std::{
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
};

/// An answer is made of many small values, which this one gives out and takes back cheaper than the system's, SQLite's too
/// (`docs/decisions/0023-one-allocator.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> ExitCode {
    // Where the system gives them out unasked, each thread would hold several that it hardly uses. An old kernel may not know this.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    let done = match cli::parse() {
        Ok(cli) => cli::run(cli).await,
        Err(error) => Err(error),
    };
    done.unwrap_or_else(|error| fail(&error))
}

/// Tells what went wrong with all its causes.
fn fail(error: &Error) -> ExitCode {
    let mut message = format!("masthead: {error}");
    let mut next = error.source();
    while let Some(cause) = next {
        // Some drivers repeat their cause in their own words.
        let cause_text = cause.to_string();
        if !message.ends_with(&cause_text) {
            message = format!("{message}: {cause_text}");
        }
        next = cause.source();
    }
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(io::stderr(), "{message}");
    if matches!(error, Error::Setting { .. } | Error::BackupElsewhere { .. }) {
        ExitCode::from(2)
    } else {
        ExitCode::FAILURE
    }
}
