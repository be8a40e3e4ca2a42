//! Gates: points at which the server waits until the test lets it go on, so that no test has to sleep.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::counter::Counter;

/// A point at which the server waits until the test opens it. Clones are handles to the same gate.
///
/// A gate begins closed. [`Gate::open`] opens it for good, [`Gate::release`] lets a number of arrivals pass (for a
/// dripping response an arrival is one byte). Whoever waits at a gate that is never opened waits until the server is
/// dropped.
#[derive(Clone, Debug)]
pub struct Gate {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    permits: Semaphore,
    arrivals: Counter,
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self {
            inner: Arc::new(Inner {
                permits: Semaphore::new(0),
                arrivals: Counter::default(),
            }),
        }
    }

    /// Opens the gate for good: everything that waits and everything that arrives later passes.
    pub fn open(&self) {
        self.inner.permits.close();
    }

    /// Lets `count` arrivals pass, those that wait first.
    pub fn release(&self, count: usize) {
        self.inner.permits.add_permits(count);
    }

    /// How many times the server arrived here, whether it still waits or has passed.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.inner.arrivals.get()
    }

    /// Waits until the server has arrived here `count` times.
    pub async fn arrived(&self, count: u64) {
        self.inner.arrivals.wait(count).await;
    }

    /// Blocks until the server has arrived here `count` times; `false` if that does not happen within 30 seconds.
    ///
    /// For blocking tests. In an async test use [`Gate::arrived`], since this would hold up the test's own runtime.
    #[must_use]
    pub fn wait_arrived(&self, count: u64) -> bool {
        self.inner.arrivals.wait_blocking(count)
    }

    /// Passes the gate, for the server.
    pub(crate) async fn pass(&self) {
        self.inner.arrivals.increment();
        // A closed semaphore is an open gate: acquiring fails at once.
        if let Ok(permit) = self.inner.permits.acquire().await {
            permit.forget();
        }
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}
