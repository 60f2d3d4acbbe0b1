//! Finding files, and reading their bytes.

use crate::{Error, Result, media};
use camino::{Utf8Path, Utf8PathBuf};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, collections::BTreeSet, fmt::Write, fs, io, sync::Arc};
use walkdir::{DirEntry, WalkDir};

/// A longer file is no article.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The root of what the binary carries; no folder can have this name.
const SAMPLE: &str = "masthead:sample";

#[derive(RustEmbed)]
#[folder = "sample"]
struct Sample;

/// Files that are imported together.
#[derive(Debug, Default)]
pub struct Source {
    /// The folder of the site, absolute. Part of the identity of what comes from it.
    pub root: String,
    /// Below the root, with `/`, in order.
    pub paths: Vec<String>,
    /// Whether these are all articles of the root, so that others that came from it are missing.
    pub is_whole: bool,
    /// Every picture below the root.
    pub pictures: BTreeSet<String>,
    /// What can not be looked at, as far as it can be shown, and why.
    pub unreadable: Vec<(String, String)>,
}

impl Source {
    /// The posts in a folder, or one file. Their root is the nearest of `roots`, from which articles came before, else the
    /// folder of the Hexo site in which they stand, else the folder itself: so one file is the same article, whichever of the
    /// folders around it is given.
    ///
    /// # Errors
    /// When there is nothing at the path or it can not be read.
    pub fn open(path: &Utf8Path, roots: &[String]) -> Result<Self> {
        let failed = |source: io::Error| Error::Read { path: path.to_owned(), source: Arc::new(source) };
        let place = path.canonicalize_utf8().map_err(failed)?;
        let folder = if place.is_dir() { place.as_path() } else { place.parent().unwrap_or(&place) };
        let known = roots.iter().map(Utf8Path::new).filter(|root| place.starts_with(root));
        let root = known.max_by_key(|root| root.as_str().len()).or_else(|| site_of(&place)).unwrap_or(folder);
        let mut source = Self { root: root.to_string(), is_whole: place == root, ..Self::default() };
        if place.is_file() {
            source.paths.push(relative(root, &place));
        } else {
            source.folder(root, &place);
        }
        Ok(source)
    }

    /// The sample content.
    #[must_use]
    pub fn sample() -> Self {
        let (mut paths, others): (Vec<String>, Vec<String>) =
            Sample::iter().map(Cow::into_owned).partition(|path| is_post(Utf8Path::new(path)));
        paths.sort_unstable();
        let pictures = others.into_iter().collect();
        Self { root: SAMPLE.to_owned(), paths, is_whole: true, pictures, ..Self::default() }
    }

    /// A Hexo site's posts and drafts; of any other folder all posts below it.
    fn folder(&mut self, root: &Utf8Path, folder: &Utf8Path) {
        let posts = folder.join("source/_posts");
        if posts.is_dir() {
            self.walk(root, &posts);
            let drafts = folder.join("source/_drafts");
            if drafts.is_dir() {
                self.walk(root, &drafts);
            }
        } else {
            self.walk(root, folder);
        }
        self.paths.sort_unstable();
    }

    fn walk(&mut self, root: &Utf8Path, folder: &Utf8Path) {
        let entries = WalkDir::new(folder).into_iter().filter_entry(|entry| entry.depth() == 0 || is_looked_at(entry));
        for entry in entries {
            match entry {
                Ok(entry) => self.meet(root, &entry),
                Err(error) => {
                    // What stands below is not gone, it can not be seen.
                    self.is_whole = false;
                    let place =
                        error.path().map_or_else(|| folder.to_string(), |path| path.to_string_lossy().into_owned());
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.unreadable.push((place, why));
                }
            }
        }
    }

