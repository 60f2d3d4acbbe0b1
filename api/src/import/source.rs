//! Finding files, and reading their bytes.

use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, fmt::Write, fs, io, sync::Arc};
use walkdir::{DirEntry, WalkDir};

/// A longer file is no article.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The root of what the binary carries; no folder can have this name.
const SAMPLE: &str = "masthead:sample";

#[derive(RustEmbed)]
#[folder = "sample"]
struct Sample;

/// Files that are imported together.
#[derive(Debug)]
pub struct Source {
    /// The folder, or that of a single file; absolute. Part of the identity of what comes from it.
    pub root: String,
    /// Below the root, with `/`, in order.
    pub paths: Vec<String>,
    /// Whether these are all articles of the root, so that others that came from it are missing.
    pub is_whole: bool,
    /// Files that can not be named in UTF-8, as far as they can be shown.
    pub unnameable: Vec<String>,
}

impl Source {
    /// The posts in a folder, or one file.
    ///
    /// # Errors
    /// When there is nothing at the path or the folder can not be read.
    pub fn open(path: &Utf8Path) -> Result<Self> {
        let failed = |source: io::Error| Error::Read { path: path.to_owned(), source: Arc::new(source) };
        let place = path.canonicalize_utf8().map_err(failed)?;
        if place.is_dir() {
            return Ok(Self::folder(&place));
        }
        let root = place.parent().map_or_else(String::new, ToString::to_string);
        let name = place.file_name().unwrap_or_default().to_owned();
        Ok(Self { root, paths: vec![name], is_whole: false, unnameable: Vec::new() })
    }

    /// The sample content.
    #[must_use]
    pub fn sample() -> Self {
        let mut paths: Vec<String> = Sample::iter().map(Cow::into_owned).collect();
        paths.sort_unstable();
        Self { root: SAMPLE.to_owned(), paths, is_whole: true, unnameable: Vec::new() }
    }

    /// A Hexo site's posts and drafts; of any other folder all posts below it.
    fn folder(root: &Utf8Path) -> Self {
        let mut source = Self { root: root.to_string(), paths: Vec::new(), is_whole: true, unnameable: Vec::new() };
        let posts = root.join("source/_posts");
        if posts.is_dir() {
            source.walk(root, &posts);
            source.walk(root, &root.join("source/_drafts"));
        } else {
            source.walk(root, root);
        }
        source.paths.sort_unstable();
        source
    }

    fn walk(&mut self, root: &Utf8Path, folder: &Utf8Path) {
        let entries = WalkDir::new(folder).into_iter().filter_entry(|entry| entry.depth() == 0 || is_looked_at(entry));
        for entry in entries.filter_map(std::result::Result::ok).filter(|entry| entry.file_type().is_file()) {
            match Utf8Path::from_path(entry.path()) {
                Some(path) if is_post(path) => {
                    let relative = path.strip_prefix(root).unwrap_or(path);
                    self.paths.push(relative.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/"));
                }
                Some(_) => {}
                None => self.unnameable.push(entry.path().to_string_lossy().into_owned()),
            }
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

/// Whether the file that an article came from is still there.
#[must_use]
pub fn exists(root: &str, path: &str) -> bool {
    root == SAMPLE || Utf8Path::new(root).join(path).is_file()
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
