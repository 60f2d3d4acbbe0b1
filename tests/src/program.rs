//! The program itself, run as people run it.

use camino::{Utf8Path, Utf8PathBuf};
use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
};

/// The binary beside the suite. Cargo builds no binary of another package for a test; `cargo build --workspace` does, with the
/// same features as the suite, and `./test` calls it first.
#[must_use]
pub fn masthead() -> &'static Utf8Path {
    static BINARY: OnceLock<Utf8PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        // `target/<profile>/deps/suite-…`
        let suite = Utf8PathBuf::from_path_buf(env::current_exe().expect("a process knows its file"));
        let suite = suite.expect("the target folder has a name in UTF-8");
        let outputs = suite.parent().and_then(Utf8Path::parent).expect("tests lie in `deps`");
        let binary = outputs.join(format!("masthead{}", env::consts::EXE_SUFFIX));
        assert!(binary.is_file(), "{binary} is not there: run `cargo build --workspace` first, as `./test` does");
        binary
    })
}

/// The program with these arguments and without settings from the environment, ready to run in a folder.
#[must_use]
pub fn command(folder: &Utf8Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(masthead());
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("MASTHEAD_") {
            command.env_remove(name);
        }
    }
    command
}

/// What the program says and how it ends.
#[must_use]
pub fn run(folder: &Utf8Path, arguments: &[&str]) -> Ended {
    let output = command(folder, arguments).output().expect("the program runs");
    Ended::from(&output)
}

/// The release build of the program as a server, for benchmarks; it is ended when this is dropped.
pub struct Released {
    child: Child,
    /// `http://…/graphql`
    pub url: String,
}

impl Released {
    /// In this folder, with these arguments, on a port that was free.
    ///
    /// # Panics
    /// When it is not built or does not start.
    #[must_use]
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/masthead");
        let mut command = Command::new(program);
        command.arg("--listen=127.0.0.1:0").args(arguments).current_dir(folder).stdout(Stdio::piped());
        let mut child = command.spawn().expect("target/release/masthead is there: cargo build --release");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is read")).lines();
        let line = lines.next().expect("it says where it listens").expect("its output is text");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("it says where it listens");
        Self { child, url: format!("{}/graphql", url.trim_end_matches('/')) }
    }
}

impl Drop for Released {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The end of a run.
#[derive(Debug)]
pub struct Ended {
    /// The exit status.
    pub status: Option<i32>,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub errors: String,
}

impl From<&Output> for Ended {
    fn from(output: &Output) -> Self {
        Self {
            status: output.status.code(),
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ended {
    /// The last line of standard output.
    #[must_use]
    pub fn last_line(&self) -> &str {
        self.output.lines().last().unwrap_or_default()
    }
}
