//! The site that an export writes, as an import will read it. Pure.

use super::{
    form::Form,
    site::{self, About},
};
use crate::import::{
    dialect::{self, Dialect},
    document::{PostFile, Read, Refusal, Site, SiteRules},
    plan, site as import,
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
    pictures: BTreeSet<String>,
}

impl Target {
    /// A site of this form by the configuration that is written for it. `base` is what holds where that does not tell, and
    /// `pictures` are the files of pictures that stand in it.
    #[must_use]
    pub fn new(form: Form, about: &About, base: &SiteRules, pictures: BTreeSet<String>, now: Timestamp) -> Self {
        let files = site::files(form, about).into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        let folder = import::Folder { files, ..import::Folder::default() };
        let rules = import::configure(form.kind(), &folder, base, String::new()).rules;
        Self { zone: rules.timezone, form, now, rules, pictures }
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

    /// What an import makes of a file. One without a date is taken for one that was last changed at `published_at`.
    ///
    /// # Errors
    /// As [`dialect::read`].
    pub fn read(&self, path: &str, bytes: &[u8], published_at: Timestamp) -> Result<Read, Refusal> {
        let published_at = plan::instant(published_at);
        let file = PostFile { path, bytes, known_date: None, changed_at: published_at, now: published_at };
        let site = Site { rules: &self.rules, pictures: &self.pictures, posts: &|_| None };
        dialect::read(&file, &site)
    }
}
