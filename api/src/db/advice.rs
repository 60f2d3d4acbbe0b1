//! What an operator can do about what SQLite says.

use crate::Error;
use std::error::Error as _;

/// Words of SQLite, and what they say of a database.
const ADVICE: [(&str, &str); 7] = [
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

/// The same, with what to do about it where that is known.
#[must_use]
pub fn advised(error: Error, url: &str) -> Error {
    let (Error::Database(source) | Error::DiskFull(source) | Error::Connect { source, .. }) = &error else {
        return error;
    };
    if !url.starts_with("sqlite:") {
        return error;
    }
    let mut said = source.to_string();
    let mut next = source.source();
    while let Some(cause) = next {
        said.push_str(&cause.to_string());
        next = cause.source();
    }
    let Some((_, advice)) = ADVICE.iter().find(|(words, _)| said.contains(words)) else { return error };
    Error::Unusable { url: url.to_owned(), advice, source: source.clone() }
}
