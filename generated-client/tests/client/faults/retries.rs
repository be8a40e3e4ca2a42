//! The client's retries as these tests set them, and what they expect of its defaults.

use std::time::Duration;

/// How often a call is attempted at most.
pub(super) const ATTEMPTS: usize = 3;

/// The pauses between attempts where the server asks for none, in milliseconds; [`Clock`](super::clock::Clock) draws the longest.
const PAUSES: [u64; ATTEMPTS - 1] = [500, 1_000];

/// The first pauses where the server asks for none.
pub(super) fn pauses(count: usize) -> Vec<Duration> {
    PAUSES
        .into_iter()
        .take(count)
        .map(Duration::from_millis)
        .collect()
}

/// A client's builder, async or blocking, without retries.
macro_rules! none {
    ($builder:expr) => {
        $builder.retry(gitlab_pat::RetryPolicy::none())
    };
}
pub(super) use none;
