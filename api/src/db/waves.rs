//! When the statements of a request run: in waves.
//!
//! A batch waits until no statement of its request is under way and every resolver that can go on has gone on, and what the
//! statements of a wave gave is handed out together. So branches of one operation that need the same thing at the same depth
//! ask for it together, however long their ways were, and an operation takes the same statements each time, but for what is kept
//! between requests: a branch whose rows are at hand goes on at once. The price is that a fast branch waits for the slowest of its
//! depth.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{runtime::Handle, sync::Notify, task::yield_now};

/// The statements of one request that are under way, and who waits for them.
#[derive(Debug, Default)]
pub struct Waves {
    under_way: AtomicUsize,
    over: Notify,
}

/// One statement that is under way, until this is dropped.
pub struct UnderWay(Arc<Waves>);

impl Waves {
    /// A statement begins.
    pub fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::SeqCst);
        UnderWay(Arc::clone(self))
    }

    /// Waits until none is under way. Whoever waits is let go together with the others.
    pub async fn over(self: &Arc<Self>) {
        let mut over = pin!(self.over.notified());
        over.as_mut().enable();
        self.look_soon();
        over.await;
    }

    /// Looks once everyone who can go on has gone on: what was just read may lead to more.
    fn look_soon(self: &Arc<Self>) {
        let waves = Arc::clone(self);
        // Outside of a runtime, at its end, nobody waits.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                yield_now().await;
                yield_now().await;
                if waves.under_way.load(Ordering::SeqCst) == 0 {
                    waves.over.notify_waiters();
                }
            });
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if self.0.under_way.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.look_soon();
        }
    }
}
