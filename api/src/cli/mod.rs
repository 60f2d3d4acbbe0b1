//! The command line.

mod import;
mod log;
mod signals;

use self::signals::Signals;
use crate::{
    Error, Result,
    app::App,
    backup, check,
    config::{self, Settings},
    db, demo, export, graphql, http,
    import::{
        Options,
        report::{Event, Outcome},
        source::Source,
    },
    progress::Progress,
    search, site,
};
use camino::{Utf8Path, Utf8PathBuf};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::{
    io::{self, Write},
    process::ExitCode,
    sync::{Arc, atomic::AtomicBool},
};

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
    Import(import::Command),
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
    /// Make the index of the full-text search anew; what was stopped goes on where it was
    Reindex,
    /// Verify that everything that is stored agrees; others may serve and import meanwhile
    Check,
    /// Copy the SQLite database of this moment; others may serve and import meanwhile. Copies of pictures are not in it
    Backup {
        /// A file that is not there yet
        file: Utf8PathBuf,
    },
    /// Print the GraphQL schema
    Schema,
    /// Add made-up articles, the same for the same seed, for load tests
    Demo(demo::Options),
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
    // Held until the end, when it writes what is left.
    let _log = log::start(cli.settings.log_format);
    let url = cli.settings.database_url.clone();
    Box::pin(done(cli)).await.map_err(|error| db::advised(error, &url))
}

async fn done(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        None | Some(Command::Serve) => serve(cli.settings).await,
        Some(Command::Import(command)) => command.run(cli.settings).await,
        Some(Command::Export { dir, form }) => export(cli.settings, &dir, form).await,
        Some(Command::Migrate) => App::open(cli.settings).await.map(|_| ExitCode::SUCCESS),
        Some(Command::Reindex) => {
            let app = App::open_lean(cli.settings).await?;
            let mut progress = Progress::of("articles");
            progress.tell(Event::Found(search::reindex::waiting(&app.db).await?));
            let mut indexed = 0;
            let mut tell = |done| {
                indexed += done;
                progress.tell(Event::Done(done));
            };
            search::reindex::run(&app.db, &mut tell).await?;
            progress.end();
            Ok(say(&format!("{indexed} indexed")))
        }
        Some(Command::Check) => {
            let app = App::open_existing(cli.settings).await?;
            let mut tell = |line: &str| {
                say(line);
            };
            let outcome = check::run(&app, &mut tell).await?;
            say(&outcome.to_string());
            Ok(if outcome.findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Some(Command::Backup { file }) => backup(cli.settings, &file).await,
        Some(Command::Schema) => Ok(say(graphql::sdl().trim_end())),
        Some(Command::Demo(options)) => {
            let app = App::open_lean(cli.settings).await?;
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
    let listener = http::listen(settings.listen).map_err(listen)?;
    // The port may have been 0.
    let settings = Settings { listen: listener.local_addr().map_err(listen)?, ..settings };
    let app = App::open(settings).await?;
    if !app.settings.no_sample && site::store::generation(&app.db).await? == 0 {
        let Outcome { created, .. } = sample(&app).await?;
        if created > 0 {
            say(&format!("An empty database: {created} sample articles are in it now (--no-sample leaves it empty)."));
        }
    }
    let (base, has_graphiql) = (format!("http://{}", app.settings.reachable()), app.settings.graphiql);
    let (is_leaving, drain_time) = (Arc::clone(&app.is_leaving), app.limits().drain_time);
    // What is wrong with a setting is told before it is said that anything is there.
    let server = http::server(app, listener)?;
    let signals = Signals::new().map_err(listen)?;
    if has_graphiql {
        say(&format!("GraphiQL is at {base}/ (the API at {base}/graphql; Ctrl-C ends it)"));
    } else {
        say(&format!("The API is at {base}/graphql (Ctrl-C ends it)"));
    }
    tokio::spawn(signals::stop_server(signals, server.handle(), is_leaving, drain_time));
    server.await.map_err(listen)?;
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
    let source = Source::sample(&crate::import::rules(app, None));
    crate::import::run(app, &[source], Options::default(), &AtomicBool::new(false), &mut tell).await
}

async fn export(settings: Settings, folder: &Utf8Path, form: Option<export::Form>) -> Result<ExitCode> {
    let app = App::open_lean(settings).await?;
    let mut progress = Progress::of("articles");
    let outcome = export::run(&app, folder, form, &mut |event| progress.tell(event)).await?;
    progress.end();
    if outcome.is_stopped {
        complain("stopped: the files that are there are whole; export again into an empty folder for all of them");
    }
    say(&format!("{} exported", outcome.exported));
    Ok(if outcome.is_stopped { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn backup(settings: Settings, file: &Utf8Path) -> Result<ExitCode> {
    backup::source(&settings)?;
    let mut signals =
        Signals::new().map_err(|source| Error::Write { path: file.to_owned(), source: Arc::new(source) })?;
    let app = App::open_existing(settings).await?;
    let copied = tokio::select! {
        copied = backup::run(&app.db, file) => copied?,
        _ = signals.next() => {
            complain("stopped: there is no backup");
            return Ok(ExitCode::FAILURE);
        }
    };
    let media = app.media.folder();
    if media.exists() {
        complain(&format!(
            "copies of pictures are in `{media}` and not in the backup: copy that folder too, from now on at any time, since none of them changes"
        ));
    }
    Ok(say(&format!("{file}: {} bytes, {} articles", copied.bytes, copied.articles)))
}

fn say(line: &str) -> ExitCode {
    // Whoever reads may have gone.
    let _ = writeln!(io::stdout(), "{line}");
    ExitCode::SUCCESS
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
