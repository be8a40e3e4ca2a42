//! A clock that jumps: a sleep ends at once, and its time has passed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// The time that a call takes at most where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(60);

/// As long as any sleep is; a clock that runs for longer overflows.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

#[derive(Clone)]
pub(crate) struct JumpingTimer {
    slept: Arc<Mutex<Duration>>,
    start: Instant,
    wall: SystemTime,
}

impl JumpingTimer {
    /// A timer whose wall clock begins so many seconds after 1970, as far as there is such a time.
    pub(crate) fn new(clock: u64) -> Self {
        let wall = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(clock));
        Self {
            slept: Arc::default(),
            start: Instant::now(),
            wall: wall.unwrap_or(SystemTime::UNIX_EPOCH),
        }
    }

    fn slept(&self) -> Duration {
        *self.slept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Each call takes its time and no more.
    pub(crate) fn check(&self, calls: usize) {
        let calls = u32::try_from(calls.max(1)).unwrap_or(u32::MAX);
        let slept = self.slept();
        assert!(slept <= TIMEOUT * calls, "{calls} calls took {slept:?}");
    }
}

impl gitlab_pat::Timer for JumpingTimer {
    fn sleep(&self, duration: Duration) -> gitlab_pat::Sleep {
        let slept = Arc::clone(&self.slept);
        Box::pin(async move {
            let mut slept = slept.lock().unwrap_or_else(PoisonError::into_inner);
            *slept = slept.saturating_add(duration).min(LONGEST);
        })
    }

    fn now(&self) -> Instant {
        self.start + self.slept()
    }

    fn system_time(&self) -> SystemTime {
        self.wall.checked_add(self.slept()).unwrap_or(self.wall)
    }
}

impl generator_runtime::runtime::timer::Timer for JumpingTimer {
    fn sleep(&self, duration: Duration) -> gitlab_pat::Sleep {
        gitlab_pat::Timer::sleep(self, duration)
    }

    fn now(&self) -> Instant {
        gitlab_pat::Timer::now(self)
    }

    fn system_time(&self) -> SystemTime {
        gitlab_pat::Timer::system_time(self)
    }
}
