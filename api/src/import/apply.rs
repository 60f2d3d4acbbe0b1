//! One source on its way into the database, batch by batch: what the files of a batch say appears together.

use super::{
    RULES_VERSION,
    document::SiteRules,
    links::Links,
    pictures,
    plan::{Candidate, Decision, Register},
    reading::{Reader, What},
    report::{Became, Event, Line, Outcome, Place},
    source::{self, Source},
    store,
};
use crate::{
    Result,
    app::App,
    article::{Save, service},
    db::Transaction,
    image,
    media::{Collector, LocalPictures},
    site,
};
use camino::Utf8Path;
use sea_orm::ConnectionTrait;
use std::collections::{BTreeSet, HashSet};

/// An import of one source.
pub(super) struct Import<'a> {
    pub(super) app: &'a App,
    pub(super) source: &'a Source,
    pub(super) rules: &'a SiteRules,
    pub(super) tell: &'a mut dyn FnMut(Event),
    pub(super) outcome: &'a mut Outcome,
    /// Of a dry run the one transaction, which nobody commits.
    pub(super) dry: &'a mut Option<Transaction>,
    pub(super) is_dry: bool,
    pub(super) links: Links,
    pub(super) pictures: Collector<'a>,
    /// The folders from which articles came before.
    pub(super) roots: &'a [String],
}

/// Articles whose folder is elsewhere now, though they say what they said.
#[derive(Default)]
struct Moved {
    articles: Vec<i64>,
    from: BTreeSet<String>,
}

