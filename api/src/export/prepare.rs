//! What holds for all files of an export: the site's configuration, its pictures, and the names of its posts.

use super::{
    article::Stored,
    form::{self, Form},
    naming,
    pictures::{Kept, Pictures},
    site::{
        self, About,
        store::{self as survey, Linked},
    },
    store::{self, Part},
    target::{Files, Target},
};
use crate::{
    Result,
    app::App,
    db::Transaction,
    import::{
        self,
        dialect::Dialect,
        document::{PostLink, SiteRules},
        links::Index,
        plan::instant,
    },
};
use std::collections::BTreeMap;

/// Articles whose paths are looked at for what they have in common.
const SAMPLE: u64 = 2_000;

/// Articles whose files are held against a pattern.
const FILES: u64 = 100;

/// A site before its first post is written.
pub struct Prepared {
    /// How an import will read it.
    pub target: Target,
    /// Its configuration.
    pub files: Files,
    /// Its pictures.
    pub pictures: Pictures,
}

/// Looks at everything that is stored but at the articles themselves.
///
/// # Errors
/// When the database fails.
pub async fn prepare(app: &App, db: &Transaction, form: Form) -> Result<Prepared> {
    let known = crate::site::About::read(app).await?;
    let base = import::rules(app, known.timezone);
    let base = SiteRules { url: known.url.clone(), locale: known.locale.clone().unwrap_or(base.locale), ..base };
    let kept = survey::pictures(db, form).await?;
    let original = survey::configuration(db, form).await?;
    let (target, files) = if original.is_empty() {
        made(app, db, form, &known, &base, &kept).await?
    } else {
        (Target::new(form, &original, true, &base, app.now()), original)
    };
    let pictures = Pictures::new(target.shown(), kept);
    let posts = posts(survey::linked(db).await?, &target);
    let target = target.with(pictures.files().cloned().collect(), posts);
    Ok(Prepared { target, files, pictures })
}

/// That in which most articles came.
#[must_use]
pub fn usual_form(dialects: &[(String, i64)]) -> Form {
    let known = dialects.iter().filter_map(|(name, count)| Some((Form::named(name)?, *count)));
    // Of equal ones the first in the order of the help text.
    known.max_by_key(|(form, count)| (*count, std::cmp::Reverse(form.name()))).map_or(Form::Hexo, |(form, _)| form)
}

/// A configuration with the permalinks that most articles have.
async fn made(
    app: &App,
    db: &Transaction,
    form: Form,
    known: &crate::site::About,
    base: &SiteRules,
    pictures: &[Kept],
) -> Result<(Target, Files)> {
    let about = about(db, form, known, base, pictures).await?;
    let target = |about: &About| {
        let files = site::files(form, about);
        (Target::new(form, &files, false, base, app.now()), files)
    };
    let common = common_pattern(&survey::paths(db, SAMPLE).await?, form, base);
    let common = About { permalink: common.map(|common| form.permalink(&common)), ..about };
    let of_common = target(&common);
    let Some(known) = Target::known_pattern(form, base) else { return Ok(of_common) };
    // What files say of their paths by themselves depends on the pattern that they were written for.
    let of_known = target(&About { permalink: Some(known), ..common });
    let sample = store::articles(db, Part::WithFile(form.name()), 0, FILES).await?;
    let fitting = |target: &Target| sample.iter().filter(|article| keeps_path(article, target)).count();
    let is_known_better = fitting(&of_known.0) > fitting(&of_common.0);
    Ok(if is_known_better { of_known } else { of_common })
}

/// All but the permalinks.
async fn about(
    db: &Transaction,
    form: Form,
    known: &crate::site::About,
    base: &SiteRules,
    pictures: &[Kept],
) -> Result<About> {
    let naming = naming::found(
        &base.naming,
        &survey::categories(db).await?,
        &survey::tags(db).await?,
        &survey::authors(db).await?,
    );
    let has_files = survey::dialects(db).await?.iter().any(|(dialect, _)| dialect == form.name());
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
        has_asset_folders: form == Form::Hexo && pictures.iter().any(is_asset),
        naming,
    })
}

/// Whether the site shows a picture of Hexo's beside a page, though it lies in the folder of its post.
fn is_asset(picture: &Kept) -> bool {
    let folders = ["source/_posts/", "source/_drafts/"];
    let file = picture.source_file.as_ref().filter(|file| folders.iter().any(|folder| file.starts_with(folder)));
    file.is_some() && !["/_posts/", "/_drafts/"].iter().any(|folder| picture.original_url.contains(folder))
}

fn keeps_path(article: &Stored, target: &Target) -> bool {
    let Some((file, path)) = article.file.as_ref().zip(article.source_path.as_ref()) else { return false };
    let Some(path) = target.kept(path) else { return false };
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

/// The posts by the names that their files will have, as an import finds them.
fn posts(linked: Vec<Linked>, target: &Target) -> Index {
    let named = |linked: Linked| {
        let (file, dialect) = &linked.source;
        let kept = file.as_deref().filter(|_| dialect.as_deref() == Some(target.form.name()));
        let path = kept.and_then(|file| target.kept(file)).unwrap_or_else(|| {
            let (folder, stem) = target.place(&linked.link.path, &linked.slug, linked.is_draft, linked.published_at);
            format!("{folder}/{stem}.md")
        });
        (path, linked.link)
    };
    let mut heads: Vec<(String, PostLink)> = linked.into_iter().map(named).collect();
    heads.sort_by(|(one, _), (other, _)| one.cmp(other));
    Index::of(heads, target.dialect())
}
