//! Finding sites and their files, and reading the bytes of these.

#[cfg(test)]
mod tests;
mod walk;

use self::walk::Walk;
use super::{
    dialect::Kind,
    document::SiteRules,
    site::{Configured, Folder, configure, detect, is_picture},
};
use crate::{Error, Result, media};
use camino::{Utf8Path, Utf8PathBuf};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::BTreeSet,
    fmt::Write,
    fs::{self, File},
    io::{self, Read},
    sync::Arc,
};

/// A longer file is no article.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The root of what the binary carries; no folder can have this name.
const SAMPLE: &str = "masthead:sample";

#[derive(RustEmbed)]
#[folder = "sample"]
struct Sample;

/// Files that are imported together: those of one site, or posts of none.
#[derive(Debug)]
pub struct Source {
    /// The folder of the site, absolute. Part of the identity of what comes from it.
    pub root: String,
    /// Posts below the root, with `/`, in order.
    pub paths: Vec<String>,
    /// Whether these are all articles of the root, so that others that came from it are missing.
    pub is_whole: bool,
    /// Every picture below the root that a post can refer to, as paths below the root.
    pub pictures: BTreeSet<String>,
    /// What can not be looked at, as far as it can be shown, and why.
    pub unreadable: Vec<(String, String)>,
    /// Whose site it is, and how its posts are read.
    pub configured: Configured,
}

/// How a folder is to be read, where it does not tell.
#[derive(Clone, Copy)]
struct Opening<'a> {
    kind: Option<Kind>,
    defaults: &'a SiteRules,
}

impl Source {
    /// The posts in a folder, or one file, read as those of `kind` or of whatever their site is. A folder may be a site, lie in
    /// one, or hold several, each of which is a source of its own beside the posts of no site.
    ///
    /// The root of posts of no site is the nearest of `roots`, from which articles came before, else the folder that holds
    /// their `_posts`, else the folder itself: so one file is the same article, whichever of the folders around it is given.
    ///
    /// # Errors
    /// When there is nothing at the path or it can not be read.
    pub fn open(path: &Utf8Path, roots: &[String], kind: Option<Kind>, defaults: &SiteRules) -> Result<Vec<Self>> {
        let failed = |source: io::Error| Error::Read { path: path.to_owned(), source: Arc::new(source) };
        let place = path.canonicalize_utf8().map_err(failed)?;
        let folder = if place.is_dir() { place.as_path() } else { place.parent().unwrap_or(&place) };
        let opening = Opening { kind, defaults };
        let known = roots.iter().map(Utf8Path::new).filter(|root| place.starts_with(root));
        let known = known.max_by_key(|root| root.as_str().len());
        let site = folder.ancestors().find_map(|root| opening.site_around(root, &place));
        if let Some((root, configured)) = site
            && known.is_none_or(|known| root.starts_with(known))
        {
            return Ok(vec![Walk::over(&root, &place, configured, opening).source]);
        }
        let root = known.or_else(|| home_of(&place)).unwrap_or(folder);
        let walk = Walk::over(root, &place, opening.loose(), opening);
        let (loose, sites) = (walk.source, walk.sites);
        let sites = sites.into_iter().map(|(root, configured)| Walk::over(&root, &root, configured, opening).source);
        let mut sources: Vec<Self> = sites.collect();
        // Of a folder of nothing but sites nothing is left to tell.
        if sources.is_empty() || !loose.paths.is_empty() || !loose.unreadable.is_empty() {
            sources.push(loose);
        }
        Ok(sources)
    }

    /// The sample content, with the settings of the caller.
    #[must_use]
    pub fn sample(defaults: &SiteRules) -> Self {
        let configured = Configured::loose(Kind::Hexo, defaults, "Hexo, as the sample content is".to_owned());
        let files: BTreeSet<String> = Sample::iter().map(Cow::into_owned).collect();
        let (pictures, others): (BTreeSet<String>, BTreeSet<String>) =
            files.into_iter().partition(|path| is_picture(path));
        let paths = others.into_iter().filter(|path| configured.layout.is_post(path)).collect();
        Self { root: SAMPLE.to_owned(), paths, is_whole: true, pictures, unreadable: Vec::new(), configured }
    }

    /// The bytes of one of the posts.
    ///
    /// # Errors
    /// What the system says, or that the file is too long.
    pub fn read(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        self.bytes(path, MAX_BYTES, "an article")
    }

    /// The bytes of one of the pictures.
    ///
    /// # Errors
    /// What the system says, or that the file is too long.
    pub fn picture(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        if self.root != SAMPLE {
            self.inside(path)?;
        }
        self.bytes(path, media::MAX_BYTES, "a picture")
    }

