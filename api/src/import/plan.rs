//! What must change so that the database says what the files say. Pure: no clock, no I/O.

use super::document::Document;
use crate::article::{Draft, Origin, Save, SourceFile, Stored};
use chrono::{DateTime, Utc};
use entity::Timestamp;
use std::collections::{HashMap, HashSet};

/// An article as the database has it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its row, slug, path and version.
    pub stored: Stored,
    /// Kept where the file gives no date.
    pub published_at: Timestamp,
    /// Never later than the first import.
    pub created_at: Timestamp,
    /// The file that it came from.
    pub origin: Option<Origin>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Candidate {
    /// Root, path and digest of the file.
    pub origin: Origin,
    /// Its bytes.
    pub file: SourceFile,
    /// What it says.
    pub document: Document,
}

/// What is to be done about one candidate.
#[derive(Debug)]
pub enum Decision {
    /// To be stored, and what to tell about it.
    Save(Box<Save>, Option<String>),
    /// Stored already, by another import that ran at the same time.
    Keep,
    /// Not to be stored, and why.
    Refuse(String),
}

/// Whether there is a file: its root, and its path below that.
pub type Exists = fn(&str, &str) -> bool;

/// What is known of the articles that files of this batch may be, and of the paths that they want.
#[derive(Default)]
pub struct Register {
    /// By the file's place.
    by_file: HashMap<String, Known>,
    by_path: HashMap<String, Known>,
    by_slug: HashMap<String, Known>,
    /// Ids that a file of this batch has become.
    claimed: HashSet<i64>,
    /// Articles that give way, and where they go.
    aside: Vec<(i64, String)>,
}

impl Register {
    /// Of these articles.
    #[must_use]
    pub fn new(known: Vec<Known>) -> Self {
        let mut register = Self::default();
        for article in known {
            if let Some(origin) = &article.origin {
                register.by_file.insert(place(origin), article.clone());
            }
            register.by_slug.insert(article.stored.slug.clone(), article.clone());
            register.by_path.insert(article.stored.path.clone(), article);
        }
        register
    }

    /// The article that a file is: what came from the same file, by whichever of the folders around it; else the same bytes
    /// from the same path below another root where they are gone, since folders move.
    #[must_use]
    pub fn of_file(&self, origin: &Origin, exists: Exists) -> Option<&Known> {
        self.by_file.get(&place(origin)).or_else(|| {
            let is_moved = |known: &&Known| {
                known.origin.as_ref().is_some_and(|known| {
                    known.path == origin.path && known.has_bytes_of(origin) && !exists(&known.root, &known.path)
                })
            };
            self.by_file.values().filter(is_moved).min_by_key(|known| known.stored.id)
        })
    }

    /// Articles of the batch that go elsewhere leave their paths to others of it, whatever their order.
    pub fn free_paths(&mut self, candidates: &[Candidate], exists: Exists) {
        for candidate in candidates {
            if let Some(path) = self.of_file(&candidate.origin, exists).map(|own| own.stored.path.clone())
                && path != candidate.document.path
            {
                self.by_path.remove(&path);
            }
        }
    }

    /// Articles that give way to others, and the paths to which they go.
    #[must_use]
    pub fn aside(&self) -> &[(i64, String)] {
        &self.aside
    }

