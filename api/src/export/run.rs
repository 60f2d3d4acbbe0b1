//! An export from its beginning to its end.

use super::{
    article::Stored,
    check::{self, Against, Field},
    folder::Folder,
    form::{self, Form},
    make::{self, Made},
    names::{self, Names},
    naming,
    site::{self, About},
    store::{self, Part},
    target::Target,
};
use crate::{
    Result,
    app::App,
    import::{
        self,
        dialect::Dialect,
        document::{Document, SiteRules},
        plan::instant,
        report::{Event, Line},
    },
};
use camino::Utf8Path;
use futures_util::FutureExt;
use sea_orm::DatabaseTransaction;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use tokio::{pin, signal};

/// Articles that are held at once.
const BATCH: u64 = 100;

/// Articles whose paths are looked at for what they have in common.
const SAMPLE: u64 = 2_000;

/// What an export came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Articles that are files now.
    pub exported: usize,
    /// Of these, those that went out as they came in.
    pub kept: usize,
    /// Whether someone has stopped it before its end.
    pub is_stopped: bool,
}

/// Writes every article into this folder, which must be empty or not be there yet, and tells what happens as it happens.
///
/// # Errors
/// When the folder is not empty or can not be written, or the database fails.
pub async fn run(app: &App, folder: &Utf8Path, form: Option<Form>, tell: &mut dyn FnMut(Event)) -> Result<Outcome> {
    let folder = Folder::open(folder)?;
    let db = app.db.snapshot().await?;
    tell(Event::Found(store::count(&db).await?));
    let form = match form {
        Some(form) => form,
        None => usual_form(&store::dialects(&db).await?),
    };
    let known = crate::site::About::read(app).await?;
    let base = import::rules(app, known.timezone);
    let base = SiteRules { url: known.url.clone(), locale: known.locale.clone().unwrap_or(base.locale), ..base };
    let (about, target) = site(app, &db, form, &known, &base).await?;
    let mut export = Export {
        folder,
        db,
        target,
        tell,
        names: Names::default(),
        told: HashSet::new(),
        untold: BTreeSet::new(),
        outcome: Outcome::default(),
    };
    export.site(&about)?;
    export.articles().await?;
    export.warn_of_authors();
    let outcome = export.outcome;
    export.db.rollback().await?;
    Ok(outcome)
}

/// That in which most articles came.
fn usual_form(dialects: &[(String, i64)]) -> Form {
    let known = dialects.iter().filter_map(|(name, count)| Some((Form::named(name)?, *count)));
    // Of equal ones the first in the order of the help text.
    known.max_by_key(|(form, count)| (*count, std::cmp::Reverse(form.name()))).map_or(Form::Hexo, |(form, _)| form)
}

/// The site as a whole, with the permalinks that most articles have.
async fn site(
    app: &App,
    db: &DatabaseTransaction,
    form: Form,
    known: &crate::site::About,
    base: &SiteRules,
) -> Result<(About, Target)> {
    let about = about(db, form, known, base).await?;
    let target = |about: &About| Target::new(form, about, base, BTreeSet::new(), app.now());
    let common = common_pattern(&store::paths(db, SAMPLE).await?, form, base);
    let common = About { permalink: common.map(|common| form.permalink(&common)), ..about };
    let of_common = target(&common);
    let Some(known) = Target::known_pattern(form, base) else { return Ok((common, of_common)) };
    // What files say of their paths by themselves depends on the pattern that they were written for.
    let known = About { permalink: Some(known), ..common.clone() };
    let of_known = target(&known);
    let sample = store::articles(db, Part::WithFile(form.name()), 0, BATCH).await?;
    let fitting = |target: &Target| sample.iter().filter(|article| keeps_path(article, target)).count();
    let is_known_better = fitting(&of_known) > fitting(&of_common);
    Ok(if is_known_better { (known, of_known) } else { (common, of_common) })
}

/// All but the permalinks.
async fn about(db: &DatabaseTransaction, form: Form, known: &crate::site::About, base: &SiteRules) -> Result<About> {
    let naming = naming::found(&base.naming, &store::categories(db).await?, &store::tags(db).await?);
    let has_files = store::dialects(db).await?.iter().any(|(dialect, _)| dialect == form.name());
    // Files that came in were written for what their site had; for others it is told in each whether there is an excerpt.
    let excerpt_separator = match &base.dialect {
        Dialect::Jekyll(rules) if has_files => Some(rules.excerpt_separator.clone()),
        _ => (!has_files).then(String::new),
    };
    Ok(About {
        title: known.title.clone().unwrap_or_else(|| "Masthead".to_owned()),
        description: known.description.clone(),
        url: base.url.as_ref().map(ToString::to_string),
        locale: base.locale.clone(),
        timezone: base.timezone.name().to_owned(),
        permalink: None,
        excerpt_separator,
        naming,
    })
}

fn keeps_path(article: &Stored, target: &Target) -> bool {
    let Some((file, path)) = article.file.as_ref().zip(article.source_path.as_ref()) else { return false };
    let Some(path) = target.form.kept(path) else { return false };
    let read = target.read(&path, &file.content, article.published_at);
    read.is_ok_and(|read| read.document.path == article.path)
}

