//! From files to articles: find them, read them (pure), plan what changes (pure), apply it in batches.
//!
//! One file that can not be read never stops the others; a batch is stored whole or not at all, and a file that
//! says nothing new costs neither parsing nor writing.

mod apply;
pub mod date;
pub mod dialect;
pub mod document;
pub mod front_matter;
pub mod hexo;
pub mod hugo;
pub mod jekyll;
mod limits;
pub(crate) mod links;
pub mod locale;
pub mod markdown;
pub mod normalise;
pub mod permalink;
pub(crate) mod pictures;
pub mod place;
pub mod plan;
mod post;
mod reading;
pub mod report;
pub mod site;
pub mod source;
mod store;
pub mod tags;
pub mod text;
pub mod words;

use self::{
    apply::Import,
    dialect::Dialect,
    document::SiteRules,
    report::{Became, Event, Line, Outcome},
    source::Source,
};
use crate::{Result, app::App, article::Naming, media::Collector};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

/// Raised whenever the same file would become something else, so that files are read again.
const RULES_VERSION: u32 = 4;

/// What an import does beyond storing what is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Everything is done but the end: nothing is written.
    pub is_dry_run: bool,
    /// Articles whose files are gone are deleted.
    pub prunes: bool,
}

/// Imports everything in these sources, and tells what happens as it happens. It ends early, between two batches, once `stop`
/// is true; what was stored by then stays.
///
/// # Errors
/// When the database fails. What was stored before stays; running the import again goes on from there.
pub async fn run(
    app: &App,
    sources: &[Source],
    options: Options,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(Event),
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    tell(Event::Found(sources.iter().map(|source| source.paths.len()).sum()));
    // A dry run is a whole run in one transaction that is never committed.
    let mut dry = if options.is_dry_run { Some(app.db.begin().await?) } else { None };
    let roots = roots(app).await?;
    for source in sources {
        let rules = &source.configured.rules;
        tell(Event::Source { root: source.root.clone(), why: source.configured.why.clone() });
        for (file, line, message) in &source.configured.warnings {
            let path = source.place(file).into_string();
            tell(Event::Line(Line { path, line: *line, is_refusal: false, message: message.clone() }));
        }
        if source.configured.is_broken && roots.contains(&source.root) {
            let message = "nothing is imported from here until the configuration can be read: without it every post would \
                           have another date and another path";
            outcome.refused += 1;
            let path = source.root.clone();
            tell(Event::Line(Line { path: path.clone(), line: None, is_refusal: true, message: message.to_owned() }));
            tell(Event::File { path, became: Became::Refused, article: None });
            continue;
        }
        for (place, why) in &source.unreadable {
            outcome.refused += 1;
            tell(Event::Line(Line { path: place.clone(), line: None, is_refusal: true, message: why.clone() }));
            tell(Event::File { path: place.clone(), became: Became::Refused, article: None });
        }
        let mut import = Import {
            app,
            source,
            rules,
            tell: &mut *tell,
            outcome: &mut outcome,
            dry: &mut dry,
            is_dry: options.is_dry_run,
            links: links::Links::default(),
            roots: &roots,
            pictures: if options.is_dry_run {
                Collector::dry(&source.root, source)
            } else {
                Collector::new(&source.root, source, &app.media)
            },
        };
        let mut rest = source.paths.as_slice();
        while !rest.is_empty() && !stop.load(Ordering::Relaxed) {
            let (batch, next) = rest.split_at(reading::batch(source, rest));
            import.batch(batch).await?;
            rest = next;
        }
        if !rest.is_empty() {
            outcome.is_stopped = true;
            break;
        }
        import.end(options.prunes).await?;
    }
    if !options.is_dry_run {
        app.db.finish_writing(outcome.created + outcome.updated).await;
    }
    Ok(outcome)
}

/// The folders from which articles came.
///
/// # Errors
/// When the database fails.
pub async fn roots(app: &App) -> Result<Vec<String>> {
    store::roots(&app.db.connection()).await
}

/// How the posts of a site are read, where only its settings tell.
#[must_use]
pub fn rules(app: &App, timezone: Option<chrono_tz::Tz>) -> SiteRules {
    let settings = &app.settings;
    let frame_hosts: BTreeSet<String> = settings.iframe_hosts.iter().cloned().collect();
    SiteRules {
        dialect: Dialect::Hexo(hexo::Rules::default()),
        timezone: timezone.or(settings.site_timezone).unwrap_or_default(),
        locale: settings.site_locale.clone().unwrap_or_else(|| "en".to_owned()),
        url: settings.site_url.clone(),
        naming: Naming::default(),
        statics: vec!["source".to_owned()],
        frame_hosts: frame_hosts.into_iter().collect(),
    }
}
