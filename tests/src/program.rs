//! The program itself, run as people run it.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
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

/// Numbers between 0 and 1 that look like any, the same each time.
pub fn moments(seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    std::iter::from_fn(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(f64::from(u32::try_from(state >> 32).expect("half of its bits are left")) / f64::from(u32::MAX))
    })
}

/// The program as a server, killed when this is dropped.
pub struct Running {
    child: Child,
    /// `http://…/graphql`
    pub url: String,
}

impl Running {
    /// In this folder, with these arguments and on a port that was free, once it says where.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(folder: &Utf8Path, arguments: &[&str]) -> Self {
        let mut command = command(folder, &[&["--listen=127.0.0.1:0"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program runs");
        let url = told_url(&mut child);
        Self { child, url }
    }

    /// The answer to an operation.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn ask(&self, query: &str) -> Value {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let body = json!({ "query": query }).to_string();
        let answer = agent.post(&self.url).header("content-type", "application/json").send(body);
        let text = answer.expect("the server answers").body_mut().read_to_string().expect("answers are text");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("no JSON ({error}): {text}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where a server says that it listens.
fn told_url(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stdout.take().expect("its output is read")).lines();
    let line = lines.next().expect("it says where it listens").expect("its output is text");
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("it says where it listens");
    format!("{}/graphql", url.trim_end_matches('/'))
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
        let url = told_url(&mut child);
        Self { child, url }
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
