//! Statements that fail because a test says so, as if the database had failed them.

use api::db::Db;
use sea_orm::DbErr;
use std::{
    ops::Range,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// What a failed statement says. No client may read any of it.
pub const CAUSE: &str = "SELECT secret FROM /var/lib/refused";

/// Fails some statements, and notes all of them.
#[derive(Clone, Default)]
pub struct Fault(Arc<Plan>);

#[derive(Default)]
struct Plan {
    /// Counted from 1.
    failing: Mutex<Range<usize>>,
    panics: AtomicBool,
    seen: Mutex<Vec<String>>,
}

impl Fault {
    /// Of the statements from now on these fail, counted from 1.
    pub fn arm(&self, failing: Range<usize>) {
        self.seen().clear();
        *locked(&self.0.failing) = failing;
    }

    /// Whatever fails from now on panics, as a bug of ours would.
    pub fn panic(&self) {
        self.0.panics.store(true, Ordering::Relaxed);
    }

    /// None fails from now on.
    pub fn disarm(&self) {
        self.arm(0..0);
    }

    /// The statements since then.
    #[must_use]
    pub fn statements(&self) -> Vec<String> {
        self.seen().clone()
    }

    /// The same connections, whose statements fail as this says.
    #[must_use]
    pub fn watch(&self, db: Db) -> Db {
        let fault = self.clone();
        db.watched(move |statement| {
            let mut seen = fault.seen();
            seen.push(statement.sql.clone());
            let fails = locked(&fault.0.failing).contains(&seen.len());
            drop(seen);
            assert!(!(fails && fault.0.panics.load(Ordering::Relaxed)), "{CAUSE}");
            if fails { Err(DbErr::Custom(CAUSE.to_owned())) } else { Ok(()) }
        })
    }

    fn seen(&self) -> MutexGuard<'_, Vec<String>> {
        locked(&self.0.seen)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
