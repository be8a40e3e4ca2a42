//! When a call is repeated, after which pause, and how many retries a client can afford.
//!
//! Whether a failure may pass is the error's own word ([`Error::is_retryable`]); nothing here sends anything.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::transport::timer::SharedTimer;

/// How often and for how long a failed call is repeated.
///
/// A call is repeated only where that does no harm: an operation that may run twice after lost connections and the statuses 408, 429,
/// 502, 503 and 504; any other one only where the server certainly did not act, because no connection was made or it responded 429.
/// The pause is the one that the server asks for (`Retry-After`, or the end of its rate limit's window); without such a word it is
/// random between nothing and a ceiling that doubles each time ("full jitter").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    max_total_time: Duration,
}

impl RetryPolicy {
    /// Three attempts, pauses of at most 0.5 and 1 seconds, within one minute.
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

    /// No retry.
    #[must_use]
    pub fn none() -> Self {
        Self {
            max_attempts: 1,
            ..Self::new()
        }
    }

    /// How often a request is sent at most, the first time included; 3 unless set.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest pause before the first retry; 0.5 seconds unless set. It doubles with each further one.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest pause before any retry for which the server names none; 8 seconds unless set.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest pause that a server may ask for; 60 seconds unless set. Where it asks for more the call ends with its error, which
    /// tells how long ([`Error::retry_after`]).
    #[must_use]
    pub fn max_retry_after(mut self, pause: Duration) -> Self {
        self.max_retry_after = pause;
        self
    }

    /// How long after the beginning of the call the last retry may begin; 60 seconds unless set. The call's timeout holds beside
    /// it.
    #[must_use]
    pub fn max_total_time(mut self, time: Duration) -> Self {
        self.max_total_time = time;
        self
    }

    /// The pause before the request is sent again after `attempts` attempts, the last of which failed with `error`; `elapsed` has
    /// passed since the call began. `None` where it is not to be repeated.
    pub(crate) fn pause(
        &self,
        error: &Error,
        attempts: u32,
        elapsed: Duration,
        timer: &SharedTimer,
    ) -> Option<Duration> {
        // After its deadline a call is over, whatever the clock says.
        let is_over = error.kind() == ErrorKind::Timeout;
        if attempts >= self.max_attempts || is_over || !error.is_retryable() {
            return None;
        }
        let pause = match error.retry_after() {
            Some(asked) if asked > self.max_retry_after => return None,
            Some(asked) => asked,
            None => timer.jitter(self.ceiling(attempts)),
        };
        let begins = elapsed.checked_add(pause)?;
        (begins <= self.max_total_time).then_some(pause)
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

/// The retries that a client has in reserve where the user says nothing.
pub(crate) const DEFAULT_BUDGET: u32 = 20;

/// So many successes earn a retry.
const SUCCESSES_PER_RETRY: u32 = 10;

/// What a client may spend on retries, so that it does not add to a server's outage. Shared by all clones.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    /// In successes.
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

    /// Pays for one retry, if there is enough left.
    pub(crate) fn spend(&self) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(SUCCESSES_PER_RETRY)
            })
            .is_ok()
    }

    /// A call succeeded.
    pub(crate) fn earn(&self) {
        // Fails only when the budget is full.
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left < self.full).then(|| left + 1)
            });
    }
}
