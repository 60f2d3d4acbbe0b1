//! Copies of local pictures: a folder in which each stands under a name that is made of its content. What the database says
//! of them stands in [`image`](crate::image).

mod collect;
mod format;
mod orientation;
mod probe;
mod svg;

pub use collect::{Collector, Complaint, Files, LocalPicture, LocalPictures};
pub use format::Format;
pub use probe::{MAX_BYTES, Unfit, probe};

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    process,
    sync::atomic::{AtomicU64, Ordering},
};
use walkdir::WalkDir;

/// Hexadecimal digits of a content hash in a name: 128 bits.
const DIGITS: usize = 32;

/// The folder of the copies. It comes to be with the first of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    folder: Utf8PathBuf,
}

/// What is known of a picture whose bytes were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Below the media folder and below `/media/`: two digits, a slash, the content's hash, the ending of its format.
    pub name: String,
    /// By its content, whatever its file is called.
    pub mime_type: &'static str,
    /// Its length.
    pub bytes: i32,
    /// In pixels, as it is shown: turned as its camera says. Null for a drawing that has no size of its own.
    pub width: Option<i32>,
    /// In pixels. Both or none.
    pub height: Option<i32>,
}

/// Why a picture could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// It is no picture that browsers show, or too large.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The folder can not be written.
    #[error("its copy can not be written to `{folder}`: {source}")]
    Unwritable {
        /// The media folder.
        folder: Utf8PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Media {
    /// In this folder, whether it is there yet or not.
    #[must_use]
    pub fn new(folder: impl Into<Utf8PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// Keeps a picture: looks at its bytes and writes them, where they are not there yet.
    ///
    /// # Errors
    /// When it is no picture that browsers show, when it is too large, or when the folder can not be written.
    pub fn keep(&self, bytes: &[u8]) -> Result<Kept, NotKept> {
        let kept = probe(bytes)?;
        let written = self.write(&kept.name, bytes);
        written.map_err(|source| NotKept::Unwritable { folder: self.folder.clone(), source })?;
        Ok(kept)
    }

    /// The file of a copy, if `name` is one that [`keep`](Self::keep) gives and its file is there: a file itself, below the
    /// folder itself, and no symbolic link.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Utf8PathBuf> {
        let (digits, _) = parts(name)?;
        let is_plain = |path: &Utf8Path, is_kind: fn(&fs::Metadata) -> bool| {
            path.symlink_metadata().is_ok_and(|found| is_kind(&found))
        };
        let file = self.folder.join(name);
        let is_there =
            is_plain(&self.folder.join(digits), fs::Metadata::is_dir) && is_plain(&file, fs::Metadata::is_file);
        is_there.then_some(file)
    }

    /// What is wrong with the copy of this name, which is to have so many bytes; nothing where it is as it was kept.
    #[must_use]
    pub fn doubt(&self, name: &str, bytes: i32) -> Option<String> {
        let Some((_, format)) = parts(name) else {
            return Some("is no name of a copy".to_owned());
        };
        let Some(file) = self.find(name) else {
            return Some("is not there".to_owned());
        };
        match fs::read(file) {
            Ok(content) if i32::try_from(content.len()) != Ok(bytes) => {
                Some(format!("has {} bytes instead of {bytes}", content.len()))
            }
            Ok(content) if self::name(&content, format) != name => {
                Some("has another content than when it was copied".to_owned())
            }
            Ok(_) => None,
            Err(error) => Some(format!("can not be read: {error}")),
        }
    }

    /// The files in the folders of copies, those among them that are none, by what [`find`](Self::find) would know them as.
    #[must_use = "an iterator does nothing by itself"]
    pub fn files(&self) -> impl Iterator<Item = String> {
        let found = WalkDir::new(&self.folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        found.filter(|entry| entry.file_type().is_file()).filter_map(|entry| {
            let path = entry.path().strip_prefix(&self.folder).ok()?;
            Some(path.to_string_lossy().into_owned())
        })
    }

    /// Under another name first, so that nobody meets half a picture.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let file = self.folder.join(name);
        if file.symlink_metadata().is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64) {
            return Ok(());
        }
        fs::create_dir_all(file.parent().unwrap_or(&self.folder))?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.folder.join(format!("{name}.{}-{number}.tmp", process::id()));
        let written = fs::File::create_new(&unfinished).and_then(|mut file| file.write_all(bytes));
        let moved = written.and_then(|()| fs::rename(&unfinished, &file));
        if moved.is_err() {
            // What is left of it is in nobody's way.
            let _ = fs::remove_file(&unfinished);
        }
        moved
    }
}

/// The address of a copy on the server that is reached at `base`.
#[must_use]
pub fn address(base: &url::Url, name: &str) -> String {
    format!("{}/media/{name}", base.as_str().trim_end_matches('/'))
}

