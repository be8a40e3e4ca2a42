//! The retry settings of these tests, and the expected defaults of the client.

use std::time::Duration;

/// The maximum number of attempts.
pub(super) const ATTEMPTS: usize = 3;

/// The pauses between attempts if the server requests none, in milliseconds. [`Clock`](super::clock::Clock) returns the longest.
const PAUSES: [u64; ATTEMPTS - 1] = [500, 1_000];

/// Returns the first pauses if the server requests none.
pub(super) fn pauses(count: usize) -> Vec<Duration> {
    PAUSES
        .into_iter()
        .take(count)
        .map(Duration::from_millis)
        .collect()
}

/// Returns a client's builder, async or blocking, without retries.
macro_rules! none {
    ($builder:expr) => {
        $builder.retry(gitlab_pat::RetryPolicy::none())
    };
}
pub(super) use none;
