//! From files to articles: find them, read them (pure), plan what changes (pure), apply it in batches.
//!
//! One file that can not be read never stops the others; a batch is stored whole or not at all, and a file that
//! says nothing new costs neither parsing nor writing.

pub mod date;
pub mod dialect;
pub mod document;
pub mod front_matter;
pub mod hexo;
pub mod hugo;
pub mod jekyll;
mod limits;
pub mod locale;
pub mod markdown;
pub mod normalise;
pub mod permalink;
pub mod place;
pub mod plan;
mod post;
pub mod report;
pub mod site;
pub mod source;
mod store;
pub mod text;
pub mod words;

use self::{
    dialect::Dialect,
    document::{Document, PostFile, Site, SiteRules},
    plan::{Candidate, Decision, Register},
    report::{Event, Line, Outcome},
    source::Source,
};
use crate::{
    Result,
    app::App,
    article::{Naming, Origin, Save, service},
};
use entity::Timestamp;
use std::collections::HashSet;

/// Raised whenever the same file would become something else, so that files are read again.
const RULES_VERSION: u32 = 1;

/// Files of one transaction.
const BATCH: usize = 500;

/// Imports everything in these sources, and tells what happens as it happens.
///
/// # Errors
/// When the database fails. What was stored before stays; running the import again goes on from there.
pub async fn run(app: &App, sources: &[Source], tell: &mut dyn FnMut(Event)) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    tell(Event::Found(sources.iter().map(|source| source.paths.len()).sum()));
    for source in sources {
        for (file, line, message) in &source.configured.warnings {
            let path = source.place(file).into_string();
            tell(Event::Line(Line { path, line: *line, is_refusal: false, message: message.clone() }));
        }
        for (place, why) in &source.unreadable {
            outcome.refused += 1;
            tell(refused(place, None, why));
        }
        let rules = &source.configured.rules;
        let mut import = Import { app, source, rules, tell: &mut *tell, outcome: &mut outcome };
        for paths in source.paths.chunks(BATCH) {
            import.batch(paths).await?;
        }
        if source.is_whole {
            let files: HashSet<&str> = source.paths.iter().map(String::as_str).collect();
            outcome.missing += store::missing(app.db.connection(), &source.root, &files).await?;
        }
    }
    Ok(outcome)
}

/// What became of reading a file that is not refused.
enum Reading {
    /// To be stored.
    New(Box<Candidate>),
    /// Stored already, as the article with this id; but its folder has moved.
    Moved(i64),
}

/// One source on its way in.
struct Import<'a> {
    app: &'a App,
    source: &'a Source,
    rules: &'a SiteRules,
    tell: &'a mut dyn FnMut(Event),
    outcome: &'a mut Outcome,
}

