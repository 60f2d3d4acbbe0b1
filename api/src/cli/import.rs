//! `masthead import`.

use super::{
    complain, say,
    signals::{STOPPED, Signals},
};
use crate::{
    Error, Result,
    app::App,
    config::Settings,
    import::{
        self, Options,
        dialect::Kind,
        report::{Event, Outcome, Report},
        source::Source,
    },
    progress::Progress,
};
use camino::{Utf8Path, Utf8PathBuf};
use chrono_tz::Tz;
use clap::{Args, ValueEnum};
use std::{
    fs, io,
    process::{self, ExitCode},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// Exit status of `import` when some files were refused and the others are in.
const SOME_REFUSED: u8 = 3;

/// What is to be imported, and how.
#[derive(Debug, Args)]
pub(super) struct Command {
    /// Files, or folders that hold sites or posts at any depth
    #[arg(required = true)]
    paths: Vec<Utf8PathBuf>,
    /// Whose front matter they have
    #[arg(long, value_enum, default_value = "auto")]
    dialect: Dialect,
    /// The zone of dates that tell none (IANA name). Default: the site's
    #[arg(long)]
    timezone: Option<Tz>,
    /// Tell what would happen, and write nothing. Other writers wait meanwhile
    #[arg(long)]
    dry_run: bool,
    /// Delete the articles that came from the same folder and whose files are gone
    #[arg(long)]
    prune: bool,
    /// Write everything that is told to this file, too, as JSON
    #[arg(long)]
    report: Option<Utf8PathBuf>,
}

/// Who wrote the front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dialect {
    /// What the folder's configuration tells; where nothing tells, Hexo. It says which.
    Auto,
    /// Hexo.
    Hexo,
    /// Jekyll.
    Jekyll,
    /// Hugo.
    Hugo,
}

impl Dialect {
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Auto => None,
            Self::Hexo => Some(Kind::Hexo),
            Self::Jekyll => Some(Kind::Jekyll),
            Self::Hugo => Some(Kind::Hugo),
        }
    }
}

impl Command {
    /// Imports, and tells what happens.
    pub(super) async fn run(self, settings: Settings) -> Result<ExitCode> {
        // A report that can not be written is better known before the work than after it.
        if let Some(path) = &self.report {
            fs::write(path, "").map_err(|source| cannot(path, source))?;
        }
        let mut report = Report::of(self.dry_run);
        let ended = self.import(settings, &mut report).await;
        if let Some(path) = &self.report {
            report.write(&ended).and_then(|json| fs::write(path, json)).map_err(|error| cannot(path, error))?;
        }
        Ok(self.tell(ended?))
    }

    async fn import(&self, settings: Settings, report: &mut Report) -> Result<Outcome> {
        let app = App::open_lean(settings).await?;
        let sources = self.sources(&app).await?;
        let stop = stop_on_signal();
        let mut progress = Progress::of("files");
        let mut tell = |event: Event| {
            if self.report.is_some() {
                report.note(&event);
            }
            progress.tell(event);
        };
        let options = Options { is_dry_run: self.dry_run, prunes: self.prune };
        let ended = import::run(&app, &sources, options, &stop, &mut tell).await;
        progress.end();
        ended
    }

    async fn sources(&self, app: &App) -> Result<Vec<Source>> {
        let roots = import::roots(app).await?;
        let rules = import::rules(app, self.timezone);
        let mut sources = Vec::new();
        for path in &self.paths {
            sources.extend(Source::open(path, &roots, self.dialect.kind(), &rules)?);
        }
        if let Some(timezone) = self.timezone {
            for source in &mut sources {
                source.configured.rules.timezone = timezone;
            }
        }
        if sources.iter().all(|source| source.paths.is_empty()) {
            complain(
                "warning: there are no posts here: Markdown or HTML files; sites have them in `source/_posts` (Hexo), \
                 `_posts` (Jekyll) or `content` (Hugo)",
            );
        }
        for source in &sources {
            complain(&format!("{}: {}", source.root, source.configured.why));
        }
        let has_timezone = |source: &Source| source.configured.has_timezone;
        if self.timezone.or(app.settings.site_timezone).is_none() && !sources.iter().all(has_timezone) {
            complain("warning: no time zone is given: dates without one are read as UTC (set --timezone)");
        }
        Ok(sources)
    }

    fn tell(&self, outcome: Outcome) -> ExitCode {
        if self.dry_run {
            complain("a dry run: nothing was written");
        }
        if outcome.is_stopped {
            complain("stopped between two batches: what is done stays; run it again to go on");
        }
        say(&outcome.to_string());
        match outcome {
            Outcome { is_stopped: true, .. } => ExitCode::from(STOPPED),
            Outcome { refused: 1.., .. } => ExitCode::from(SOME_REFUSED),
            _ => ExitCode::SUCCESS,
        }
    }
}

fn cannot(path: &Utf8Path, source: io::Error) -> Error {
    Error::Write { path: path.to_owned(), source: Arc::new(source) }
}

/// True from the first Ctrl-C or SIGTERM on; the second ends the process at once.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            let Ok(mut signals) = Signals::new() else { return };
            signals.next().await;
            told.store(true, Ordering::Relaxed);
            complain("stopping after this batch; once more stops at once");
            signals.next().await;
            process::exit(STOPPED.into());
        });
    });
    stop
}
