//! Gates: points at which the server waits for the test, so that no test has to sleep.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::counter::Counter;

/// A point at which the server waits until the test opens it. Clones are handles to the same gate.
///
/// A gate is closed at first. [`Gate::open`] opens it for good, and [`Gate::release`] lets a number of arrivals pass.
/// For a dripping response, an arrival is one byte. At a gate that is never opened, the server waits until it is
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
    /// Creates a closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self {
            inner: Arc::new(Inner {
                permits: Semaphore::new(0),
                arrivals: Counter::default(),
            }),
        }
    }

    /// Opens the gate for good, for everything that waits and everything that arrives later.
    pub fn open(&self) {
        self.inner.permits.close();
    }

    /// Lets `count` arrivals pass, beginning with those that wait.
    pub fn release(&self, count: usize) {
        self.inner.permits.add_permits(count);
    }

    /// Returns how often the server has arrived here, whether it still waits or has passed.
    #[must_use]
    pub fn arrivals(&self) -> u64 {
        self.inner.arrivals.get()
    }

    /// Waits until the server has arrived here `count` times.
    pub async fn arrived(&self, count: u64) {
        self.inner.arrivals.wait(count).await;
    }

    /// Blocks until the server has arrived here `count` times, and returns `false` if that takes longer than 30
    /// seconds.
    ///
    /// For blocking tests. An async test uses [`Gate::arrived`], since this method would block the test's own
    /// runtime.
    #[must_use]
    pub fn wait_arrived(&self, count: u64) -> bool {
        self.inner.arrivals.wait_blocking(count)
    }

    /// Waits until the gate lets the server pass.
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
