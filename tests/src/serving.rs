//! The program as a server that a test watches from outside: its answers, its descriptors, its log and its end.

use crate::{cluster::signal, program};
use camino::{Utf8Path, Utf8PathBuf};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use ureq::Agent;

/// A running `masthead serve`, ended at the latest when this is dropped.
pub struct Serving {
    child: Child,
    folder: TempDir,
    /// Where it answers, without a slash at the end.
    pub base: String,
}

impl Serving {
    /// Over this database, with these flags, on a free port; with the sample where the database is empty.
    #[must_use]
    pub fn start(url: &str, flags: &[&str]) -> Self {
        Self::start_with(url, flags, &[])
    }

    /// The same with these variables in its environment.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start_with(url: &str, flags: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = path(&folder);
        let mut arguments = vec!["--listen=127.0.0.1:0", "--media=media", "--database-url", url];
        arguments.extend(flags);
        let log = File::create(place.join("log")).expect("a file can be made");
        let mut command = program::command(&place, &arguments);
        command.envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is read")).lines();
        let base = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let url = line.split_whitespace().find(|word| word.starts_with("http://"))?;
            Some(url.trim_end_matches('/').to_owned())
        });
        let base = base.unwrap_or_else(|| panic!("it does not start: {}", read(&place)));
        Self { child, folder, base }
    }

    /// How many files and sockets it holds.
    ///
    /// # Panics
    /// When it is gone.
    #[must_use]
    pub fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("it runs").count()
    }

    /// Sends it a signal by its name.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// What it has said on standard error.
    #[must_use]
    pub fn log(&self) -> String {
        read(&path(&self.folder))
    }

    /// Its exit status once it has ended; none where a signal has ended it, or it goes on after this time.
    ///
    /// # Panics
    /// When it can not be waited for.
    #[must_use]
    pub fn status(&mut self, within: Duration) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < within {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                return status.code();
            }
            thread::sleep(Duration::from_millis(5));
        }
        None
    }

    /// What `/readyz` says, and how long that took; 0 where it does not answer.
    #[must_use]
    pub fn readiness(&self) -> (u16, Duration) {
        readiness(&self.base)
    }
}

/// What `/readyz` says there, on a connection of its own.
#[must_use]
pub fn readiness(base: &str) -> (u16, Duration) {
    let config = Agent::config_builder().http_status_as_error(false).max_idle_connections(0);
    let agent: Agent = config.timeout_global(Some(Duration::from_secs(20))).build().into();
    let start = Instant::now();
    let status = agent.get(format!("{base}/readyz")).call().map_or(0, |answer| answer.status().as_u16());
    (status, start.elapsed())
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn path(folder: &TempDir) -> Utf8PathBuf {
    Utf8Path::from_path(folder.path()).expect("temporary folders have names in UTF-8").to_owned()
}

fn read(folder: &Utf8Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}