    /// Decides about one file after the other. Its identity is its path, else its permalink, else its slug, the latter two
    /// where the file that had them is gone. A permalink that another file has is refused, since one of both would be lost.
    pub fn decide(&mut self, candidate: Candidate, now: Timestamp, exists: Exists) -> Decision {
        let is_free = |register: &Self, known: &Known| {
            known.stored.id != NEW
                && !register.claimed.contains(&known.stored.id)
                && !known.origin.as_ref().is_some_and(|origin| exists(&origin.root, &origin.path))
        };
        let own = self.of_file(&candidate.origin, exists).cloned();
        if let Some(own) = own.as_ref().filter(|own| own.origin.as_ref() == Some(&candidate.origin)) {
            self.claimed.insert(own.stored.id);
            return Decision::Keep;
        }
        let holder = self.by_path.get(&candidate.document.path).cloned();
        let holder = holder.filter(|holder| own.as_ref().is_none_or(|own| own.stored.id != holder.stored.id));
        if let Some(holder) = &holder
            && !is_free(self, holder)
        {
            self.stay(own);
            return refusal(&candidate.document.path, holder);
        }
        let by_slug = || {
            self.by_slug.get(&candidate.document.slug).filter(|known| {
                known.origin.as_ref().is_some_and(|origin| origin.root == candidate.origin.root) && is_free(self, known)
            })
        };
        let replaces = own.clone().or_else(|| holder.clone()).or_else(|| by_slug().cloned());
        let is_elsewhere =
            |known: &&Known| known.origin.as_ref().is_some_and(|origin| origin.root != candidate.origin.root);
        let note =
            replaces.as_ref().filter(|_| own.is_none()).filter(is_elsewhere).and_then(|known| known.origin.as_ref());
        let note = note
            .map(|origin| format!("takes the place of the article that came from {}, which is gone", place(origin)));
        if let (Some(_), Some(holder)) = (own, holder) {
            self.move_aside(&holder);
        }
        if let Some(known) = &replaces {
            self.claimed.insert(known.stored.id);
            self.by_path.remove(&known.stored.path);
        }
        let draft = draft(candidate, replaces.as_ref(), now);
        self.by_path.insert(draft.path.clone(), placeholder(&draft, replaces.as_ref()));
        Decision::Save(Box::new(Save { replaces: replaces.map(|known| known.stored), draft }), note)
    }

    /// A refused file's article keeps its path, unless another one has it by now.
    fn stay(&mut self, own: Option<Known>) {
        let Some(own) = own else { return };
        if self.by_path.contains_key(&own.stored.path) {
            self.move_aside(&own);
        } else {
            self.by_path.insert(own.stored.path.clone(), own);
        }
    }

    fn move_aside(&mut self, known: &Known) {
        let path = &known.stored.path;
        let (bare, slash) = path.strip_suffix('/').map_or((path.as_str(), ""), |bare| (bare, "/"));
        self.aside.push((known.stored.id, format!("{bare}-{}{slash}", known.stored.id)));
    }
}

/// Where a file is.
fn place(origin: &Origin) -> String {
    format!("{}/{}", origin.root, origin.path)
}

/// The id of an article that this batch will make.
const NEW: i64 = 0;

/// Holds a path for the rest of the batch.
fn placeholder(draft: &Draft, replaces: Option<&Known>) -> Known {
    let stored = Stored {
        id: replaces.map_or(NEW, |known| known.stored.id),
        slug: draft.slug.clone(),
        path: draft.path.clone(),
        version: 0,
    };
    Known { stored, published_at: draft.published_at, created_at: draft.created_at, origin: draft.origin.clone() }
}

fn refusal(path: &str, holder: &Known) -> Decision {
    let holder = holder.origin.as_ref().map_or_else(|| "another article".to_owned(), place);
    Decision::Refuse(format!("the permalink `{path}` is that of {holder}; give one of them another `permalink`"))
}

fn draft(Candidate { origin, file, document }: Candidate, replaces: Option<&Known>, now: Timestamp) -> Draft {
    let published_at = timestamp(document.published_at);
    let first_seen = replaces.map_or(now, |known| known.created_at);
    // A date that is still to come can not be when the article was written.
    let created_at = if published_at > now { first_seen.min(published_at) } else { published_at };
    Draft {
        path: document.path,
        published_at,
        created_at,
        updated_at: document.updated_at.map_or(created_at, timestamp),
        title: document.title,
        slug: document.slug,
        locale: document.locale,
        is_draft: document.is_draft,
        comments_enabled: document.comments_enabled,
        source_url: document.source_url,
        excerpt: document.excerpt,
        authors: document.authors,
        categories: document.categories,
        tags: document.tags,
        cover: document.cover,
        thumbnail: document.thumbnail,
        body: document.body,
        markdown: document.markdown,
        extra: serde_json::Value::Object(document.extra).to_string(),
        earlier_paths: document.earlier_paths,
        translation_key: document.translation_key,
        origin: Some(origin),
        file: Some(file),
    }
}

/// The instant as it is stored.
#[must_use]
pub fn timestamp(instant: DateTime<Utc>) -> Timestamp {
    Timestamp(instant.timestamp_micros())
}

/// The instant as dates are reckoned with.
#[must_use]
pub fn instant(timestamp: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(timestamp.0).unwrap_or_default()
}