impl Import<'_> {
    async fn batch(&mut self, paths: &[String]) -> Result<()> {
        let found = store::known(self.app.db.connection(), paths, &[], &[]).await?;
        let register = Register::new(found);
        let mut candidates = Vec::new();
        let mut moved = Vec::new();
        for path in paths {
            match self.read(path, &register) {
                Some(Reading::New(candidate)) => candidates.push(*candidate),
                Some(Reading::Moved(id)) => moved.push(id),
                None => {}
            }
        }
        self.store(candidates, &moved).await?;
        (self.tell)(Event::Done(paths.len()));
        Ok(())
    }

    /// What a file says; nothing where that is refused or stored already.
    fn read(&mut self, path: &str, register: &Register) -> Option<Reading> {
        let bytes = match self.source.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.refuse(path, None, &error.to_string());
                return None;
            }
        };
        let digest = source::digest(&self.rules_digest(), &bytes);
        let origin = Origin { root: self.source.root.clone(), path: path.to_owned(), digest };
        let known = register.of_file(&origin);
        if let Some(known) = known
            && let Some(stored) = &known.origin
            && stored.digest == origin.digest
        {
            self.outcome.unchanged += 1;
            return (stored.root != origin.root).then_some(Reading::Moved(known.stored.id));
        }
        let now = plan::instant(self.app.now());
        let file = PostFile {
            path,
            bytes: &bytes,
            known_date: known.map(|known| plan::instant(known.published_at)),
            changed_at: self.source.modified(path).map_or(now, |at| plan::instant(Timestamp(at))),
            now,
        };
        let site = Site { rules: self.rules, pictures: &self.source.pictures, posts: &|_| None };
        let read = match dialect::read(&file, &site) {
            Ok(read) => read,
            Err(refusal) => {
                self.refuse(path, Some(refusal.line()), &refusal.to_string());
                return None;
            }
        };
        for warning in read.warnings {
            self.warn(path, warning.line, warning.message);
        }
        self.candidate(origin, read.document)
    }

    fn candidate(&mut self, origin: Origin, document: Document) -> Option<Reading> {
        if let Err(why) = limits::check(&document, self.source.place(&origin.path).as_str()) {
            self.refuse(&origin.path, None, &why);
            return None;
        }
        Some(Reading::New(Box::new(Candidate { origin, document })))
    }

    async fn store(&mut self, candidates: Vec<Candidate>, moved: &[i64]) -> Result<()> {
        if candidates.is_empty() && moved.is_empty() {
            return Ok(());
        }
        let now = self.app.now();
        let sources: Vec<String> = candidates.iter().map(|candidate| candidate.origin.path.clone()).collect();
        let paths: Vec<String> = candidates.iter().map(|candidate| candidate.document.path.clone()).collect();
        let slugs: Vec<String> = candidates.iter().map(|candidate| candidate.document.slug.clone()).collect();
        let transaction = self.app.db.begin().await?;
        store::relocate(&transaction, &self.source.root, moved).await?;
        let mut register = Register::new(store::known(&transaction, &sources, &paths, &slugs).await?);
        register.free_paths(&candidates);
        let mut saves = Vec::new();
        for candidate in candidates {
            let path = candidate.origin.path.clone();
            match register.decide(candidate, now, source::exists) {
                Decision::Save(save) => saves.push(*save),
                Decision::Refuse(why) => self.refuse(&path, None, &why),
            }
        }
        store::move_aside(&transaction, register.aside()).await?;
        let slugs = service::save(&transaction, &saves, &self.rules.naming, now).await?;
        transaction.commit().await?;
        self.count(&saves, &slugs);
        Ok(())
    }

    fn count(&mut self, saves: &[Save], slugs: &[String]) {
        for (save, slug) in saves.iter().zip(slugs) {
            match save.replaces {
                None => self.outcome.created += 1,
                Some(_) => self.outcome.updated += 1,
            }
            let is_new = save.replaces.as_ref().is_none_or(|stored| stored.slug != *slug);
            if is_new && *slug != save.draft.slug {
                let path = save.draft.origin.as_ref().map_or("", |origin| &origin.path);
                self.warn(path, None, format!("the slug `{}` is taken; this article has `{slug}`", save.draft.slug));
            }
        }
    }

    fn rules_digest(&self) -> String {
        format!("{RULES_VERSION}\n{:?}", self.rules)
    }

    fn refuse(&mut self, path: &str, line: Option<u32>, why: &str) {
        self.outcome.refused += 1;
        (self.tell)(refused(self.source.place(path).as_str(), line, why));
    }

    fn warn(&mut self, path: &str, line: Option<u32>, message: String) {
        let path = self.source.place(path).into_string();
        (self.tell)(Event::Line(Line { path, line, is_refusal: false, message }));
    }
}

fn refused(path: &str, line: Option<u32>, why: &str) -> Event {
    Event::Line(Line { path: path.to_owned(), line, is_refusal: true, message: why.to_owned() })
}

/// The folders from which articles came.
///
/// # Errors
/// When the database fails.
pub async fn roots(app: &App) -> Result<Vec<String>> {
    store::roots(app.db.connection()).await
}

/// How the posts of a site are read, where only its settings tell.
#[must_use]
pub fn rules(app: &App, timezone: Option<chrono_tz::Tz>) -> SiteRules {
    let settings = &app.settings;
    SiteRules {
        dialect: Dialect::Hexo(hexo::Rules::default()),
        timezone: timezone.or(settings.site_timezone).unwrap_or_default(),
        locale: settings.site_locale.clone(),
        url: settings.site_url.clone(),
        naming: Naming::default(),
        statics: vec!["source".to_owned()],
    }
}
