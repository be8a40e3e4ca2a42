//! The client's clocks and sleeping.
//!
//! The rest of the runtime reads no clock and does not sleep on its own, so that tests and simulations need not wait.

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

/// A future that completes after a duration.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock that can sleep.
///
/// With the feature `reqwest`, the client uses Tokio's clock by default. A custom timer is needed with a custom transport on another
/// executor. Tests use one to let deadlines and pauses pass without waiting.
pub trait Timer: Send + Sync + 'static {
    /// Completes after `duration` has passed on this timer's clock.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Returns the time of the monotonic clock that [`sleep`](Timer::sleep) uses.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// Returns the time of the wall clock. Dates that a server sends are compared with it.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Returns the pause before a retry: a uniformly random duration between zero and `ceiling`. Clients that failed together thus do not
    /// retry together.
    fn jitter(&self, ceiling: Duration) -> Duration {
        // Each `RandomState` has random keys, which alone determine the hash of no data.
        let random = RandomState::new().build_hasher().finish();
        // The fraction has 53 bits, which an `f64` represents exactly, and is below 1.
        let fraction = (random >> 11) as f64 / (1_u64 << 53) as f64;
        ceiling.mul_f64(fraction)
    }

    /// Returns whether [`sleep`](Timer::sleep) works in the current context, for example inside of the executor that it needs.
    fn is_available(&self) -> bool {
        true
    }
}

/// The timer of a client.
#[derive(Clone)]
pub(crate) struct SharedTimer(Arc<dyn Timer>);

impl SharedTimer {
    pub(crate) fn new(timer: impl Timer) -> Self {
        Self(Arc::new(timer))
    }

    pub(crate) fn now(&self) -> Instant {
        self.0.now()
    }

    pub(crate) fn system_time(&self) -> SystemTime {
        self.0.system_time()
    }

    pub(crate) fn is_available(&self) -> bool {
        self.0.is_available()
    }

    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        self.0.sleep(duration)
    }

    pub(crate) fn jitter(&self, ceiling: Duration) -> Duration {
        self.0.jitter(ceiling).min(ceiling)
    }

    /// Returns the deadline after `timeout`. It is never reached without a timeout, or if the clock can't represent that time.
    pub(crate) fn deadline(&self, timeout: Option<Duration>) -> Deadline {
        Deadline {
            at: timeout.and_then(|timeout| self.now().checked_add(timeout)),
            timer: self.clone(),
        }
    }
}

impl fmt::Debug for SharedTimer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Timer")
    }
}

/// A time at which work is abandoned.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    at: Option<Instant>,
    timer: SharedTimer,
}

/// The error of work that was abandoned at its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elapsed;

impl Deadline {
    /// Returns this deadline or the one after `duration`, whichever is earlier. If this deadline is never reached, so is the result.
    pub(crate) fn within(&self, duration: Duration) -> Self {
        let ahead = self.timer.now().checked_add(duration);
        Self {
            at: self.at.map(|at| ahead.map_or(at, |ahead| ahead.min(at))),
            timer: self.timer.clone(),
        }
    }

    /// Returns the duration until the deadline, or `None` if there is no deadline.
    pub(crate) fn remaining(&self) -> Option<Duration> {
        self.at
            .map(|at| at.saturating_duration_since(self.timer.now()))
    }

    /// Returns whether the deadline has passed.
    pub(crate) fn is_over(&self) -> bool {
        self.remaining().is_some_and(|left| left.is_zero())
    }

    /// Runs `work` until it completes or the deadline passes. Work that is ready completes even after the deadline.
    pub(crate) async fn run<F: Future + Send>(&self, work: F) -> Result<F::Output, Elapsed> {
        let Some(remaining) = self.remaining() else {
            return Ok(work.await);
        };
        Race {
            work: std::pin::pin!(work),
            sleep: None,
            timer: &self.timer,
            remaining,
        }
        .await
    }
}

/// The sleep is created only when the work has to wait.
struct Race<'timer, F> {
    work: Pin<&'timer mut F>,
    sleep: Option<Sleep>,
    timer: &'timer SharedTimer,
    remaining: Duration,
}

impl<F: Future> Future for Race<'_, F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Poll::Ready(output) = this.work.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        if this.remaining.is_zero() {
            return Poll::Ready(Err(Elapsed));
        }
        let sleep = this
            .sleep
            .get_or_insert_with(|| this.timer.sleep(this.remaining));
        sleep.as_mut().poll(context).map(|()| Err(Elapsed))
    }
}
