//! A PostgreSQL of a test's own, which it may crash, starve of disk and start again.

use std::{
    env, fs,
    io::Write,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The database that a test's program uses.
const DATABASE: &str = "content";

/// Starting takes a second, on a machine that does something else too ten.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server with one database. It is ended, and its folder is gone, when this is dropped.
pub struct Cluster {
    // Before its folder goes.
    server: Option<Child>,
    disk: Option<Disk>,
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    /// PostgreSQL refuses to run as root.
    user: Option<(u32, u32)>,
}

/// A file system in memory, of a size.
struct Disk(PathBuf);

impl Cluster {
    /// One with its files in a temporary folder. Where PostgreSQL is not installed the test says so and is skipped, except in CI.
    #[must_use]
    pub fn start() -> Option<Self> {
        Self::with_disk(None)
    }

    /// The same, where all files but those of the write-ahead log lie on a disk of so many MiB. That takes root, or `sudo`.
    #[must_use]
    pub fn on_a_small_disk(mebibytes: u32) -> Option<Self> {
        Self::with_disk(Some(mebibytes))
    }

    fn with_disk(mebibytes: Option<u32>) -> Option<Self> {
        let Some(programs) = programs() else { return skipped("PostgreSQL's `initdb` is not installed") };
        let user = if is_root() { postgres_user() } else { None };
        if is_root() && user.is_none() {
            return skipped("PostgreSQL does not run as root, and there is no user `postgres`");
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (data, log) = (folder.path().join("data"), folder.path().join("log"));
        for folder in [&data, &log] {
            fs::create_dir(folder).expect("a folder can be made");
        }
        let disk = match mebibytes.map(|size| Disk::mount(&data, size)) {
            Some(None) => return skipped("a small disk can not be mounted"),
            disk => disk.flatten(),
        };
        if let Some((user, group)) = user {
            for folder in [folder.path(), &data, &log] {
                chown(folder, Some(user), Some(group)).expect("root gives folders away");
            }
        }
        let mut cluster = Self { server: None, disk, folder, programs, port: free_port(), user };
        cluster.initialise();
        cluster.boot();
        cluster.psql("postgres", &format!("CREATE DATABASE {DATABASE}"));
        Some(cluster)
    }

    fn initialise(&self) {
        let mut command = self.command("initdb");
        command.args(["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]);
        // It wants an empty folder, and a file system may come with something in it.
        command.arg("--pgdata").arg(self.data()).arg("--waldir").arg(self.folder.path().join("log/wal"));
        let output = command.output().expect("initdb runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data/files")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.gid(group).uid(user);
        }
        command
    }

    /// Starts the server and waits until it lets somebody in.
    ///
    /// # Panics
    /// When it does not start, or runs already.
    pub fn boot(&mut self) {
        assert!(!self.is_running(), "it runs already");
        let log = fs::File::create(self.folder.path().join("server.log")).expect("a file can be made");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string(), "-h", "127.0.0.1", "-k", ""]);
        for setting in ["fsync=off", "shared_buffers=16MB", "max_connections=40", "autovacuum=off"] {
            command.args(["-c", setting]);
        }
        self.server = Some(command.stdout(Stdio::null()).stderr(log).spawn().expect("postgres runs"));
        let start = Instant::now();
        while !self.is_ready() {
            assert!(self.is_running() && start.elapsed() < PATIENCE, "PostgreSQL does not start: {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// What the server says.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    fn is_ready(&self) -> bool {
        let mut command = self.command("pg_isready");
        command.args(["--quiet", "--host=127.0.0.1", "--port", &self.port.to_string()]);
        command.status().is_ok_and(|status| status.success())
    }

    /// Whether its process is there.
    #[must_use]
    pub fn is_running(&mut self) -> bool {
        self.server.as_mut().is_some_and(|server| matches!(server.try_wait(), Ok(None)))
    }

    /// Ends the server as a crash does: no session is told more than that, and the log is replayed at the next start.
    pub fn crash(&mut self) {
        if let Some(mut server) = self.server.take() {
            signal(server.id(), "QUIT");
            server.wait().expect("a child can be waited for");
        }
    }

    /// For `--database-url`.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_at(self.port)
    }

    /// The same over something that listens at another port.
    #[must_use]
    pub fn url_at(&self, port: u16) -> String {
        format!("postgres://postgres@127.0.0.1:{port}/{DATABASE}")
    }

    /// Where the server listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Another database, by its name.
    #[must_use]
    pub fn another(&self, name: &str) -> String {
        self.psql("postgres", &format!("CREATE DATABASE {name}"));
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// What statements say, as text.
    #[must_use]
    pub fn sql(&self, sql: &str) -> String {
        self.psql(DATABASE, sql)
    }

    /// Runs statements for what they do.
    pub fn execute(&self, sql: &str) {
        let _ = self.psql(DATABASE, sql);
    }

    /// What statements say of a database.
    #[must_use]
    pub fn sql_of(&self, database: &str, sql: &str) -> String {
        self.psql(database, sql)
    }

    /// Whether there is a table of this name.
    #[must_use]
    pub fn has(&self, table: &str) -> bool {
        self.number(&format!("SELECT count(*) FROM pg_tables WHERE tablename = '{table}'")) > 0
    }

    /// The one number that a statement says.
    #[must_use]
    pub fn number(&self, sql: &str) -> i64 {
        let said = self.sql(sql);
        said.parse().unwrap_or_else(|_| panic!("{sql}: {said}"))
    }

    /// How many sessions others have on the database.
    #[must_use]
    pub fn sessions(&self) -> i64 {
        self.number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
    }

    fn psql(&self, database: &str, sql: &str) -> String {
        let mut command = self.command("psql");
        command.args(["-XAtq", "-h", "127.0.0.1", "-U", "postgres", "-p", &self.port.to_string()]);
        let output = command.args(["-d", database, "-c", sql]).output().expect("psql runs");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Takes what is left of the small disk but for about so many KiB.
    ///
    /// # Panics
    /// When there is none.
    pub fn fill_disk(&self, left_kibibytes: u64) {
        let mut ballast = fs::File::create(self.ballast()).expect("a file can be made");
        // In halves, since the server takes some of it meanwhile.
        loop {
            let surplus = self.free_kibibytes().saturating_sub(left_kibibytes);
            if surplus < 64 {
                break;
            }
            let piece = vec![0; usize::try_from(surplus * 512).expect("a small disk")];
            ballast.write_all(&piece).expect("the disk has as much as it says");
        }
    }

    fn free_kibibytes(&self) -> u64 {
        let output = Command::new("df").arg("-kP").arg(self.folder.path().join("data")).output().expect("df runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let free = said.lines().last().and_then(|line| line.split_whitespace().nth(3)?.parse().ok());
        free.unwrap_or_else(|| panic!("no number of KiB: {said}"))
    }

    /// Gives it back.
    pub fn free_disk(&self) {
        fs::remove_file(self.ballast()).expect("the disk was filled");
    }

    fn ballast(&self) -> PathBuf {
        self.folder.path().join("data/ballast")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.crash();
        drop(self.disk.take());
    }
}

impl Disk {
    fn mount(place: &Path, mebibytes: u32) -> Option<Self> {
        let mut mount = as_root("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m"), "tmpfs"]).arg(place);
        let is_mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        is_mounted.then(|| Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let gone = as_root("umount").arg("--lazy").arg(&self.0).status();
        if !gone.is_ok_and(|status| status.success()) {
            eprintln!("{} could not be unmounted", self.0.display());
        }
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A program of the system's, by `sudo` where that asks no password.
fn as_root(program: &str) -> Command {
    if is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    command
}

/// Sends a signal by its name.
///
/// # Panics
/// When there is no such process.
pub fn signal(process: u32, name: &str) {
    let status = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status();
    assert!(status.is_ok_and(|status| status.success()), "there is no process {process}");
}

/// Says why a test is left out; in CI that is a failure.
///
/// # Panics
/// In CI.
#[must_use]
pub fn skipped<T>(why: &str) -> Option<T> {
    let is_ci = env::var_os("CI").is_some_and(|value| value == "true");
    assert!(!is_ci, "in CI nothing is skipped: {why}");
    eprintln!("skipped: {why}");
    None
}

/// The folder of PostgreSQL's programs: that of the newest version, or one on the `PATH`.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    versions.sort_by_key(|path| {
        path.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse::<u32>().ok())
    });
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        versions.into_iter().rev().chain(env::split_paths(&path)).find(|folder| folder.join("initdb").is_file());
    found.filter(|folder| folder.join("postgres").is_file())
}

fn postgres_user() -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let mut fields = users.lines().find(|line| line.starts_with("postgres:"))?.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a bound socket has an address").port()
}
