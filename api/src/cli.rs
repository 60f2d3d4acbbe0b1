//! The command line.

use crate::{
    Error, Result,
    app::App,
    config::{self, LogFormat, Settings},
    demo, export, graphql, http,
    import::{
        self,
        dialect::Kind,
        report::{Event, Outcome, Report},
        source::Source,
    },
    progress::Progress,
    site,
};
use camino::{Utf8Path, Utf8PathBuf};
use chrono_tz::Tz;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::{
    fs,
    io::{self, IsTerminal, Write},
    net::TcpListener,
    process::{self, ExitCode},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::{EnvFilter, fmt};

/// Exit status of an `import` that was asked to end before its end, as shells have it of SIGINT.
const STOPPED: u8 = 130;

/// Exit status of `import` when some files were refused and the others are in.
const SOME_REFUSED: u8 = 3;

/// A self-hosted GraphQL content API over the posts that you have.
#[derive(Debug, Parser)]
#[command(name = "masthead", version)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate, then answer; on an empty database import the sample content first (the default)
    Serve,
    /// Import files or folders of posts; run it again whenever they have changed
    Import {
        /// Files, or folders that hold them at any depth
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
    },
    /// Write every article into a folder, as a site that can be imported again
    Export {
        /// A folder that is empty or not there yet
        dir: Utf8PathBuf,
        /// Whose site it is to be. Default: that from which most articles came, else hexo
        #[arg(long, value_enum)]
        form: Option<export::Form>,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Print the GraphQL schema
    Schema,
    /// Add made-up articles, the same for the same seed, for load tests
    Demo(demo::Options),
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

/// Parses the command line, with what `masthead.toml` says as defaults.
///
/// # Errors
/// When the file can not be used. A wrong command line ends the process with status 2.
pub fn parse() -> Result<Cli> {
    let command = config::with_file(Cli::command(), &config::file())?;
    Cli::from_arg_matches(&command.get_matches()).map_err(|error| error.exit())
}

/// Does what the command line says.
///
/// # Errors
/// Whatever stops the command.
pub async fn run(cli: Cli) -> Result<ExitCode> {
    log(cli.settings.log_format);
    match cli.command {
        None | Some(Command::Serve) => serve(cli.settings).await,
        Some(Command::Import { paths, dialect, timezone, dry_run, prune, report }) => {
            let options = import::Options { is_dry_run: dry_run, prunes: prune };
            import(cli.settings, &paths, dialect, timezone, options, report.as_deref()).await
        }
        Some(Command::Export { dir, form }) => export(cli.settings, &dir, form).await,
        Some(Command::Migrate) => App::open(cli.settings).await.map(|_| ExitCode::SUCCESS),
        Some(Command::Schema) => Ok(say(graphql::sdl().trim_end())),
        Some(Command::Demo(options)) => {
            let app = App::open(cli.settings).await?;
            let mut progress = Progress::of("articles");
            demo::run(&app, &options, &mut |event| progress.tell(event)).await?;
            progress.end();
            Ok(say(&format!("{} created", options.articles)))
        }
    }
}

async fn serve(settings: Settings) -> Result<ExitCode> {
    let address = settings.listen.to_string();
    let listen = |source| Error::Listen { address: address.clone(), source: Arc::new(source) };
    let listener = TcpListener::bind(settings.listen).map_err(listen)?;
    // The port may have been 0.
    let settings = Settings { listen: listener.local_addr().map_err(listen)?, ..settings };
    let app = App::open(settings).await?;
    if !app.settings.no_sample && site::store::generation(&app.db).await? == 0 {
        let Outcome { created, .. } = sample(&app).await?;
        if created > 0 {
            say(&format!("An empty database: {created} sample articles are in it now (--no-sample leaves it empty)."));
        }
    }
    let base = format!("http://{}", app.settings.reachable());
    if app.settings.graphiql {
        say(&format!("GraphiQL is at {base}/ (the API at {base}/graphql; Ctrl-C ends it)"));
    } else {
        say(&format!("The API is at {base}/graphql (Ctrl-C ends it)"));
    }
    http::server(app, listener)?.await.map_err(listen)?;
    Ok(ExitCode::SUCCESS)
}

/// Fills a database with the articles that the binary carries.
///
/// # Errors
/// When the database fails.
pub async fn sample(app: &App) -> Result<Outcome> {
    let mut tell = |event: Event| {
        if let Event::Line(line) = event {
            tracing::warn!("{line}");
        }
    };
    let source = Source::sample(&import::rules(app, None));
    import::run(app, &[source], import::Options::default(), &AtomicBool::new(false), &mut tell).await
}

async fn import(
    settings: Settings,
    paths: &[Utf8PathBuf],
    dialect: Dialect,
    timezone: Option<Tz>,
    options: import::Options,
    report: Option<&Utf8Path>,
) -> Result<ExitCode> {
    // A report that can not be written is better known before the work than after it.
    let report = report.map(|path| fs::write(path, "").map(|()| path).map_err(|source| cannot(path, source)));
    let report = report.transpose()?;
    let app = App::open(settings).await?;
    let roots = import::roots(&app).await?;
    let rules = import::rules(&app, timezone);
    let kind = match dialect {
        Dialect::Auto => None,
        Dialect::Hexo => Some(Kind::Hexo),
        Dialect::Jekyll => Some(Kind::Jekyll),
        Dialect::Hugo => Some(Kind::Hugo),
    };
    let opened = paths.iter().map(|path| Source::open(path, &roots, kind, &rules)).collect::<Result<Vec<_>>>()?;
    let mut sources: Vec<Source> = opened.into_iter().flatten().collect();
    if let Some(timezone) = timezone {
        for source in &mut sources {
            source.configured.rules.timezone = timezone;
        }
    }
    if sources.iter().all(|source| source.paths.is_empty()) {
        complain("warning: there are no posts here: files that end in .md, .markdown, .html or .htm");
    }
    for source in &sources {
        complain(&format!("{}: {}", source.root, source.configured.why));
    }
    let has_timezone = |source: &Source| source.configured.has_timezone;
    if timezone.or(app.settings.site_timezone).is_none() && !sources.iter().all(has_timezone) {
        complain("warning: no time zone is given: dates without one are read as UTC (set --timezone)");
    }
    let stop = stop_on_signal();
    let mut progress = Progress::of("files");
    let mut told = Report::of(options.is_dry_run);
    let mut tell = |event: Event| {
        if report.is_some() {
            told.note(&event);
        }
        progress.tell(event);
    };
    let ended = import::run(&app, &sources, options, &stop, &mut tell).await;
    progress.end();
    if let Some(path) = report {
        match &ended {
            Ok(outcome) => told.outcome = *outcome,
            Err(error) => told.error = Some(error.to_string()),
        }
        told.sort();
        let json = serde_json::to_vec_pretty(&told).map_err(io::Error::from);
        json.and_then(|json| fs::write(path, json)).map_err(|error| cannot(path, error))?;
    }
    let outcome = ended?;
    if options.is_dry_run {
        complain("a dry run: nothing was written");
    }
    if outcome.is_stopped {
        complain("stopped between two batches: what is done stays; run it again to go on");
    }
    say(&outcome.to_string());
    Ok(match outcome {
        Outcome { is_stopped: true, .. } => ExitCode::from(STOPPED),
        Outcome { refused: 1.., .. } => ExitCode::from(SOME_REFUSED),
        _ => ExitCode::SUCCESS,
    })
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
            interrupted().await;
            told.store(true, Ordering::Relaxed);
            complain("stopping after this batch; once more stops at once");
            interrupted().await;
            process::exit(STOPPED.into());
        });
    });
    stop
}

/// Until someone asks the process to end.
async fn interrupted() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}

async fn export(settings: Settings, folder: &Utf8Path, form: Option<export::Form>) -> Result<ExitCode> {
    let app = App::open(settings).await?;
    let mut progress = Progress::of("articles");
    let outcome = export::run(&app, folder, form, &mut |event| progress.tell(event)).await?;
    progress.end();
    if outcome.is_stopped {
        complain("stopped: the files that are there are whole; export again into an empty folder for all of them");
    }
    say(&format!("{} exported", outcome.exported));
    Ok(if outcome.is_stopped { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn say(line: &str) -> ExitCode {
    // Whoever reads may have gone.
    let _ = writeln!(io::stdout(), "{line}");
    ExitCode::SUCCESS
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn,actix_server=warn"));
    let lines = fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}
