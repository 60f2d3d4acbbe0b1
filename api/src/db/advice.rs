//! What an operator can do about what a database says.

use super::without_credentials;
use crate::{Error, error::driver};
use sea_orm::{DbErr, sqlx};
use std::{error::Error as _, io};

/// Words of SQLite, and what they say of a database.
const SQLITE: [(&str, &str); 7] = [
    (
        "disk is full",
        "has no room to grow: its disk is full. Make room and do it again; what was stored before is there, and goes on being read",
    ),
    (
        "readonly database",
        "can not be written by this user. It needs to write the file, those beside it that end in -wal and -shm, and the folder",
    ),
    (
        "unable to open",
        "can not be opened. Is its folder there, and may this user read the file and write into the folder?",
    ),
    (
        "not a database",
        "is no SQLite database, or its beginning is damaged. Name another file, or put a backup in its place",
    ),
    ("malformed", "is damaged. Put a backup in its place, or move it away and import everything anew"),
    (
        "is locked",
        "was locked by another program for half a minute. Wait until that has ended, or end it, and do it again",
    ),
    (
        "disk I/O error",
        "can not be read or written: its disk fails. See the system's log, and put a backup on another disk",
    ),
];

/// Codes of PostgreSQL (its manual's appendix "PostgreSQL Error Codes"), and what they say of a database.
const POSTGRES: [(&str, &str); 11] = [
    ("28000", "takes no connections of this user. Its log says why; who may come in from where stands in pg_hba.conf"),
    ("28P01", "does not take this user's password"),
    ("3D000", "is not there. Create it (`createdb`), or name another one"),
    ("3F000", "has no schema to put tables into. Create the one that `search_path` names"),
    (
        "42501",
        "does not let this user do that. Masthead makes tables, indexes, functions and triggers: make the user the database's owner, \
         or grant it CREATE on the schema",
    ),
    ("25006", "can only be read. A standby? Name its primary"),
    ("53100", "has no room to grow: its disk is full. Make room and do it again; what was stored before is there"),
    ("53300", "has no connection left. Raise its `max_connections`, or end what holds them"),
    ("57P01", "was shut down meanwhile. Do it again once it answers; what was stored before is there"),
    ("57P02", "crashed meanwhile. Do it again once it answers; what was stored before is there"),
    ("57P03", "is only being started, or shut down. Do it again once it answers"),
];

/// The same, with what to do about it where that is known.
#[must_use]
pub fn advised(error: Error, url: &str) -> Error {
    let (Error::Database(source) | Error::DiskFull(source) | Error::Connect { source, .. }) = &error else {
        return error;
    };
    let advice = if url.starts_with("sqlite:") { of_sqlite(source) } else { of_postgres(source) };
    match advice {
        Some(advice) => Error::Unusable { url: without_credentials(url), advice, source: source.clone() },
        None => error,
    }
}

fn of_sqlite(error: &DbErr) -> Option<&'static str> {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        said.push_str(&cause.to_string());
        next = cause.source();
    }
    SQLITE.iter().find(|(words, _)| said.contains(words)).map(|(_, advice)| *advice)
}

fn of_postgres(error: &DbErr) -> Option<&'static str> {
    match driver(error)? {
        sqlx::Error::Database(told) => {
            let code = told.code()?;
            POSTGRES.iter().find(|(known, _)| *known == code).map(|(_, advice)| *advice)
        }
        sqlx::Error::Io(error) => Some(match error.kind() {
            io::ErrorKind::ConnectionRefused => {
                "is not there: nothing takes connections at this address. Is PostgreSQL started, and is the port right?"
            }
            io::ErrorKind::NotFound => "is not there: there is no socket of PostgreSQL in that folder. Is it started?",
            io::ErrorKind::TimedOut | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
                "does not answer. Is the host right, and does a firewall let this one in?"
            }
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                "ended the connection. Do it again once it answers; what was stored before is there"
            }
            _ => return None,
        }),
        _ => None,
    }
}
