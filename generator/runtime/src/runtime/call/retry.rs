//! The policy for retries: which calls are retried, after which pause, and how many retries a client may make.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::timer::SharedTimer;

/// The number and the timing of retries.
///
/// A call is retried only if this is safe. An operation that may be executed twice is retried after a lost connection and after the
/// statuses 408, 429, 502, 503 and 504. Any other operation is retried only if the server certainly did not execute it: no connection was
/// made, or the status is 429.
///
/// The pause is the one that the server requests (`Retry-After`, or the end of its rate limit's window). Otherwise, it is random between
/// zero and a ceiling that doubles with each retry ("full jitter").
///
/// An operation that may be executed twice is also sent again, without a pause, if the server rejected its credential and the client holds
/// another one by then. This needs another attempt within the total time, and no retry of the client's budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    max_total_time: Duration,
}

impl RetryPolicy {
    /// Creates the default policy: at most three attempts within one minute, with pauses of at most 0.5 and 1 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            max_total_time: Duration::from_secs(60),
        }
    }

    /// Creates a policy without retries.
    #[must_use]
    pub fn none() -> Self {
        Self {
            max_attempts: 1,
            ..Self::new()
        }
    }

    /// Sets the maximum number of attempts, including the first one. The default is 3.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the maximum pause before the first retry. It doubles with each further retry. The default is 0.5 seconds.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum pause before a retry for which the server does not request one. The default is 8 seconds.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the maximum pause that a server may request. The default is 60 seconds. If the server requests a longer pause, the call ends
    /// with its error, and [`Error::retry_after`] returns the pause.
    #[must_use]
    pub fn max_retry_after(mut self, pause: Duration) -> Self {
        self.max_retry_after = pause;
        self
    }

    /// Sets the time after the start of a call within which the last retry may start. The default is 60 seconds. The call's timeout applies
    /// too.
    #[must_use]
    pub fn max_total_time(mut self, time: Duration) -> Self {
        self.max_total_time = time;
        self
    }

    /// Returns the time within which another attempt may start, or `None` if there may be no other one. `attempts` attempts have been made,
    /// and `elapsed` has passed since the call started.
    pub(crate) fn time_for_another(&self, attempts: u32, elapsed: Duration) -> Option<Duration> {
        let left = self.max_total_time.checked_sub(elapsed)?;
        (attempts < self.max_attempts).then_some(left)
    }

    /// Returns the pause before the next attempt, or `None` if the call is not retried. `attempts` attempts have been made, the last one
    /// failed with `error`, and `elapsed` has passed since the call started.
    pub(crate) fn pause(
        &self,
        error: &Error,
        attempts: u32,
        elapsed: Duration,
        timer: &SharedTimer,
    ) -> Option<Duration> {
        let left = self.time_for_another(attempts, elapsed)?;
        // A call ends at its deadline, whatever the clock returns.
        let is_over = error.kind() == ErrorKind::Timeout;
        if is_over || !error.is_retryable() {
            return None;
        }
        let pause = match error.retry_after() {
            Some(asked) if asked > self.max_retry_after => return None,
            Some(asked) => asked,
            None => timer.jitter(self.ceiling(attempts)),
        };
        (pause <= left).then_some(pause)
    }

    fn ceiling(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1);
        let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// The default number of retries that a client has in reserve.
pub(crate) const DEFAULT_BUDGET: u32 = 20;

/// The number of successful calls that add one retry to the reserve.
const SUCCESSES_PER_RETRY: u32 = 10;

/// The retries that a client has in reserve, so that retries do not prolong a server's outage. All clones share them.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    /// The reserve, counted in successful calls.
    left: AtomicU32,
    full: u32,
}

impl RetryBudget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(SUCCESSES_PER_RETRY);
        Self {
            left: AtomicU32::new(full),
            full,
        }
    }

    /// Takes one retry from the reserve. Returns whether there was one.
    pub(crate) fn spend(&self) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(SUCCESSES_PER_RETRY)
            })
            .is_ok()
    }

    /// Records a successful call.
    pub(crate) fn earn(&self) {
        // This fails only if the reserve is full.
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left < self.full).then(|| left + 1)
            });
    }
}
