//! The folder that is written. A file is there whole or not at all.

use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use entity::Timestamp;
use std::{
    fs::{self, File},
    io::{self, Write},
    sync::Arc,
    time::{Duration, SystemTime},
};

/// What a file is called while it is written; no generator looks at it.
const UNFINISHED: &str = ".masthead-unfinished";

/// A folder that was empty.
#[derive(Debug)]
pub struct Folder {
    root: Utf8PathBuf,
    /// The last one that files were written to.
    parent: Utf8PathBuf,
}

impl Folder {
    /// Takes a folder that is empty, or makes it.
    ///
    /// # Errors
    /// When something is in it, or it can not be made or looked at.
    pub fn open(root: &Utf8Path) -> Result<Self> {
        fs::create_dir_all(root).map_err(|source| failed(root, source))?;
        let mut entries = root.read_dir_utf8().map_err(|source| failed(root, source))?;
        if entries.next().is_some() {
            return Err(Error::NotEmpty { path: root.to_owned() });
        }
        Ok(Self { root: root.to_owned(), parent: Utf8PathBuf::new() })
    }

    /// Where a file is, for people.
    #[must_use]
    pub fn place(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path)
    }

    /// Whether nothing was written to this place, nor a file where it needs a folder.
    #[must_use]
    pub fn is_free(&self, path: &str) -> bool {
        let place = self.place(path);
        let mut around = place.ancestors().skip(1).take_while(|folder| *folder != self.root);
        !place.exists() && around.all(|folder| folder.is_dir() || !folder.exists())
    }

    /// Writes a file below it, last changed at this instant if one is told.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, path: &str, content: &[u8], changed_at: Option<Timestamp>) -> Result<()> {
        let place = self.place(path);
        let parent = place.parent().unwrap_or(&self.root).to_owned();
        if parent != self.parent {
            fs::create_dir_all(&parent).map_err(|source| failed(&parent, source))?;
            self.parent = parent;
        }
        let unfinished = self.root.join(UNFINISHED);
        let write = || -> io::Result<()> {
            let mut file = File::create(&unfinished)?;
            file.write_all(content)?;
            if let Some(at) = changed_at.and_then(system_time) {
                file.set_modified(at)?;
            }
            drop(file);
            fs::rename(&unfinished, &place)
        };
        write().map_err(|source| failed(&place, source))
    }
}

fn system_time(at: Timestamp) -> Option<SystemTime> {
    let distance = Duration::from_micros(at.0.unsigned_abs());
    if at.0 < 0 { SystemTime::UNIX_EPOCH.checked_sub(distance) } else { SystemTime::UNIX_EPOCH.checked_add(distance) }
}

fn failed(path: &Utf8Path, source: io::Error) -> Error {
    Error::Write { path: path.to_owned(), source: Arc::new(source) }
}