fn common_pattern(paths: &[(String, String, entity::Timestamp)], form: Form, base: &SiteRules) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (slug, path, published_at) in paths {
        let found = form::pattern(path, slug, instant(*published_at), base.timezone);
        // Hugo ends every path in a slash.
        if let Some(found) = found.filter(|found| form != Form::Hugo || found.ends_with('/')) {
            *counts.entry(found).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(pattern, _)| pattern)
}

/// An export under way.
struct Export<'a> {
    folder: Folder,
    db: DatabaseTransaction,
    target: Target,
    tell: &'a mut dyn FnMut(Event),
    names: Names,
    /// Authors of whom everything that is known stands in some file.
    told: HashSet<String>,
    /// Authors of whom more is known than any file has told.
    untold: BTreeSet<String>,
    outcome: Outcome,
}

impl Export<'_> {
    /// The files that make the folder a site.
    fn site(&mut self, about: &About) -> Result<()> {
        for (path, content) in site::files(self.target.form, about) {
            self.names.take(path);
            self.folder.write(path, content.as_bytes(), None)?;
        }
        Ok(())
    }

    /// First what keeps its place, then what takes the places that are left.
    async fn articles(&mut self) -> Result<()> {
        let form = self.target.form.name();
        let interrupt = signal::ctrl_c();
        pin!(interrupt);
        for part in [Part::WithFile(form), Part::Without(form)] {
            let mut after = 0;
            loop {
                let articles = store::articles(&self.db, part, after, BATCH).await?;
                let Some(last) = articles.last() else { break };
                after = last.id;
                for article in &articles {
                    self.article(article)?;
                }
                self.outcome.exported += articles.len();
                (self.tell)(Event::Done(articles.len()));
                if interrupt.as_mut().now_or_never().is_some() {
                    self.outcome.is_stopped = true;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn article(&mut self, article: &Stored) -> Result<()> {
        let source = article.source_path.as_deref();
        let kept = article.file.as_ref().filter(|file| file.dialect == self.target.form.name()).zip(source);
        let place = kept.and_then(|(file, source)| Some((file, self.target.form.kept(source)?)));
        if let Some((file, path)) = place.filter(|(_, path)| self.names.take(path)) {
            let (document, why) = self.kept(article, &path, &file.content);
            if why.is_empty() {
                self.outcome.kept += 1;
                self.remember(article, document.as_ref());
                return self.folder.write(&path, &file.content, Some(article.published_at));
            }
            self.warn(
                &path,
                format!("written anew: as it came in, it would not say {} of the article any more", list(&why)),
            );
            return self.made(article, names::without_ending(&path));
        }
        let published_at = instant(article.published_at);
        let (folder, stem) = self.target.form.place(article, published_at, self.target.zone);
        let stem = self.names.find(folder, &stem);
        self.made(article, &stem)
    }

    /// What an import makes of a file that came in, and in what that is not the article.
    fn kept(&self, article: &Stored, path: &str, content: &[u8]) -> (Option<Document>, Vec<Field>) {
        match self.target.read(path, content, article.published_at) {
            Ok(read) => {
                let differs = check::differences(article, &read.document, Against::Kept);
                (Some(read.document), differs)
            }
            Err(_) => (None, vec![Field::Html]),
        }
    }

    fn made(&mut self, article: &Stored, stem: &str) -> Result<()> {
        let made = make::make(article, &self.target, stem, &self.told);
        self.remember(article, made.document.as_ref());
        self.folder.write(&made.path, made.content.as_bytes(), None)?;
        let Made { path, differs, refusal, is_normalised, .. } = made;
        if let Some(why) = refusal {
            self.warn(&path, format!("an import refuses this file: {why}"));
        }
        if !differs.is_empty() {
            self.warn(&path, format!("an import of this file changes {} of the article", list(&differs)));
        }
        if is_normalised {
            let form = self.target.form.name();
            self.warn(&path, format!("the body is written as HTML, for its Markdown means something else to {form}"));
        }
        Ok(())
    }

    fn remember(&mut self, article: &Stored, document: Option<&Document>) {
        for author in &article.authors {
            let is_known = author.bio.is_some() || author.website.is_some() || author.avatar.is_some();
            if !is_known || self.told.contains(&author.name) {
                continue;
            }
            let read = document.map(|document| &document.authors);
            let is_told = read
                .is_none_or(|read| read.iter().any(|read| read.name == author.name && check::tells_all(author, read)));
            if is_told {
                self.untold.remove(&author.name);
                self.told.insert(author.name.clone());
            } else {
                self.untold.insert(author.name.clone());
            }
        }
    }

    fn warn_of_authors(&mut self) {
        for name in std::mem::take(&mut self.untold) {
            let message =
                format!("no file tells all that is known of the author {name}: their files went out as they came in");
            self.warn("", message);
        }
    }

    fn warn(&mut self, path: &str, message: String) {
        let path = self.folder.place(path).into_string();
        (self.tell)(Event::Line(Line { path, line: None, is_refusal: false, message }));
    }
}

fn list(fields: &[Field]) -> String {
    fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
