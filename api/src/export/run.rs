//! An export from its beginning to its end.

use super::{
    article::Stored,
    check::{self, Against, Field},
    folder::Folder,
    form::Form,
    make::{self, Made},
    names::{self, Names},
    pictures::Pictures,
    prepare::{Prepared, prepare, usual_form},
    site::store as survey,
    store::{self, Part},
    target::{Files, Target},
};
use crate::{
    Result,
    app::App,
    db::Transaction,
    import::{
        document::Document,
        pictures,
        report::{Event, Line},
    },
    media::Media,
};
use camino::Utf8Path;
use futures_util::FutureExt;
use std::{
    collections::{BTreeSet, HashSet},
    fs, io,
};
use tokio::{pin, signal};

/// Articles that are held at once.
const BATCH: u64 = 100;

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
    tell(Event::Found(survey::count(&db).await?));
    let form = match form {
        Some(form) => form,
        None => usual_form(&survey::dialects(&db).await?),
    };
    let Prepared { target, files, pictures } = prepare(app, &db, form).await?;
    let mut export = Export {
        folder,
        db,
        target,
        pictures,
        tell,
        names: Names::default(),
        told: HashSet::new(),
        untold: BTreeSet::new(),
        outcome: Outcome::default(),
    };
    export.site(&files)?;
    export.articles().await?;
    export.pictures(&app.media)?;
    export.warn_of_authors();
    let outcome = export.outcome;
    export.db.rollback().await?;
    Ok(outcome)
}

/// An export under way.
struct Export<'a> {
    folder: Folder,
    db: Transaction,
    target: Target,
    pictures: Pictures,
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
    fn site(&mut self, files: &Files) -> Result<()> {
        for (path, content) in files.iter().filter(|(path, _)| names::is_below(path)) {
            self.names.take(path);
            self.folder.write(path, content, None)?;
        }
        Ok(())
    }

    /// Copies of what the articles show.
    fn pictures(&mut self, media: &Media) -> Result<()> {
        let read = |name: &str| media.find(name).map_or(Err(io::ErrorKind::NotFound.into()), fs::read);
        for (place, error) in self.pictures.write(&mut self.folder, &read)? {
            self.warn(&place, format!("this picture can not be written from its copy ({error}): put it here"));
        }
        let missing: Vec<String> = self.pictures.missing().cloned().collect();
        for place in missing {
            let message = "articles show this picture, but there is no copy of it: put the picture here";
            self.warn(&place, message.to_owned());
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
        let form = self.target.form.name();
        let kept = article.file.as_ref().filter(|file| file.dialect == form).zip(article.source_path.as_deref());
        let place = kept.and_then(|(file, source)| Some((file, self.target.kept(source)?)));
        if let Some((file, path)) = place.filter(|(_, path)| self.names.take(path)) {
            let (document, why) = self.kept(article, &path, &file.content);
            if let Some(document) = document.filter(|_| why.is_empty()) {
                self.outcome.kept += 1;
                self.warn_of_paths(article, &path, &document);
                self.show(&path, &document);
                self.remember(article, Some(&document));
                return self.folder.write(&path, &file.content, Some(article.published_at));
            }
            self.warn(
                &path,
                format!("written anew: as it came in, it would not say {} of the article any more", list(&why)),
            );
            return self.made(article, names::without_ending(&path));
        }
        let (folder, stem) = self.target.place(&article.path, &article.slug, article.is_draft, article.published_at);
        let stem = self.names.find(&folder, &stem);
        self.made(article, &stem)
    }

    /// Sees to it that the pictures of a post stand where it refers to them.
    fn show(&mut self, path: &str, document: &Document) {
        for picture in pictures::of(document) {
            let (url, file) = (&picture.original_url, picture.file.as_deref());
            if self.pictures.is(url, file) {
                continue;
            }
            let is_taken = file.is_some_and(|file| self.target.has_picture(file));
            let added = if is_taken { None } else { self.pictures.add(self.target.shown(), url) };
            match added {
                Some(file) => self.target.add_picture(file),
                None => self.warn(path, format!("shows `{url}`, but another picture has to stand there")),
            }
        }
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
        if let Some(document) = &made.document {
            self.show(&made.path, document);
        }
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

    fn warn_of_paths(&mut self, article: &Stored, path: &str, document: &Document) {
        let untold = check::untold_paths(article, document);
        if !untold.is_empty() {
            let paths = untold.join("`, `");
            let key = self.target.form.keys().earlier;
            self.warn(path, format!("the article once stood at `{paths}`, which its file does not say: add `{key}`"));
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
