//! A clock on which every pause ends at once. It records their lengths.

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use gitlab_pat::transport::{Sleep, Timer};

/// The constant time of the wall clock in seconds since 1970, so that dates in responses are equally far away in every attempt.
pub(super) const WALL_CLOCK: u64 = 1_800_000_000;

/// What a test does while the client pauses. Gets the number of the pause, counted from 1.
type OnPause = Arc<dyn Fn(usize) + Send + Sync>;

/// The clock of a client. Only pauses advance it.
#[derive(Clone)]
pub(super) struct Clock {
    start: Instant,
    pauses: Arc<Mutex<Vec<Duration>>>,
    on_pause: OnPause,
}

impl Clock {
    pub(super) fn new(on_pause: impl Fn(usize) + Send + Sync + 'static) -> Self {
        Self {
            start: Instant::now(),
            pauses: Arc::default(),
            on_pause: Arc::new(on_pause),
        }
    }

    /// Returns the pauses so far.
    pub(super) fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().expect("the pauses").clone()
    }
}

impl Timer for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let number = {
            let mut pauses = self.pauses.lock().expect("the pauses");
            pauses.push(duration);
            pauses.len()
        };
        (self.on_pause)(number);
        Box::pin(ready(()))
    }

    /// Returns the longest possible value, so that tests know it.
    fn jitter(&self, ceiling: Duration) -> Duration {
        ceiling
    }

    fn now(&self) -> Instant {
        self.start + self.pauses().iter().sum::<Duration>()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(WALL_CLOCK)
    }
}
