//! A clock that jumps: a sleeper wakes at the next poll, and the time has passed.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

/// The time that a call takes at most where nothing else is said.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

/// How long a request may still be on its way.
pub(crate) const REPLACEMENT_COOLDOWN: Duration = Duration::from_secs(300);

/// As long as any sleep is; a clock that runs for longer overflows.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

#[derive(Clone)]
pub(crate) struct JumpingTimer {
    passed: Arc<Mutex<Duration>>,
    start: Instant,
    wall: SystemTime,
}

impl JumpingTimer {
    /// A timer whose wall clock begins so many seconds after 1970, as far as there is such a time.
    pub(crate) fn new(clock: u64) -> Self {
        let wall = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(clock));
        Self {
            passed: Arc::default(),
            start: Instant::now(),
            wall: wall.unwrap_or(SystemTime::UNIX_EPOCH),
        }
    }

    /// What has passed since the beginning.
    pub(crate) fn passed(&self) -> Duration {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends so long after it was made, as if its owner had been away until then.
struct Nap {
    timer: JumpingTimer,
    ends: Duration,
    has_waited: bool,
}

impl Future for Nap {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if !self.has_waited {
            self.has_waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let passed = &self.timer.passed;
        let mut passed = passed.lock().unwrap_or_else(PoisonError::into_inner);
        *passed = self.ends.max(*passed);
        Poll::Ready(())
    }
}

impl gitlab_pat::transport::Timer for JumpingTimer {
    fn sleep(&self, duration: Duration) -> gitlab_pat::transport::Sleep {
        Box::pin(Nap {
            timer: self.clone(),
            ends: self.passed().saturating_add(duration).min(LONGEST),
            has_waited: false,
        })
    }

    fn now(&self) -> Instant {
        self.start + self.passed()
    }

    fn system_time(&self) -> SystemTime {
        self.wall.checked_add(self.passed()).unwrap_or(self.wall)
    }

    /// The same in each run.
    fn jitter(&self, ceiling: Duration) -> Duration {
        ceiling
    }
}

impl generator_runtime::runtime::transport::timer::Timer for JumpingTimer {
    fn sleep(&self, duration: Duration) -> gitlab_pat::transport::Sleep {
        gitlab_pat::transport::Timer::sleep(self, duration)
    }

    fn now(&self) -> Instant {
        gitlab_pat::transport::Timer::now(self)
    }

    fn system_time(&self) -> SystemTime {
        gitlab_pat::transport::Timer::system_time(self)
    }

    fn jitter(&self, ceiling: Duration) -> Duration {
        gitlab_pat::transport::Timer::jitter(self, ceiling)
    }
}
