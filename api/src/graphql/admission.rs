//! How many requests are worked on at the same time, and how many wait for that. One for all workers.

use crate::{Error, Result, config::Limits};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, timeout_at},
};

/// The places, and the line before them.
pub struct Admission {
    places: Semaphore,
    /// Of everyone who has a place or waits for one.
    line: Semaphore,
    /// How many places there are, and how many may wait for one.
    limits: (usize, usize),
}

/// Leave to work. Given back when it is dropped, also with the future of a client who left.
pub struct Place<'a> {
    _place: SemaphorePermit<'a>,
    _line: SemaphorePermit<'a>,
}

impl Admission {
    /// As many as the settings say.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let semaphore = |permits: usize| Semaphore::new(permits.min(Semaphore::MAX_PERMITS));
        let (in_flight, queue) = (limits.in_flight, limits.queue);
        let line = semaphore(in_flight.saturating_add(queue));
        Self { places: semaphore(in_flight), line, limits: (in_flight, queue) }
    }

    /// How many are worked on now, and how many wait.
    #[must_use]
    pub fn usage(&self) -> (usize, usize) {
        let (in_flight, queue) = self.limits;
        let inside = in_flight.saturating_sub(self.places.available_permits());
        let all = in_flight.saturating_add(queue).saturating_sub(self.line.available_permits());
        (inside, all.saturating_sub(inside))
    }

    /// A place, as soon as there is one.
    ///
    /// # Errors
    /// [`Error::Overloaded`]: at once where the line is full, else when the deadline has come.
    pub async fn enter(&self, deadline: Instant) -> Result<Place<'_>> {
        let line = self.line.try_acquire().map_err(|_| Error::Overloaded)?;
        match timeout_at(deadline, self.places.acquire()).await {
            Ok(Ok(place)) => Ok(Place { _place: place, _line: line }),
            Ok(Err(_)) | Err(_) => Err(Error::Overloaded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::time::Duration;

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(50)
    }

    #[tokio::test]
    async fn who_finds_the_line_full_is_told_at_once() {
        let admission = Admission::new(&Limits { in_flight: 1, queue: 1, ..Limits::DEFAULT });
        let first = admission.enter(soon()).await.expect("a place is free");
        let mut second = Box::pin(admission.enter(soon()));
        assert!(second.as_mut().now_or_never().is_none(), "the second waits");
        let third = admission.enter(soon()).now_or_never().expect("the third does not wait");
        assert!(matches!(third, Err(Error::Overloaded)));
        drop(first);
        assert!(second.await.is_ok(), "the place is the second's now");
    }

    #[tokio::test]
    async fn waiting_ends_with_the_deadline_and_leaving_frees_the_line() {
        let admission = Admission::new(&Limits { in_flight: 1, queue: 1, ..Limits::DEFAULT });
        let first = admission.enter(soon()).await.expect("a place is free");
        assert!(matches!(admission.enter(soon()).await, Err(Error::Overloaded)));
        let mut left = Box::pin(admission.enter(soon()));
        assert!(left.as_mut().now_or_never().is_none());
        drop(left);
        let mut next = Box::pin(admission.enter(soon()));
        assert!(next.as_mut().now_or_never().is_none(), "it waits in the line of the one who left");
        drop(first);
        assert!(next.await.is_ok());
    }
}
