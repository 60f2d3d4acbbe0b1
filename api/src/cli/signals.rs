//! What asks the process to end: SIGTERM, as those send who start and stop servers, and SIGINT, as Ctrl-C does.

use actix_server::ServerHandle;
use std::{
    io, process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::sleep,
};

/// Exit status of what was asked to end before its end, as shells have it of SIGINT.
pub(super) const STOPPED: u8 = 130;

/// From the moment on at which this exists, the process ends by these signals no more.
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// # Errors
    /// When the system gives no signals.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Until the next one.
    pub(super) async fn next(&mut self) -> SignalKind {
        tokio::select! {
            _ = self.interrupt.recv() => SignalKind::interrupt(),
            _ = self.terminate.recv() => SignalKind::terminate(),
        }
    }
}

/// Stops a server by the first signal; the second ends the process at once. After SIGTERM the server goes on for a while and says that
/// it is leaving: whoever sends it requests has to hear of that before connections are refused. Nobody does so behind Ctrl-C.
pub(super) async fn stop_server(
    mut signals: Signals,
    server: ServerHandle,
    is_leaving: Arc<AtomicBool>,
    drain_time: Duration,
) {
    let signal = signals.next().await;
    is_leaving.store(true, Ordering::Relaxed);
    tracing::info!("stopping once what is under way is answered; once more stops at once");
    let stop = async {
        if signal == SignalKind::terminate() {
            sleep(drain_time).await;
        }
        server.stop(true).await;
    };
    tokio::select! {
        () = stop => {}
        _ = signals.next() => process::exit(STOPPED.into()),
    }
}