    fn meet(&mut self, root: &Utf8Path, entry: &DirEntry) {
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let place = entry.path().to_string_lossy().into_owned();
            return self.unreadable.push((place, "the name is not UTF-8; rename it".to_owned()));
        };
        if entry.path_is_symlink() && (is_post(path) || path.is_dir()) {
            let why = "a symbolic link is not followed; import what it leads to".to_owned();
            self.unreadable.push((path.to_string(), why));
        } else if entry.file_type().is_file() && is_post(path) {
            self.paths.push(relative(root, path));
        }
    }

    /// The bytes of one of the files.
    ///
    /// # Errors
    /// What the system says, or that the file is too long.
    pub fn read(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        if self.root == SAMPLE {
            return Sample::get(path).map(|file| file.data).ok_or_else(|| io::ErrorKind::NotFound.into());
        }
        let place = self.place(path);
        let length = fs::metadata(&place)?.len();
        if length > MAX_BYTES {
            return Err(io::Error::other(format!("the file has {length} bytes; an article has at most {MAX_BYTES}")));
        }
        fs::read(place).map(Cow::Owned)
    }

    /// The bytes of a picture below the root.
    ///
    /// # Errors
    /// What the system says, or that the file is too long, is none, or leads out of the root.
    pub fn picture(&self, file: &str) -> io::Result<Cow<'static, [u8]>> {
        if self.root == SAMPLE {
            return Sample::get(file).map(|file| file.data).ok_or_else(|| io::ErrorKind::NotFound.into());
        }
        let (place, found) = self.inside(file)?;
        if found.len() > media::MAX_BYTES {
            return Err(io::Error::other(media::Unfit::TooLong(found.len())));
        }
        fs::read(place).map(Cow::Owned)
    }

    /// Differs whenever the picture does: its length and when it was last changed.
    ///
    /// # Errors
    /// What the system says, or that it is no file or leads out of the root.
    pub fn picture_stamp(&self, file: &str) -> io::Result<String> {
        if self.root == SAMPLE {
            let found = Sample::get(file).ok_or(io::ErrorKind::NotFound)?;
            return Ok(digest("", &found.data));
        }
        let (_, found) = self.inside(file)?;
        let since = found.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(format!("{}:{}", found.len(), since.as_micros()))
    }

    /// A file that lies below the root itself, wherever links lead.
    fn inside(&self, file: &str) -> io::Result<(Utf8PathBuf, fs::Metadata)> {
        let place = self.place(file).canonicalize_utf8()?;
        if !place.starts_with(&self.root) {
            return Err(io::Error::other("it is a link that leads out of the imported folder; copy the file into it"));
        }
        let found = fs::metadata(&place)?;
        if found.is_file() { Ok((place, found)) } else { Err(io::Error::other("it is no file")) }
    }

    /// When the file was last changed, in microseconds since 1970.
    #[must_use]
    pub fn modified(&self, path: &str) -> Option<i64> {
        let modified = fs::metadata(self.place(path)).and_then(|file| file.modified()).ok()?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_micros()).ok()
    }

    /// Where a file of this source is, for people.
    #[must_use]
    pub fn place(&self, path: &str) -> Utf8PathBuf {
        Utf8Path::new(&self.root).join(path)
    }
}

/// Whether the file that an article came from is still there. What came from no file gives way to what does.
#[must_use]
pub fn exists(root: &str, path: &str) -> bool {
    root != SAMPLE && Utf8Path::new(root).join(path).is_file()
}

/// The folder of the Hexo site to which a path inside its posts or drafts belongs.
fn site_of(place: &Utf8Path) -> Option<&Utf8Path> {
    let is_posts = |folder: &&Utf8Path| matches!(folder.file_name(), Some("_posts" | "_drafts"));
    let around = place.ancestors().filter(is_posts).last()?.parent()?;
    if around.file_name() == Some("source") { around.parent() } else { Some(around) }
}

fn relative(root: &Utf8Path, path: &Utf8Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/")
}

/// Of a file and of everything else that decides what becomes of it: a file of the same digest is not read again.
#[must_use]
pub fn digest(rules: &str, bytes: &[u8]) -> String {
    let hash = Sha256::new().chain_update(rules).chain_update([0]).chain_update(bytes).finalize();
    hash.iter().take(16).fold(String::with_capacity(32), |mut digest, byte| {
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

/// As Hexo: names that start with `_` or `.`, or end with `~` or `%`, are passed over, and so are installed packages.
fn is_looked_at(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_posts = entry.file_type().is_dir() && (name == "_posts" || name == "_drafts");
    is_posts || !(name.starts_with(['_', '.']) || name.ends_with(['~', '%']) || name == "node_modules")
}

fn is_post(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["md", "markdown", "html", "htm"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}
