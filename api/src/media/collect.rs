//! From the pictures that posts show to copies of their files. Each file is read once, one at a time, so that memory does not
//! follow their number.

use super::{Kept, Media, NotKept, Unfit, probe};
use crate::article::Picture;
use std::{borrow::Cow, collections::HashMap, io};

/// Files that are remembered at once; the batches of an import mostly show the same few again.
const MAX_REMEMBERED: usize = 20_000;

/// Where the files of one root are.
pub trait Files {
    /// Differs whenever the file does.
    ///
    /// # Errors
    /// What the system says.
    fn stamp(&self, file: &str) -> io::Result<String>;

    /// Its bytes, of which there are at most [`MAX_BYTES`](super::MAX_BYTES).
    ///
    /// # Errors
    /// What the system says.
    fn read(&self, file: &str) -> io::Result<Cow<'static, [u8]>>;
}

/// A picture that is a file of the imported root, or should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPicture {
    /// The imported root.
    pub root: String,
    /// Below the root, with `/`.
    pub file: String,
    /// The state of the file that was looked at; none where it is missing.
    pub stamp: Option<String>,
    /// The copy; none where the file is missing or unfit.
    pub kept: Option<Kept>,
}

/// Local pictures by their original URL.
pub type LocalPictures = HashMap<String, LocalPicture>;

/// Something about a file that its owner would want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Below the root, with `/`.
    pub file: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Looks at the pictures of one root, and keeps copies of them.
pub struct Collector<'a> {
    root: &'a str,
    files: &'a dyn Files,
    /// None where nothing is to be written.
    media: Option<&'a Media>,
    /// By file.
    remembered: HashMap<String, LocalPicture>,
    complaints: Vec<Complaint>,
}

impl<'a> Collector<'a> {
    /// One that keeps copies in this folder.
    #[must_use]
    pub fn new(root: &'a str, files: &'a dyn Files, media: &'a Media) -> Self {
        Self { media: Some(media), ..Self::dry(root, files) }
    }

    /// One that looks at the files and writes nothing.
    #[must_use]
    pub fn dry(root: &'a str, files: &'a dyn Files) -> Self {
        Self { root, files, media: None, remembered: HashMap::new(), complaints: Vec::new() }
    }

    /// What of these pictures is a file of the root, or should be. Each stands beside the post that shows it.
    pub fn collect<'p>(&mut self, shown: impl Iterator<Item = (&'p str, &'p Picture)>) -> LocalPictures {
        let mut found = LocalPictures::new();
        for (post, picture) in shown {
            if let Some(file) = &picture.file
                && !found.contains_key(&picture.original_url)
            {
                found.insert(picture.original_url.clone(), self.look_at(file, post));
            }
        }
        found
    }

    /// A file and its copy. It is read no more than once, unless many others were looked at meanwhile.
    pub fn look_at(&mut self, file: &str, shown_by: &str) -> LocalPicture {
        if let Some(known) = self.remembered.get(file) {
            return known.clone();
        }
        let (stamp, kept) = self.read(file, shown_by);
        let picture = LocalPicture { root: self.root.to_owned(), file: file.to_owned(), stamp, kept };
        if self.remembered.len() >= MAX_REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(file.to_owned(), picture.clone());
        picture
    }

    /// The state of a file now; none where it is missing.
    #[must_use]
    pub fn stamp(&self, file: &str) -> Option<String> {
        self.files.stamp(file).ok()
    }

    /// Whether a copy is in the folder.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.media.is_none_or(|media| media.find(name).is_some())
    }

    /// Notes what is wrong with a file.
    pub fn complain(&mut self, file: &str, message: impl Into<String>) {
        self.complaints.push(Complaint { file: file.to_owned(), message: message.into() });
    }

    /// What has come up since this was asked last.
    pub fn complaints(&mut self) -> Vec<Complaint> {
        std::mem::take(&mut self.complaints)
    }

    /// The stamp is told where looking again makes no sense before the file changes.
    fn read(&mut self, file: &str, shown_by: &str) -> (Option<String>, Option<Kept>) {
        let stamp = match self.files.stamp(file) {
            Ok(stamp) => stamp,
            Err(error) => {
                self.complain(file, absent(&error, shown_by));
                return (None, None);
            }
        };
        match self.keep(file) {
            Ok(kept) => (Some(stamp), Some(kept)),
            Err(Failed::Unfit(unfit)) => {
                self.complain(file, unfit.to_string());
                (Some(stamp), None)
            }
            Err(Failed::ForNow(why)) => {
                self.complain(file, why);
                (None, None)
            }
        }
    }

    fn keep(&self, file: &str) -> Result<Kept, Failed> {
        let bytes = self.files.read(file).map_err(|error| Failed::ForNow(format!("it can not be read: {error}")))?;
        match self.media {
            None => probe(&bytes).map_err(Failed::Unfit),
            Some(media) => media.keep(&bytes).map_err(|error| match error {
                NotKept::Unfit(unfit) => Failed::Unfit(unfit),
                NotKept::Unwritable { .. } => Failed::ForNow(error.to_string()),
            }),
        }
    }
}