/// The folder and the format that a copy's name tells; None where it is no such name.
#[must_use]
pub fn parts(name: &str) -> Option<(&str, Format)> {
    let (shelf, file) = name.split_once('/')?;
    let (hash, extension) = file.split_once('.')?;
    let is_hash = hash.len() == DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash || hash.get(..2) != Some(shelf) {
        return None;
    }
    Some((shelf, Format::of_extension(extension)?))
}

/// The name of a picture: the same bytes have the same one.
fn name(bytes: &[u8], format: Format) -> String {
    let hash = Sha256::digest(bytes).iter().take(DIGITS / 2).fold(String::with_capacity(DIGITS), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    });
    format!("{}/{hash}.{}", hash.get(..2).unwrap_or_default(), format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gif(width: u8, height: u8) -> Vec<u8> {
        let mut bytes = b"GIF89a".to_vec();
        bytes.extend([width, 0, height, 0, 0, 0, 0, b';']);
        bytes
    }

    fn folder() -> (tempfile::TempDir, Media) {
        let place = tempfile::tempdir().unwrap();
        let media = Media::new(Utf8PathBuf::from_path_buf(place.path().join("deep/media")).unwrap());
        (place, media)
    }

    #[test]
    fn a_picture_is_kept_once_under_the_name_of_its_content() {
        let (_place, media) = folder();
        let kept = media.keep(&gif(3, 5)).unwrap();
        assert_eq!((kept.mime_type, kept.bytes, kept.width, kept.height), ("image/gif", 14, Some(3), Some(5)));
        let file = media.find(&kept.name).unwrap();
        assert_eq!(fs::read(&file).unwrap(), gif(3, 5));
        let written = fs::metadata(&file).unwrap().modified().unwrap();
        assert_eq!(media.keep(&gif(3, 5)).unwrap(), kept);
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), written, "it was not written again");
        assert_ne!(media.keep(&gif(3, 6)).unwrap().name, kept.name);
        let files = file.parent().unwrap().read_dir_utf8().unwrap().count();
        assert_eq!(files, 1, "nothing else is left in its folder");
    }

    #[test]
    fn half_a_copy_is_written_again() {
        let (_place, media) = folder();
        let kept = media.keep(&gif(3, 5)).unwrap();
        let file = media.find(&kept.name).unwrap();
        fs::write(&file, "GIF").unwrap();
        media.keep(&gif(3, 5)).unwrap();
        assert_eq!(fs::read(&file).unwrap(), gif(3, 5));
    }

    #[test]
    fn what_is_no_picture_leaves_nothing() {
        let (_place, media) = folder();
        assert!(matches!(media.keep(b"hello"), Err(NotKept::Unfit(_))));
        assert!(!media.folder().exists());
    }

    #[test]
    fn a_folder_that_can_not_be_written_is_told() {
        let place = tempfile::tempdir().unwrap();
        let taken = Utf8PathBuf::from_path_buf(place.path().join("media")).unwrap();
        fs::write(&taken, "a file").unwrap();
        let error = Media::new(&taken).keep(&gif(1, 1)).unwrap_err();
        assert!(error.to_string().contains(taken.as_str()), "{error}");
    }

    #[test]
    fn only_names_of_copies_are_found() {
        let (_place, media) = folder();
        let kept = media.keep(&gif(1, 2)).unwrap();
        fs::write(media.folder().join("secret.svg"), "<svg/>").unwrap();
        let (shelf, file) = kept.name.split_once('/').unwrap();
        for wrong in [
            "",
            "/",
            "secret.svg",
            "../secret.svg",
            file,
            &kept.name.to_uppercase(),
            &format!("{}x", kept.name),
            &format!("{shelf}/../{}", kept.name),
            &format!("zz/{file}"),
            &format!("{shelf}//{file}"),
            &kept.name.replace(".gif", ".png"),
            &kept.name.replace(".gif", ""),
            &kept.name.replace(".gif", ".html"),
        ] {
            assert_eq!(media.find(wrong), None, "{wrong}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        use std::os::unix::fs::symlink;
        let (place, media) = folder();
        let outside = place.path().join("outside.gif");
        fs::write(&outside, gif(1, 1)).unwrap();
        let name = name(&gif(9, 9), Format::Gif);
        fs::create_dir_all(media.folder().join(&name).parent().unwrap()).unwrap();
        symlink(&outside, media.folder().join(&name)).unwrap();
        assert_eq!(media.find(&name), None);
        let (shelf, file) = name.split_once('/').unwrap();
        fs::remove_dir_all(media.folder().join(shelf)).unwrap();
        fs::write(place.path().join(file), gif(9, 9)).unwrap();
        symlink(place.path(), media.folder().join(shelf)).unwrap();
        assert_eq!(media.find(&name), None);
    }

    #[test]
    fn an_address_keeps_the_path_of_its_server() {
        for base in ["https://example.com/api", "https://example.com/api/"] {
            let base = url::Url::parse(base).unwrap();
            assert_eq!(address(&base, "ab/abc.png"), "https://example.com/api/media/ab/abc.png");
        }
    }
}
