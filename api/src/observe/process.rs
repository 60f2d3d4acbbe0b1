//! What the process takes of its machine, under the names that every program has for it. Read from `/proc`: elsewhere than on Linux
//! nothing is told.

use super::{Kind, Measured};
use std::fs;

/// Clock ticks of a second, as Linux has it on every machine that it runs on today.
const TICKS: f64 = 100.0;

/// Bytes of a page, in `statm`: what `status` tells is in KiB.
const KIB: f64 = 1024.0;

/// What is known.
#[must_use]
pub fn measured() -> Vec<Measured> {
    let gauge = |name, help, value: Option<f64>| value.map(|value| Measured { name, help, kind: Kind::Gauge, value });
    let cpu = cpu_seconds();
    [
        gauge("process_resident_memory_bytes", "Memory that the process holds", status("VmRSS:")),
        gauge("process_anonymous_memory_bytes", "Of it, what is no page of a file", status("RssAnon:")),
        gauge("process_open_fds", "Files and sockets that are open", open_files()),
        gauge("process_max_fds", "How many may be", max_files()),
        cpu.map(|value| Measured {
            name: "process_cpu_seconds_total",
            help: "Time that processors worked for it",
            kind: Kind::Counter,
            value,
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn status(field: &str) -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let rest = text.lines().find_map(|line| line.strip_prefix(field))?;
    Some(rest.split_whitespace().next()?.parse::<f64>().ok()? * KIB)
}

#[expect(clippy::cast_precision_loss, reason = "nobody has so many files")]
fn open_files() -> Option<f64> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count() as f64)
}

fn max_files() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/limits").ok()?;
    let rest = text.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// The command's name, in brackets, may hold anything.
fn cpu_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks = |field: Option<&str>| field?.parse::<f64>().ok();
    Some((ticks(fields.next())? + ticks(fields.next())?) / TICKS)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn everything_is_known() {
        let measured = measured();
        assert_eq!(measured.len(), 5, "{measured:?}");
        assert!(measured.iter().all(|one| one.value >= 0.0));
        assert!(measured[0].value > 1e6, "{measured:?}");
    }
}
