//! Time as the client sees it: sleeping, a monotonic clock and the wall clock.
//!
//! Nothing else in the runtime reads a clock or sleeps, so that tests and simulations run without waiting. It knows neither
//! HTTP nor the client.

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

/// A pause that a [`Timer`] hands out.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Sleeping and clocks.
///
/// With the feature `reqwest` the client uses Tokio's. An own one is needed beside an own transport on another executor, and is
/// how tests make deadlines and pauses pass without waiting.
pub trait Timer: Send + Sync + 'static {
    /// Ends after `duration` has passed on this timer's clock.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// The monotonic clock that [`sleep`](Timer::sleep) runs on.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// The wall clock, against which dates that a server names are read.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    /// The pause before a retry, where `ceiling` is the longest: uniformly random between nothing and that, so that clients which
    /// failed together do not come back together.
    fn jitter(&self, ceiling: Duration) -> Duration {
        // Each `RandomState` has keys of its own, and a hash of nothing depends on them alone.
        let random = RandomState::new().build_hasher().finish();
        // 53 bits, as many as an `f64` holds exactly: a fraction below 1.
        let fraction = (random >> 11) as f64 / (1_u64 << 53) as f64;
        ceiling.mul_f64(fraction)
    }

    /// Whether [`sleep`](Timer::sleep) works where it is called now, for instance inside the executor that it needs.
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

    /// A deadline that lies `duration` ahead; none where that is beyond what the clock can express.
    pub(crate) fn deadline_in(&self, duration: Duration) -> Deadline {
        Deadline {
            at: self.now().checked_add(duration),
            timer: self.clone(),
        }
    }

    /// A deadline that never comes.
    pub(crate) fn no_deadline(&self) -> Deadline {
        Deadline {
            at: None,
            timer: self.clone(),
        }
    }
}

impl fmt::Debug for SharedTimer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Timer")
    }
}

/// A moment at which work is given up.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    at: Option<Instant>,
    timer: SharedTimer,
}

/// The deadline came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elapsed;

impl Deadline {
    /// This deadline, or one that lies `duration` ahead where that is earlier. Where there is no deadline there is none.
    pub(crate) fn within(&self, duration: Duration) -> Self {
        let ahead = self.timer.now().checked_add(duration);
        Self {
            at: self.at.map(|at| ahead.map_or(at, |ahead| ahead.min(at))),
            timer: self.timer.clone(),
        }
    }

    /// What is left until the deadline; `None` where there is no deadline.
    pub(crate) fn remaining(&self) -> Option<Duration> {
        self.at
            .map(|at| at.saturating_duration_since(self.timer.now()))
    }

    /// Whether it has come.
    pub(crate) fn is_over(&self) -> bool {
        self.remaining().is_some_and(|left| left.is_zero())
    }

    /// Runs `work` until it ends or the deadline comes. Work that is ready is never given up.
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

/// The sleep is only made when the work has to wait.
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