    /// Differs whenever the picture does: its length and when it was last changed.
    ///
    /// # Errors
    /// What the system says, or that it is no file or leads out of the root.
    pub fn picture_stamp(&self, file: &str) -> io::Result<String> {
        if self.root == SAMPLE {
            let found = Sample::get(file).ok_or(io::ErrorKind::NotFound)?;
            return Ok(digest(&found.data));
        }
        let found = self.inside(file)?;
        let since = found.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(format!("{}:{}", found.len(), since.as_micros()))
    }

    /// A file that lies below the root itself, wherever links lead.
    fn inside(&self, file: &str) -> io::Result<fs::Metadata> {
        let place = self.place(file).canonicalize_utf8()?;
        if !place.starts_with(&self.root) {
            return Err(io::Error::other("it is a link that leads out of the imported folder; copy the file into it"));
        }
        let found = fs::metadata(&place)?;
        if found.is_file() { Ok(found) } else { Err(io::Error::other("it is no file")) }
    }

    fn bytes(&self, path: &str, most: u64, what: &str) -> io::Result<Cow<'static, [u8]>> {
        if self.root == SAMPLE {
            return Sample::get(path).map(|file| file.data).ok_or_else(|| io::ErrorKind::NotFound.into());
        }
        let file = File::open(self.place(path))?;
        let length = file.metadata()?.len();
        let too_long = |length: u64| {
            io::Error::other(format!("the file has {length} bytes; {what} has at most {most}; make it smaller"))
        };
        if length > most {
            return Err(too_long(length));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // A file may grow while it is read.
        file.take(most + 1).read_to_end(&mut bytes)?;
        let length = bytes.len() as u64;
        if length > most { Err(too_long(length)) } else { Ok(Cow::Owned(bytes)) }
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

impl Opening<'_> {
    /// The site whose own folder this is.
    fn site(self, folder: &Utf8Path) -> Option<Configured> {
        let shown = Folder::look(folder);
        let (kind, why) = match (self.kind, detect(&shown)) {
            (Some(kind), found) if found.is_some() || has_shape(kind, &shown) => {
                (kind, format!("{kind}, as asked for"))
            }
            (Some(_), _) | (None, None) => return None,
            (None, Some(found)) => found,
        };
        Some(configure(kind, &shown, self.defaults, why))
    }

    /// The site of this folder where `place` is the folder itself, or a part of it in which there are posts or pictures.
    fn site_around(self, folder: &Utf8Path, place: &Utf8Path) -> Option<(Utf8PathBuf, Configured)> {
        let configured = self.site(folder)?;
        let path = relative(folder, place);
        let is_inside = if place.is_dir() {
            let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
            ends.filter_map(|end| path.get(..end)).all(|part| part.is_empty() || configured.layout.enters(part))
        } else {
            configured.layout.is_post(&path)
        };
        is_inside.then(|| (folder.to_owned(), configured))
    }

    /// Posts of no site.
    fn loose(self) -> Configured {
        let why = match self.kind {
            Some(kind) => format!("{kind}, as asked for"),
            None => "Hexo, since nothing tells another dialect".to_owned(),
        };
        Configured::loose(self.kind.unwrap_or(Kind::Hexo), self.defaults, why)
    }
}

/// Whether a folder without configuration holds posts where a dialect has them.
fn has_shape(kind: Kind, folder: &Folder) -> bool {
    let folders: &[&str] = match kind {
        Kind::Hexo => &["source/_posts", "source/_drafts"],
        Kind::Jekyll => &["_posts", "_drafts"],
        Kind::Hugo => &["content"],
    };
    folders.iter().any(|name| folder.folders.contains(*name))
}

/// Whether the file that an article came from is still there. What came from no file gives way to what does.
#[must_use]
pub fn exists(root: &str, path: &str) -> bool {
    root != SAMPLE && Utf8Path::new(root).join(path).is_file()
}

/// The folder around the folders of posts in which a path lies.
fn home_of(place: &Utf8Path) -> Option<&Utf8Path> {
    let is_posts = |folder: &&Utf8Path| matches!(folder.file_name(), Some("_posts" | "_drafts"));
    let around = place.ancestors().filter(is_posts).last()?.parent()?;
    if around.file_name() == Some("source") { around.parent() } else { Some(around) }
}

fn relative(root: &Utf8Path, path: &Utf8Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/")
}

/// Of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).fold(String::with_capacity(32), |mut digest, byte| {
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}
