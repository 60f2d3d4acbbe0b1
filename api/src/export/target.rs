//! The site that an export writes, as an import will read it. Pure.

use super::{form::Form, names, pictures::Shown};
use crate::import::{
    dialect::{self, Dialect},
    document::{PostFile, Read, Refusal, Site, SiteRules},
    hugo,
    links::Index,
    plan,
    site::{self, Layout},
};
use chrono_tz::Tz;
use entity::Timestamp;
use std::collections::BTreeSet;

/// What holds for all files of an export.
#[derive(Clone, Debug)]
pub struct Target {
    /// Whose site it is.
    pub form: Form,
    /// In which dates are written.
    pub zone: Tz,
    /// When it is written.
    pub now: Timestamp,
    /// How an import reads it.
    rules: SiteRules,
    /// Where that finds posts, if the configuration is one that came in: then they keep their places.
    layout: Option<Layout>,
    pictures: BTreeSet<String>,
    posts: Index,
}

/// Files of a configuration, each with its path.
pub type Files = Vec<(String, Vec<u8>)>;

impl Target {
    /// A site of this form by these files, which came in if `is_original`. `base` is what holds where they do not tell.
    #[must_use]
    pub fn new(form: Form, files: &Files, is_original: bool, base: &SiteRules, now: Timestamp) -> Self {
        let text = |(path, bytes): &(String, Vec<u8>)| (path.clone(), String::from_utf8_lossy(bytes).into_owned());
        let folder = site::Folder { files: files.iter().map(text).collect(), ..site::Folder::default() };
        let site::Configured { mut rules, layout, .. } = site::configure(form.kind(), &folder, base, String::new());
        if let Dialect::Hugo(rules) = &mut rules.dialect {
            rules.sections = hugo::Rules::sections(files.iter().map(|(path, _)| path.as_str()));
        }
        let layout = is_original.then_some(layout);
        Self { zone: rules.timezone, form, now, rules, layout, pictures: BTreeSet::new(), posts: Index::default() }
    }

    /// With pictures at these places, and with these posts, each with the path of its file.
    #[must_use]
    pub fn with(self, pictures: BTreeSet<String>, posts: Index) -> Self {
        Self { pictures, posts, ..self }
    }

    /// The pattern that the site has by the rules known so far, as its tool writes it, where these are of this form.
    #[must_use]
    pub fn known_pattern(form: Form, base: &SiteRules) -> Option<String> {
        match (&base.dialect, form) {
            (Dialect::Hexo(rules), Form::Hexo) => Some(rules.permalink.clone()),
            (Dialect::Jekyll(rules), Form::Jekyll) => Some(rules.permalink.clone()),
            _ => None,
        }
    }

    /// How it shows pictures.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        Shown { form: self.form, statics: &self.rules.statics, site: self.rules.url.as_ref() }
    }

    /// Whether a picture stands here.
    #[must_use]
    pub fn has_picture(&self, file: &str) -> bool {
        self.pictures.contains(file)
    }

    /// Puts one more picture here.
    pub fn add_picture(&mut self, file: String) {
        self.pictures.insert(file);
    }

    /// Where a file goes that came in from this path. None where it has to be named anew.
    #[must_use]
    pub fn kept(&self, source_path: &str) -> Option<String> {
        match &self.layout {
            Some(layout) => {
                (names::is_below(source_path) && layout.is_post(source_path)).then(|| source_path.to_owned())
            }
            None => self.form.kept(source_path),
        }
    }

    /// Where a file of this article goes that is made anew: its folder, and its name without ending; neither is unique yet.
    #[must_use]
    pub fn place(&self, path: &str, slug: &str, is_draft: bool, published_at: Timestamp) -> (String, String) {
        let (folder, stem) = self.form.place(path, slug, is_draft, plan::instant(published_at), self.zone);
        (self.folder(folder), stem)
    }

    /// What this site calls a folder.
    fn folder(&self, usual: &str) -> String {
        let (top, rest) = usual.split_once('/').unwrap_or(("", usual));
        let own = match &self.rules.dialect {
            Dialect::Hexo(_) => self.rules.statics.first().map_or(top, String::as_str),
            Dialect::Jekyll(rules) => rules.collections.as_str(),
            Dialect::Hugo(rules) => rules.content.first().map_or(top, |content| content.folder.as_str()),
        };
        if own.is_empty() { rest.to_owned() } else { format!("{own}/{rest}") }
    }

    /// As whose site an import reads it.
    #[must_use]
    pub fn dialect(&self) -> &Dialect {
        &self.rules.dialect
    }

    /// What an import makes of a file. One without a date is taken for one that was last changed at `published_at`.
    ///
    /// # Errors
    /// As [`dialect::read`].
    pub fn read(&self, path: &str, bytes: &[u8], published_at: Timestamp) -> Result<Read, Refusal> {
        let changed_at = plan::instant(published_at);
        let file = PostFile { path, bytes, known_date: None, changed_at, now: plan::instant(self.now) };
        let posts = |name: &str| self.posts.find(name);
        dialect::read(&file, &Site { rules: &self.rules, pictures: &self.pictures, posts: &posts })
    }
}
