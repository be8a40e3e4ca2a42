//! A clock on which every pause is over at once, and which notes how long each was to be.

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use gitlab_pat::transport::{Sleep, Timer};

/// What the wall clock says, always, in seconds since 1970: dates in responses are as far away in the last attempt as in
/// the first.
pub(super) const WALL_CLOCK: u64 = 1_800_000_000;

/// What a test does while the client pauses; it is told which pause this is, from 1.
type OnPause = Arc<dyn Fn(usize) + Send + Sync>;

/// The clock of a client. Only pauses move it.
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

    /// The pauses so far.
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

    /// The longest that may be drawn, so that tests know it.
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
