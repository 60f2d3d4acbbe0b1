//! The files of a batch, read on all processors. Knows no database.

use super::{
    dialect,
    document::{PostFile, Site, SiteRules},
    limits,
    links::Links,
    pictures,
    plan::{self, Candidate, Register},
    report::Line,
    source::{self, Source},
};
use crate::article::{Origin, SourceFile};
use entity::Timestamp;
use std::{cell::RefCell, fs, num::NonZero, thread};

/// The most files of one transaction.
const MOST_FILES: usize = 500;

/// The most bytes of the files of one transaction, unless the first alone has more: they are all in memory at once.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// How many of these files make a batch, at least one.
pub(super) fn batch(source: &Source, paths: &[String]) -> usize {
    let mut bytes = 0;
    let fits = paths.iter().take(MOST_FILES).take_while(|path| {
        bytes += fs::metadata(source.place(path)).map_or(0, |file| file.len());
        bytes <= MOST_BYTES
    });
    fits.count().clamp(1, paths.len().max(1))
}

/// What a file says, and what there is to tell about it.
pub(super) struct Reading {
    pub(super) lines: Vec<Line>,
    pub(super) what: What,
}

/// What is to be done about a file.
pub(super) enum What {
    /// To be stored.
    New(Box<Candidate>),
    /// Stored already, as the article with this id; its folder may have moved away from another place.
    Unchanged { id: i64, moved_from: Option<String> },
    /// Can not be read.
    Refused,
}

/// Reads the files of a batch, on all processors. Knows no database.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) rules: &'a SiteRules,
    /// Of everything but a file's bytes that decides what becomes of it.
    pub(super) rules_digest: String,
    pub(super) now: Timestamp,
    pub(super) links: &'a Links,
}

impl Reader<'_> {
    /// What these files say, in their order.
    pub(super) fn all(&self, paths: &[String], register: &Register) -> Vec<Reading> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let share = paths.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let read = |paths: &[String]| paths.iter().map(|path| self.one(path, register)).collect::<Vec<_>>();
            let helpers: Vec<_> = paths.chunks(share).map(|paths| scope.spawn(move || read(paths))).collect();
            helpers.into_iter().flat_map(|helper| helper.join().unwrap_or_default()).collect()
        })
    }

    fn one(&self, path: &str, register: &Register) -> Reading {
        let bytes = match self.source.read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.refusal(path, None, error.to_string()),
        };
        let digest = format!("{}:{}", source::digest(&bytes), self.rules_digest);
        let origin = Origin { root: self.source.root.clone(), path: path.to_owned(), digest };
        let known = register.of_file(&origin, source::exists);
        if let Some(known) = known
            && let Some(stored) = &known.origin
            && stored.path == origin.path
            && stored.is_still(&origin.digest, self.now)
        {
            let moved_from = (stored.root != origin.root).then(|| stored.root.clone());
            let what = What::Unchanged { id: known.stored.id, moved_from };
            return Reading { lines: Vec::new(), what };
        }
        let now = plan::instant(self.now);
        let file = PostFile {
            path,
            bytes: &bytes,
            known_date: known.map(|known| plan::instant(known.published_at)),
            changed_at: self.source.modified(path).map_or(now, |at| plan::instant(Timestamp(at))),
            now,
        };
        let seen = RefCell::new(Vec::new());
        let posts = |name: &str| {
            let found = self.links.find(name, self.source, self.rules, now);
            seen.borrow_mut().push(format!("{name} {found:?}"));
            found
        };
        let site = Site { rules: self.rules, pictures: &self.source.pictures, posts: &posts };
        let read = match dialect::read(&file, &site) {
            Ok(read) => read,
            Err(refusal) => return self.refusal(path, Some(refusal.line()), refusal.to_string()),
        };
        if let Err(why) = limits::check(&read.document, self.source.place(path).as_str()) {
            return self.refusal(path, None, why);
        }
        let mut seen = seen.into_inner();
        let absent = pictures::of(&read.document).filter_map(|picture| picture.file.as_ref());
        let absent = absent.filter(|file| !self.source.pictures.contains(*file));
        seen.extend(absent.cloned());
        let origin = if seen.is_empty() { origin } else { origin.seeing(&source::digest(seen.join("\n").as_bytes())) };
        let expires_at = read.document.expires_at.map(plan::timestamp).filter(|at| *at > self.now);
        let origin = match expires_at {
            Some(at) => origin.until(at),
            None => origin,
        };
        if let Some(known) = known.filter(|known| known.origin.as_ref() == Some(&origin)) {
            let what = What::Unchanged { id: known.stored.id, moved_from: None };
            return Reading { lines: Vec::new(), what };
        }
        let lines = read.warnings.into_iter();
        let lines = lines.map(|warning| self.line(path, warning.line, false, warning.message)).collect();
        let dialect = self.rules.dialect.name();
        let content = SourceFile { dialect, content: bytes.into_owned() };
        Reading { lines, what: What::New(Box::new(Candidate { origin, file: content, document: read.document })) }
    }

    fn refusal(&self, path: &str, line: Option<u32>, message: String) -> Reading {
        Reading { lines: vec![self.line(path, line, true, message)], what: What::Refused }
    }

    fn line(&self, path: &str, line: Option<u32>, is_refusal: bool, message: String) -> Line {
        Line { path: self.source.place(path).into_string(), line, is_refusal, message }
    }
}