impl Import<'_> {
    /// Reads and stores these files.
    pub(super) async fn batch(&mut self, paths: &[String]) -> Result<()> {
        let names = self.names(paths);
        let found = match self.dry {
            Some(transaction) => store::known(transaction, &names, &[], &[]).await?,
            None => store::known(&self.app.db.connection(), &names, &[], &[]).await?,
        };
        let readings = self.reader().all(paths, &Register::new(found));
        let mut candidates = Vec::new();
        let mut moved = Moved::default();
        for (path, reading) in paths.iter().zip(readings) {
            reading.lines.into_iter().for_each(|line| (self.tell)(Event::Line(line)));
            match reading.what {
                What::New(candidate) => candidates.push(*candidate),
                What::Unchanged { id, moved_from } => {
                    if let Some(from) = moved_from {
                        moved.articles.push(id);
                        moved.from.insert(from);
                    }
                    self.became(path, Became::Unchanged, None);
                }
                What::Refused => self.became(path, Became::Refused, None),
            }
        }
        let before = self.outcome.created + self.outcome.updated;
        self.store(candidates, &moved).await?;
        if !self.is_dry {
            self.app.db.reclaim(before, self.outcome.created + self.outcome.updated).await;
        }
        (self.tell)(Event::Done(paths.len()));
        Ok(())
    }

    /// What is left to do when all files of the source are in.
    pub(super) async fn end(&mut self, prunes: bool) -> Result<()> {
        if !self.is_dry {
            pictures::refresh(self.app, &self.source.root, &mut self.pictures).await?;
            self.complain();
            self.remember().await?;
            self.keep_configuration().await?;
        }
        self.miss(prunes).await
    }

    /// What the site's configuration says is what the API says of the site.
    async fn remember(&mut self) -> Result<()> {
        let configured = &self.source.configured;
        let is_told = configured.title.is_some() || configured.description.is_some() || configured.has_timezone;
        if !is_told {
            return Ok(());
        }
        let row = entity::site::Model {
            id: 1,
            title: configured.title.clone(),
            description: configured.description.clone(),
            url: self.rules.url.as_ref().map(ToString::to_string),
            locale: Some(self.rules.locale.clone()),
            timezone: configured.has_timezone.then(|| self.rules.timezone.name().to_owned()),
        };
        let transaction = self.app.db.begin().await?;
        if site::store::remember(&transaction, row).await? {
            site::store::raise_generation(&transaction).await?;
        }
        self.app.db.commit(transaction).await?;
        Ok(())
    }

    /// The files by which posts were read are given back with them.
    async fn keep_configuration(&mut self) -> Result<()> {
        if !self.source.is_whole {
            return Ok(());
        }
        let configured = &self.source.configured;
        let mut files: Vec<(String, Vec<u8>)> =
            configured.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        // A page that can not be read was refused before.
        let pages = configured.pages.iter().filter_map(|path| Some((path.clone(), self.source.read(path).ok()?)));
        files.extend(pages.map(|(path, content)| (path, content.into_owned())));
        let transaction = self.app.db.begin().await?;
        store::keep_configuration(&transaction, &self.source.root, self.rules.dialect.name(), files).await?;
        self.app.db.commit(transaction).await?;
        Ok(())
    }

    /// Tells of articles whose files are gone, and deletes them if that is asked for.
    async fn miss(&mut self, prunes: bool) -> Result<()> {
        if !self.source.is_whole {
            if prunes {
                let message = "only a whole site or folder is pruned; this is a part of one".to_owned();
                (self.tell)(Event::Line(Line {
                    path: self.source.root.clone(),
                    line: None,
                    is_refusal: false,
                    message,
                }));
            }
            return Ok(());
        }
        let files: HashSet<&str> = self.source.paths.iter().map(String::as_str).collect();
        let missing = match self.dry {
            Some(transaction) => store::missing(transaction, &self.source.root, &files).await?,
            None => store::missing(&self.app.db.connection(), &self.source.root, &files).await?,
        };
        // Behind a link, or left out by a configuration: what is still there is not gone.
        let (there, missing): (Vec<_>, Vec<_>) =
            missing.into_iter().partition(|(_, path)| source::exists(&self.source.root, path));
        for (_, path) in there {
            self.line(
                &path,
                false,
                "the file is there, but no post of this site any more; its article stays".to_owned(),
            );
        }
        // A folder in which nothing is left is more likely the wrong folder.
        let is_pruned = prunes && !files.is_empty() && !missing.is_empty();
        if prunes && files.is_empty() && !missing.is_empty() {
            let message = "there is no post left here, so nothing was deleted: is this the right folder?".to_owned();
            (self.tell)(Event::Line(Line { path: self.source.root.clone(), line: None, is_refusal: false, message }));
        }
        if is_pruned {
            let transaction = self.begin().await?;
            let ids: Vec<i64> = missing.iter().map(|(id, _)| *id).collect();
            store::delete(&transaction, &ids).await?;
            site::store::raise_generation(&transaction).await?;
            self.commit(transaction).await?;
        }
        for (_, path) in missing {
            self.became(&path, if is_pruned { Became::Pruned } else { Became::Missing }, None);
        }
        Ok(())
    }

    /// What these files are called below the root, and below folders in it that were imported by themselves.
    fn names(&self, paths: &[String]) -> Vec<String> {
        let below = self.roots.iter().filter_map(|root| root.strip_prefix(&self.source.root)?.strip_prefix('/'));
        let folders: Vec<String> = below.map(|folder| format!("{folder}/")).collect();
        let mut names = paths.to_vec();
        for folder in folders {
            names.extend(paths.iter().filter_map(|path| path.strip_prefix(folder.as_str())).map(str::to_owned));
        }
        names
    }

    fn reader(&self) -> Reader<'_> {
        Reader {
            source: self.source,
            rules: self.rules,
            rules_digest: source::digest(format!("{RULES_VERSION}\n{:?}", self.rules).as_bytes()),
            now: self.app.now(),
            links: &self.links,
        }
    }

    async fn begin(&mut self) -> Result<Transaction> {
        match self.dry.take() {
            Some(transaction) => Ok(transaction),
            None => self.app.db.begin().await,
        }
    }

    async fn commit(&mut self, transaction: Transaction) -> Result<()> {
        if self.is_dry {
            *self.dry = Some(transaction);
        } else {
            self.app.db.commit(transaction).await?;
        }
        Ok(())
    }

    async fn store(&mut self, candidates: Vec<Candidate>, moved: &Moved) -> Result<()> {
        if candidates.is_empty() && moved.articles.is_empty() {
            return Ok(());
        }
        let shown = candidates.iter().flat_map(|candidate| {
            pictures::of(&candidate.document).map(|picture| (candidate.origin.path.as_str(), picture))
        });
        let local = self.pictures.collect(shown);
        self.complain();
        let transaction = self.begin().await?;
        let saved = self.write(&transaction, candidates, &local, moved).await?;
        self.commit(transaction).await?;
        for (save, slug) in saved {
            self.saved(&save, slug);
        }
        Ok(())
    }

    async fn write(
        &mut self,
        db: &impl ConnectionTrait,
        candidates: Vec<Candidate>,
        local: &LocalPictures,
        moved: &Moved,
    ) -> Result<Vec<(Save, String)>> {
        let now = self.app.now();
        let sources: Vec<String> = candidates.iter().map(|candidate| candidate.origin.path.clone()).collect();
        let paths: Vec<String> = candidates.iter().map(|candidate| candidate.document.path.clone()).collect();
        let slugs: Vec<String> = candidates.iter().map(|candidate| candidate.document.slug.clone()).collect();
        store::relocate(db, &self.source.root, &moved.articles).await?;
        for from in moved.from.iter().filter(|from| !Utf8Path::new(from).is_dir()) {
            image::relocate(db, from, &self.source.root).await?;
        }
        let mut register = Register::new(store::known(db, &self.names(&sources), &paths, &slugs).await?);
        register.free_paths(&candidates, source::exists);
        let mut saves = Vec::new();
        for candidate in candidates {
            let path = candidate.origin.path.clone();
            match register.decide(candidate, now, source::exists) {
                Decision::Save(save, note) => {
                    if let Some(note) = note {
                        self.line(&path, false, note);
                    }
                    saves.push(*save);
                }
                Decision::Keep => self.became(&path, Became::Unchanged, None),
                Decision::Refuse(why) => {
                    self.line(&path, true, why);
                    self.became(&path, Became::Refused, None);
                }
            }
        }
        store::move_aside(db, register.aside()).await?;
        let slugs = service::save(db, &saves, local, &self.rules.naming, now).await?;
        Ok(saves.into_iter().zip(slugs).collect())
    }

    fn complain(&mut self) {
        for complaint in self.pictures.complaints() {
            self.line(&complaint.file, false, complaint.message);
        }
    }

    fn saved(&mut self, save: &Save, slug: String) {
        let path = save.draft.origin.as_ref().map_or("", |origin| &origin.path);
        let is_new = save.replaces.as_ref().is_none_or(|stored| stored.slug != slug);
        if is_new && slug != save.draft.slug {
            self.line(path, false, format!("the slug `{}` is taken; this article has `{slug}`", save.draft.slug));
        }
        let became = if save.replaces.is_some() { Became::Updated } else { Became::Created };
        self.became(path, became, Some(Place { slug, path: save.draft.path.clone() }));
    }

    fn became(&mut self, path: &str, became: Became, article: Option<Place>) {
        self.outcome.add(became);
        (self.tell)(Event::File { path: self.source.place(path).into_string(), became, article });
    }

    fn line(&mut self, path: &str, is_refusal: bool, message: String) {
        let path = self.source.place(path).into_string();
        (self.tell)(Event::Line(Line { path, line: None, is_refusal, message }));
    }
}
