//! The log on standard error.

use crate::config::LogFormat;
use std::{
    backtrace::Backtrace,
    io::{self, BufWriter, IsTerminal, Stderr, Write},
    panic, thread,
    time::Duration,
};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, fmt};

/// What is told unless `RUST_LOG` says otherwise.
const USUAL: &str = "info,sqlx=warn,sea_orm_migration=warn,actix_server=warn";

/// Lines that wait for whoever reads the log. What does not fit is lost: a slow reader does not hold up requests.
const LINES: usize = 16_384;

/// For how long lines are gathered.
const PAUSE: Duration = Duration::from_millis(20);

/// Writes lines together: to wake a thread for each would cost more than the line.
struct Gathered(BufWriter<Stderr>);

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    /// Called when no line waits any more.
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()?;
        thread::sleep(PAUSE);
        Ok(())
    }
}

/// Starts the log. What waits is written when the guard is dropped.
pub fn start(format: LogFormat) -> WorkerGuard {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let (writer, guard) =
        NonBlockingBuilder::default().buffered_lines_limit(LINES).finish(Gathered(BufWriter::new(io::stderr())));
    let lines = fmt().with_env_filter(filter).with_writer(writer).with_ansi(io::stderr().is_terminal());
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string);
        let backtrace = Backtrace::capture();
        tracing::error!(place, message = panicked.payload_as_str(), %backtrace, "panicked");
    }));
    guard
}