/// Why there is no copy: for ever, as long as the file stays as it is; or for now.
enum Failed {
    Unfit(Unfit),
    ForNow(String),
}

fn absent(error: &io::Error, shown_by: &str) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        format!("there is no such file, but {shown_by} shows it; put it there, or correct its address")
    } else {
        format!("it can not be read, and {shown_by} shows it: {error}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;
    use std::cell::RefCell;

    /// Files in memory that note what is read of them.
    #[derive(Default)]
    struct Shelf {
        files: HashMap<&'static str, &'static [u8]>,
        read: RefCell<Vec<String>>,
    }

    impl Files for Shelf {
        fn stamp(&self, file: &str) -> io::Result<String> {
            self.files.get(file).map(|bytes| bytes.len().to_string()).ok_or_else(|| io::ErrorKind::NotFound.into())
        }

        fn read(&self, file: &str) -> io::Result<Cow<'static, [u8]>> {
            self.read.borrow_mut().push(file.to_owned());
            if file == "locked.png" {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            self.files.get(file).copied().map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::NotFound.into())
        }
    }

    const SVG: &[u8] = b"<svg width='3' height='4'/>";

    fn picture(url: &str, file: Option<&str>) -> Picture {
        Picture { original_url: url.to_owned(), file: file.map(str::to_owned), width: None, height: None }
    }

    fn shelf() -> Shelf {
        let files = [("a.svg", SVG), ("words.png", b"words".as_slice()), ("locked.png", b"")];
        Shelf { files: files.into(), ..Shelf::default() }
    }

    #[test]
    fn each_file_is_read_once_however_many_posts_show_it() {
        let place = tempfile::tempdir().unwrap();
        let media = Media::new(Utf8PathBuf::from_path_buf(place.path().join("media")).unwrap());
        let shelf = shelf();
        let mut collector = Collector::new("/site", &shelf, &media);
        let shown = [picture("/a.svg", Some("a.svg")), picture("https://x.example/a.svg", Some("a.svg"))];
        for _ in 0..2 {
            let found = collector.collect(shown.iter().map(|picture| ("p.md", picture)));
            let kept = found["/a.svg"].kept.as_ref().unwrap();
            assert_eq!((kept.width, kept.height), (Some(3), Some(4)));
            assert_eq!(found["/a.svg"], found["https://x.example/a.svg"]);
            assert!(collector.has(&kept.name));
        }
        assert_eq!(*shelf.read.borrow(), ["a.svg"]);
        assert_eq!(collector.complaints(), []);
    }

    #[test]
    fn what_is_missing_or_unfit_is_told_once() {
        let shelf = shelf();
        let mut collector = Collector::dry("/site", &shelf);
        let shown = ["gone.png", "words.png", "locked.png"].map(|file| picture(file, Some(file)));
        let elsewhere = picture("https://x.example/b.png", None);
        let shown = || shown.iter().chain([&elsewhere]).map(|picture| ("p.md", picture));
        let found = collector.collect(shown());
        assert_eq!(found, collector.collect(shown()));
        assert_eq!(found.len(), 3, "what is elsewhere is no file");
        assert!(found.values().all(|picture| picture.kept.is_none()));
        let stamps = ["gone.png", "words.png", "locked.png"].map(|file| found[file].stamp.is_some());
        assert_eq!(stamps, [false, true, false], "what is unfit stays so until it changes");
        let told: Vec<String> = collector.complaints().into_iter().map(|complaint| complaint.message).collect();
        assert_eq!(told.len(), 3);
        assert!(told[0].contains("no such file, but p.md shows it"), "{told:?}");
        assert!(told[1].contains("no picture that browsers show"), "{told:?}");
        assert!(told[2].contains("can not be read"), "{told:?}");
    }

    #[test]
    fn a_dry_run_measures_and_writes_nothing() {
        let shelf = shelf();
        let mut collector = Collector::dry("/site", &shelf);
        let found = collector.look_at("a.svg", "p.md");
        assert_eq!(found.kept.unwrap().mime_type, "image/svg+xml");
    }
}
