//! One walk over a folder: its posts, its pictures, and the sites in it.

use super::{Opening, Source, relative};
use crate::import::site::{Configured, Layout, is_picture};
use camino::{Utf8Path, Utf8PathBuf};
use std::{collections::BTreeSet, fs::File, io::Read};
use walkdir::{DirEntry, Error, IntoIter, WalkDir};

/// How deep pictures are looked for beside a single file that belongs to nothing.
const NEIGHBOURS: usize = 3;

/// What was found below a root.
pub(super) struct Walk<'a> {
    pub(super) source: Source,
    /// The sites in a folder that is none, which are not walked over.
    pub(super) sites: Vec<(Utf8PathBuf, Configured)>,
    /// What the caller asked for: only posts in it count.
    place: &'a Utf8Path,
    opening: Opening<'a>,
}

impl<'a> Walk<'a> {
    /// Walks over the root, for posts at or below `place` and for all pictures.
    pub(super) fn over(root: &'a Utf8Path, place: &'a Utf8Path, configured: Configured, opening: Opening<'a>) -> Self {
        let source = Source {
            root: root.to_string(),
            paths: Vec::new(),
            is_whole: place == root,
            pictures: BTreeSet::new(),
            unreadable: Vec::new(),
            configured,
        };
        let mut walk = Self { source, sites: Vec::new(), place, opening };
        let is_alone = place.is_file() && walk.source.configured.layout == Layout::Loose;
        let depth = if is_alone { NEIGHBOURS } else { usize::MAX };
        walk.run(root, WalkDir::new(root).max_depth(depth).sort_by_file_name().into_iter());
        let Source { paths, configured, .. } = &mut walk.source;
        paths.sort_unstable();
        *paths = configured.articles(std::mem::take(paths), |path, most| read(&root.join(path), most));
        paths.retain(|path| root.join(path).starts_with(place));
        // Who names a file wants it, whatever it is called.
        if place.is_file() && paths.is_empty() {
            paths.push(relative(root, place));
        }
        walk
    }

    fn run(&mut self, root: &Utf8Path, mut entries: IntoIter) {
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.fail(root, &error);
                    continue;
                }
            };
            if entry.depth() > 0 && !self.meet(root, &entry) && entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        }
    }

    /// What can not be looked at is not gone.
    fn fail(&mut self, root: &Utf8Path, error: &Error) {
        let path = error.path().map_or_else(|| root.to_string(), |path| path.to_string_lossy().into_owned());
        // Pictures that can not be seen there are missed where a post shows them.
        if self.is_wanted(Utf8Path::new(&path)) || self.place.starts_with(&path) {
            self.source.is_whole = false;
            let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            self.source.unreadable.push((path, why));
        }
    }

    /// Takes in a file; answers whether to look into a folder.
    fn meet(&mut self, root: &Utf8Path, entry: &DirEntry) -> bool {
        let Some(place) = Utf8Path::from_path(entry.path()) else {
            let name = entry.file_name().to_string_lossy();
            let is_hidden = name.starts_with(['.', '_']);
            if !is_hidden {
                let place = entry.path().to_string_lossy().into_owned();
                self.source.unreadable.push((place, "the name is not UTF-8; rename it".to_owned()));
            }
            return false;
        };
        let path = relative(root, place);
        if entry.path_is_symlink() {
            self.meet_link(place, path);
            false
        } else if entry.file_type().is_dir() {
            self.source.configured.layout.enters(&path) && !self.is_site(place)
        } else {
            if entry.file_type().is_file() {
                self.meet_file(path);
            }
            false
        }
    }

    fn meet_file(&mut self, path: String) {
        let configured = &mut self.source.configured;
        if is_picture(&path) {
            self.source.pictures.insert(path);
        } else if configured.layout.is_unread(&path) {
            let message = "it is not imported, since only Markdown and HTML are read: convert it to Markdown";
            configured.warnings.push((path, None, message.to_owned()));
        } else if configured.layout.is_post(&path) || configured.is_section(&path) {
            if configured.layout.is_well_named(&path) {
                self.source.paths.push(path);
            } else {
                let message =
                    "it is no post, since its name does not begin with a date as `2022-05-20-` does: rename it";
                configured.warnings.push((path, None, message.to_owned()));
            }
        }
    }

    fn meet_link(&mut self, place: &Utf8Path, path: String) {
        let layout = &self.source.configured.layout;
        let is_folder = place.is_dir();
        if !is_folder && is_picture(&path) {
            let message = "a symbolic link is not followed: put the picture itself there".to_owned();
            self.source.configured.warnings.push((path, None, message));
        } else if self.is_wanted(place) && (if is_folder { layout.enters(&path) } else { layout.is_post(&path) }) {
            let why = "a symbolic link is not followed; import what it leads to".to_owned();
            self.source.unreadable.push((place.to_string(), why));
        }
    }

    fn is_wanted(&self, place: &Utf8Path) -> bool {
        place.starts_with(self.place)
    }

    /// Sites are told from what is no site, and nowhere else.
    fn is_site(&mut self, place: &Utf8Path) -> bool {
        if self.source.configured.layout != Layout::Loose {
            return false;
        }
        let Some(configured) = self.opening.site(place) else { return false };
        if self.is_wanted(place) {
            self.sites.push((place.to_owned(), configured));
        }
        true
    }
}

/// The first bytes of a file, else what is wrong with it.
fn read(place: &Utf8Path, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(place).map_err(|error| error.to_string())?;
    file.take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}
