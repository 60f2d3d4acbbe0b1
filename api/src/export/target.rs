//! The site that an export writes, as an import will read it. Pure.

use super::form::Form;
use crate::import::{
    dialect::{self, Dialect},
    document::{PostFile, Read, Refusal, Site, SiteRules},
    hexo, plan,
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
    /// The language of articles that do not tell theirs.
    pub locale: String,
    /// Of permalinks: `:year`, `:month`, `:day`, `:title` and plain text, or as the tool itself has it.
    pub pattern: String,
    /// When it is written.
    pub now: Timestamp,
    /// How an import reads it; none where no import reads this form.
    rules: Option<SiteRules>,
    pictures: BTreeSet<String>,
}

impl Target {
    /// A site of this form that is like the one known so far but for its permalinks. `pictures` are the files of pictures that
    /// stand in it.
    #[must_use]
    pub fn new(form: Form, base: &SiteRules, pattern: &str, pictures: BTreeSet<String>, now: Timestamp) -> Self {
        Self {
            rules: rules(form, base, pattern),
            zone: base.timezone,
            locale: base.locale.clone(),
            pattern: pattern.to_owned(),
            form,
            now,
            pictures,
        }
    }

    /// The pattern that the site has by the rules known so far, where these are of this form.
    #[must_use]
    pub fn known_pattern(form: Form, base: &SiteRules) -> Option<String> {
        match (&base.dialect, form) {
            (Dialect::Hexo(rules), Form::Hexo) => Some(rules.permalink.clone()),
            _ => None,
        }
    }

    /// What an import makes of a file; none where no import reads this form. A file without a date is taken for one that was
    /// last changed at `published_at`.
    #[must_use]
    pub fn read(&self, path: &str, bytes: &[u8], published_at: Timestamp) -> Option<Result<Read, Refusal>> {
        let rules = self.rules.as_ref()?;
        let published_at = plan::instant(published_at);
        let file = PostFile { path, bytes, known_date: None, changed_at: published_at, now: published_at };
        let site = Site { rules, pictures: &self.pictures, posts: &|_| None };
        Some(dialect::read(&file, &site))
    }

    /// Whether there is an import that reads what is written.
    #[must_use]
    pub const fn can_read(&self) -> bool {
        self.rules.is_some()
    }
}

fn rules(form: Form, base: &SiteRules, pattern: &str) -> Option<SiteRules> {
    match form {
        Form::Hexo => {
            let known = match &base.dialect {
                Dialect::Hexo(rules) => rules.clone(),
                Dialect::Jekyll(_) | Dialect::Hugo(_) => hexo::Rules::default(),
            };
            let dialect = Dialect::Hexo(hexo::Rules { permalink: pattern.to_owned(), ..known });
            Some(SiteRules { dialect, statics: vec!["source".to_owned()], ..base.clone() })
        }
        Form::Jekyll | Form::Hugo => None,
    }
}
