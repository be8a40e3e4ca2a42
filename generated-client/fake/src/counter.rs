//! A counter that async and blocking tests wait for. It is independent of the counted events.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

/// The time limit of a blocking wait, longer than any wait of a test that passes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub(crate) struct Counter {
    value: Mutex<u64>,
    grown: Condvar,
    notify: Notify,
}

impl Counter {
    pub(crate) fn increment(&self) {
        *self.value.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.grown.notify_all();
        self.notify.notify_waiters();
    }

    pub(crate) fn get(&self) -> u64 {
        *self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Blocks until the counter is at least `wanted`. Returns `false` if that takes longer than [`PATIENCE`].
    pub(crate) fn wait_blocking(&self, wanted: u64) -> bool {
        let value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        let (value, _) = self
            .grown
            .wait_timeout_while(value, PATIENCE, |value| *value < wanted)
            .unwrap_or_else(PoisonError::into_inner);
        *value >= wanted
    }

    pub(crate) async fn wait(&self, wanted: u64) {
        loop {
            let notified = self.notify.notified();
            tokio::pin!(notified);
            // Registered before the check, so that an increment between the two is not lost.
            notified.as_mut().enable();
            if self.get() >= wanted {
                return;
            }
            notified.await;
        }
    }
}
