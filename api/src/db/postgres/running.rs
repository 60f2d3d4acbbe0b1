//! A statement that is under way, and is stopped in the database when nobody waits for it any more.

use super::connection::Stop;
use sea_orm::{DbErr, QueryResult};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{runtime::Handle, time::timeout};

/// Between two requests to stop: the first may come before the statement.
const PAUSE: Duration = Duration::from_millis(100);

/// After this the connection is closed, whatever the database does.
const GRACE: Duration = Duration::from_secs(5);

type Rows = Result<Vec<QueryResult>, DbErr>;

/// The statement's rows, once they are there.
pub struct Running {
    /// Until it has ended; it gives its connection back.
    statement: Option<Pin<Box<dyn Future<Output = Rows> + Send>>>,
    stop: Stop,
}

impl Running {
    pub fn new(statement: impl Future<Output = Rows> + Send + 'static, stop: Stop) -> Self {
        Self { statement: Some(Box::pin(statement)), stop }
    }
}

impl Future for Running {
    type Output = Rows;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Rows> {
        let Some(statement) = &mut self.statement else { return Poll::Pending };
        let rows = ready!(statement.as_mut().poll(context));
        self.statement = None;
        Poll::Ready(rows)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Outside of a runtime, at its end, the connection is closed.
        if let (Some(statement), Ok(runtime)) = (self.statement.take(), Handle::try_current()) {
            runtime.spawn(end(statement, self.stop.clone()));
        }
    }
}

/// Asks, and waits for the statement's end before its connection goes to somebody else: a request to stop that came late would
/// stop the next statement.
async fn end(mut statement: Pin<Box<dyn Future<Output = Rows> + Send>>, stop: Stop) {
    let ended = timeout(GRACE, async {
        loop {
            stop.ask().await;
            if timeout(PAUSE, &mut statement).await.is_ok() {
                break;
            }
        }
    });
    if ended.await.is_err() {
        tracing::warn!("a statement that nobody waits for could not be stopped; its connection is closed");
    }
}
